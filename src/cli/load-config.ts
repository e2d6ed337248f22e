import path from 'node:path';
import type { Config } from '../config/config.ts';
import { findConfig, readConfigText } from '../config/find-config.ts';
import { type Exclusion, pathFrom } from '../engine/find-inputs.ts';
import type { Policy } from '../policy/index.ts';
import { printable } from '../text/printable.ts';
import type { Arguments } from './arguments.ts';
import type { Io } from './io.ts';
import { quoted } from './nearest.ts';
import { valuesOf } from './settings.ts';
import { UsageError } from './usage-error.ts';

/** A configuration whose paths start from the working directory, like those of the report. */
export type LoadedConfig = Config & {
  /** The file it comes from; absolute. */
  readonly file?: string;
  /** What is not looked at, from the folder of the file. */
  readonly exclusion: Exclusion;
};

/**
 * The configuration of `--config`, else of `PORTCULLIS_CONFIG`, else the nearest one above the working directory; empty
 * without one. It may name the policies that are given, and paths in it are meant from its own folder. Throws a UsageError
 * that names every place where it is wrong.
 */
export async function loadConfig(
  args: Arguments,
  io: Io,
  policies: readonly Policy[],
): Promise<LoadedConfig> {
  const file = configFile(args, io);
  if (file === undefined) return { exclusion: { patterns: [], from: io.cwd } };
  const shown = pathFrom(io.cwd, file);
  const text = readConfigText(file);
  if (text === undefined) throw new UsageError(`the configuration ${quoted(shown)} cannot be read`);
  // The reader of YAML costs some milliseconds that a run without a configuration saves.
  const { readConfig } = await import('../config/read-config.ts');
  const read = readConfig(
    text,
    shown,
    policies.map(({ meta }) => meta.id),
  );
  if ('config' in read) return fromWorkingDirectory(read.config, file, io.cwd);
  const lines = read.faults.map(({ line, column, message }) => `${shown}:${line}:${column}: ${message}`);
  throw new UsageError(
    `the configuration cannot be used\n${lines.map((line) => `  ${printable(line)}`).join('\n')}`,
  );
}

/** The absolute path of the configuration file that counts; undefined without one. */
export function configFile(args: Arguments, io: Io): string | undefined {
  const fromEnvironment = io.env.PORTCULLIS_CONFIG ?? '';
  const given = valuesOf(args, 'config').at(-1) ?? (fromEnvironment === '' ? undefined : fromEnvironment);
  return given === undefined ? findConfig(io.cwd) : path.resolve(io.cwd, given);
}

function fromWorkingDirectory(config: Config, file: string, cwd: string): LoadedConfig {
  const folder = path.dirname(file);
  const moved = (written: string): string => pathFrom(cwd, path.resolve(folder, written));
  const { baseline, suppressions } = config;
  return {
    ...config,
    ...(baseline === undefined ? {} : { baseline: moved(baseline) }),
    ...(suppressions === undefined
      ? {}
      : {
          suppressions: suppressions.map((each) =>
            each.path === undefined ? each : { ...each, path: moved(each.path) },
          ),
        }),
    file,
    exclusion: { patterns: config.exclude ?? [], from: folder },
  };
}
