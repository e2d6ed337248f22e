import { statSync } from 'node:fs';
import path from 'node:path';
import { isExcluded } from '../engine/exclude.ts';
import { type Exclusion, pathFrom, SKIPPED_FOLDERS } from '../engine/find-inputs.ts';
import type { Report } from '../engine/report.ts';
import type { Arguments } from './arguments.ts';
import type { Io } from './io.ts';
import { configFile, loadConfig } from './load-config.ts';
import { loadPolicies } from './load-policies.ts';
import { entriesOf, nextChange } from './next-change.ts';
import { runCheck } from './run-check.ts';
import { valuesOf } from './settings.ts';
import { UsageError } from './usage-error.ts';

const CLEAR = '\u001b[2J\u001b[3J\u001b[H';

/**
 * Carries out `check --watch`: checks, and checks again after each change below the paths, in the folders of further files
 * that were read, and of the configuration. What is wrong with the command line ends it at the start; what becomes wrong
 * later, such as a configuration that is half written, is told, and it goes on. Ends with 0 on Ctrl+C.
 */
export async function runWatch(args: Arguments, io: Io): Promise<number> {
  if (args.operands.includes('-')) throw new UsageError('`--watch` cannot wait for standard input');
  const stop = interruption();
  try {
    let isFirst = true;
    while (!stop.isOver()) {
      // Watched before it is read: what changes meanwhile must not be missed.
      const change = nextChange(ownFiles(args, io));
      change.watch(await foldersOf(args, io));
      try {
        change.watch(foldersIn(await checkOnce(args, io, isFirst), io));
        if (isFirst) io.stderr(`portcullis: watching ${change.count()} folders, until Ctrl+C\n`);
        isFirst = false;
        await Promise.race([change.happened, stop.happened]);
      } finally {
        change.end();
      }
    }
    return 0;
  } finally {
    stop.end();
  }
}

async function checkOnce(args: Arguments, io: Io, isFirst: boolean): Promise<Report | undefined> {
  let read: Report | undefined;
  if (io.stdoutIsTerminal) io.stdout(CLEAR);
  else if (!isFirst) io.stderr('portcullis: something changed, checking again\n');
  try {
    await runCheck(args, io, (report) => {
      read = report;
    });
  } catch (error) {
    if (isFirst || !(error instanceof UsageError)) throw error;
    io.stderr(`portcullis: ${error.message}\n`);
  }
  return read;
}

/** Ctrl+C, which ends the watching and not the process. */
function interruption(): {
  readonly happened: Promise<void>;
  readonly isOver: () => boolean;
  readonly end: () => void;
} {
  let isOver = false;
  let tell: () => void = () => {};
  const happened = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const onSignal = (): void => {
    isOver = true;
    tell();
  };
  process.on('SIGINT', onSignal);
  return { happened, isOver: () => isOver, end: () => process.removeListener('SIGINT', onSignal) };
}

/** Reports that the run itself writes: a change of theirs is none. */
function ownFiles(args: Arguments, io: Io): ReadonlySet<string> {
  const files = valuesOf(args, 'format').flatMap((value) => {
    const equals = value.indexOf('=');
    return equals === -1 ? [] : [path.resolve(io.cwd, value.slice(equals + 1))];
  });
  return new Set(files);
}

async function foldersOf(args: Arguments, io: Io): Promise<ReadonlySet<string>> {
  const exclusion = await loadPolicies(args, io)
    .then((policies) => loadConfig(args, io, policies))
    .then(
      (config) => config.exclusion,
      () => ({ patterns: [], from: io.cwd }),
    );
  const folders = new Set<string>();
  for (const operand of args.operands.length === 0 ? ['.'] : args.operands) {
    const place = path.resolve(io.cwd, operand);
    if (statSync(place, { throwIfNoEntry: false })?.isDirectory() === true) {
      addBelow(place, exclusion, folders);
    } else folders.add(path.dirname(place));
  }
  const config = configFile(args, io);
  if (config !== undefined) folders.add(path.dirname(config));
  return folders;
}

/** The folders in which something is declared, which may lie beside the paths. */
function foldersIn(report: Report | undefined, io: Io): ReadonlySet<string> {
  const origins = (report?.roots ?? []).flatMap((root) => root.places.map(({ origin }) => origin));
  const files = origins.flatMap((origin) =>
    origin.kind === 'platform' || /^[<~]/.test(origin.path) ? [] : [origin.path],
  );
  return new Set(files.map((file) => path.dirname(path.resolve(io.cwd, file))));
}

function addBelow(start: string, exclusion: Exclusion, folders: Set<string>): void {
  const open = [start];
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    folders.add(folder);
    for (const { name, isFolder } of entriesOf(folder)) {
      const place = path.join(folder, name);
      const isSkipped =
        SKIPPED_FOLDERS.has(name) || isExcluded(pathFrom(exclusion.from, place), exclusion.patterns);
      if (isFolder && !isSkipped) open.push(place);
    }
  }
}
