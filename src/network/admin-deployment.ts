import type { NetworkManagerCommit } from '../model/azure/network-manager-commit.ts';
import type { SecurityAdminRule } from '../model/azure/security-admin-rule.ts';
import type { Link } from '../model/model.ts';
import { type Evaluated, type Unknown, unknown } from '../value/value.ts';

/** Whether the configuration of a rule is in effect at a place: `undefined` when it certainly is. */
export type Effect = 'none' | Unknown | undefined;

/** What one commit says about a configuration in a region; `doubt` says why it may say nothing, or something else. */
interface Statement {
  readonly isNamed: boolean;
  readonly doubt?: Unknown;
}

/**
 * Whether a security admin rule is in effect in a region: its configuration is where a commit of the root names it for the
 * region, and is not where a commit for the region names others only. A root without any commit shows rules that are meant to
 * be in effect: outside Terraform commits are no part of the code. Semantics 6.6.
 */
export function effectIn(
  commits: readonly NetworkManagerCommit[],
  rule: SecurityAdminRule,
  region: Evaluated<string>,
): Effect {
  if (commits.length === 0) return undefined;
  const statements = commits.flatMap((commit) => statementOf(commit, rule, region) ?? []);
  const isSettled = statements.some(({ doubt }) => doubt === undefined);
  if (isSettled && statements.every(({ isNamed }) => isNamed)) return undefined;
  if (isSettled && statements.every(({ isNamed, doubt }) => !isNamed && doubt === undefined)) return 'none';
  const name = `the deployment of the configuration of ${rule.address}`;
  const waitsFor = statements.find(({ doubt }) => doubt !== undefined)?.doubt;
  return waitsFor ?? unknown({ kind: 'outside', name }, rule.origin);
}

/** Undefined when the commit is about something else. */
function statementOf(
  commit: NetworkManagerCommit,
  { configuration, manager }: SecurityAdminRule,
  region: Evaluated<string>,
): Statement | undefined {
  const doubts: Unknown[] = commit.condition === undefined ? [] : [commit.condition];
  const facts = [
    isText(commit.kind, 'SecurityAdmin', doubts),
    isLink(commit.manager, manager, doubts),
    isAmong(commit.regions, region, doubts),
  ];
  if (facts.includes(false)) return undefined;
  const { items, unknown: more } = commit.configurations;
  const open: Unknown[] = more === undefined ? [] : [more];
  const isNamed = items.some((item) => isLink(item, configuration, open));
  const [doubt] = isNamed ? doubts : [...doubts, ...open];
  return doubt === undefined ? { isNamed } : { isNamed, doubt };
}

/** True, false, or undefined with the reason added to the doubts. */
type Fact = boolean | undefined;

function isText(value: Evaluated<string>, wanted: string, doubts: Unknown[]): Fact {
  if (value.kind === 'known') return plain(value.value) === plain(wanted);
  if (value.kind === 'unknown') doubts.push(value);
  return value.kind === 'unknown' ? undefined : false;
}

function isLink(link: Link, wanted: Link, doubts: Unknown[]): Fact {
  if (link.kind === 'to' && wanted.kind === 'to') return link.id === wanted.id;
  for (const side of [link, wanted]) {
    if (side.kind === 'one-of' || side.kind === 'unknown') {
      doubts.push(side.waitsFor);
      return undefined;
    }
  }
  return false;
}

function isAmong(
  { items: regions, unknown: more }: NetworkManagerCommit['regions'],
  region: Evaluated<string>,
  doubts: Unknown[],
): Fact {
  if (regions.some((each) => isSame(each, region))) return true;
  const waiting = [region, ...regions].find((each) => each.kind === 'unknown');
  const waitsFor = waiting?.kind === 'unknown' ? waiting : more;
  if (waitsFor === undefined) return false;
  doubts.push(waitsFor);
  return undefined;
}

function isSame(a: Evaluated<string>, b: Evaluated<string>): boolean {
  if (a.kind === 'known' && b.kind === 'known') return plain(a.value) === plain(b.value);
  if (a.kind !== 'unknown' || b.kind !== 'unknown') return false;
  return a === b || (a.expression !== undefined && a.expression === b.expression);
}

/** `West Europe` is `westeurope`. */
function plain(text: string): string {
  return text.replaceAll(' ', '').toLowerCase();
}
