import { createAddressBook } from '../../src/network/address-book.ts';
import { createCompiler } from '../../src/network/compiler.ts';
import { buildNetwork } from '../../src/network/network.ts';
import type { Level, Placement } from '../../src/network/placement.ts';
import type { Filter } from '../../src/network/reach.ts';
import { type ArmResource, sub } from '../support/arm-model.ts';
import { type EstateOptions, estate, rule } from '../support/estate.ts';
import { waiting } from '../support/waiting.ts';

function placement(options: EstateOptions): Placement {
  const [found] = buildNetwork(estate(options)).paths[0]?.members[0]?.member.placements ?? [];
  if (found === undefined) throw new Error('there is a member');
  return found;
}

const COLLECTION = 'networkManagers/nm/securityAdminConfigurations/c/ruleCollections/rc';
const adminRule = (name: string, direction: string): ArmResource => ({
  type: `${COLLECTION}/rules`,
  name,
  parent: sub(COLLECTION).id,
  properties: {
    priority: 10,
    access: 'Deny',
    direction,
    protocol: 'Any',
    destinations: [{ addressPrefix: 'Intrenet', addressPrefixType: 'ServiceTag' }],
  },
});
const MORE: readonly ArmResource[] = [
  { type: 'networkManagers/nm/networkGroups', name: 'g', parent: sub('networkManagers/nm').id },
  {
    type: 'networkManagers/nm/securityAdminConfigurations/c/ruleCollections',
    name: 'rc',
    parent: sub('networkManagers/nm/securityAdminConfigurations/c').id,
    properties: { appliesToGroups: [{ networkGroupId: sub('networkManagers/nm/networkGroups/g').id }] },
  },
  adminRule('in', 'Inbound'),
  adminRule('out', 'Outbound'),
];

const HERE = placement({
  subnetRules: [rule(100, 'Allow'), rule(110, 'Deny', { direction: 'Outbound' })],
  nicRules: [rule(200, 'Allow', { sourceAddressPrefix: 'VirtualNetwrok' })],
  more: MORE,
});
const ELSEWHERE: Placement = {
  ...HERE,
  surroundings: { ...HERE.surroundings, key: 'elsewhere', prefixes: ['10.9.0.0/16'] },
};
const [SUBNET, NIC]: readonly Level['group'][] = HERE.levels.map(({ group }) => group);

const customRules = (filter: Filter): readonly unknown[] =>
  filter === 'none' || 'unreadable' in filter
    ? []
    : filter.rules.flatMap(({ rule: each }) =>
        'address' in each && each.name.kind === 'known' ? [each.name.value] : [],
      );

test('a level without a group, and one whose group cannot be read, stay what they are', () => {
  const { compile } = createCompiler(createAddressBook());
  const unreadable = { unreadable: waiting('group') };
  expect(compile.group('none', HERE, 'inbound')).toBe('none');
  expect(compile.group(unreadable, HERE, 'inbound')).toBe(unreadable);
});

test('a group is compiled once for a place and a direction, and anew for others', () => {
  const { compile } = createCompiler(createAddressBook());
  const [subnet, nic] = [SUBNET ?? 'none', NIC ?? 'none'];
  const inbound = compile.group(subnet, HERE, 'inbound');
  expect(compile.group(subnet, HERE, 'inbound')).toBe(inbound);
  expect(customRules(inbound)).toEqual(['Allow100']);
  expect(customRules(compile.group(subnet, HERE, 'outbound'))).toEqual(['Deny110']);
  expect(customRules(compile.group(nic, HERE, 'inbound'))).toEqual(['Allow200']);
  const there = compile.group(subnet, ELSEWHERE, 'inbound');
  const sources = [inbound, there].map((each) =>
    each !== 'none' && 'rules' in each ? each.rules.at(-3)?.source.must : [],
  );
  expect(sources[0]).not.toEqual(sources[1]);
});

test('so are the security admin rules of a place', () => {
  const { compile } = createCompiler(createAddressBook());
  const inbound = compile.adminRules(HERE, 'inbound');
  const names = (direction: 'inbound' | 'outbound') =>
    compile.adminRules(HERE, direction).map(({ rule: each }) => each.origin);
  expect(inbound).toHaveLength(1);
  expect(compile.adminRules(HERE, 'inbound')).toBe(inbound);
  expect(compile.adminRules(ELSEWHERE, 'inbound')).not.toBe(inbound);
  expect(names('outbound')).not.toEqual(names('inbound'));
  expect(compile.adminRules({ ...HERE, adminRules: [] }, 'inbound')).toEqual([]);
});

test('what Azure would refuse is told once, wherever it is met', () => {
  const { compile, problems } = createCompiler(createAddressBook());
  expect(problems()).toEqual([]);
  for (const place of [HERE, ELSEWHERE]) {
    compile.group(NIC ?? 'none', place, 'inbound');
    compile.adminRules(place, 'inbound');
    compile.adminRules(place, 'outbound');
  }
  expect(problems().map(({ message }) => message)).toEqual([
    'the source address `VirtualNetwrok` of `Allow200` is not a service tag that Portcullis knows',
    'the destination address `Intrenet` of `in` is not a service tag that Portcullis knows',
    'the destination address `Intrenet` of `out` is not a service tag that Portcullis knows',
  ]);
});
