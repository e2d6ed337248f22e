import { networkSecurityGroups } from '../../src/model/azure/network-security-group.ts';
import { faultsOf } from '../../src/network/rule-faults.ts';
import { known } from '../../src/value/value.ts';
import { modelOf } from '../support/arm-model.ts';
import { rule } from '../support/estate.ts';
import { waiting } from '../support/waiting.ts';

const UNKNOWN = waiting('later');
const ORIGIN = { kind: 'json', path: 'test.json', pointer: '/secret' } as const;

function secret(value: string | number): unknown {
  return { ...known(value, ORIGIN), sensitive: true };
}

/** The faults of a rule: kind, property, text, and the last part of where they are written. */
function faults(match: Record<string, unknown>): readonly unknown[] {
  const properties = { securityRules: [rule(100, 'Allow', match)] };
  const [group] = networkSecurityGroups(modelOf({ type: 'networkSecurityGroups', name: 'nsg', properties }));
  return (group?.rules.items ?? []).flatMap(faultsOf).map(({ kind, of, text, origin }) => {
    const at = origin.kind === 'json' ? origin.pointer.split('/properties/').at(-1) : origin.kind;
    return `${kind} of ${of}: ${text} at ${at}`;
  });
}

const AT_RULE = 'securityRules/0';

// Semantics 1.2 and 1.4.
test.each<[match: Record<string, unknown>, expected: readonly string[]]>([
  [{ priority: 99 }, ['priority of priority: 99 at priority']],
  [{ protocol: 'Htp' }, ['word of protocol: Htp at protocol']],
  [
    { direction: 'In', access: 'Permit' },
    ['word of access: Permit at access', 'word of direction: In at direction'],
  ],
  [{ sourcePortRange: '70000' }, ['port of source: 70000 at sourcePortRange']],
  [{ destinationPortRanges: ['1', 'x'] }, ['port of destination: x at destinationPortRanges/1']],
  [
    { destinationAddressPrefix: '10.0.0.0/33' },
    ['address of destination: 10.0.0.0/33 at destinationAddressPrefix'],
  ],
  [{ sourceAddressPrefixes: ['10.0.0.0/8', '*'] }, ['word-in-list of source: * at sourceAddressPrefixes/1']],
  [{ sourceAddressPrefix: undefined }, [`address-missing of source: undefined at ${AT_RULE}`]],
  [
    { sourceAddressPrefix: null, sourceAddressPrefixes: [''] },
    [`address-missing of source: undefined at ${AT_RULE}`],
  ],
  [
    { sourceAddressPrefix: '', sourceAddressPrefixes: [null] },
    [`address-missing of source: undefined at ${AT_RULE}`],
  ],
  [
    { destinationPortRange: undefined, destinationPortRanges: [''] },
    [`port-missing of destination: undefined at ${AT_RULE}`],
  ],
])('Azure refuses %j', (match, expected) => {
  expect(faults(match)).toEqual(expected);
});

test.each<[match: Record<string, unknown>, expected: string]>([
  [{ priority: secret(99) }, 'priority of priority'],
  [{ protocol: secret('Htp') }, 'word of protocol'],
  [{ sourcePortRange: secret('70000') }, 'port of source'],
])('a fault in a secret is told without it: %#', (match, expected) => {
  expect(faults(match)).toEqual([`${expected}: undefined at /secret`]);
});

test.each<[match: Record<string, unknown>]>([
  [{ priority: UNKNOWN, protocol: UNKNOWN, access: UNKNOWN, direction: UNKNOWN }],
  [{ sourceAddressPrefix: undefined, sourceAddressPrefixes: [UNKNOWN] }],
  [{ sourceAddressPrefix: undefined, sourceAddressPrefixes: UNKNOWN }],
  [{ sourceAddressPrefix: undefined, sourceApplicationSecurityGroups: UNKNOWN }],
  [{ sourcePortRange: undefined, sourcePortRanges: UNKNOWN }],
  [{ sourcePortRange: UNKNOWN, destinationPortRange: '00080-00090' }],
])('what is not known may be right: %#', (match) => {
  expect(faults(match)).toEqual([]);
});
