import { equality } from '../../../src/arm/equality.ts';
import { expressionOf } from '../../../src/arm/expression-text.ts';
import type { Lambda } from '../../../src/arm/functions/call.ts';
import { callFunction } from '../../../src/arm/functions/call-function.ts';
import type { Value } from '../../../src/value/value.ts';
import { evaluate, parameter, result, secret, testCall, toValue } from '../../support/arm-functions.ts';

const MEBIBYTE = 'x'.repeat(1024 * 1024);
const TOO_LONG = 'faults: a text is longer than 1 MiB';
const X = parameter('x');

/** A list in a list in a list ..., that deep. */
function nested(depth: number): Value {
  let value: Value = toValue([]);
  for (let index = 0; index < depth; index += 1) value = { ...value, kind: 'list', items: [value] };
  return value;
}

/** Twice the same list in a list, that many times: few objects, very many leaves. */
function doubled(times: number, end: Value): Value {
  let value = end;
  for (let index = 0; index < times; index += 1)
    value = { kind: 'list', items: [value, value], origin: end.origin };
  return value;
}

test.each<[string, readonly unknown[]]>([
  ['concat', [MEBIBYTE, 'x']],
  ['concat', [MEBIBYTE, X, 'x']],
  ['format', ['{0}{0}', MEBIBYTE]],
  ['format', ['{0,999999}{0,999999}', 'x']],
  ['replace', [MEBIBYTE, 'x', 'xy']],
  ['replace', [evaluate('concat', [MEBIBYTE.slice(1), X]), 'x', 'xyz']],
  ['padLeft', ['x', 1024 * 1024 + 1]],
  ['padLeft', ['x', Number.MAX_SAFE_INTEGER]],
  ['join', [['a', 'b', 'c'], MEBIBYTE]],
  ['string', [[MEBIBYTE]]],
  ['base64', [MEBIBYTE]],
  ['uriComponent', [MEBIBYTE.replaceAll('x', ' ')]],
  ['string', [doubled(40, toValue('x'))]],
])('%s stops at 1 MiB', (name, args) => {
  expect(result(name, ...args)).toBe(TOO_LONG);
});

test('a text of exactly 1 MiB is allowed', () => {
  expect(evaluate('concat', [MEBIBYTE.slice(1), 'x'])).toMatchObject({ kind: 'known' });
  expect(result('length', MEBIBYTE)).toBe(1024 * 1024);
});

test('a lambda that doubles a text ten thousand times stops early', () => {
  const double: Lambda = (text = X) => callFunction('concat', [text, text], testCall()) ?? X;
  const numbers = evaluate('range', [0, 10_000]);
  expect(evaluate('reduce', [numbers, 'ab'], [double]).kind).toBe('unknown');
  expect(evaluate('reduce', [numbers, evaluate('format', ['a{0}', X])], [double]).kind).toBe('unknown');
});

test('a list of more than 100,000 items and an object of as many fields fail', () => {
  const numbers = evaluate('range', [0, 10_000]);
  expect(result('concat', ...Array<Value>(11).fill(numbers))).toBe(
    'faults: a list has more than 100000 items',
  );
  expect(result('flatten', toValue(Array<Value>(11).fill(numbers)))).toBe(
    'faults: a list has more than 100000 items',
  );
  expect(result('split', ','.repeat(100_001), ',')).toBe('faults: a list has more than 100000 items');
});

test.each<[string, readonly unknown[]]>([
  ['string', [nested(20_000)]],
  ['format', ['{0}', nested(20_000)]],
  ['equals', [nested(20_000), nested(20_000)]],
  ['contains', [[nested(20_000)], nested(20_000)]],
  ['union', [[nested(20_000)], [nested(20_000)]]],
  ['json', ['['.repeat(20_000)]],
  ['json', ['{"a":'.repeat(20_000)]],
  ['if', [X, nested(20_000), nested(20_000)]],
  ['add', [X, nested(20_000)]],
])('%s survives values that nest too deep', (name, args) => {
  expect(evaluate(name, args)).toBeDefined();
});

test('values that share their parts cost what they are, not what they spell', () => {
  const [a, b] = [doubled(60, toValue('x')), doubled(60, toValue('x'))];
  expect(equality(a, a).is).toBe('true');
  expect(equality(a, b).is).toBe('unknown');
  expect(expressionOf(a)).toBeUndefined();
  expect(evaluate('concat', [X, 'y']).kind).toBe('unknown');
  expect(evaluate('contains', [a, 'x']).kind).toBe('known');
  expect(evaluate('union', [a, b]).kind).toBe('list');
  expect(evaluate('uniqueString', [X, 'a']).kind).toBe('unknown');
  expect(evaluate('length', [doubled(60, secret('x'))])).toMatchObject({ value: 2, sensitive: true });
  let object: Value = toValue({ leaf: 1 });
  for (let index = 0; index < 60; index += 1) object = toValue({ a: object, b: object });
  let other: Value = toValue({ leaf: 2 });
  for (let index = 0; index < 60; index += 1) other = toValue({ a: other, b: other });
  expect(evaluate('union', [object, other]).kind).toBe('object');
  expect(evaluate('if', [X, object, other]).kind).toBe('object');
});

test('long lists of texts are joined, searched and made unique in one pass', () => {
  const texts = toValue(Array.from({ length: 50_000 }, (_, index) => `item${index}`));
  expect(evaluate('union', [texts, texts])).toMatchObject({ items: { length: 50_000 } });
  expect(evaluate('intersection', [texts, texts])).toMatchObject({ items: { length: 50_000 } });
  expect(result('contains', texts, 'item49999')).toBe(true);
  expect(result('length', evaluate('join', [texts, ',']))).toBe(488_889);
});

test('an expression stays short, and two long ones stay apart', () => {
  const long = 'y'.repeat(5000);
  const [a, b] = ['1', '2'].map((end) => evaluate('concat', [long, end, X]));
  for (const value of [a, b]) expect(value?.kind === 'unknown' && value.expression?.length).toBeLessThan(300);
  expect(a?.kind === 'unknown' && b?.kind === 'unknown' && a.expression === b.expression).toBe(false);
  expect(evaluate('concat', [long, '1', X])).toEqual(a);
});
