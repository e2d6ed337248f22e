import { chmodSync, mkdtempSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { errorCode } from './error-code.ts';
import type { Io } from './io.ts';
import { quoted, validChoice } from './nearest.ts';
import { UsageError } from './usage-error.ts';

/** One report to write; without `file` to standard output. */
export interface Output<F extends Format = Format> {
  readonly format: F;
  /** As it was given. */
  readonly file?: string;
}

/** What every command with `--format` can write. */
export const BASIC_FORMATS = ['text', 'json'] as const;

/** What `check` and `gate` can write. */
export const REPORT_FORMATS = [
  'text',
  'json',
  'sarif',
  'github',
  'gitlab',
  'azure',
  'junit',
  'rdjson',
  'markdown',
  'jsonl',
  'atlantis',
] as const;

/** What `paths` can write. */
export const PATHS_FORMATS = ['text', 'json', 'markdown'] as const;

export type Format = (typeof REPORT_FORMATS)[number];
export type PathsFormat = (typeof PATHS_FORMATS)[number];
export type BasicFormat = (typeof BASIC_FORMATS)[number];

/** Like `parseOutputsOf`, for a command that can write nothing but text and json. */
export function parseOutputs(values: readonly string[], cwd: string): readonly Output<BasicFormat>[] {
  return parseOutputsOf(BASIC_FORMATS, values, cwd);
}

/**
 * The outputs that the values of `--format` ask for; text to standard output without any. Throws a UsageError for a
 * format that is not among those of the command, two reports in one place, and a file that cannot be there.
 */
export function parseOutputsOf<F extends Format>(
  formats: readonly ('text' | F)[],
  values: readonly string[],
  cwd: string,
): readonly Output<'text' | F>[] {
  const outputs = values.map((value) => parseOutput(formats, value));
  const places = outputs.map(({ file }) => (file === undefined ? undefined : path.resolve(cwd, file)));
  for (const [index, place] of places.entries()) {
    if (places.indexOf(place) !== index) {
      throw new UsageError(
        place === undefined
          ? 'two formats go to standard output; give one a file: --format json=FILE'
          : `two formats go to the file ${quoted(outputs[index]?.file ?? '')}`,
      );
    }
    if (place !== undefined) checkPlace(place, outputs[index]?.file ?? '');
  }
  return outputs.length === 0 ? [{ format: 'text' }] : outputs;
}

function parseOutput<F extends Format>(formats: readonly F[], value: string): Output<F> {
  const equals = value.indexOf('=');
  const name = equals === -1 ? value : value.slice(0, equals);
  const format = formats.find((candidate) => candidate === name);
  if (format === undefined) {
    if (REPORT_FORMATS.some((known) => known === name)) {
      const valid = formats.toSorted().join(', ');
      throw new UsageError(`this command has no format ${quoted(name)}; valid are ${valid}`);
    }
    throw new UsageError(`unknown format ${quoted(name)}${validChoice(name, formats)}`);
  }
  if (equals === -1) return { format };
  const file = value.slice(equals + 1);
  if (file === '') throw new UsageError(`\`--format ${value}\` names no file`);
  return { format, file };
}

function checkPlace(place: string, shown: string): void {
  if (kindOf(path.dirname(place)) !== 'directory') {
    throw new UsageError(`the directory of the report ${quoted(shown)} does not exist`);
  }
  if (kindOf(place) === 'directory') throw new UsageError(`the report ${quoted(shown)} is a directory`);
}

function kindOf(place: string): 'directory' | 'file' | 'other' | 'nothing' {
  try {
    const stats = statSync(place, { throwIfNoEntry: false });
    if (stats === undefined) return 'nothing';
    return stats.isDirectory() ? 'directory' : stats.isFile() ? 'file' : 'other';
  } catch {
    return 'nothing';
  }
}

/** A report that is ready to be written. */
export interface Rendered {
  readonly output: Output;
  readonly text: string;
}

/** Writes each report to its place. False when a file could not be written, which is told on standard error. */
export function writeOutputs(rendered: readonly Rendered[], io: Io): boolean {
  let isWritten = true;
  for (const { output, text } of rendered) {
    if (output.file === undefined) {
      if (text !== '') io.stdout(text);
      continue;
    }
    try {
      writeWhole(path.resolve(io.cwd, output.file), text);
    } catch (error) {
      io.stderr(`portcullis: the report ${quoted(output.file)} cannot be written (${errorCode(error)})\n`);
      isWritten = false;
    }
  }
  return isWritten;
}

/**
 * Writes a file so that it holds all of the text or is left as it was. A link stays a link; a pipe or device is written
 * to directly. Throws what the file system says.
 */
function writeWhole(file: string, text: string): void {
  const kind = kindOf(file);
  if (kind === 'other') {
    writeFileSync(file, text);
    return;
  }
  const place = kind === 'file' ? realpathSync(file) : file;
  const folder = mkdtempSync(path.join(path.dirname(place), '.portcullis-'));
  try {
    const draft = path.join(folder, 'report');
    writeFileSync(draft, text);
    if (kind === 'file') chmodSync(draft, statSync(place).mode);
    renameSync(draft, place);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
