import { not, type Truth, truth } from '../../value/truth.ts';
import { absent, known, type Unknown, type Value } from '../../value/value.ts';
import { equality } from '../equality.ts';
import { callText } from '../expression-text.ts';
import { isPartialText } from '../partial-text.ts';
import { textOrder } from '../text-order.ts';
import { undecided, waitingFor } from '../undecided.ts';
import type { Call } from './call.ts';
import { choose } from './choose.ts';
import { type ArmFunction, described, type FunctionTable, numberAt } from './definition.ts';
import { truthValue } from './truth-value.ts';

type Lazy = readonly (() => Value)[];

/** Comparisons, arithmetic and logic. `and`, `or`, `if` and `coalesce` work here on values; see `LAZY_FUNCTIONS`. */
export const LOGIC_FUNCTIONS: FunctionTable = {
  add: arithmetic((a, b) => a + b),
  and: eager('and', ['truth', 'truth...']),
  coalesce: eager('coalesce', ['any...']),
  div: arithmetic((a, b) => (b === 0 ? undefined : Math.trunc(a / b))),
  equals: {
    takes: ['any', 'any'],
    lenient: true,
    run: ([a, b], call) =>
      a === undefined || b === undefined
        ? call.fail('`equals` compares two values')
        : truthValue(equality(a, b), 'equals', [a, b], call),
  },
  greater: comparison('greater', (order) => order > 0),
  greaterOrEquals: comparison('greaterOrEquals', (order) => order >= 0),
  if: eager('if', ['truth', 'any', 'any']),
  less: comparison('less', (order) => order < 0),
  lessOrEquals: comparison('lessOrEquals', (order) => order <= 0),
  mod: arithmetic((a, b) => (b === 0 ? undefined : a % b)),
  mul: arithmetic((a, b) => a * b),
  not: {
    takes: ['truth'],
    lenient: true,
    run: ([value], call) => {
      if (value?.kind === 'known') return { ...value, value: value.value === false };
      return value?.kind === 'unknown'
        ? truthValue(not(asTruth(value)), 'not', [value], call)
        : call.fail('`not` of nothing');
    },
  },
  or: eager('or', ['truth', 'truth...']),
  sub: arithmetic((a, b) => a - b),
};

/** Functions that do not look at all their arguments. */
export const LAZY_FUNCTIONS: ReadonlyMap<string, (args: Lazy, call: Call) => Value> = new Map([
  ['and', (args: Lazy, call: Call) => connect('and', args, call)],
  ['coalesce', coalesce],
  ['if', conditional],
  ['or', (args: Lazy, call: Call) => connect('or', args, call)],
]);

function eager(name: string, takes: readonly string[]): ArmFunction {
  return {
    takes,
    lenient: true,
    picks: true,
    run: (args, call) =>
      LAZY_FUNCTIONS.get(name)?.(
        args.map((arg) => () => arg),
        call,
      ) ?? absent(call.origin),
  };
}

/** Kleene's logic from the left: what decides ends it, and what follows is not evaluated. */
function connect(name: 'and' | 'or', args: Lazy, call: Call): Value {
  const ending = name === 'or';
  const open: Value[] = [];
  for (const arg of args) {
    const value = arg();
    const answer = asTruth(value);
    if (value.kind !== 'unknown' && (value.kind !== 'known' || typeof value.value !== 'boolean'))
      return call.fail(`\`${name}\` takes true or false, not ${described(value)}`);
    if (answer.is === (ending ? 'true' : 'false')) return known(ending, call.origin);
    if (answer.is === 'unknown') open.push(value);
  }
  const [first, ...others] = open;
  if (first?.kind !== 'unknown') return known(!ending, call.origin);
  if (others.length === 0) return first;
  const expression = callText(name, open);
  return { ...waitingFor(first), ...(expression === undefined ? {} : { expression }) };
}

function asTruth(value: Value): Truth {
  if (value.kind === 'unknown') return { is: 'unknown', waitsFor: [value] };
  return truth(value.kind === 'known' && value.value === true);
}

function conditional([condition, whenTrue, whenFalse]: Lazy, call: Call): Value {
  const answer = condition?.();
  if (answer === undefined || whenTrue === undefined || whenFalse === undefined)
    return call.fail('a conditional has a condition and two values');
  if (answer.kind === 'unknown') {
    return choose({ condition: answer, whenTrue: whenTrue(), whenFalse: whenFalse() });
  }
  if (answer.kind !== 'known' || typeof answer.value !== 'boolean')
    return call.fail(`a condition is true or false, not ${described(answer)}`);
  return answer.value ? whenTrue() : whenFalse();
}

/** The first value that is not null. An unknown one may be null, unless it certainly is a text or an id. */
function coalesce([first, ...others]: Lazy, call: Call): Value {
  const value = first?.() ?? absent(call.origin);
  if (others.length === 0 || (value.kind !== 'absent' && !mayBeNull(value))) return value;
  const rest = coalesce(others, call);
  if (value.kind !== 'unknown') return rest;
  return choose({ condition: value, whenTrue: value, whenFalse: rest }, 'coalesce', [value, rest]);
}

function mayBeNull(value: Value): value is Unknown {
  if (value.kind !== 'unknown' || isPartialText(value)) return false;
  return value.references === undefined || value.open === true;
}

function arithmetic(calculate: (a: number, b: number) => number | undefined): ArmFunction {
  return {
    takes: ['number', 'number'],
    run: (args, call) => {
      const [a, b] = [numberAt(args, 0), numberAt(args, 1)];
      if (!Number.isInteger(a) || !Number.isInteger(b)) return call.fail('arithmetic takes whole numbers');
      const result = calculate(a, b);
      if (result === undefined) return call.fail('a division by zero');
      return Number.isSafeInteger(result)
        ? known(result + 0, call.origin)
        : call.fail('a number is too large');
    },
  };
}

/** Compares two numbers or two texts; the order of some texts no source settles. */
function comparison(name: string, holds: (order: number) => boolean): ArmFunction {
  return {
    takes: ['number|text', 'number|text'],
    run: ([a, b], call) => {
      if (a?.kind !== 'known' || b?.kind !== 'known') return call.fail('a comparison takes two values');
      if (typeof a.value === 'number' && typeof b.value === 'number')
        return known(holds(a.value - b.value), call.origin);
      if (typeof a.value !== 'string' || typeof b.value !== 'string')
        return call.fail(`${described(a)} is compared with ${described(b)}`);
      const order = textOrder(a.value, b.value);
      return order === undefined
        ? undecided(name, [a, b], call, 'the order in which Azure sorts two texts')
        : known(holds(order), call.origin);
    },
  };
}
