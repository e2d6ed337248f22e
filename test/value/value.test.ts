import { and, FALSE, not, or, TRUE, undecided } from '../../src/value/truth.ts';
import {
  absent,
  asItems,
  asNumber,
  asText,
  field,
  known,
  list,
  object,
  unknown,
} from '../../src/value/value.ts';

const ORIGIN = { kind: 'json', path: 'plan.json', pointer: '/x' } as const;
const WAITING = unknown({ kind: 'parameter', name: 'port' }, ORIGIN);
const MAYBE = undecided(WAITING);

test('field names are compared without regard to case', () => {
  const value = object({ Properties: object({ backendPort: known(80, ORIGIN) }, ORIGIN) }, ORIGIN);
  expect(field(value, 'properties', 'BACKENDPORT')).toEqual(known(80, ORIGIN));
});

test('a step into an unknown is that unknown, and a step into nothing is absent', () => {
  expect(field(object({ a: WAITING }, ORIGIN), 'a', 'b', 'c')).toBe(WAITING);
  expect(field(object({}, ORIGIN), 'a', 'b').kind).toBe('absent');
  expect(field(known('text', ORIGIN), 'a').kind).toBe('unknown');
});

test.each([
  ['80', 80],
  ['0', 0],
  [443, 443],
])('%j reads as a number', (written, number) => {
  expect(asNumber(known(written, ORIGIN))).toMatchObject({ kind: 'known', value: number });
});

test.each(['8o', '-1', '1e3', '', '0x50'])('%j is no number and never zero', (written) => {
  expect(asNumber(known(written, ORIGIN))).toMatchObject({
    kind: 'unknown',
    reason: { kind: 'unsupported' },
  });
});

test('reading keeps the mark of a secret', () => {
  expect(asText({ ...known(443, ORIGIN), sensitive: true })).toMatchObject({ value: '443', sensitive: true });
});

test('a list that is not known has no items and says so', () => {
  expect(asItems(WAITING)).toEqual({ items: [], unknown: WAITING });
  expect(asItems(absent(ORIGIN))).toEqual({ items: [] });
  expect(asItems(list([known(1, ORIGIN)], ORIGIN)).items).toHaveLength(1);
  expect(asItems(known('x', ORIGIN)).unknown?.reason.kind).toBe('unsupported');
});

test.each([
  [and(TRUE, MAYBE), MAYBE],
  [and(FALSE, MAYBE), FALSE],
  [and(TRUE, TRUE), TRUE],
  [and(), TRUE],
  [or(TRUE, MAYBE), TRUE],
  [or(FALSE, MAYBE), MAYBE],
  [or(FALSE, FALSE), FALSE],
  [or(), FALSE],
  [not(MAYBE), MAYBE],
  [not(TRUE), FALSE],
])('three-valued logic, row %#', (actual, expected) => {
  expect(actual).toEqual(expected);
});

test('an undecided answer names every input it waits for', () => {
  const other = unknown({ kind: 'known-after-apply', name: 'random_integer.x.result' }, ORIGIN);
  expect(and(MAYBE, TRUE, undecided(other))).toEqual(undecided(WAITING, other));
});
