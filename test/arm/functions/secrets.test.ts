import { access } from '../../../src/arm/functions/access.ts';
import { jsonText } from '../../../src/arm/functions/json-text.ts';
import { evaluate, parameter, secret, testCall, toValue } from '../../support/arm-functions.ts';

const SECRET = secret('hunter2');

test.each<[string, readonly unknown[]]>([
  ['concat', ['pw-', SECRET]],
  ['format', ['{0}', SECRET]],
  ['base64', [SECRET]],
  ['toUpper', [SECRET]],
  ['replace', ['a', 'a', SECRET]],
  ['take', [SECRET, 3]],
  ['substring', [SECRET, 1, 2]],
  ['length', [SECRET]],
  ['equals', [SECRET, 'x']],
  ['uniqueString', ['a', SECRET]],
  ['guid', [SECRET]],
  ['join', [['a', SECRET], ',']],
  ['string', [{ a: [SECRET] }]],
  ['padLeft', [SECRET, 20]],
  ['uriComponent', [SECRET]],
  ['add', [secret(1), 1]],
  ['int', [secret('1')]],
  ['cidrHost', [secret('10.0.0.0/24'), 1]],
  ['first', [SECRET]],
  ['coalesce', [null, SECRET]],
  ['if', [true, SECRET, 'x']],
])('what %s makes of a secret is secret', (name, args) => {
  expect(evaluate(name, args)).toMatchObject({ kind: 'known', sensitive: true });
});

test('what is picked from beside a secret is not secret, and pieces of one are', () => {
  expect(evaluate('first', [['a', SECRET]])).not.toHaveProperty('sensitive');
  expect(evaluate('last', [['a', SECRET]])).toHaveProperty('sensitive', true);
  expect(
    evaluate('split', [secret('a,b'), ',']).kind === 'list' && evaluate('split', [secret('a,b'), ',']),
  ).toMatchObject({
    items: [{ sensitive: true }, { sensitive: true }],
  });
  const call = testCall();
  expect(access(evaluate('json', [secret('{"a":["x"]}')]), toValue('a'), call)).toMatchObject({
    items: [{ value: 'x', sensitive: true }],
  });
  expect(access(evaluate('parseCidr', [secret('10.0.0.0/8')]), toValue('network'), call)).toHaveProperty(
    'sensitive',
    true,
  );
});

test.each<[string, () => readonly unknown[]]>([
  ['concat', () => [SECRET, parameter('x')]],
  ['format', () => ['{0}{1}', SECRET, parameter('x')]],
  ['string', () => [{ a: SECRET, b: parameter('x') }]],
  ['replace', () => [parameter('x'), 'a', SECRET]],
  ['contains', () => [[parameter('x')], SECRET]],
  ['uniqueString', () => [SECRET, parameter('x')]],
  ['base64', () => [evaluate('concat', [SECRET, parameter('x')])]],
  ['resourceId', () => ['A.B/types', evaluate('concat', [SECRET, parameter('x')])]],
])('an unknown that %s makes with a secret holds nothing of it and equals no other', (name, args) => {
  const value = evaluate(name, args());
  expect(value).toMatchObject({ kind: 'unknown', reason: { kind: 'parameter', name: 'x' } });
  expect(value).not.toHaveProperty('expression');
  expect(JSON.stringify(value)).not.toContain('hunter2');
  expect(evaluate('equals', [value, evaluate(name, args())]).kind).toBe('unknown');
});

test('messages about secrets do not say them', () => {
  const call = testCall();
  access(toValue({ a: 1 }), SECRET, call);
  evaluate('int', [SECRET], [], call);
  evaluate('json', [SECRET], [], call);
  jsonText(toValue([SECRET]), '"', call);
  expect(call.faults).toHaveLength(3);
  expect(call.faults.join()).not.toContain('hunter2');
});
