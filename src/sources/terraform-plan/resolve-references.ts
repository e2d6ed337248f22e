import { callRepetition, createConstants, type Repetition } from './constants.ts';
import { type Access, memberPicker } from './instance-keys.ts';
import { childScope, groupOf, own, type PlanInstance, type Scope } from './instances.ts';
import { type Expression, isExpression, type Json, type Plan } from './plan-format.ts';
import { formatPath, type Key, type Mention, mentionsOf } from './references.ts';
import { copyOf, copyOfAny, createJoiner, NOTHING, type Resolution, unresolved } from './resolution.ts';

/** Where an expression is evaluated. */
export interface Place {
  readonly scope: Scope;
  readonly repetition: Repetition | undefined;
}

/** Finds what expressions of a plan may be copies of. */
export interface Resolver {
  /** The candidates for one unknown value, without those it cannot come from (`createJoiner`). */
  unknownValue(expression: Expression, place: Place): Resolution;
  /** All candidates, also what the plan knows: for lists, of which any part may be known, and for outputs. */
  anyValue(expression: Expression, place: Place): Resolution;
}

const MAX_DEPTH = 12;
const STEPS_PER_INSTANCE = 200;
const STEPS_AT_LEAST = 1_000_000;

/**
 * Follows the references of a plan's `configuration` through variables, module outputs and `each.value` to the instances of
 * resources and data sources. Nothing unknown comes from constants, keys and variables of the root module. Local values
 * are not in a plan, so they end as open; so do cycles, what is more than 12 variables and outputs away, and, in a plan made
 * to be slow, everything after 200 steps per instance.
 */
export function createResolver(plan: Plan): Resolver {
  const prefixed = !/^0\.0*1(\.|$)/.test(plan.format_version);
  const known = new Map<Expression, readonly Mention[]>();
  const mentionsIn = (expression: Expression): readonly Mention[] => {
    const mentions = known.get(expression) ?? mentionsOf(expression, prefixed);
    known.set(expression, mentions);
    return mentions;
  };
  const means: Means = {
    mentionsIn,
    indexOf: createConstants(plan, mentionsIn).indexOf,
    pick: memberPicker(),
    steps: STEPS_AT_LEAST + STEPS_PER_INSTANCE * plan.resource_changes.length,
  };
  return { unknownValue: createFollower(means, false), anyValue: createFollower(means, true) };
}

interface Means {
  readonly mentionsIn: (expression: Expression) => readonly Mention[];
  readonly indexOf: ReturnType<typeof createConstants>['indexOf'];
  readonly pick: ReturnType<typeof memberPicker>;
  readonly steps: number;
}

function createFollower(
  { mentionsIn, indexOf, pick, steps }: Means,
  keepKnown: boolean,
): Resolver['anyValue'] {
  const byExpression = new Map<Expression, Map<Scope, Resolution>>();
  const byMention = new Map<Mention, Map<Scope, Resolution>>();
  const byGroup = new Map<object, Map<Scope, Resolution>>();
  const copies = new Map<PlanInstance, Map<string, Resolution>>();
  const join = createJoiner(keepKnown);
  let stepsLeft = steps;

  const followExpression = (
    expression: Json | Expression | undefined,
    place: Place,
    access: Access | undefined,
    depth: number,
  ): Resolution => {
    stepsLeft -= 1;
    if (expression === undefined) return NOTHING;
    if (depth > MAX_DEPTH || stepsLeft < 0 || !isExpression(expression as Json)) return unresolved(undefined);
    const read = expression as Expression;
    const mentions = mentionsIn(read);
    if (access !== undefined || mentions.some(isOfRepetition)) {
      return followMentions(mentions, place, access, depth);
    }
    return remember(byExpression, read, place.scope, () => followMentions(mentions, place, undefined, depth));
  };

  const followMentions = (
    mentions: readonly Mention[],
    place: Place,
    access: Access | undefined,
    depth: number,
  ): Resolution => {
    const alone = mentions.length === 1;
    let single = alone;
    const parts = mentions.map((mention, position) => {
      const next = mentions[position + 1];
      const isIndex = next !== undefined && !isPartOfIndex(mentions[position + 2]);
      const index = isIndex ? indexOf(next, place.scope, place.repetition) : undefined;
      const part = followMention(mention, place, alone ? access : index, depth);
      if (position === 0 && mentions.length === 2 && index !== undefined) single = part.single;
      return part;
    });
    return join.mentions(parts, single);
  };

  const followMention = (
    mention: Mention,
    place: Place,
    access: Access | undefined,
    depth: number,
  ): Resolution => {
    const { scope, repetition } = place;
    switch (mention.to) {
      case 'resource':
        return followResource(mention, scope, access);
      case 'module':
        return followModule(mention, scope, access, depth);
      case 'variable': {
        if (scope.call === undefined) return NOTHING;
        const passed = own(scope.call.block.expressions, mention.name);
        const caller = { scope: scope.call.parent, repetition: callRepetition(scope) };
        return followExpression(passed, caller, into(mention.path, access), depth + 1);
      }
      case 'each-value': {
        const key = repetition?.key === undefined ? [] : [repetition.key];
        const read = into([...key, ...mention.path], undefined);
        return followExpression(repetition?.forEach, { scope, repetition: undefined }, read, depth + 1);
      }
      case 'other':
        return remember(byMention, mention, scope, () => unresolved(within(scope, mention.text)));
      default:
        return NOTHING;
    }
  };

  const copy = (instance: PlanInstance, path: readonly Key[], single: boolean): Resolution => {
    const known = copies.get(instance) ?? new Map<string, Resolution>();
    copies.set(instance, known);
    const name = `${single} ${formatPath(path)}`;
    const resolution = known.get(name) ?? copyOf(instance, path, single);
    known.set(name, resolution);
    return resolution;
  };

  const followResource = (
    { mode, name, key, path, text }: Mention & { readonly to: 'resource' },
    scope: Scope,
    access: Access | undefined,
  ): Resolution => {
    const group = groupOf(scope, mode, name);
    if (group === undefined) return NOTHING;
    const only = group.byKey.get(undefined);
    const certain = access?.computed === undefined;
    if (only !== undefined) {
      const read = key === undefined ? path : [key, ...path];
      return copy(only, read.length === 0 ? attributePath(only, access) : read, certain);
    }
    if (key !== undefined) {
      const member = group.byKey.get(key);
      if (member === undefined) return NOTHING;
      return copy(member, path.length === 0 ? attributePath(member, access) : path, certain);
    }
    const member = pick({ byKey: group.byKey, nameOf }, access);
    if (member !== undefined) return copy(member, attributePath(member, behindKey(access)), true);
    const [first] = group.byKey.values();
    if (first !== undefined && group.byKey.size === 1) return copy(first, [], access === undefined);
    return remember(byGroup, group, scope, () => copyOfAny(group.byKey.values(), within(scope, text)));
  };

  const followModule = (
    mention: Mention & { readonly to: 'module' },
    scope: Scope,
    access: Access | undefined,
    depth: number,
  ): Resolution => {
    const { call, key, output, path, text } = mention;
    const follow = (child: Scope | undefined, read: Access | undefined): Resolution => {
      const outputs = child?.module?.outputs;
      if (child === undefined || outputs === undefined) return unresolved(within(scope, text));
      const [first] = read?.path ?? [];
      const place = { scope: child, repetition: undefined };
      if (output !== undefined) {
        const named = own(outputs, output);
        if (named === undefined) return unresolved(within(scope, text));
        return followExpression(named.expression, place, read, depth + 1);
      }
      const named = typeof first === 'string' ? own(outputs, first) : undefined;
      if (named !== undefined) return followExpression(named.expression, place, behindKey(read), depth + 1);
      const all = Object.values(outputs);
      return join.alternatives(
        all.map(({ expression }) => followExpression(expression, place, undefined, depth + 1)),
      );
    };

    const siblings = scope.children.get(call);
    if (key !== undefined) return follow(childScope(scope, call, key), into(path, access));
    if (siblings === undefined || siblings.has(undefined)) {
      return follow(childScope(scope, call, undefined), into(path, access));
    }
    const member =
      output === undefined ? pick({ byKey: siblings, nameOf: () => undefined }, access) : undefined;
    if (member !== undefined) return follow(member, behindKey(access));
    return remember(byMention, mention, scope, () => {
      // The one without a key stands for module instances without resources, which pass on what they are given.
      const all = [...siblings.values(), childScope(scope, call, undefined)];
      return join.alternatives(all.map((child) => follow(child, undefined)));
    });
  };

  return (expression, place) => followExpression(expression, place, undefined, 0);
}

/** Whether a mention behind a possible index may belong to it: `"${each.key}-${var.stage}"`, `(count.index + 1) % var.zones`. */
function isPartOfIndex(mention: Mention | undefined): boolean {
  if (mention === undefined) return false;
  return mention.to === 'variable' || mention.to === 'other' || isOfRepetition(mention);
}

function isOfRepetition({ to }: Mention): boolean {
  return to === 'each-key' || to === 'each-value' || to === 'count-index';
}

function remember<K extends object>(
  memory: Map<K, Map<Scope, Resolution>>,
  key: K,
  scope: Scope,
  resolve: () => Resolution,
): Resolution {
  const byScope = memory.get(key) ?? new Map<Scope, Resolution>();
  memory.set(key, byScope);
  const existing = byScope.get(scope);
  if (existing !== undefined) return existing;
  // What asks for itself again while it is resolved is a cycle.
  byScope.set(scope, unresolved(undefined));
  const resolution = resolve();
  byScope.set(scope, resolution);
  return resolution;
}

function into(path: readonly Key[], access: Access | undefined): Access | undefined {
  if (path.length === 0) return access;
  return access === undefined ? { path } : { ...access, path: [...path, ...access.path] };
}

/** What is left of an access when its first step has chosen an instance; a plan keeps nothing behind a computed index. */
function behindKey(access: Access | undefined): Access | undefined {
  const further = access?.path.slice(1) ?? [];
  return access === undefined || further.length === 0 ? undefined : { ...access, path: further };
}

/** The part of an access that is a path of the instance itself, and not of an object built around it. */
function attributePath(instance: PlanInstance, access: Access | undefined): readonly Key[] {
  if (access === undefined) return [];
  const path = access.computed === undefined ? access.path : access.path.slice(0, -1);
  const [first] = path;
  if (typeof first !== 'string') return [];
  const { values, unknown } = instance;
  return own<Json>(values, first) !== undefined || own<Json>(unknown, first) !== undefined ? path : [];
}

function nameOf({ values }: PlanInstance): string | undefined {
  const name = own(values, 'name');
  return typeof name === 'string' ? name : undefined;
}

function within(scope: Scope, text: string): string {
  return scope.address === '' ? text : `${scope.address}.${text}`;
}
