import { policy } from '../../policies/security-rule-conflict/policy.ts';
import { createModel, type Model } from '../../src/model/model.ts';
import { buildNetwork } from '../../src/network/network.ts';
import type { Finding } from '../../src/policy/finding.ts';
import { unknown } from '../../src/value/value.ts';
import { type ArmResource, modelOf, sub } from '../support/arm-model.ts';
import { estate, rule } from '../support/estate.ts';

const ORIGIN = { kind: 'json', path: 'test.json', pointer: '' } as const;
const UNKNOWN = { kind: 'unknown', reason: { kind: 'known-after-apply', name: 'x' }, origin: ORIGIN };

function findings(model: Model): readonly Finding[] {
  return policy.run(buildNetwork(model)).findings;
}

function said(...rules: readonly unknown[]): readonly string[] {
  return findings(
    modelOf({ type: 'networkSecurityGroups', name: 'nsg', properties: { securityRules: rules } }),
  ).map(({ status, message }) => `${status}: ${message}`);
}

/** The fault of a rule, without the words around it. */
function fault(match: Record<string, unknown>): readonly string[] {
  return said(rule(100, 'Allow', match)).map((message) =>
    message.replace('violation: Azure refuses `Allow100` of `nsg`: ', ''),
  );
}

test('one priority and direction for two rules is a conflict, told at the later one by name (LBR217)', () => {
  expect(said(rule(100, 'Allow'), rule(100, 'Deny'))).toEqual([
    'violation: `Deny100` of `nsg` has priority 100 inbound like `Allow100`, and Azure accepts one rule for each priority and direction',
  ]);
  expect(said(rule(100, 'Deny'), rule(100, 'Allow'))).toEqual(said(rule(100, 'Allow'), rule(100, 'Deny')));
  expect(said(rule(100, 'Allow'), rule(100, 'Deny', { direction: 'Outbound' }))).toEqual([]);
  expect(said(rule(100, 'Allow'), rule(100, 'Deny', { direction: 'inbound' }))).toHaveLength(1);
  expect(said(rule(100, 'Allow'), rule(110, 'Deny'))).toEqual([]);
  expect(said(rule(100, 'Allow', { priority: UNKNOWN }), rule(100, 'Deny', { priority: UNKNOWN }))).toEqual(
    [],
  );
});

test('a rule in its group and one that is a resource of its own meet, and one declared twice is one', () => {
  const inside = {
    type: 'networkSecurityGroups',
    name: 'nsg',
    properties: { securityRules: [rule(100, 'Allow')] },
  };
  const child = (name: string, free = 100): ArmResource => ({
    type: 'networkSecurityGroups/nsg/securityRules',
    name,
    parent: sub('networkSecurityGroups/nsg').id,
    properties: rule(free, 'Allow').properties,
  });
  const [only, ...others] = findings(modelOf(inside, child('AllowMore')));
  expect(others).toEqual([]);
  expect(only?.message).toContain('`AllowMore` of `nsg` has priority 100 inbound like `Allow100`');
  expect(only?.remedy).toBe('give `AllowMore` a priority of its own, such as 101');
  expect(findings(modelOf(inside, child('allow100')))).toEqual([]);
  expect(findings(modelOf(inside, child('AllowMore', 101)))).toEqual([]);
});

test('under a condition that is open two rules may meet; under different ones they take turns', () => {
  const when = (expression: string) => ({
    ...unknown({ kind: 'parameter', name: expression }, ORIGIN),
    expression,
  });
  const model = (first: string | undefined, second: string | undefined): Model => {
    const { resources } = modelOf(
      { type: 'networkSecurityGroups', name: 'nsg', properties: {} },
      ...['a', 'b'].map((name) => ({
        type: 'networkSecurityGroups/nsg/securityRules',
        name,
        parent: sub('networkSecurityGroups/nsg').id,
        properties: rule(100, 'Allow').properties,
      })),
    );
    const conditions = [undefined, first, second];
    return createModel(
      resources.map((resource, index) => {
        const condition = conditions[index];
        return condition === undefined ? resource : { ...resource, condition: when(condition) };
      }),
    );
  };
  const statuses = (first?: string, second?: string): readonly string[] =>
    findings(model(first, second)).map(({ status }) => status);
  expect(statuses()).toEqual(['violation']);
  expect(statuses('isProd')).toEqual(['unknown']);
  expect(statuses(undefined, 'isProd')).toEqual(['unknown']);
  expect(statuses('isProd', 'isProd')).toEqual(['unknown']);
  expect(statuses('isProd', 'isTest')).toEqual([]);
  expect(findings(model('isProd', undefined))[0]?.message).toBe(
    'cannot decide whether `b` of `nsg` and `a` meet in one group',
  );
});

test('a priority outside 100 to 4096 is refused (LBR221)', () => {
  expect(fault({ priority: 99 })).toEqual(['its priority `99` is not between 100 and 4096']);
  expect(fault({ priority: 4097 })).toEqual(['its priority `4097` is not between 100 and 4096']);
  expect([
    ...fault({ priority: 100 }),
    ...fault({ priority: 4096 }),
    ...fault({ priority: UNKNOWN }),
  ]).toEqual([]);
});

test('a tag or * in a list of prefixes is refused, also alone (LBR218)', () => {
  for (const word of ['Internet', '*', 'Storage.WestEurope']) {
    expect(fault({ sourceAddressPrefix: undefined, sourceAddressPrefixes: [word] })).toEqual([
      `its list of source addresses holds \`${word}\`, and a list takes addresses and prefixes only`,
    ]);
  }
  const list = {
    destinationAddressPrefix: undefined,
    destinationAddressPrefixes: ['10.0.0.0/8', '0.0.0.0/0', 'fd00::/8'],
  };
  expect(fault(list)).toEqual([]);
});

test.each([
  ['70000', 'its destination port `70000` is no port and no range of ports from 0 to 65535'],
  ['9000-8000', 'its destination port `9000-8000` is no port and no range of ports from 0 to 65535'],
  ['80,443', 'its destination port `80,443` is no port and no range of ports from 0 to 65535'],
  ['any', 'its destination port `any` is no port and no range of ports from 0 to 65535'],
])('the port %s is refused', (port, expected) => {
  expect(fault({ destinationPortRange: port })).toEqual([expected]);
  expect(fault({ destinationPortRange: '', destinationPortRanges: ['80', port] })).toEqual([expected]);
  const [source] = fault({ sourcePortRange: port });
  expect(source).toBe(expected.replace('destination', 'source'));
});

test.each(['10.0.0.256/24', '10.0.0.0/33', '10.0.0.0/8,10.1.0.0/16', 'fd00::/129', '10.0.0'])(
  'the address %s is refused',
  (address) => {
    const text = `\`${address}\` is no address, prefix or service tag`;
    expect(fault({ sourceAddressPrefix: address })).toEqual([`its source ${text}`]);
    expect(fault({ destinationAddressPrefix: '', destinationAddressPrefixes: [address] })).toEqual([
      `its destination ${text}`,
    ]);
  },
);

test.each([
  '*',
  '10.0.0.4',
  '10.0.0.0/8',
  '10.0.0.4-10.0.0.9',
  'Internet',
  'AzureCloud.WestEurope',
  'fd00::/8',
  ' 10.0.0.0/8 ',
])('the address %s is not known to be refused', (address) => {
  expect(fault({ sourceAddressPrefix: address })).toEqual([]);
});

test.each(['*', '0', '65535', '0-65535', '080', ' 80 '])('the port %s is not known to be refused', (port) => {
  expect(fault({ destinationPortRange: port })).toEqual([]);
});

test('an end without an address or a port is refused', () => {
  expect(fault({ sourceAddressPrefix: undefined })).toEqual(['it has no source']);
  expect(fault({ destinationAddressPrefix: '', destinationAddressPrefixes: [] })).toEqual([
    'it has no destination',
  ]);
  expect(fault({ destinationPortRange: undefined, destinationPortRanges: [] })).toEqual([
    'it has no destination port',
  ]);
  expect(fault({ sourcePortRange: '' })).toEqual(['it has no source port']);
  const group = { destinationApplicationSecurityGroups: [sub('applicationSecurityGroups/web')] };
  expect(fault({ destinationAddressPrefix: undefined, ...group })).toEqual([]);
  expect(fault({ sourceAddressPrefix: undefined, sourceAddressPrefixes: UNKNOWN })).toEqual([]);
});

test('a word that Azure does not know is refused, in any case of letters it is accepted', () => {
  expect(fault({ protocol: 'Htp' })).toEqual(['its protocol `Htp` is not one that Azure knows']);
  expect(fault({ access: 'Permit' })).toEqual(['its access `Permit` is not one that Azure knows']);
  expect(fault({ direction: 'In' })).toEqual(['its direction `In` is not one that Azure knows']);
  expect(fault({ protocol: 'TCP', access: 'ALLOW', direction: 'inbound' })).toEqual([]);
});

test('several faults of a rule are one finding, and each remedy says what to write', () => {
  const [finding] = findings(
    modelOf({
      type: 'networkSecurityGroups',
      name: 'nsg',
      properties: { securityRules: [rule(50, 'Allow', { protocol: 'Htp', destinationPortRange: '70000' })] },
    }),
  );
  expect(finding?.message).toBe(
    'Azure refuses `Allow50` of `nsg`: its priority `50` is not between 100 and 4096, and its protocol `Htp` is not one that Azure knows, and its destination port `70000` is no port and no range of ports from 0 to 65535',
  );
  expect(finding?.remedy).toBe('give `Allow50` a priority from 100 to 4096 that is free in its direction');
  const remedies = [
    { protocol: 'Htp' },
    { access: 'Permit' },
    { direction: 'In' },
    { destinationPortRange: '70000' },
    { sourcePortRange: '' },
    { sourceAddressPrefix: '10.0.0.0/33' },
    { destinationAddressPrefix: '' },
    { sourceAddressPrefix: '', sourceAddressPrefixes: ['Internet'] },
  ].map((match) => findings(estate({ subnetRules: [rule(100, 'Allow', match)] }))[0]?.remedy);
  expect(remedies).toEqual([
    'set the protocol of `Allow100` to one of *, Ah, Esp, Icmp, Tcp and Udp',
    'set the access of `Allow100` to one of Allow and Deny',
    'set the direction of `Allow100` to one of Inbound and Outbound',
    'write a port, a range such as 8000-8080, or * as the destination port of `Allow100`, and several in the list of port ranges',
    'set the source port of `Allow100`, to * for every port',
    'write an address, a prefix such as 10.0.1.0/24, a service tag, or * as the source of `Allow100`',
    'set the destination of `Allow100`, to * for any address',
    'write Internet in the single source address prefix of `Allow100` instead of the list, in a rule of its own if the list has more',
  ]);
});

test('a secret value is not shown', () => {
  const secret = { kind: 'known', value: '70000', sensitive: true, origin: ORIGIN };
  expect(fault({ destinationPortRange: secret })).toEqual([
    'its destination port is no port and no range of ports from 0 to 65535',
  ]);
});

test('a rule of a group elsewhere is asked about by itself', () => {
  const stray = {
    type: 'networkSecurityGroups/elsewhere/securityRules',
    name: 'stray',
    parent: sub('networkSecurityGroups/elsewhere').id,
    properties: { ...(rule(100, 'Allow').properties as object), destinationPortRange: '70000' },
  };
  expect(findings(modelOf(stray)).map(({ message }) => message)).toEqual([
    'Azure refuses `stray`: its destination port `70000` is no port and no range of ports from 0 to 65535',
  ]);
});

test('a refused rule never silently matches nothing: the paths that it may decide stay open', () => {
  const path = (match: Record<string, unknown>): unknown =>
    buildNetwork(estate({ subnetRules: [rule(100, 'Allow', match)] })).paths[0]?.data;
  expect(path({ destinationPortRange: '70000' })).toBe('unknown');
  expect(path({ sourceAddressPrefix: '10.0.0.256/24' })).toBe('unknown');
  expect(path({ sourceAddressPrefix: '' })).toBe('unknown');
  expect(path({ protocol: 'Htp' })).toBe('unknown');
  const { problems, paths } = buildNetwork(
    estate({ subnetRules: [rule(100, 'Allow', { protocol: 'Htp' })] }),
  );
  expect(problems).toEqual([]);
  expect(paths[0]?.waitsFor.map(({ reason }) => reason.name)).toContain('the protocol `Htp` of Allow100');
});
