import type { NetworkSecurityGroup } from '../model/azure/network-security-group.ts';
import type { Route } from '../model/azure/route-table.ts';
import type { Origin } from '../text/origin.ts';
import { textOr } from '../value/shown.ts';
import type { Diagnosis } from './diagnose.ts';
import type { Question } from './judge.ts';
import type { Member } from './members.ts';
import { intersect, isEmpty, isSubset } from './packets/interval-set.ts';
import type { Path, PathMember } from './path.ts';
import type { CompiledRule } from './security-rules.ts';
import { isTagWord, tagName } from './service-tags.ts';
import type { TagReading } from './surroundings.ts';

/** A member for which an answer is open for no other reason than what a service tag holds. */
export interface TagDependence {
  readonly member: Member;
  /** The rules whose match hangs on a tag, in the order of evaluation. */
  readonly rules: readonly TagRule[];
  /** The default route of its subnet, where that is the point. */
  readonly route?: Route;
  /** The less favourable answer: whether it is the one where the tags hold what is open, and what drops the packets. */
  readonly worse: {
    readonly inside: boolean;
    readonly diagnosis: Diagnosis;
    /** Where the rule that drops is written, or the group if it is a default rule. */
    readonly origin: Origin;
  };
  /** Whether nothing else is open about the path. */
  readonly settlesPath: boolean;
}

/** A rule whose match hangs on what a tag holds. */
export interface TagRule {
  readonly name: string;
  /** As written. */
  readonly tags: readonly string[];
  readonly effect: 'allow' | 'deny' | 'either';
  readonly group: string;
  /** Where the rule is written, or its group if it is a default rule. */
  readonly origin: Origin;
  readonly isDefault: boolean;
}

type Supposing = (path: Path, reading: TagReading) => Path;

/** The first certain member whose probe hangs on whether tags hold the source of probes: semantics 11.1 and 11.3. */
export function probeDependence(path: Path, supposing: Supposing): TagDependence | undefined {
  return isOpen(path.probe) ? dependence(path, 'probe', supposing, 'probe') : undefined;
}

/** The first certain member whose clients hang on what `VirtualNetwork` holds beside a default route: semantics 11.2. */
export function dataDependence(path: Path, supposing: Supposing): TagDependence | undefined {
  const hasRoute = path.members.some(({ member }) => defaultRouteOf(member) !== undefined);
  return isOpen(path.data) && hasRoute ? dependence(path, 'data', supposing, 'default') : undefined;
}

/** An answer hangs on the tag alone only if there is such a route wherever the member may be placed. */
function defaultRouteOf({ placements }: Member): Route | undefined {
  return placements[0]?.surroundings.defaultRoute;
}

/** A mixture may hold members whose answer is open. */
function isOpen(verdict: Path['probe']): boolean {
  return verdict === 'unknown' || verdict === 'partial';
}

function dependence(
  path: Path,
  what: 'data' | 'probe',
  supposing: Supposing,
  point: 'probe' | 'default',
): TagDependence | undefined {
  const inside = supposing(path, `${point}-inside`);
  const outside = supposing(path, `${point}-outside`);
  for (const [index, each] of path.members.entries()) {
    const questions = each[what]?.questions;
    if (each.member.uncertain !== undefined || questions === undefined) continue;
    const worse = worseOf(inside.members[index], outside.members[index], what);
    if (worse === undefined) continue;
    const route = defaultRouteOf(each.member);
    return {
      member: each.member,
      rules: questions.flatMap(rulesOnTags),
      ...(point === 'probe' || route === undefined ? {} : { route }),
      worse: { ...worse, origin: originOf(worse.diagnosis, questions) },
      settlesPath: inside[what] !== 'unknown' && outside[what] !== 'unknown',
    };
  }
  return undefined;
}

/** Undefined unless both answers are decided and they are not the same. */
function worseOf(
  inside: PathMember | undefined,
  outside: PathMember | undefined,
  what: 'data' | 'probe',
): { readonly inside: boolean; readonly diagnosis: Diagnosis } | undefined {
  const [a, b] = [inside?.[what], outside?.[what]];
  if (a === undefined || b === undefined || a.verdict === b.verdict) return undefined;
  if (a.verdict === 'unknown' || b.verdict === 'unknown') return undefined;
  const isInside = RANK[a.verdict] > RANK[b.verdict];
  const { diagnosis } = isInside ? a : b;
  return diagnosis === undefined ? undefined : { inside: isInside, diagnosis };
}

const RANK = { open: 0, partial: 1, blocked: 2 } as const;

/** The rules that may match some packets of a question and whose tags leave open which. */
function rulesOnTags(question: Question): readonly TagRule[] {
  const { query, filters, membership } = question;
  return filters.flatMap((filter) => {
    if (filter === 'none' || 'unreadable' in filter) return [];
    const asked = filter.rules.slice(
      0,
      filter.rules.findIndex((rule) => takesAll(rule, question)),
    );
    return asked.flatMap((rule) => {
      const isMissed = DIMENSIONS.some((dimension) => {
        const isOwn = dimension === 'destination' && membership(rule, dimension).is !== 'no';
        return !isOwn && isEmpty(intersect(rule[dimension].may, query[dimension]));
      });
      if (isMissed) return [];
      const tags = (['source', 'destination'] as const)
        .filter((end) => !isSubset(intersect(rule[end].may, query[end]), rule[end].must))
        .flatMap((end) => tagsIn(rule, end));
      return tags.length === 0 ? [] : [shown(rule, filter.group, [...new Set(tags)])];
    });
  });
}

/** Whether no packet gets past a rule to those below it. The last default rule is one of that kind. */
function takesAll(rule: CompiledRule, { query, membership }: Question): boolean {
  return (
    rule.doubts.length === 0 &&
    DIMENSIONS.every(
      (dimension) =>
        isSubset(query[dimension], rule[dimension].must) ||
        (dimension === 'destination' && membership(rule, dimension).is === 'yes'),
    )
  );
}

const DIMENSIONS = ['destinationPort', 'protocol', 'source', 'sourcePort', 'destination'] as const;

/** An end that leaves something open; `*`, which default rules have besides tags, never does. */
function tagsIn({ rule }: CompiledRule, end: 'source' | 'destination'): readonly string[] {
  const side = 'source' in rule ? rule[end] : '*';
  if (typeof side === 'string') return [side];
  return side.prefixes.items.flatMap((prefix) =>
    prefix.kind === 'known' && prefix.sensitive !== true && isTagWord(prefix.value)
      ? [tagName(prefix.value)]
      : [],
  );
}

function shown(
  { rule, access }: CompiledRule,
  group: NetworkSecurityGroup,
  tags: readonly string[],
): TagRule {
  const isDefault = rule.origin.kind === 'platform';
  return {
    name: 'address' in rule ? textOr(rule.name, rule.address) : rule.name,
    tags,
    effect: access === 'always' ? 'allow' : access,
    group: textOr(group.name, group.address),
    origin: isDefault ? group.origin : rule.origin,
    isDefault,
  };
}

function originOf({ decisive }: Diagnosis, questions: readonly Question[]): Origin {
  if (decisive.origin.kind !== 'platform') return decisive.origin;
  for (const filter of questions.flatMap(({ filters }) => filters)) {
    if (filter === 'none' || 'unreadable' in filter) continue;
    if (textOr(filter.group.name, filter.group.address) === decisive.group) return filter.group.origin;
  }
  return decisive.origin;
}
