import { Buffer, constants } from 'node:buffer';
import { closeSync, openSync, readdirSync, readFileSync, readSync, type Stats, statSync } from 'node:fs';
import path from 'node:path';
import { decodeText } from '../sources/terraform-plan/decode-text.ts';
import { errorCode } from '../sources/terraform-plan/saved-plan.ts';
import { isZip, zipEntryNames } from '../sources/terraform-plan/zip.ts';
import type { Problem } from '../text/problem.ts';
import { isExcluded } from './exclude.ts';
import { type FileKind, kindOfJson, kindOfName } from './recognise-file.ts';

/** A file of one of the known kinds. */
export interface FoundInput {
  /** Relative to the working directory, with `/`. */
  readonly path: string;
  readonly kind: FileKind;
  /** Whether somebody named it, rather than a directory above it. */
  readonly isNamed?: true;
}

/** What a path stands for. */
export interface FoundInputs {
  /** Sorted by path. */
  readonly inputs: readonly FoundInput[];
  /** What could not be looked at; never fatal. */
  readonly problems: readonly Problem[];
}

/** What is not looked at. */
export interface Exclusion {
  /** As in `isExcluded`. */
  readonly patterns: readonly string[];
  /** The absolute path of the folder that patterns with a `/` start from. */
  readonly from: string;
}

/** Folders that hold nothing of the user. */
export const SKIPPED_FOLDERS: ReadonlySet<string> = new Set(['.git', '.terraform', 'dist', 'node_modules']);
const SAVED_PLAN = /(?:^tfplan|\.tfplan|\.plan)$/;
const HEAD_BYTES = 65_536;

/**
 * The inputs a path stands for: itself, unless it is a directory; else the files below it that Portcullis reads: Bicep,
 * Terraform, ARM templates with their parameters, plans as JSON in any text encoding and order of keys, and saved plans called
 * `tfplan`, `*.tfplan` or `*.plan`. Symbolic links below it are not followed. A file that is named and not recognised is taken
 * for a plan. Undefined when there is nothing at the path.
 */
export function findInputs(
  start: string,
  cwd: string,
  exclude: Exclusion = { patterns: [], from: cwd },
): FoundInputs | undefined {
  const problems: Problem[] = [];
  const inputs: FoundInput[] = [];
  const label = (file: string): string => pathFrom(cwd, file);
  const attempt = <T>(file: string, read: () => T): T | undefined => {
    try {
      return read();
    } catch (error) {
      problems.push(notReadable(label(file), errorCode(error)));
      return undefined;
    }
  };

  const origin = path.resolve(cwd, start);
  const stats = statsOf(origin);
  if (stats === undefined) return undefined;
  if (!stats.isDirectory()) {
    const kind = quietly(() => kindOf(origin)) ?? 'terraform-plan';
    return { inputs: [{ path: label(origin), kind, isNamed: true }], problems };
  }
  const folders = [origin];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    const here = folder;
    for (const entry of attempt(here, () => readdirSync(here, { withFileTypes: true })) ?? []) {
      const file = path.join(here, entry.name);
      if (isExcluded(pathFrom(exclude.from, file), exclude.patterns)) continue;
      if (entry.isDirectory() && !SKIPPED_FOLDERS.has(entry.name)) folders.push(file);
      if (!entry.isFile()) continue;
      const kind = attempt(file, () => kindOf(file));
      if (kind !== undefined) inputs.push({ path: label(file), kind });
    }
  }
  return {
    inputs: inputs.sort((a, b) => (a.path < b.path ? -1 : 1)),
    problems: problems.sort((a, b) => (a.message < b.message ? -1 : 1)),
  };
}

/** The path of a file as reports show it: relative to the working directory, with `/`. */
export function pathFrom(cwd: string, file: string): string {
  return path.relative(cwd, path.resolve(cwd, file)).split(path.sep).join('/') || '.';
}

/** Undefined when nothing is there. What is there and may not be looked at counts as a file, so that reading it tells why. */
function statsOf(file: string): Stats | { isDirectory(): boolean } | undefined {
  try {
    return statSync(file, { throwIfNoEntry: false });
  } catch (error) {
    return errorCode(error) === 'ENOTDIR' ? undefined : { isDirectory: () => false };
  }
}

/** A named file that cannot be looked at is told about when it is read. */
function quietly<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}

function kindOf(file: string): FileKind | undefined {
  const name = path.basename(file);
  const kind = kindOfName(name);
  if (kind === 'json') return kindOfJsonFile(file);
  if (kind !== undefined) return kind;
  return SAVED_PLAN.test(name) && isSavedPlan(file) ? 'terraform-plan' : undefined;
}

function isSavedPlan(file: string): boolean {
  if (!isZip(headOf(file, 4))) return false;
  const listing = zipEntryNames(readFileSync(file));
  return listing.kind === 'entries' && listing.names.includes('tfplan');
}

function kindOfJsonFile(file: string): FileKind | undefined {
  const head = headOf(file, HEAD_BYTES);
  const isWhole = head.byteLength < HEAD_BYTES;
  const kind = kindOfJson(decodeText(head), isWhole);
  if (kind !== 'undecided') return kind;
  if (statSync(file).size > constants.MAX_STRING_LENGTH) return 'terraform-plan';
  const whole = kindOfJson(decodeText(readFileSync(file)), true);
  return whole === 'undecided' ? undefined : whole;
}

function headOf(file: string, length: number): Uint8Array {
  if (!statSync(file).isFile()) return new Uint8Array();
  const descriptor = openSync(file, 'r');
  try {
    const head = Buffer.alloc(length);
    return head.subarray(0, readSync(descriptor, head, 0, length, 0));
  } finally {
    closeSync(descriptor);
  }
}

function notReadable(file: string, code: string): Problem {
  const message = `\`${file}\` cannot be looked at (${code})`;
  const origin = { kind: 'json', path: file, pointer: '' } as const;
  return { code: 'file-not-readable', message, origin, severity: 'warning' };
}
