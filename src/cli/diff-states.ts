import { existsSync } from 'node:fs';
import path from 'node:path';
import { commitOf, type Git, gitOf, mergeBaseOf } from '../engine/git.ts';
import { printable } from '../text/printable.ts';
import { revisionCommit } from './earlier-findings.ts';
import type { Io } from './io.ts';
import { quoted } from './nearest.ts';
import { UsageError } from './usage-error.ts';

/** One of the states that are compared: files where they lie, or a commit. */
export type State =
  | { readonly kind: 'place'; readonly place: string; readonly name: string }
  | { readonly kind: 'revision'; readonly git: Git; readonly commit: string; readonly name: string };

const WORKING_TREE: State = { kind: 'place', place: '.', name: 'working tree' };

const RANGE = /^(?<from>[^./].*?)(?<dots>\.{2,3})(?<to>.*)$/;

/**
 * The states that the operands of `diff` name; without a head it is the working tree. Throws a UsageError for what is neither
 * there nor a revision, and for what is both.
 */
export function statesOf(operands: readonly string[], io: Io): readonly [State, State] {
  const [base, head, ...rest] = operands;
  if (base === undefined) throw new UsageError('`diff` needs a base: a revision, a folder or a plan');
  if (rest.length > 0) throw new UsageError(`\`diff\` takes a base and a head, not ${operands.length}`);
  const range = head === undefined && !isPlace(base, io) ? RANGE.exec(base)?.groups : undefined;
  if (range !== undefined) return rangeOf(range, io);
  return [stateOf(base, io), head === undefined ? WORKING_TREE : stateOf(head, io)];
}

/** `A..B`, and `A...B`, which begins at what both have in common. Without B it is the working tree. */
function rangeOf(
  { from = '', dots, to = '' }: Readonly<Record<string, string>>,
  io: Io,
): readonly [State, State] {
  const left = revisionOf(from, io);
  const written = `${from}${dots}${to}`;
  const right = to === '' ? undefined : revisionOf(to, io);
  const after = right ?? WORKING_TREE;
  if (dots === '..') return [left, after];
  const { git } = left;
  const head = right?.commit ?? revisionCommit(git, 'HEAD');
  const commit = mergeBaseOf(git, left.commit, head);
  if (commit !== undefined) return [{ ...left, commit, name: written }, after];
  throw new UsageError(
    `this clone holds no common commit of ${quoted(from)} and ${quoted(to === '' ? 'HEAD' : to)}; a shallow clone may need \`git fetch\` first`,
  );
}

function stateOf(operand: string, io: Io): State {
  if (operand === '') throw new UsageError('a path is empty');
  if (!isPlace(operand, io)) return revisionOf(operand, io);
  const isPath = /^\.{0,2}[\\/]|^\.{1,2}$|^[A-Za-z]:[\\/]/.test(operand);
  const git = isPath ? undefined : gitOf(io.cwd);
  if (git !== undefined && commitOf(git, operand) !== undefined) {
    const shown = printable(operand);
    throw new UsageError(
      `${quoted(operand)} is a path and a revision; write \`./${shown}\` or, for a branch, \`refs/heads/${shown}\``,
    );
  }
  return { kind: 'place', place: operand, name: operand };
}

function isPlace(operand: string, io: Io): boolean {
  return existsSync(path.resolve(io.cwd, operand));
}

function revisionOf(name: string, io: Io): Extract<State, { kind: 'revision' }> {
  const git = gitOf(io.cwd);
  if (git === undefined) {
    throw new UsageError(
      `${quoted(name)} does not exist, and there is no git repository here to look for it`,
    );
  }
  return { kind: 'revision', git, commit: revisionCommit(git, name), name };
}

/** A revision is compared with a folder of its repository as that folder, else as the current directory. */
export function revisionPlace(before: State, after: State, io: Io): string {
  const [revision] = [before, after].filter((state) => state.kind === 'revision');
  const [folder] = [before, after].filter((state) => state.kind === 'place');
  if (revision === undefined || folder === undefined) return '.';
  const repository = gitOf(path.resolve(io.cwd, folder.place));
  return repository?.root === revision.git.root ? folder.place : '.';
}
