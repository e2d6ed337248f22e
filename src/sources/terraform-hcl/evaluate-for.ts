import { toBoolean } from './convert.ts';
import {
  conceal,
  type Data,
  type Failure,
  failure,
  isFailure,
  isLater,
  isMapping,
  isPrimitive,
  isSequence,
  isThing,
  type Later,
  type More,
  mapping,
  nameKind,
  reveal,
} from './data.ts';
import { bind, type Environment } from './environment.ts';
import type { Expression } from './expression.ts';
import { joinText, primitiveText } from './text.ts';
import { asObject, derive, oneOf, overChoices, unknownsIn } from './unknown.ts';

type Node<K extends Expression['kind']> = Extract<Expression, { readonly kind: K }>;
type Evaluate = (expression: Expression, environment: Environment) => Data;

/** What a loop goes over. `more` is a turn for whatever else there may be. */
export interface Turns {
  readonly certain: readonly Turn[];
  readonly more?: Turn & { readonly why: Later };
}

export interface Turn {
  readonly key: Data;
  readonly value: Data;
}

/** The turns of a loop over a collection, in the order of Terraform; a failure for what is no collection. */
export function turnsOf(data: Data): Turns | Failure {
  if (isFailure(data)) return data;
  if (isLater(data)) {
    const sample = { ...data, open: data.references.length > 0 };
    return { certain: [], more: { key: derive([data]), value: sample, why: data } };
  }
  const collection = isThing(data) ? asObject(data) : data;
  if (isSequence(collection)) {
    const { items, kind, more } = collection;
    const certain = items.map((value, index): Turn => {
      if (kind === 'set') return { key: value, value };
      return { key: more === undefined ? index : derive([more.why]), value };
    });
    if (more === undefined) return { certain };
    const key = kind === 'set' ? more.sample : derive([more.why]);
    return { certain, more: { key, value: more.sample, why: more.why } };
  }
  if (!isMapping(collection)) return failure(`${nameKind(data)} cannot be looped over`);
  const certain = [...collection.entries].map(([key, value]): Turn => ({ key, value }));
  const { more } = collection;
  if (more === undefined) return { certain };
  return { certain, more: { key: derive([more.why]), value: more.sample, why: more.why } };
}

/** Whether something could be looped over. */
export function isTurns(turns: Turns | Failure): turns is Turns {
  return 'certain' in turns;
}

interface Passed {
  readonly environment: Environment;
  /** Set when the turn may not count: its condition, or its very existence, is not known. */
  readonly doubt?: Later;
}

/** A `for` in brackets or braces. */
export function evaluateFor(node: Node<'for'>, environment: Environment, evaluate: Evaluate): Data {
  const { data, secret } = reveal(evaluate(node.collection, environment));
  const choices = overLater(data, (one) => evaluateOver(one, node, environment, evaluate));
  return conceal(choices ?? evaluateOver(data, node, environment, evaluate), secret);
}

function overLater(data: Data, evaluate: (data: Data) => Data): Data | undefined {
  return isLater(data) ? overChoices([data], ([one]) => evaluate(one ?? null)) : undefined;
}

function evaluateOver(data: Data, node: Node<'for'>, environment: Environment, evaluate: Evaluate): Data {
  const passed = passedTurns(data, node, environment, evaluate);
  if (!Array.isArray(passed)) return passed as Data;
  return node.resultKey === undefined
    ? gatherItems(passed, node, evaluate)
    : gatherEntries(passed, node, node.resultKey, evaluate);
}

function passedTurns(
  data: Data,
  { key, value, condition }: Node<'for'>,
  environment: Environment,
  evaluate: Evaluate,
): readonly Passed[] | Data {
  const turns = turnsOf(data);
  if (!isTurns(turns)) return turns;
  const passed: Passed[] = [];
  const all = [...turns.certain, ...(turns.more === undefined ? [] : [turns.more])];
  for (const turn of all) {
    const inner = bind(environment, {
      ...(key === undefined ? {} : { [key]: turn.key }),
      [value]: turn.value,
    });
    const isCertain = turn !== turns.more;
    const check = condition === undefined ? true : toBoolean(reveal(evaluate(condition, inner)).data);
    if (isFailure(check)) {
      if (isCertain) return check;
      continue;
    }
    if (check === false) continue;
    const doubt = isCertain ? undefined : turns.more?.why;
    const open = isLater(check) ? (doubt ?? check) : doubt;
    passed.push(open === undefined ? { environment: inner } : { environment: inner, doubt: open });
  }
  return passed;
}

function gatherItems(passed: readonly Passed[], { result }: Node<'for'>, evaluate: Evaluate): Data {
  const items: Data[] = [];
  const further = createFurther();
  for (const { environment, doubt } of passed) {
    if (!environment.run.spend(1)) return derive([]);
    const value = evaluate(result, environment);
    if (isFailure(value)) {
      if (doubt === undefined) return value;
      further.add(doubt, doubt);
    } else if (doubt === undefined) items.push(value);
    else further.add(value, doubt);
  }
  const more = further.more();
  return more === undefined ? { kind: 'tuple', items } : { kind: 'tuple', items, more };
}

function gatherEntries(
  passed: readonly Passed[],
  { result, grouping }: Node<'for'>,
  resultKey: Expression,
  evaluate: Evaluate,
): Data {
  const entries = new Map<string, Data>();
  const groups = new Map<string, Data[]>();
  const further = createFurther();
  let secret = false;
  for (const { environment, doubt } of passed) {
    if (!environment.run.spend(1)) return derive([]);
    const key = reveal(evaluate(resultKey, environment));
    const value = evaluate(result, environment);
    secret ||= key.secret;
    const failed = isFailure(key.data) ? key.data : isFailure(value) ? value : undefined;
    if (failed !== undefined && doubt === undefined) return failed;
    if (failed !== undefined || doubt !== undefined || isLater(key.data)) {
      const why = doubt ?? derive(unknownsIn(key.data));
      further.add(failed === undefined ? value : why, why);
      continue;
    }
    if (key.data === null || !isPrimitive(key.data)) return failure(`${nameKind(key.data)} as a key`);
    const name = primitiveText(key.data);
    if (!grouping) {
      if (entries.has(name)) return failure(`two items of a \`for\` have the key \`${name}\``);
      entries.set(name, value);
      continue;
    }
    const group = groups.get(name) ?? [];
    group.push(value);
    groups.set(name, group);
    entries.set(name, { kind: 'tuple', items: group });
  }
  return conceal(mapping(entries, 'object', further.more()), secret);
}

/** Gathers what may be there besides the certain items. */
function createFurther(): { add(sample: Data, why: Later): void; more(): More | undefined } {
  const samples: Data[] = [];
  let cause: Later | undefined;
  return {
    add(sample, why) {
      samples.push(sample);
      cause ??= why;
    },
    more() {
      if (cause === undefined) return undefined;
      return { sample: oneOf(samples, cause), why: cause };
    },
  };
}

/** `%{ for }` in a template: the text of all turns. Where there may be further turns, an unknown part stands for them. */
export function evaluateTemplateFor(
  { key, value, collection, body }: Node<'template-for'>,
  environment: Environment,
  evaluate: Evaluate,
): Data {
  const { data, secret } = reveal(evaluate(collection, environment));
  const turns = turnsOf(data);
  if (!isTurns(turns)) return turns;
  const texts: Data[] = [];
  for (const turn of [...turns.certain, ...(turns.more === undefined ? [] : [turns.more])]) {
    if (!environment.run.spend(1)) return derive([]);
    const names = { ...(key === undefined ? {} : { [key]: turn.key }), [value]: turn.value };
    const text = evaluate(body, bind(environment, names));
    if (isFailure(text) && turn !== turns.more) return text;
    if (turn !== turns.more) texts.push(text);
    else texts.push(derive([turns.more.why, ...unknownsIn(text)]));
  }
  return conceal(joinText(texts), secret);
}
