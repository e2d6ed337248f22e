import { printable } from '../../text/printable.ts';
import { absent, type Unknown, type Value } from '../../value/value.ts';
import { bounded, expressionOf, quoted } from '../expression-text.ts';
import { unsupported, waitingFor } from '../undecided.ts';
import type { Call } from './call.ts';
import { choiceOf, choose } from './choose.ts';
import { described } from './definition.ts';

/** Conditionals inside each other whose branches are looked into. */
const DEEPEST_CHOICE = 8;

/**
 * The member of a value: `a.name`, `a['name']`, `a[0]`. A missing member or an index out of range fails, as in Azure; what
 * may be there because the list or object may have more is unknown. The member keeps its own origin.
 */
export function access(value: Value, key: Value, call: Call): Value {
  return member(value, key, call) ?? call.fail(`a value has no member ${nameOf(key)}`);
}

/** `a.?name`, `a[?0]`: the member, or null where there is none or nothing to have one. */
export function tryAccess(value: Value, key: Value, call: Call): Value {
  if (value.kind === 'absent') return value;
  return member(value, key, call) ?? absent(call.origin);
}

/** `a[^1]`: the item of a list counted from its end, from 1. A position outside the list fails. */
export function accessFromEnd(value: Value, position: Value, call: Call): Value {
  return (
    fromEnd(value, position, call, 'must') ?? call.fail(`a list has no item ${nameOf(position)} from its end`)
  );
}

/** `a[?^1]`: the item counted from the end, or null where there is none. */
export function tryAccessFromEnd(value: Value, position: Value, call: Call): Value {
  if (value.kind === 'absent') return value;
  return fromEnd(value, position, call, 'may') ?? absent(call.origin);
}

/**
 * `tryGet(value, key, ...)` as compiled Bicep writes it: one member after the other, null from the first that is missing.
 * A key is a name, an index, or `{ value: 1, fromEnd: true }`.
 */
export function tryGet(value: Value, keys: readonly Value[], call: Call): Value {
  let current = value;
  for (const key of keys) {
    if (current.kind === 'absent') return current;
    if (key.kind !== 'object') {
      current = tryAccess(current, key, call);
      continue;
    }
    const index = key.fields.get('value') ?? absent(key.origin);
    const backwards = key.fields.get('fromend');
    current =
      backwards?.kind === 'known' && backwards.value === true
        ? tryAccessFromEnd(current, index, call)
        : tryAccess(current, index, call);
  }
  return current;
}

/** The member; undefined where there certainly is none. */
function member(value: Value, key: Value, call: Call, depth = 0): Value | undefined {
  const choice = depth < DEEPEST_CHOICE && isOpenAt(value, key) ? choiceOf(value) : undefined;
  if (choice !== undefined) {
    // What fails in one branch fails in no deployment that takes the other: nothing is reported.
    const silent: Call = { ...call, fail: (message) => unsupported(message, call.origin) };
    const branch = (inner: Value): Value =>
      inner.kind === 'absent' ? inner : (member(inner, key, silent, depth + 1) ?? absent(call.origin));
    return choose({
      condition: choice.condition,
      whenTrue: branch(choice.whenTrue),
      whenFalse: branch(choice.whenFalse),
    });
  }
  if (value.kind === 'unknown') return memberOf(value, key);
  if (key.kind === 'unknown') return unknownMember(value, key);
  if (key.kind !== 'known') return call.fail(`${described(key)} names no member`);
  if (value.kind === 'list' && typeof key.value === 'number') {
    if (value.more !== undefined) return waitingFor(value.more);
    return Number.isInteger(key.value) && key.value >= 0 ? value.items[key.value] : undefined;
  }
  if (value.kind === 'object' && typeof key.value === 'string') {
    return (
      value.fields.get(key.value.toLowerCase()) ??
      (value.more === undefined ? undefined : memberOf(value.more, key))
    );
  }
  return call.fail(`${described(value)} has no members named by ${described(key)}`);
}

/** Whether only the branches of a conditional can say what stands under the key. */
function isOpenAt(value: Value, key: Value): boolean {
  if (key.kind !== 'known') return false;
  return (
    value.kind === 'unknown' ||
    (value.kind === 'object' &&
      value.more !== undefined &&
      !value.fields.has(String(key.value).toLowerCase()))
  );
}

function fromEnd(value: Value, position: Value, call: Call, mode: 'must' | 'may'): Value | undefined {
  if (value.kind === 'unknown') return memberOf(value, position, '^');
  if (value.kind !== 'list') return call.fail(`${described(value)} has no items to count from the end`);
  if (position.kind === 'unknown') return unknownMember(value, position, '^');
  if (position.kind !== 'known' || typeof position.value !== 'number') {
    return mode === 'may' ? undefined : call.fail(`${described(position)} is no position in a list`);
  }
  if (value.more !== undefined) return waitingFor(value.more);
  return position.value >= 1 ? value.items.at(-position.value) : undefined;
}

/** The member of an unknown: it has the expression of the member. Names have no case. */
function memberOf(value: Unknown, key: Value, prefix = ''): Unknown {
  const suffix = suffixOf(key, prefix);
  const { reason, origin, expression } = value;
  if (expression === undefined || suffix === undefined) return waitingFor(value);
  return { kind: 'unknown', reason, origin, expression: bounded(`${expression}${suffix}`) };
}

/** The member of a known value under an unknown key. */
function unknownMember(value: Value, key: Unknown, prefix = ''): Unknown {
  const whole = expressionOf(value);
  const suffix = suffixOf(key, prefix);
  if (whole === undefined || suffix === undefined) return waitingFor(key);
  return { ...waitingFor(key), expression: bounded(`${whole}${suffix}`) };
}

function suffixOf(key: Value, prefix: string): string | undefined {
  if (key.kind !== 'known' || typeof key.value !== 'string' || key.sensitive) {
    const text = expressionOf(key);
    return text === undefined ? undefined : `[${prefix}${text}]`;
  }
  const name = key.value.toLowerCase();
  return /^[a-z_]\w*$/.test(name) ? `.${name}` : `[${quoted(name)}]`;
}

function nameOf(key: Value): string {
  if (key.kind !== 'known' || key.sensitive) return 'of that name';
  return `\`${printable(String(key.value), 60)}\``;
}
