import { buildNetwork } from '../../src/network/network.ts';
import type { Path } from '../../src/network/path.ts';
import { unknown } from '../../src/value/value.ts';
import { sub } from '../support/arm-model.ts';
import { type EstateOptions, estate, rule, VIP } from '../support/estate.ts';

const OFFICE = { name: 'office', addresses: ['198.51.100.0/24'] };
const BRANCH = { name: 'branch', addresses: ['192.168.7.0/24'] };
const LINK = {
  type: 'privateLinkServices',
  name: 'pls',
  properties: {
    loadBalancerFrontendIpConfigurations: [sub('loadBalancers/lb/frontendIPConfigurations/front')],
    ipConfigurations: [
      {
        name: 'nat',
        properties: { subnet: sub('virtualNetworks/vnet/subnets/snet'), privateIPAddress: '10.0.1.50' },
      },
    ],
  },
};

function pathsOf(options: EstateOptions, clients: readonly (typeof OFFICE)[] = []): readonly Path[] {
  return buildNetwork(estate(options), { clients }).paths;
}

function dataOf(paths: readonly Path[]): Readonly<Record<string, string>> {
  return Object.fromEntries(paths.map(({ client, data }) => [client, data]));
}

test('a declared client with public addresses has a row at a public frontend and none at an internal one', () => {
  const subnetRules = [
    rule(100, 'Allow', { sourceAddressPrefix: '198.51.100.0/24', destinationPortRange: '80' }),
  ];
  expect(dataOf(pathsOf({ subnetRules }, [OFFICE]))).toEqual({ internet: 'partial', office: 'open' });
  expect(dataOf(pathsOf({ internal: true, subnetRules }, [OFFICE]))).toEqual({ vnet: 'open' });
});

test('a declared client with private addresses has a row at an internal frontend and none at a public one', () => {
  const subnetRules = [rule(100, 'Deny', { sourceAddressPrefix: '192.168.0.0/16' })];
  expect(dataOf(pathsOf({ internal: true, subnetRules }, [BRANCH]))).toEqual({
    vnet: 'open',
    branch: 'blocked',
  });
  expect(dataOf(pathsOf({ subnetRules }, [BRANCH]))).toEqual({ internet: 'blocked' });
});

test('a client in a subnet of the root is asked by the outbound rules there, with the address and port of the frontend', () => {
  const clientGroup = (match: Record<string, unknown>) => ({
    type: 'networkSecurityGroups',
    name: 'nsg-client',
    properties: { securityRules: [rule(100, 'Deny', { direction: 'Outbound', ...match })] },
  });
  const jump = { name: 'jump', addresses: ['10.0.2.0/24'] };
  const denied = (match: Record<string, unknown>): Path | undefined => {
    const options: EstateOptions = {
      internal: true,
      rule: { backendPort: 8080 },
      networkElsewhere: true,
      more: [
        {
          type: 'virtualNetworks/vnet/subnets',
          name: 'snet-client',
          parent: sub('virtualNetworks/vnet').id,
          properties: {
            addressPrefix: '10.0.2.0/24',
            networkSecurityGroup: sub('networkSecurityGroups/nsg-client'),
          },
        },
        clientGroup(match),
      ],
    };
    return pathsOf(options, [jump]).find(({ client }) => client === 'jump');
  };
  const blocked = denied({ destinationAddressPrefix: VIP, destinationPortRange: '80' });
  expect(blocked?.data).toBe('blocked');
  expect(blocked?.diagnosis).toMatchObject({
    id: 'explicit-deny',
    at: 'client',
    decisive: { name: 'Deny100' },
  });
  const trace = blocked?.members[0]?.data.evidence?.();
  expect(trace).toMatchObject({
    verdict: 'dropped',
    packet: { source: { text: '10.0.2.5' }, destination: { text: VIP }, destinationPort: 80 },
  });
  expect(denied({ destinationPortRange: '8080' })?.data).toBe('open');
  expect(denied({ destinationAddressPrefix: '10.0.1.4', destinationPortRange: '80' })?.data).toBe('open');
});

const LATER = unknown(
  { kind: 'parameter', name: 'later' },
  { kind: 'json', path: 'test.json', pointer: '/parameters/later' },
);
const FRONTEND = '/microsoft.network/loadbalancers/lb/frontendipconfigurations/front';
const out = (access: 'Allow' | 'Deny', match: Record<string, unknown>) =>
  rule(100, access, { direction: 'Outbound', ...match });
const OF_SOME = { sourceAddressPrefix: '10.0.2.0/25' };
const NAMED = {
  destinationAddressPrefix: { ...LATER, references: [{ id: FRONTEND, property: 'privateIPAddress' }] },
};
const OTHER = {
  destinationAddressPrefix: {
    ...LATER,
    references: [{ id: `${FRONTEND}2`, property: 'privateIPAddress' }],
  },
};

test.each<[what: string, leaving: unknown, arriving: unknown, verdict: string, waitsFor: readonly string[]]>([
  ['some may leave and all may come', out('Deny', OF_SOME), rule(100, 'Allow'), 'partial', []],
  ['all may leave and some may come', out('Allow', {}), rule(100, 'Deny', OF_SOME), 'partial', []],
  [
    'some may leave and some may come',
    out('Deny', OF_SOME),
    rule(100, 'Deny', OF_SOME),
    'unknown',
    ['which packets pass both the client and the member'],
  ],
  ['it is open who may leave', out('Deny', { access: LATER }), rule(100, 'Allow'), 'unknown', ['later']],
  ['it is open who may come', out('Allow', {}), rule(100, 'Deny', { access: LATER }), 'unknown', ['later']],
  [
    'some may leave and it is open who may come',
    out('Deny', OF_SOME),
    rule(100, 'Deny', { access: LATER }),
    'unknown',
    ['later'],
  ],
  [
    'none may leave and it is open who may come',
    out('Deny', {}),
    rule(100, 'Deny', { access: LATER }),
    'blocked',
    [],
  ],
  [
    'it is open who may leave and none may come',
    out('Deny', { access: LATER }),
    rule(100, 'Deny'),
    'blocked',
    [],
  ],
  ['the frontend is named by its later address', out('Deny', NAMED), rule(100, 'Allow'), 'blocked', []],
  ['another frontend is named by its later address', out('Deny', OTHER), rule(100, 'Allow'), 'open', []],
])('a client in a subnet of the root where %s', (_what, leaving, arriving, verdict, waitsFor) => {
  const paths = pathsOf(
    {
      internal: true,
      frontend: { privateIPAddress: undefined },
      networkElsewhere: true,
      subnetRules: [arriving],
      more: [
        {
          type: 'virtualNetworks/vnet/subnets',
          name: 'snet-client',
          parent: sub('virtualNetworks/vnet').id,
          properties: {
            addressPrefix: '10.0.2.0/24',
            networkSecurityGroup: sub('networkSecurityGroups/nsg-client'),
          },
        },
        { type: 'networkSecurityGroups', name: 'nsg-client', properties: { securityRules: [leaving] } },
      ],
    },
    [{ name: 'jump', addresses: ['10.0.2.0/24'] }],
  );
  const own = paths.find(({ client }) => client === 'jump');
  expect(own?.data).toBe(verdict);
  const waits = own?.members[0]?.data.waitsFor ?? [];
  expect(waits.map(({ reason }) => reason.name)).toEqual(waitsFor);
});

// Semantics 1.7: a frontend is in no application security group.
test('a deny of an application security group does not stop a client on its way to a frontend', () => {
  const options: EstateOptions = {
    internal: true,
    ipConfiguration: { applicationSecurityGroups: [sub('applicationSecurityGroups/asg')] },
    subnetRules: [
      rule(100, 'Deny', {
        direction: 'Outbound',
        destinationAddressPrefix: undefined,
        destinationApplicationSecurityGroups: [sub('applicationSecurityGroups/asg')],
      }),
    ],
  };
  const inside = { name: 'inside', addresses: ['10.0.1.7'] };
  expect(dataOf(pathsOf(options, [inside])).inside).toBe('open');
});

// Golden vector 31: semantics 1.8 and 6.9.
test('golden vector 31: behind a private link service only the addresses of the service count', () => {
  const closed = [rule(100, 'Allow', { sourceAddressPrefix: '203.0.113.0/24' }), rule(4096, 'Deny')];
  const paths = pathsOf({ internal: true, subnetRules: closed, more: [LINK] });
  expect(dataOf(paths)).toEqual({ vnet: 'blocked', 'private-link': 'blocked' });
  expect(dataOf(pathsOf({ internal: true, subnetRules: [], more: [LINK] }))['private-link']).toBe('open');
  const own = [rule(100, 'Allow', { sourceAddressPrefix: '10.0.1.50' }), rule(4096, 'Deny')];
  expect(dataOf(pathsOf({ internal: true, subnetRules: own, more: [LINK] }))['private-link']).toBe('open');
});

test('a private link service whose address Azure chooses is undecided where a part of its subnet gets in', () => {
  const dynamic = {
    ...LINK,
    properties: {
      ...LINK.properties,
      ipConfigurations: [{ name: 'nat', properties: { subnet: sub('virtualNetworks/vnet/subnets/snet') } }],
    },
  };
  const some = [rule(100, 'Allow', { sourceAddressPrefix: '10.0.1.0/28' }), rule(4096, 'Deny')];
  expect(dataOf(pathsOf({ internal: true, subnetRules: some, more: [dynamic] }))['private-link']).toBe(
    'unknown',
  );
});
