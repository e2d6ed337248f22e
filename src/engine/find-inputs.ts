import { Buffer, constants } from 'node:buffer';
import {
  closeSync,
  type Dirent,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  type Stats,
  statSync,
} from 'node:fs';
import path from 'node:path';
import { decodeText } from '../sources/terraform-plan/decode-text.ts';
import { errorCode } from '../sources/terraform-plan/saved-plan.ts';
import { isZip, zipEntryNames } from '../sources/terraform-plan/zip.ts';
import type { Problem } from '../text/problem.ts';

/** What a path stands for. */
export interface FoundInputs {
  /** Relative to the working directory, with `/`, sorted. */
  readonly inputs: readonly { readonly path: string }[];
  /** What could not be looked at; never fatal. */
  readonly problems: readonly Problem[];
}

const SKIPPED = new Set(['.git', '.terraform', 'dist', 'node_modules']);
const SAVED_PLAN = /(?:^tfplan|\.tfplan|\.plan)$/;
const HEAD_BYTES = 65_536;

/** The keys that the JSON of a plan has besides its versions, and that of a state has not. */
const KEYS_OF_PLANS = new Set([
  'action_invocations',
  'applyable',
  'complete',
  'configuration',
  'deferred_action_invocations',
  'deferred_changes',
  'errored',
  'output_changes',
  'planned_values',
  'prior_state',
  'relevant_attributes',
  'resource_changes',
  'resource_drift',
  'variables',
]);
const OTHER_KEYS = new Set(['checks', 'format_version', 'terraform_version', 'timestamp']);
const KEYS_OF_OTHERS = new Set(['provider_schemas', 'values']);

/**
 * The inputs a path stands for: itself, unless it is a directory; else the Terraform plans below it, which are the JSON
 * files with the top-level keys of a plan, in any text encoding and order of keys, and the saved plans called `tfplan`,
 * `*.tfplan` or `*.plan`. Symbolic links below it are not followed. Undefined when there is nothing at the path.
 */
export function findInputs(start: string, cwd: string): FoundInputs | undefined {
  const problems: Problem[] = [];
  const inputs: string[] = [];
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
  const folders: string[] = [];
  if (stats.isDirectory()) folders.push(origin);
  else inputs.push(label(origin));

  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    const here = folder;
    for (const entry of attempt(here, () => readdirSync(here, { withFileTypes: true })) ?? []) {
      const file = path.join(here, entry.name);
      if (entry.isDirectory() && !SKIPPED.has(entry.name)) folders.push(file);
      else if (attempt(file, () => isPlan(entry, file)) === true) inputs.push(label(file));
    }
  }
  return {
    inputs: inputs.sort().map((found) => ({ path: found })),
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

function isPlan(entry: Dirent, file: string): boolean {
  if (!entry.isFile()) return false;
  if (entry.name.endsWith('.json')) return isPlanJson(file);
  return SAVED_PLAN.test(entry.name) && isSavedPlan(file);
}

function isSavedPlan(file: string): boolean {
  if (!isZip(headOf(file, 4))) return false;
  const listing = zipEntryNames(readFileSync(file));
  return listing.kind === 'entries' && listing.names.includes('tfplan');
}

function isPlanJson(file: string): boolean {
  const head = headOf(file, HEAD_BYTES);
  const answer = recognise(decodeText(head));
  if (answer !== 'undecided' || head.byteLength < HEAD_BYTES) return answer === 'yes';
  if (statSync(file).size > constants.MAX_STRING_LENGTH) return true;
  return recognise(decodeText(readFileSync(file))) === 'yes';
}

function headOf(file: string, length: number): Uint8Array {
  const descriptor = openSync(file, 'r');
  try {
    const head = Buffer.alloc(length);
    return head.subarray(0, readSync(descriptor, head, 0, length, 0));
  } finally {
    closeSync(descriptor);
  }
}

/**
 * Whether a JSON text is a plan, going by the keys it begins with. Keys may be sorted, so the versions can come late; a
 * document whose first key is none of a plan's is decided at once.
 */
function recognise(text: string): 'yes' | 'no' | 'undecided' {
  const seen = new Set<string>();
  let hasKeyOfPlan = false;
  for (const key of topLevelKeys(text)) {
    const isOfPlan = KEYS_OF_PLANS.has(key);
    if (KEYS_OF_OTHERS.has(key) || (seen.size === 0 && !isOfPlan && !OTHER_KEYS.has(key))) return 'no';
    seen.add(key);
    hasKeyOfPlan ||= isOfPlan;
    if (hasKeyOfPlan && seen.has('format_version') && seen.has('terraform_version')) return 'yes';
  }
  return seen.size === 0 ? 'no' : 'undecided';
}

/** The keys of the outermost object as they are written, up to where the text ends or stops being JSON. */
function* topLevelKeys(text: string): Generator<string> {
  let depth = 0;
  let expectsKey = false;
  for (let offset = text.search(/\S/); offset !== -1 && offset < text.length; offset += 1) {
    const character = text[offset];
    if (depth === 0 && character !== '{') return;
    if (character === '"') {
      const end = stringEnd(text, offset);
      if (end === -1) return;
      if (expectsKey) yield text.slice(offset + 1, end);
      expectsKey = false;
      offset = end;
    } else if (character === '{' || character === '[') {
      depth += 1;
      expectsKey = depth === 1;
    } else if (character === '}' || character === ']') {
      depth -= 1;
      if (depth === 0) return;
    } else if (character === ',') {
      expectsKey = depth === 1;
    }
  }
}

/** Where the string that begins at `start` ends: the offset of its closing quote, or -1. */
function stringEnd(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let escapes = 0;
    while (text[end - 1 - escapes] === '\\') escapes += 1;
    if (escapes % 2 === 0) return end;
  }
  return -1;
}

function notReadable(file: string, code: string): Problem {
  const message = `\`${file}\` cannot be looked at (${code})`;
  const origin = { kind: 'json', path: file, pointer: '' } as const;
  return { code: 'file-not-readable', message, origin, severity: 'warning' };
}
