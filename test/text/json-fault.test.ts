import fc from 'fast-check';
import { jsonFault } from '../../src/text/json-fault.ts';

const RUN = { seed: 20_261, numRuns: 3000 };

test.each([
  ['an empty object', '{}'],
  ['an empty list with space in it', ' [ ] '],
  ['a nested value', '{"a":[1,{"b":null}],"c":{"d":[[]]}}'],
  ['every scalar', '[true,false,null,"",0,-0,-1.5e+10,2E-3,10]'],
  ['every escape', '"\\"\\\\\\/\\b\\f\\n\\r\\t\\u00Af"'],
  ['a lone scalar', '12'],
  ['keys that name prototypes', '{"__proto__":{"constructor":1}}'],
])('%s is JSON', (_, text) => {
  expect(jsonFault(text)).toBeUndefined();
});

test.each([
  ['nothing', '', 0],
  ['space alone', ' \n', 2],
  ['an open object', '{', 1],
  ['a key without its value', '{"a"', 4],
  ['a colon without its value', '{"a":', 5],
  ['a member without its end', '{"a":1', 6],
  ['an open list after a comma', '[1,', 3],
  ['an open string', '["abc', 5],
  ['an open escape', '["\\', 3],
  ['an open unicode escape', '["\\u00', 6],
  ['half a word', '[tru', 4],
  ['a sign alone', '[-', 2],
  ['a decimal point alone', '[1.', 3],
  ['an exponent alone', '[1e', 3],
  ['the sign of an exponent alone', '[1e+', 4],
])('%s is truncated', (_, text, offset) => {
  expect(jsonFault(text)).toEqual({ kind: 'truncated', offset });
});

test.each([
  ['a second value', '{} {}', 3],
  ['a comma after the value', '[],', 2],
  ['a closing bracket too many', '{"a":[]}]', 8],
  ['a digit after a leading zero', '01', 1],
])('%s is trailing', (_, text, offset) => {
  expect(jsonFault(text)).toEqual({ kind: 'trailing', offset });
});

test.each([
  ['a word that is none', '[nul1]', 4],
  ['a key without quotes', '{a:1}', 1],
  ['a comma before the end of an object', '{"a":1,}', 7],
  ['a comma before the end of a list', '[1,]', 3],
  ['a bracket of the other kind', '{"a":1]', 6],
  ['a missing colon', '{"a" 1}', 5],
  ['a missing comma', '[1 2]', 3],
  ['a line break in a string', '["a\nb"]', 3],
  ['an escape that is none', '["\\x"]', 3],
  ['a unicode escape that is none', '["\\u00g0"]', 6],
  ['a plus sign', '[+1]', 1],
  ['a decimal point first', '[.5]', 1],
  ['no digit after the point', '[1.]', 3],
  ['a byte order mark', '\ufeff{}', 0],
  ['a NUL', '{\u0000}', 1],
  ['a no-break space', '{\u00a0}', 1],
])('%s is unexpected', (_, text, offset) => {
  expect(jsonFault(text)).toEqual({ kind: 'unexpected', offset });
});

const pieces = fc.constantFrom(
  ...[
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"',
    '"a"',
    '\\',
    '\\u',
    '0',
    '1',
    '-',
    '.',
    'e',
    '+',
    'true',
    'nul',
    ' ',
    '\n',
    'x',
    '😀',
  ],
);
const almostJson = fc.oneof(
  fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join('')),
  fc.tuple(fc.json(), fc.nat(), pieces).map(([text, at, piece]) => {
    const place = at % (text.length + 1);
    return text.slice(0, place) + piece + text.slice(place);
  }),
  fc.tuple(fc.json(), fc.nat()).map(([text, at]) => text.slice(0, at % (text.length + 1))),
  fc.json(),
);

function parseError(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return error instanceof SyntaxError ? error.message : 'another error';
  }
}

test('a text has a fault exactly when JSON.parse refuses it', () => {
  fc.assert(
    fc.property(almostJson, (text) => (jsonFault(text) === undefined) === (parseError(text) === undefined)),
    RUN,
  );
});

test('the fault is where JSON.parse says, when it says where', () => {
  let compared = 0;
  fc.assert(
    fc.property(almostJson, (text) => {
      const position = parseError(text)?.match(/at position (\d+)/)?.[1];
      if (position === undefined) return true;
      compared += 1;
      return jsonFault(text)?.offset === Number(position);
    }),
    RUN,
  );
  expect(compared).toBeGreaterThan(100);
});

test('the text before an unexpected character could still become JSON', () => {
  fc.assert(
    fc.property(almostJson, (text) => {
      const fault = jsonFault(text);
      if (fault?.kind !== 'unexpected') return true;
      return jsonFault(text.slice(0, fault.offset))?.kind === 'truncated';
    }),
    RUN,
  );
});

test('nesting of any depth costs no stack', () => {
  expect(jsonFault('['.repeat(1_000_000))).toEqual({ kind: 'truncated', offset: 1_000_000 });
});
