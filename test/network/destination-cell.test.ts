import { destinationCell } from '../../src/network/destination-cell.ts';
import { ALL_IPV6, parseAddress } from '../../src/network/packets/address.ts';
import { range } from '../../src/network/packets/interval-set.ts';
import type { Filter } from '../../src/network/reach.ts';
import type { CompiledRule } from '../../src/network/security-rules.ts';
import { certainly, compiled, groupOf } from '../support/compiled-rule.ts';
import { waiting } from '../support/waiting.ts';

const toRange = (low: number, end: number) => compiled('allow', { destination: certainly(range(low, end)) });
const perhapsTo = (low: number, end: number, certain: number) =>
  compiled('allow', { destination: { must: range(low, certain), may: range(low, end), waitsFor: [] } });

/** The addresses from 0 to 20 in groups that no rule tells apart. */
function cells(filters: readonly Filter[], adminRules: readonly CompiledRule[] = []): readonly string[] {
  const found = new Map<string, number[]>();
  for (let address = 0; address <= 20; address += 1) {
    const key = destinationCell(address, filters, adminRules);
    found.set(key, [...(found.get(key) ?? []), address]);
  }
  return [...found.values()].map((each) => `${each[0]}-${each.at(-1)}`);
}

test.each<
  [what: string, filters: readonly Filter[], admin: readonly CompiledRule[], expected: readonly string[]]
>([
  ['no rules', ['none', { unreadable: waiting('group') }], [], ['0-20']],
  ['a rule for all', [groupOf(compiled('deny'))], [], ['0-20']],
  ['a rule', [groupOf(toRange(5, 10))], [], ['0-4', '5-9', '10-20']],
  [
    'two rules that overlap',
    [groupOf(toRange(5, 10), toRange(8, 15))],
    [],
    ['0-4', '5-7', '8-9', '10-14', '15-20'],
  ],
  [
    'rules in any order',
    [groupOf(toRange(12, 15), toRange(2, 4))],
    [],
    ['0-1', '2-3', '4-11', '12-14', '15-20'],
  ],
  ['a rule that is certain of a part', [groupOf(perhapsTo(5, 10, 7))], [], ['0-4', '5-6', '7-9', '10-20']],
  [
    'rules on two levels',
    [groupOf(toRange(5, 10)), groupOf(toRange(8, 15))],
    [],
    ['0-4', '5-7', '8-9', '10-14', '15-20'],
  ],
  ['a security admin rule', ['none'], [toRange(5, 10)], ['0-4', '5-9', '10-20']],
])('%s tell apart the addresses %#', (_, filters, admin, expected) => {
  expect(cells(filters, admin)).toEqual(expected);
});

test('addresses of the two IP versions are told apart by a rule for one of them', () => {
  const group = groupOf(compiled('allow', { destination: certainly(ALL_IPV6) }), toRange(5, 10));
  const [v4, v6, other] = ['10.0.0.1', 'fd00::1', '2001:db8::1'].map((text) =>
    destinationCell(parseAddress(text)?.bound ?? 0, [group], []),
  );
  expect(v4).not.toBe(v6);
  expect(v6).toBe(other);
});
