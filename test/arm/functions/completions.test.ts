import fc from 'fast-check';
import { equality } from '../../../src/arm/equality.ts';
import { expressionOf } from '../../../src/arm/expression-text.ts';
import { access, tryGet } from '../../../src/arm/functions/access.ts';
import { callFunction } from '../../../src/arm/functions/call-function.ts';
import { callOperator } from '../../../src/arm/functions/call-operator.ts';
import { isPartialText, joinText, scalarText } from '../../../src/arm/partial-text.ts';
import type { Unknown, Value } from '../../../src/value/value.ts';
import { parameter, plain, testCall, toValue } from '../../support/arm-functions.ts';

/** The values the parameters p0, p1, ... take when the template is deployed. */
type Completion = readonly Value[];

const CHARACTERS = fc.constantFrom('a', 'b', 'A', '-', '/', ' ');
const TEXT = fc.string({ unit: CHARACTERS, maxLength: 4 });
const SCALAR = fc
  .oneof({ weight: 4, arbitrary: TEXT }, fc.integer({ min: 0, max: 3 }), fc.boolean())
  .map((data) => toValue(data));
const DATA = fc.oneof(
  { weight: 4, arbitrary: SCALAR },
  fc.constant(toValue(null)),
  fc.array(TEXT, { maxLength: 3 }).map((data) => toValue(data)),
  fc.dictionary(fc.constantFrom('a', 'b', 'c'), TEXT, { maxKeys: 2 }).map((data) => toValue(data)),
);
const COMPLETION: fc.Arbitrary<Completion> = fc.tuple(
  SCALAR,
  DATA,
  TEXT.map((data) => toValue(data)),
  fc.boolean().map((data) => toValue(data)),
);
const ANY_PARAMETER = fc.constantFrom('p0', 'p1').map(parameter);
const TEXT_PARAMETER = fc.constant(parameter('p2'));
const TRUTH_PARAMETER = fc.constant(parameter('p3'));

const PARTIAL_TEXT = fc
  .array(
    fc.oneof(
      TEXT.map((data) => toValue(data)),
      TEXT_PARAMETER,
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((pieces) => joinText(pieces, testCall()));
const LEAF: fc.Arbitrary<Value> = fc.oneof(
  SCALAR,
  fc.constant(toValue(null)),
  ANY_PARAMETER,
  PARTIAL_TEXT,
  TEXT_PARAMETER,
);
const NAMED = fc.dictionary(fc.constantFrom('a', 'b', 'c'), LEAF, { maxKeys: 3 });
const LIST = fc.array(LEAF, { maxLength: 3 }).map((items) => toValue(items));
const OBJECT = NAMED.map((fields) => toValue(fields));
const NESTED = fc
  .dictionary(fc.constantFrom('a', 'b'), fc.oneof(LEAF, OBJECT, LIST), { maxKeys: 2 })
  .map((fields) => toValue(fields));
const NUMBER = fc.oneof(
  fc.integer({ min: -1, max: 5 }).map((data) => toValue(data)),
  fc.constant(parameter('p0')),
);
const SMALL = fc.integer({ min: 0, max: 5 }).map((data) => toValue(data));
const NEEDLE = fc.oneof(
  TEXT.map((data) => toValue(data)),
  PARTIAL_TEXT,
);
const CONDITION: fc.Arbitrary<Value> = fc.oneof(
  fc.boolean().map((data) => toValue(data)),
  TRUTH_PARAMETER,
);

/** A tree of calls whose leaves hold parameters: what a template says, evaluated with and without their values. */
interface Expression {
  evaluate(complete: Completion | undefined, faults: string[]): Value;
  readonly text: string;
}

function leaf(value: Value): Expression {
  return {
    text: expressionOf(value) ?? JSON.stringify(plain(value)),
    evaluate: (complete) => (complete === undefined ? value : substitute(value, complete)),
  };
}

function call(name: string, ...args: readonly Expression[]): Expression {
  return {
    text: `${name}(${args.map(({ text }) => text).join(', ')})`,
    evaluate(complete, faults) {
      const context = testCall();
      const values = args.map((arg) => arg.evaluate(complete, faults));
      const result = evaluateCall(name, values, context);
      faults.push(...context.faults);
      return result;
    },
  };
}

function evaluateCall(name: string, values: readonly Value[], context: ReturnType<typeof testCall>): Value {
  const [first, ...rest] = values;
  if (name === 'access' && first !== undefined && rest[0] !== undefined)
    return access(first, rest[0], context);
  if (name === 'tryGet' && first !== undefined) return tryGet(first, rest, context);
  if (/^\W/.test(name))
    return callOperator(
      name,
      values.map((value) => () => value),
      context,
    );
  return callFunction(name, values, context) ?? context.fail(`no function ${name}`);
}

const lambdaFilter: fc.Arbitrary<Expression> = fc.tuple(LIST, NEEDLE).map(([list, item]) => ({
  text: `filter(${JSON.stringify(plain(list))}, x => x != ${JSON.stringify(plain(item))})`,
  evaluate(complete, faults) {
    const context = testCall();
    const [items, other] =
      complete === undefined ? [list, item] : [substitute(list, complete), substitute(item, complete)];
    const value = callFunction('filter', [items], context, [
      (x = other) => callOperator('!=', [() => x, () => other], context),
    ]);
    faults.push(...context.faults);
    return value ?? context.fail('no filter');
  },
}));

function calls(name: string, ...args: readonly fc.Arbitrary<Value>[]): fc.Arbitrary<Expression> {
  return fc.tuple(...args).map((values) => call(name, ...values.map(leaf)));
}

/** The conditional is evaluated as a call, so that a completion takes one branch. */
function chosen(of: fc.Arbitrary<Value>): fc.Arbitrary<Expression> {
  return fc.tuple(CONDITION, of, of).map((values) => call('if', ...values.map(leaf)));
}

const PART: fc.Arbitrary<Expression> = fc.oneof(
  PARTIAL_TEXT.map(leaf),
  LEAF.map(leaf),
  chosen(LEAF),
  calls('toLower', NEEDLE),
);
const WHOLE_OBJECT: fc.Arbitrary<Expression> = fc.oneof(
  OBJECT.map(leaf),
  NESTED.map(leaf),
  chosen(fc.oneof(OBJECT, NESTED)),
);
const WHOLE_LIST: fc.Arbitrary<Expression> = fc.oneof(LIST.map(leaf), chosen(LIST));

function on(name: string, ...args: readonly fc.Arbitrary<Expression>[]): fc.Arbitrary<Expression> {
  return fc.tuple(...args).map((values) => call(name, ...values));
}

const number = SMALL.map(leaf);
const key = fc.constantFrom('a', 'b', 'c').map((name) => leaf(toValue(name)));
const EXPRESSIONS: Readonly<Record<string, fc.Arbitrary<Expression>>> = {
  access: on('access', fc.oneof(WHOLE_OBJECT, on('union', WHOLE_OBJECT, WHOLE_OBJECT)), key),
  and: calls('and', CONDITION, CONDITION, CONDITION),
  base64: on('base64ToString', on('base64', PART)),
  coalesce: on('coalesce', PART, PART, PART),
  concat: on('concat', PART, PART, PART),
  concatLists: on('concat', WHOLE_LIST, fc.oneof(WHOLE_LIST, ANY_PARAMETER.map(leaf))),
  contains: on('contains', PARTIAL_TEXT.map(leaf), NEEDLE.map(leaf)),
  containsItem: on('contains', WHOLE_LIST, PART),
  containsName: on('contains', WHOLE_OBJECT, NEEDLE.map(leaf)),
  createObject: on('createObject', key, PART, NEEDLE.map(leaf), PART, key, PART),
  distinct: on('distinct', WHOLE_LIST),
  empty: on('empty', fc.oneof(PARTIAL_TEXT.map(leaf), WHOLE_LIST, WHOLE_OBJECT)),
  endsWith: on('endsWith', PARTIAL_TEXT.map(leaf), NEEDLE.map(leaf)),
  equals: on('equals', fc.oneof(PART, WHOLE_LIST, WHOLE_OBJECT), fc.oneof(PART, WHOLE_LIST, WHOLE_OBJECT)),
  filter: lambdaFilter,
  first: on('first', fc.oneof(WHOLE_LIST, PARTIAL_TEXT.map(leaf))),
  flatten: on(
    'flatten',
    fc.array(fc.oneof(LIST, ANY_PARAMETER), { maxLength: 3 }).map((lists) => leaf(toValue(lists))),
  ),
  format: on(
    'format',
    fc.constantFrom('{0}', 'x{0}y{1}', '{1}-{0,3}', '{0:D2}').map((text) => leaf(toValue(text))),
    PART,
    PART,
  ),
  if: chosen(fc.oneof(LEAF, LIST, OBJECT, NESTED)),
  indexOf: on('indexOf', fc.oneof(PARTIAL_TEXT.map(leaf), WHOLE_LIST), NEEDLE.map(leaf)),
  insensitively: on('=~', NEEDLE.map(leaf), NEEDLE.map(leaf)),
  intersection: on('intersection', WHOLE_LIST, WHOLE_LIST),
  intersectionOfObjects: on('intersection', OBJECT.map(leaf), chosen(OBJECT)),
  items: on('items', WHOLE_OBJECT),
  join: on(
    'join',
    WHOLE_LIST,
    fc.constantFrom('', ',', '-').map((text) => leaf(toValue(text))),
  ),
  last: on('last', fc.oneof(WHOLE_LIST, PARTIAL_TEXT.map(leaf))),
  lastIndexOf: on('lastIndexOf', fc.oneof(PARTIAL_TEXT.map(leaf), WHOLE_LIST), NEEDLE.map(leaf)),
  length: on('length', fc.oneof(PARTIAL_TEXT.map(leaf), WHOLE_LIST, WHOLE_OBJECT)),
  not: on('not', calls('equals', LEAF, LEAF)),
  or: calls('or', CONDITION, CONDITION, CONDITION),
  replace: on(
    'replace',
    PARTIAL_TEXT.map(leaf),
    fc.constantFrom('a', '/', 'ab').map((text) => leaf(toValue(text))),
    NEEDLE.map(leaf),
  ),
  shallowMerge: fc
    .array(WHOLE_OBJECT, { maxLength: 3 })
    .map((objects) => call('shallowMerge', call('createArray', ...objects))),
  skip: on('skip', fc.oneof(PARTIAL_TEXT.map(leaf), WHOLE_LIST), fc.oneof(number, NUMBER.map(leaf))),
  split: on(
    'split',
    PARTIAL_TEXT.map(leaf),
    fc.constantFrom('/', '-', 'ab').map((text) => leaf(toValue(text))),
  ),
  startsWith: on('startsWith', PARTIAL_TEXT.map(leaf), NEEDLE.map(leaf)),
  string: on('string', fc.oneof(OBJECT.map(leaf), LIST.map(leaf))),
  substring: on('substring', PARTIAL_TEXT.map(leaf), number, number),
  take: on('take', fc.oneof(PARTIAL_TEXT.map(leaf), WHOLE_LIST), fc.oneof(number, NUMBER.map(leaf))),
  toUpper: on('toUpper', PARTIAL_TEXT.map(leaf)),
  trim: on('trim', PARTIAL_TEXT.map(leaf)),
  tryGet: on('tryGet', WHOLE_OBJECT, key, key),
  union: on('union', WHOLE_LIST, fc.oneof(WHOLE_LIST, ANY_PARAMETER.map(leaf))),
  unionOfObjects: on('union', WHOLE_OBJECT, fc.oneof(WHOLE_OBJECT, ANY_PARAMETER.map(leaf)), WHOLE_OBJECT),
};

/** The value with the parameters replaced. */
function substitute(value: Value, complete: Completion): Value {
  switch (value.kind) {
    case 'unknown': {
      const own = parameterIn(value, complete);
      if (own !== undefined) return own;
      if (!isPartialText(value)) return value;
      const pieces = value.parts.map((part) =>
        typeof part === 'string' ? toValue(part) : substitute(part, complete),
      );
      return joinText(pieces, testCall());
    }
    case 'list':
      return { ...value, items: value.items.map((item) => substitute(item, complete)) };
    case 'object':
      return {
        ...value,
        fields: new Map([...value.fields].map(([name, field]) => [name, substitute(field, complete)])),
      };
    default:
      return value;
  }
}

function parameterIn({ expression }: Unknown, complete: Completion): Value | undefined {
  const [, asText, index] = /^(format\('\{0\}', )?parameters\('p(\d)'\)\)?$/.exec(expression ?? '') ?? [];
  const value = index === undefined ? undefined : complete[Number(index)];
  if (asText === undefined || value === undefined) return value;
  const text = textOf(value);
  return text === undefined ? undefined : toValue(text);
}

/** Whether a value that is known in part allows for the value it turns out to be. */
function allows(partial: Value, actual: Value, complete: Completion): boolean {
  switch (partial.kind) {
    case 'unknown': {
      const own = parameterIn(partial, complete);
      if (own !== undefined) return isEqual(own, actual) || textOf(own) === textOf(actual);
      return !isPartialText(partial) || fits(partial.parts, textOf(actual), complete);
    }
    case 'list': {
      if (actual.kind !== 'list') return false;
      if (partial.more === undefined) {
        return (
          partial.items.length === actual.items.length &&
          partial.items.every((item, index) => allows(item, actual.items[index] ?? item, complete))
        );
      }
      return partial.items.every((item) => actual.items.some((other) => allows(item, other, complete)));
    }
    case 'object': {
      if (actual.kind !== 'object') return false;
      const isWhole = partial.more !== undefined || partial.fields.size === actual.fields.size;
      return (
        isWhole &&
        [...partial.fields].every(([name, field]) => {
          const other = actual.fields.get(name);
          return other !== undefined && allows(field, other, complete);
        })
      );
    }
    default:
      return isEqual(partial, actual);
  }
}

function textOf(value: Value): string | undefined {
  if (value.kind === 'absent') return '';
  return value.kind === 'known' ? scalarText(value.value) : undefined;
}

function isEqual(a: Value, b: Value): boolean {
  return JSON.stringify(plain(a)) === JSON.stringify(plain(b));
}

function fits(parts: readonly (string | Unknown)[], text: string | undefined, complete: Completion): boolean {
  if (text === undefined) return false;
  const pattern = parts.map((part) => {
    if (typeof part === 'string') return part.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
    const own = parameterIn(part, complete);
    const text = own === undefined ? undefined : textOf(own);
    return text === undefined ? '[^]*' : text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
  });
  return new RegExp(`^${pattern.join('')}$`).test(text);
}

test.each(Object.keys(EXPRESSIONS))(
  'what %s says of unknowns holds for every value they may take',
  (name) => {
    const expressions = EXPRESSIONS[name] ?? fc.constant(leaf(toValue(null)));
    fc.assert(
      fc.property(
        expressions,
        fc.array(COMPLETION, { minLength: 1, maxLength: 4 }),
        (expression, completions) => {
          const faults: string[] = [];
          const partial = expression.evaluate(undefined, faults);
          return completions.every((complete) => {
            const actualFaults: string[] = [];
            const actual = expression.evaluate(complete, actualFaults);
            if (actualFaults.length > 0 || actual.kind === 'unknown') return true;
            return faults.length === 0 && allows(partial, actual, complete);
          });
        },
      ),
      { seed: 20_270_101, numRuns: 300 },
    );
  },
);

test('two expressions with one text are one value', () => {
  const either = fc.oneof(...Object.values(EXPRESSIONS));
  fc.assert(
    fc.property(either, either, COMPLETION, (left, right, complete) => {
      const [a, b] = [left.evaluate(undefined, []), right.evaluate(undefined, [])];
      const answer = equality(a, b);
      const faults: string[] = [];
      const [actualA, actualB] = [left.evaluate(complete, faults), right.evaluate(complete, faults)];
      if (faults.length > 0 || answer.is === 'unknown') return true;
      const actual = equality(actualA, actualB);
      return actual.is === 'unknown' || actual.is === answer.is;
    }),
    { seed: 20_270_102, numRuns: 2000 },
  );
});
