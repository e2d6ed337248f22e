import fc from 'fast-check';
import { readJson } from '../../../src/arm/functions/read-json.ts';
import { DATA_ORIGIN, evaluate, plain, result } from '../../support/arm-functions.ts';

const fails = expect.stringMatching(/^faults: a text is not JSON/);

test.each<[string, unknown]>([
  // What Newtonsoft.Json reads beyond RFC 8259 (newtonsoft.com/json, JsonTextReader).
  ['{a: \'b\', $c: "d"}', { a: 'b', $c: 'd' }],
  ['// first\n{"a": 1, /* and */ "b": [1, 2,],}', { a: 1, b: [1, 2] }],
  ['undefined', null],
  ["'it\\'s'", "it's"],
  ['  "\\u00e9\\n\\/" ', 'é\n/'],
  ['{"A": 1, "a": 2}', { A: 2 }],
  ['{"b": 1, "1": 2}', { b: 1, 1: 2 }],
  ['-0', 0],
  ['1.5e3', 1500],
  ['-7', -7],
  ['', fails],
  ['{', fails],
  ['{"a" 1}', fails],
  ['{"a": 1} x', fails],
  ['[1 2]', fails],
  ['"a', fails],
  ['"\\x"', fails],
  ['01', fails],
  ['9007199254740993', fails],
  ['/* open', fails],
])('json(%j)', (text, expected) => {
  expect(result('json', text)).toEqual(expected);
});

test('what JSON.stringify writes is read back, and string writes what JSON.parse reads', () => {
  const data = fc
    .jsonValue({ maxDepth: 4, noUnicodeString: false })
    .filter((value) => !/e[+-]|"__proto__"|\d{16}/.test(JSON.stringify(value)));
  fc.assert(
    fc.property(data, (value) => {
      const read = readJson(JSON.stringify(value), DATA_ORIGIN);
      if (!('value' in read)) return false;
      const same = JSON.stringify(plain(read.value)) === JSON.stringify(value) || hasCaseTwins(value);
      if (read.value.kind !== 'list' && read.value.kind !== 'object') return same;
      const written = evaluate('string', [read.value]);
      return (
        same &&
        written.kind === 'known' &&
        JSON.stringify(JSON.parse(String(written.value))) === JSON.stringify(plain(read.value))
      );
    }),
    { seed: 20_270_104, numRuns: 200 },
  );
});

/** Two names that differ in case only are one field here, as they are in a resource. */
function hasCaseTwins(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const names = Object.keys(value).map((name) => name.toLowerCase());
  return new Set(names).size < names.length || Object.values(value).some(hasCaseTwins);
}
