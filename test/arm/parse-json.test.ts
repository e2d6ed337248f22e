import { dataOf } from '../../src/arm/json-data.ts';
import { at, originOf } from '../../src/arm/json-node.ts';
import { parseJson } from '../../src/arm/parse-json.ts';
import { plain } from '../support/arm-template.ts';

function dataIn(text: string): unknown {
  const outcome = parseJson(text, 'a.json');
  if ('problem' in outcome) throw new Error(outcome.problem.message);
  return plain(dataOf(outcome.root));
}

test.each([
  '{}',
  '[]',
  ' { "a" : [ 1 , -2.5e3, true, false, null, "x" ] } ',
  '"\\u0041\\n\\t\\"\\\\\\/é"',
  '{ "a": { "b": { "c": [[], {}] } } }',
  '{ "url": "https://example.com/*not a comment*/" }',
  '0',
])('%s reads as JSON.parse reads it', (text) => {
  expect(dataIn(text)).toEqual(JSON.parse(text));
});

test.each<[string, unknown]>([
  ['// first\n{ /* inside */ "a": 1, // last\n "b": 2 }', { a: 1, b: 2 }],
  ['{ "a": [1, 2,], "b": { "c": 3, }, }', { a: [1, 2], b: { c: 3 } }],
  ['[1] // no line break at the end', [1]],
])('%s has comments or trailing commas', (text, expected) => {
  expect(dataIn(text)).toEqual(expected);
});

test('a byte order mark is left out', () => {
  expect(dataIn('\ufeff{"a":1}')).toEqual({ a: 1 });
});

test('a text may run over several lines, as Azure tools allow', () => {
  expect(dataIn('{"a": "[concat(\n  \'x\')]"}')).toEqual({ a: "[concat(\n  'x')]" });
});

test('of names that differ in case only the last counts', () => {
  expect(dataIn('{"Name": 1, "name": 2}')).toEqual({ name: 2 });
});

test('a value knows where it stands', () => {
  const outcome = parseJson('{\n  "a": {\n    "b": "text"\n  }\n}', 'a.json');
  const node = 'root' in outcome ? at(outcome.root, 'A', 'B') : undefined;
  expect(node && originOf(node)).toEqual({
    kind: 'text',
    path: 'a.json',
    line: 3,
    column: 10,
    endLine: 3,
    endColumn: 16,
  });
});

test.each([
  ['', 'a value is expected here', 1, 1],
  ['{"a" 1}', '`:` is expected here', 1, 6],
  ['{"a": 1 "b": 2}', '`,` or `}` is expected here', 1, 9],
  ['[1 2]', '`,` or `]` is expected here', 1, 4],
  ['{a: 1}', 'a name in double quotes is expected here', 1, 2],
  ['{"a": tru}', 'a value is expected here', 1, 7],
  ['{"a": 01}', 'a value is expected here', 1, 7],
  ['{"a": "x}', 'this text has no closing quote', 1, 7],
  ['{"a": "\\x"}', 'this escape sequence is not valid', 1, 8],
  ['{} {}', 'the end of the file is expected here', 1, 4],
  ['{\n/* never', 'this comment has no end', 2, 1],
  ['[1,,2]', 'a value is expected here', 1, 4],
])('%s is refused at its first fault', (text, message, line, column) => {
  const outcome = parseJson(text, 'a.json');
  expect('problem' in outcome && outcome.problem).toMatchObject({
    code: 'json-not-readable',
    message,
    severity: 'fatal',
    origin: { line, column },
  });
});

test.each([
  ['nesting', '['.repeat(100_000)],
  ['size', ' '.repeat(8 * 1024 * 1024 + 1)],
])('too much %s is a problem, not a crash', (_, text) => {
  expect(parseJson(text, 'a.json')).toHaveProperty('problem.severity', 'fatal');
});
