import { access } from '../../../src/arm/functions/access.ts';
import type { Lambda } from '../../../src/arm/functions/call.ts';
import { callFunction } from '../../../src/arm/functions/call-function.ts';
import { callOperator } from '../../../src/arm/functions/call-operator.ts';
import type { Value } from '../../../src/value/value.ts';
import { evaluate, plain, result, testCall, toValue } from '../../support/arm-functions.ts';

const fails = expect.stringMatching(/^faults: /);

const NAMES = ['one', 'two', 'three'];
const NUMBERS = [4, 5, 6];
const ENTITIES = {
  item002: { enabled: false, displayName: 'Example item 2', number: 200 },
  item001: { enabled: true, displayName: 'Example item 1', number: 300 },
};

test.each([
  // Bicep array functions (learn.microsoft.com, bicep-functions-array).
  ['array', [1], [1]],
  ['array', ['efgh'], ['efgh']],
  ['array', [{ a: 'b', c: 'd' }], [{ a: 'b', c: 'd' }]],
  [
    'concat',
    [
      ['1-1', '1-2', '1-3'],
      ['2-1', '2-2', '2-3'],
    ],
    ['1-1', '1-2', '1-3', '2-1', '2-2', '2-3'],
  ],
  ['contains', [{ one: 'a', two: 'b', three: 'c' }, 'one'], true],
  ['contains', [{ one: 'a', two: 'b', three: 'c' }, 'a'], false],
  ['contains', [NAMES, 'three'], true],
  ['contains', [NAMES, 'four'], false],
  ['empty', [[]], true],
  ['empty', [{}], true],
  ['first', [NAMES], 'one'],
  ['flatten', [[['one', 'two'], ['three'], ['four', 'five']]], ['one', 'two', 'three', 'four', 'five']],
  ['lastIndexOf', [NAMES, 'two'], 1],
  ['indexOf', [NAMES, 'one'], 0],
  ['lastIndexOf', [NAMES, 'Three'], -1],
  ['lastIndexOf', [NUMBERS, 4], 0],
  ['indexOf', [NUMBERS, 6], 2],
  ['lastIndexOf', [NUMBERS, '5'], -1],
  ['indexOf', [[NAMES, NUMBERS], NUMBERS], 1],
  ['indexOf', [[1, 2, 3, 1], 1], 0],
  ['lastIndexOf', [[1, 2, 3, 1], 1], 3],
  [
    'intersection',
    [
      { one: 'a', two: 'b', three: 'c' },
      { one: 'a', two: 'z', three: 'c' },
    ],
    { one: 'a', three: 'c' },
  ],
  ['intersection', [NAMES, ['two', 'three']], ['two', 'three']],
  [
    'intersection',
    [
      [1, 2, 3, 4],
      [3, 2, 1],
      [4, 1, 3, 2],
    ],
    [1, 2, 3],
  ],
  [
    'intersection',
    [
      [3, 2, 1],
      [4, 1, 3, 2],
      [1, 2, 3, 4],
    ],
    [3, 2, 1],
  ],
  ['last', [NAMES], 'three'],
  ['length', [NAMES], 3],
  [
    'length',
    [{ propA: 'one', propB: 'two', propC: 'three', propD: { 'propD-1': 'sub', 'propD-2': 'sub' } }],
    4,
  ],
  ['max', [[0, 3, 2, 5, 4]], 5],
  ['max', [0, 3, 2, 5, 4], 5],
  ['min', [[0, 3, 2, 5, 4]], 0],
  ['range', [5, 3], [5, 6, 7]],
  ['skip', [NAMES, 2], ['three']],
  ['take', [NAMES, 2], ['one', 'two']],
  // The remarks of range: at most 10000 items, and an end of at most 2147483647.
  ['range', [0, 10_001], fails],
  ['range', [0, -1], fails],
  ['range', [2_147_483_647, 1], fails],
  // Bicep object functions (learn.microsoft.com, bicep-functions-object).
  [
    'union',
    [
      { one: 'a', two: 'b', three: 'c1' },
      { three: 'c2', four: 'd', five: 'e' },
    ],
    { one: 'a', two: 'b', three: 'c2', four: 'd', five: 'e' },
  ],
  ['union', [NAMES, ['three', 'four', 'two']], ['one', 'two', 'three', 'four']],
  [
    'items',
    [ENTITIES],
    [
      { key: 'item001', value: ENTITIES.item001 },
      { key: 'item002', value: ENTITIES.item002 },
    ],
  ],
  ['json', ["{'a': 'b'}"], { a: 'b' }],
  ['json', ["'test'"], 'test'],
  ['json', ['true'], true],
  ['json', ['3'], 3],
  ['json', ['{"a": "demo value"}'], { a: 'demo value' }],
  // Bicep logical functions (learn.microsoft.com, bicep-functions-logical).
  ['bool', ['true'], true],
  ['bool', ['trUe'], true],
  ['bool', ['falSe'], false],
  ['bool', [2], true],
  ['bool', [-1], true],
  ['bool', [0], false],
  // Bicep numeric functions (learn.microsoft.com, bicep-functions-numeric).
  ['int', ['4'], 4],
  // SystemNamespaceType.cs of Azure/bicep describes `distinct` and `like`.
  ['distinct', [['a', 'b', 'a', 'A']], ['a', 'b', 'A']],
  ['like', ['Web-Frontend', 'web*end'], true],
  ['like', ['Web-Frontend', 'web'], false],
  ['like', ['ab', 'ab*b'], false],
  ['like', ['a.b', 'a?b'], false],
])('the documented result of %s%j', (name, args, expected) => {
  expect(result(name, ...args)).toEqual(expected);
});

test.each([
  // Azure/PSRule.Rules.Azure, FunctionTests.cs; issue 2885 for nested objects.
  [
    'union',
    [
      { property: { one: 'a', two: 'b', three: 'c1' }, nestedArray: [1, 2] },
      { property: { three: 'c2', four: 'd', five: 'e' }, nestedArray: [3, 4] },
    ],
    { property: { one: 'a', two: 'b', three: 'c2', four: 'd', five: 'e' }, nestedArray: [3, 4] },
  ],
  ['union', [{ a: 'b', c: 'd' }, { e: 'f' }, { i: 'j' }, { a: '100' }], { a: '100', c: 'd', e: 'f', i: 'j' }],
  ['union', [null, { e: 'f' }], { e: 'f' }],
  ['union', [['one', 'two'], null, ['one', 'three']], ['one', 'two', 'three']],
  ['union', [1], fails],
  ['shallowMerge', [[{ foo: 'foo' }, { foo: 'bar' }]], { foo: 'bar' }],
  ['shallowMerge', [[{ foo: { a: 1 } }, { foo: { b: 2 } }]], { foo: { b: 2 } }],
  ['shallowMerge', [[null, { e: 'f' }]], { e: 'f' }],
  ['shallowMerge', [1], fails],
  ['objectKeys', [{ b: 2, a: 1 }], ['a', 'b']],
  [
    'createObject',
    ['intProp', 1, 'objectProp', { key1: 'value1' }],
    { intProp: 1, objectProp: { key1: 'value1' } },
  ],
  ['createObject', ['intProp', 1, 'stringProp'], fails],
  ['createArray', [], []],
  ['coalesce', [null, null, 1, 2], 1],
  ['coalesce', [null], null],
  ['contains', [{ one: 'a', two: 'b' }, 'Two'], true],
  ['contains', [['one', 'two'], 'Two'], false],
  ['flatten', [[['one'], ['three', 'three'], [[4]]]], ['one', 'three', 'three', [4]]],
  ['indexOf', [[{ items: [1] }, { items: [2] }], { items: [2] }], 1],
  ['max', [[6, 4], 8], 8],
  ['max', [1, '0'], fails],
  ['skip', [NAMES, -100], NAMES],
  ['tryGet', [{ properties: { values: ['Value 1', 'Value 2'] } }, 'properties', 'values', 1], 'Value 2'],
  ['tryGet', [{ properties: { values: ['Value 1'] } }, 'properties', 'values', 2], null],
  ['tryGet', [{ properties: {} }, 'notValue', 0], null],
  ['tryIndexFromEnd', [NAMES, 1], 'three'],
  ['tryIndexFromEnd', [NAMES, 4], null],
  ['tryIndexFromEnd', [NAMES, -1], null],
  ['indexFromEnd', [NAMES, 3], 'one'],
  ['indexFromEnd', [NAMES, 4], fails],
  ['div', [8, 3], 2],
  ['div', [8, 0], fails],
  ['mod', [7, 0], fails],
  ['int', ['one'], fails],
  ['range', [1, '0'], fails],
  // Azure/bicep, the baselines of safe dereferencing: `a[?^2]` becomes an accessor object.
  ['tryGet', [{ array: NAMES }, 'array', { value: 1, fromEnd: true }], 'three'],
  ['tryIndexFromEnd', [[['a', 'b', 'c'], 'x'], 2, { value: 2, fromEnd: true }], 'b'],
])('the tests of PSRule and Bicep: %s%j', (name, args, expected) => {
  expect(result(name, ...args)).toEqual(expected);
});

test('items orders names as the deployment engine does (EvaluationTests.cs), without regard to case', () => {
  const input = { ghiKey: 1, defKey: 2, abcKey: 3, '123Key': 4, '456Key': 5 };
  expect(result('items', input)).toMatchObject([
    { key: '123Key' },
    { key: '456Key' },
    { key: 'abcKey' },
    { key: 'defKey' },
    { key: 'ghiKey' },
  ]);
});

test('indexOf and contains differ in case as EvaluationTests.cs says', () => {
  expect(['foo', 'FOO'].map((text) => result('indexOf', 'FOOBAR', text))).toEqual([0, 0]);
  expect(['foo', 'FOO'].map((text) => result('contains', 'FOOBAR', text))).toEqual([false, true]);
  expect(['foo', 'FOO', false, 123].map((item) => result('indexOf', ['FOO', 'BAR'], item))).toEqual([
    -1, 0, -1, -1,
  ]);
});

/** A lambda on plain data. */
function lambda(body: (...args: readonly never[]) => unknown): Lambda {
  return (...args) => toValue(body(...(args.map(plain) as never[])));
}

const DOGS = [
  { name: 'Evie', age: 5, interests: ['Ball', 'Frisbee'] },
  { name: 'Casper', age: 3, interests: ['Other dogs'] },
  { name: 'Indy', age: 2, interests: ['Butter'] },
  { name: 'Kira', age: 8, interests: ['Rubs'] },
];
type Dog = (typeof DOGS)[number];

test.each<[string, string, readonly unknown[], readonly Lambda[], unknown]>([
  // Bicep lambda functions (learn.microsoft.com, bicep-functions-lambda).
  ['dogs of five and older', 'filter', [DOGS], [lambda((dog: Dog) => dog.age >= 5)], [DOGS[0], DOGS[3]]],
  ['even numbers', 'filter', [[0, 1, 2, 3, 4]], [lambda((i: number) => i % 2 === 0)], [0, 2, 4]],
  ['dog names', 'map', [DOGS], [lambda((dog: Dog) => dog.name)], ['Evie', 'Casper', 'Indy', 'Kira']],
  ['ages together', 'reduce', [[5, 3, 2, 8], 1], [lambda((sum: number, age: number) => sum + age)], 19],
  [
    'dogs by age',
    'sort',
    [DOGS],
    [lambda((a: Dog, b: Dog) => a.age < b.age)],
    [DOGS[2], DOGS[1], DOGS[0], DOGS[3]],
  ],
  ['dogs by name', 'toObject', [DOGS.slice(0, 1)], [lambda((dog: Dog) => dog.name)], { Evie: DOGS[0] }],
  [
    'ages by name',
    'toObject',
    [DOGS.slice(0, 2)],
    [lambda((dog: Dog) => dog.name), lambda((dog: Dog) => dog.age)],
    { Evie: 5, Casper: 3 },
  ],
  // EvaluationTests.cs, New_functions_are_evaluated_correctly and List_comprehension_function_evaluation_works.
  [
    'an index in map',
    'map',
    [['Evie', 'Casper']],
    [lambda((dog: string, i: number) => `${i} ${dog}`)],
    ['0 Evie', '1 Casper'],
  ],
  [
    'an index in filter',
    'filter',
    [['a', 'b', 'c', 'd']],
    [lambda((_: string, i: number) => i % 2 === 0)],
    ['a', 'c'],
  ],
  [
    'an index in reduce',
    'reduce',
    [['abc', 'def', 'ghi'], ''],
    [lambda((cur: string, next: string, i: number) => (i % 2 === 0 ? cur + next : cur))],
    'abcghi',
  ],
  [
    'doubled values',
    'mapValues',
    [{ a: 123, b: 456 }],
    [lambda((value: number) => value * 2)],
    { a: 246, b: 912 },
  ],
  [
    'groups',
    'groupBy',
    [
      [
        { t: 'a', v: 1 },
        { t: 'b', v: 2 },
        { t: 'a', v: 3 },
      ],
    ],
    [lambda((x: { t: string }) => x.t)],
    {
      a: [
        { t: 'a', v: 1 },
        { t: 'a', v: 3 },
      ],
      b: [{ t: 'b', v: 2 }],
    },
  ],
  [
    'groups of values',
    'groupBy',
    [
      [
        { t: 'a', v: 1 },
        { t: 'b', v: 2 },
        { t: 'a', v: 3 },
      ],
    ],
    [lambda((x: { t: string }) => x.t), lambda((x: { v: number }) => x.v)],
    { a: [1, 3], b: [2] },
  ],
  [
    'numbers in order',
    'sort',
    [[8, 3, 10, -13, 5]],
    [lambda((x: number, y: number) => x < y)],
    [-13, 3, 5, 8, 10],
  ],
  ['nothing', 'reduce', [[], 0], [lambda((cur: number) => cur)], 0],
])('lambdas: %s', (_, name, args, lambdas, expected) => {
  expect(plain(evaluate(name, args, lambdas))).toEqual(expected);
});

function operate(operator: string, ...operands: readonly unknown[]): unknown {
  const call = testCall();
  const value = callOperator(
    operator,
    operands.map((operand) => () => toValue(operand)),
    call,
  );
  return call.faults.length > 0 ? `faults: ${call.faults.join('; ')}` : plain(value);
}

test.each<[string, readonly unknown[], unknown]>([
  // Bicep comparison operators (learn.microsoft.com, operators-comparison).
  ['>=', [10, 5], true],
  ['>=', ['A', 'A'], true],
  ['>', ['bend', 'band'], true],
  ['<=', ['demo', 'demo'], true],
  ['<', ['demo', 'Demo'], true],
  ['==', [5, 5], true],
  [
    '==',
    [
      [1, 2, 3],
      [1, 2, 3],
    ],
    true,
  ],
  [
    '==',
    [
      [3, 2, 1],
      [1, 2, 3],
    ],
    false,
  ],
  [
    '==',
    [
      { prop1: 'val1', prop2: 'val2' },
      { prop2: 'val2', prop1: 'val1' },
    ],
    true,
  ],
  ['==', [{ prop1: 'valX' }, { prop1: 'val1' }], false],
  ['!=', [10, 5], true],
  ['!=', [false, true], true],
  ['=~', ['demo', 'DEMO'], true],
  ['=~', ['demo', 'TEST'], false],
  ['!~', ['demo', 'TEST'], true],
  ['!~', ['demo', 'DeMo'], false],
  // EvaluationTests.cs, Basic_arithmetic_expressions_are_evaluated_successfully and Comparisons_are_evaluated_correctly.
  ['+', [1, 3], 4],
  ['*', [4, 5], 20],
  ['%', [20, 7], 6],
  ['/', [6, 11], 0],
  ['-', [0, 13], -13],
  ['-', [13], -13],
  ['<', [123, 456], true],
  ['!', [true], false],
  ['&&', [true, false], false],
  ['||', [true, false], true],
  ['??', [null, 123], 123],
  ['?:', [true, 1, 2], 1],
  // C#, in which the engine is written: division goes towards zero, the remainder has the sign of the dividend.
  ['/', [-7, 2], -3],
  ['%', [-7, 2], -1],
  ['==', ['1', 1], false],
  ['==', [null, null], true],
  ['==', [null, ''], false],
  ['<', [1, 'a'], fails],
  ['*', [9007199254740991, 2], fails],
  ['**', [1, 2], fails],
])('the operator %s on %j', (operator, operands, expected) => {
  expect(operate(operator, ...operands)).toEqual(expected);
});

test.each([
  ['&&', [false]],
  ['||', [true]],
  ['??', [1]],
  ['and', [false]],
  ['coalesce', ['x']],
])('%s does not evaluate what it does not need', (operator, [first]) => {
  const call = testCall();
  const never = (): Value => {
    throw new Error('evaluated');
  };
  expect(plain(callOperator(operator, [() => toValue(first), never], call))).toEqual(first);
  expect(plain(callOperator('if', [() => toValue(true), () => toValue(1), never], call))).toBe(1);
});

test('names that every JavaScript object has are no functions, operators or members', () => {
  const call = testCall();
  expect(callFunction('constructor', [], call)).toBeUndefined();
  expect(callOperator('constructor', [() => toValue(1)], call).kind).toBe('unknown');
  expect(access(toValue({ a: 1 }), toValue('constructor'), call).kind).toBe('unknown');
  expect(result('dateTimeAdd', '2020-01-01', 'P1D', 'constructor')).toEqual(fails);
});
