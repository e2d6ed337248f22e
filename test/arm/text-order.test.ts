import fc from 'fast-check';
import { nameOrder, sortBy, textOrder } from '../../src/arm/text-order.ts';
import { evaluate, plain, result } from '../support/arm-functions.ts';

test.each<[string, string, number | undefined]>([
  // Bicep comparison operators (learn.microsoft.com, operators-comparison).
  ['band', 'bend', -1],
  ['demo', 'Demo', -1],
  ['Demo', 'demo', 1],
  ['demo', 'demo', 0],
  // Unicode root collation and the older library of Windows agree here.
  ['a', 'ab', -1],
  ['A', 'b', -1],
  ['a', 'B', -1],
  ['web2', 'weba', -1],
  ['web_a', 'web1', -1],
  ['web.a', 'weba', -1],
  ['aB', 'Ab', -1],
  // They do not agree here.
  ['app-x', 'appgw', undefined],
  ["can't", 'cant', undefined],
  ['a.b', 'a_b', undefined],
  ['é', 'e', undefined],
  ['é', 'é', 0],
])('the order of %j and %j', (a, b, expected) => {
  const order = textOrder(a, b);
  expect(order === undefined ? undefined : Math.sign(order)).toBe(expected);
});

test.each<[string, string, number | undefined]>([
  // Azure/bicep, EvaluationTests.cs, Items_function_evaluation_works.
  ['123Key', 'ABCKey', -1],
  ['abcKey', 'DEFKey', -1],
  ['DEFKey', 'ghiKey', -1],
  ['snet-web', 'snet-web2', -1],
  // An ordinal comparison puts the underscore after the letters, a cultural one before.
  ['app_db', 'appgw', undefined],
])('the order of the names %j and %j', (a, b, expected) => {
  expect(nameOrder(a, b)).toBe(expected);
});

test('an order that is settled is one order', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'B', 'b', '1', '-', '_'), maxLength: 5 });
  fc.assert(
    fc.property(text, text, text, (a, b, c) => {
      const [ab, ba, bc, ac] = [textOrder(a, b), textOrder(b, a), textOrder(b, c), textOrder(a, c)];
      const isSymmetric =
        ab === undefined ? ba === undefined : Math.sign(ab) === -Math.sign(ba ?? Number.NaN) + 0;
      const isChain = ab !== undefined && bc !== undefined && ac !== undefined && ab < 0 && bc < 0;
      return isSymmetric && (!isChain || ac < 0);
    }),
    { seed: 20_270_103, numRuns: 2000 },
  );
});

test('where the order is not settled, the items stay and their positions are open', () => {
  expect(result('objectKeys', { app_db: 1, appgw: 2 })).toEqual([
    'app_db',
    'appgw',
    '...the order in which Azure lists the names of an object',
  ]);
  expect(plain(evaluate('less', ['app-x', 'appgw']))).toBe("{less('app-x', 'appgw')}");
  expect(evaluate('less', ['app-x', 'appgw'])).toMatchObject({ reason: { kind: 'unsupported' } });
  expect(plain(evaluate('greater', ['app-x', 'appgw']))).toBe("{greater('app-x', 'appgw')}");
  expect(sortBy([3, 1, 2], (a, b) => a - b)).toEqual([1, 2, 3]);
});
