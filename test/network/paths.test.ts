import { createAddressBook } from '../../src/network/address-book.ts';
import { createClientFinder } from '../../src/network/clients.ts';
import { createCompiler } from '../../src/network/compiler.ts';
import { createJudge } from '../../src/network/judge.ts';
import { createMemberReader } from '../../src/network/members.ts';
import { buildNetwork } from '../../src/network/network.ts';
import type { Path } from '../../src/network/path.ts';
import { buildPaths } from '../../src/network/paths.ts';
import { buildTopology } from '../../src/network/topology.ts';
import { type ArmResource, modelOf, sub } from '../support/arm-model.ts';
import { type EstateOptions, estate, otherMember, rule } from '../support/estate.ts';
import { oneOf, reasonsOf, waiting } from '../support/waiting.ts';

const FRONT = sub('loadBalancers/lb/frontendIPConfigurations/front');
const POOL = sub('loadBalancers/lb/backendAddressPools/pool');

function pathsOf(options: EstateOptions): readonly Path[] {
  return buildNetwork(estate(options)).paths;
}

function pathOf(options: EstateOptions): Path {
  const [path] = pathsOf(options);
  if (path === undefined) throw new Error('there is no path');
  return path;
}

/** The verdict on data and probe, and what they wait for. */
function said(options: EstateOptions): readonly unknown[] {
  const { data, probe, waitsFor } = pathOf(options);
  return [data, probe, ...reasonsOf(waitsFor)];
}

const GROUPS = {
  open: [rule(100, 'Allow')],
  blocked: [rule(100, 'Deny', { sourceAddressPrefix: '10.0.0.0/16' })],
  partial: [rule(100, 'Deny', { sourceAddressPrefix: '10.0.8.0/24' })],
  unknown: [rule(100, 'Deny', { access: waiting('access'), sourceAddressPrefix: '10.0.0.0/16' })],
} as const;

/** Members that fare like this, `?` where it is open whether they exist. */
function members(...fates: readonly string[]): readonly ArmResource[] {
  return fates.flatMap((fate, index) => {
    const rules = GROUPS[fate.replace('?', '') as keyof typeof GROUPS];
    return otherMember(`nic${index}`, { rules }).map((resource) =>
      resource.type === 'networkInterfaces' && fate.endsWith('?')
        ? { ...resource, condition: waiting(`nic${index}`) }
        : resource,
    );
  });
}

const NOBODY = 'outside a member that lb sends packets to';

test.each<[fates: readonly string[], verdict: string, waitsFor: readonly string[], isComplete: boolean]>([
  [[], 'unknown', [NOBODY], true],
  [['open', 'open'], 'open', [], true],
  [['blocked', 'blocked'], 'blocked', [], true],
  [['open', 'blocked'], 'partial', [], true],
  [['partial'], 'partial', [], true],
  [['partial', 'open'], 'partial', [], true],
  [['open', 'unknown'], 'unknown', ['parameter access'], true],
  [['blocked', 'unknown'], 'unknown', ['parameter access'], true],
  [['partial', 'unknown'], 'partial', ['parameter access'], true],
  [['open', 'blocked', 'unknown'], 'partial', ['parameter access'], true],
  // Who may not exist changes nothing by agreeing, and decides nothing by differing.
  [['open', 'open?'], 'open', [], false],
  [['blocked', 'blocked?'], 'blocked', [], false],
  [['open', 'blocked?'], 'unknown', ['parameter nic1'], false],
  [['open?', 'blocked?'], 'unknown', ['parameter nic0', 'parameter nic1'], false],
  [['open', 'partial?'], 'unknown', ['parameter nic1'], false],
  [['open', 'blocked', 'open?'], 'partial', [], false],
  [['open', 'unknown?'], 'unknown', ['parameter nic1', 'parameter access'], false],
])('a path to members that are %j', (fates, verdict, waitsFor, isComplete) => {
  const path = pathOf({ internal: true, members: 0, probe: null, more: members(...fates) });
  expect([path.data, reasonsOf(path.waitsFor), path.membersComplete]).toEqual([
    verdict,
    waitsFor,
    isComplete,
  ]);
});

test.each<[fates: readonly string[], verdict: string, waitsFor: readonly string[]]>([
  [[], 'unknown', ['parameter pools', NOBODY]],
  [['open'], 'unknown', ['parameter pools']],
  [['blocked'], 'unknown', ['parameter pools']],
  [['open', 'blocked'], 'partial', []],
])('a path to members that are %j, and perhaps others', (fates, verdict, waitsFor) => {
  const pools = { backendAddressPools: { partial: [POOL], more: waiting('pools') } };
  const path = pathOf({
    internal: true,
    members: 0,
    probe: null,
    rule: { backendAddressPool: undefined, ...pools },
    more: members(...fates),
  });
  expect([path.data, reasonsOf(path.waitsFor), path.membersComplete]).toEqual([verdict, waitsFor, false]);
});

const denyProbe = rule(90, 'Deny', { sourceAddressPrefix: 'AzureLoadBalancer' });

test('data and probe are asked apart, and each says what it waits for', () => {
  const internal = { internal: true };
  expect(said({ ...internal, subnetRules: [denyProbe] })).toEqual(['open', 'blocked']);
  expect(said({ ...internal, subnetRules: GROUPS.blocked })).toEqual(['blocked', 'open']);
  expect(said({ ...internal, probe: null })).toEqual(['open', 'none']);
  const maybe = { ...denyProbe, properties: { ...Object(denyProbe.properties), access: waiting('access') } };
  expect(said({ ...internal, subnetRules: [maybe] })).toEqual(['open', 'unknown', 'parameter access']);
  const more = members('open', 'open?').map((each) =>
    each.name === 'nsg-nic1' ? { ...each, properties: { securityRules: [denyProbe] } } : each,
  );
  expect(said({ ...internal, members: 0, more })).toEqual(['open', 'unknown', 'parameter nic1']);
});

test.each<[what: string, options: EstateOptions, decisive: string | undefined]>([
  ['of the data', { subnetRules: [denyProbe, ...GROUPS.blocked] }, 'Deny100'],
  ['of the probe, where the data is let in', { subnetRules: [denyProbe] }, 'Deny90'],
  ['of nothing, where both are let in', {}, undefined],
  ['of the member that fares worse', { members: 0, more: members('open', 'blocked') }, 'Deny100'],
  [
    'of nothing, while it is open how others fare',
    { members: 0, probe: null, more: members('unknown', 'blocked') },
    undefined,
  ],
])('the diagnosis of a path is that %s', (_, options, decisive) => {
  expect(pathOf({ internal: true, ...options }).diagnosis?.decisive.name).toBe(decisive);
});

test('members that exist when their balancer does are certain ones', () => {
  const some = waiting('some');
  const own = (condition: unknown): EstateOptions => ({
    internal: true,
    members: 0,
    probe: null,
    more: members('open', 'blocked?').map((each) =>
      each.condition === undefined ? each : { ...each, condition: some },
    ),
    condition,
  });
  const verdicts = [undefined, waiting('other'), { ...some }].map((condition) => {
    const { data, waitsFor, membersComplete } = pathOf(own(condition));
    return [data, reasonsOf(waitsFor), membersComplete];
  });
  expect(verdicts).toEqual([
    ['unknown', ['parameter some'], false],
    ['unknown', ['parameter some'], false],
    ['partial', [], true],
  ]);
});

const NAT = { protocol: 'Tcp', backendPort: 22, frontendIPConfiguration: FRONT };

test('rules, NAT rules and NAT pools each have a path, with their names', () => {
  const range = (start: number) => ({
    ...NAT,
    frontendPortRangeStart: start,
    frontendPortRangeEnd: start + 9,
  });
  const { paths } = buildNetwork(
    modelOf({
      type: 'loadBalancers',
      name: 'lb',
      sku: { name: 'Standard' },
      properties: {
        frontendIPConfigurations: [
          { name: 'front', properties: { publicIPPrefix: sub('publicIPPrefixes/p') } },
        ],
        loadBalancingRules: [{ name: 'web', properties: { backendAddressPool: POOL } }, { properties: {} }],
        inboundNatRules: [
          { name: 'ssh', properties: { ...NAT, frontendPort: 22 } },
          { name: 'all', properties: { ...range(50), backendAddressPool: POOL } },
        ],
        inboundNatPools: [{ name: 'set', properties: range(70) }],
      },
    }),
  );
  expect(
    paths.map(({ name, kind, scheme, client, clientKind }) => [name, kind, scheme, client, clientKind]),
  ).toEqual([
    ['lb/lb', 'rule', 'unknown', 'unknown', 'unknown'],
    ['lb/web', 'rule', 'unknown', 'unknown', 'unknown'],
    ['lb/nat:all', 'nat', 'public', 'internet', 'internet'],
    ['lb/nat:ssh', 'nat', 'public', 'internet', 'internet'],
    ['lb/nat:set', 'nat', 'public', 'internet', 'internet'],
  ]);
  const toPool = { kind: 'to', id: POOL.id };
  expect(paths.map(({ pools, probe, probeLink }) => [pools, probe, probeLink.kind])).toEqual([
    [[], 'none', 'none'],
    [[toPool], 'none', 'none'],
    [[toPool], 'none', 'none'],
    [[{ kind: 'none' }], 'none', 'none'],
    [[], 'none', 'none'],
  ]);
});

test('the member of a NAT rule or NAT pool is whoever names it', () => {
  const link = (path: string) => [sub(`loadBalancers/lb/${path}`)];
  const nic = (name: string, properties: Record<string, unknown>): ArmResource => ({
    type: 'networkInterfaces',
    name,
    properties: { ipConfigurations: [{ name: 'ip', properties }] },
  });
  const { paths } = buildNetwork(
    modelOf(
      {
        type: 'loadBalancers',
        name: 'lb',
        properties: {
          inboundNatRules: [
            { name: 'all', properties: { ...NAT, backendAddressPool: POOL } },
            { name: 'one', properties: NAT },
          ],
          inboundNatPools: [{ name: 'set', properties: NAT }],
        },
      },
      nic('first', { loadBalancerInboundNatRules: link('inboundNatRules/one') }),
      nic('second', { loadBalancerBackendAddressPools: link('backendAddressPools/pool') }),
      nic('third', { loadBalancerInboundNatPools: link('inboundNatPools/set') }),
    ),
  );
  expect(paths.map(({ name, members: found }) => [name, ...found.map(({ member }) => member.label)])).toEqual(
    [
      ['lb/nat:all', 'second/ip'],
      ['lb/nat:one', 'first/ip'],
      ['lb/nat:set', 'third/ip'],
    ],
  );
});

test.each<[what: string, parent: unknown, balancer: string, answer: readonly unknown[]]>([
  [
    'of another root',
    sub('loadBalancers/far').id,
    'far',
    ['unknown', 'blocked', '/microsoft.network/loadbalancers/far'],
  ],
  ['that is not known', oneOf('which', 'loadBalancers/lb', 'loadBalancers/far'), 'lb', ['open', 'blocked']],
])('a rule for a balancer %s uses the parts it names, wherever they are', (_, parent, balancer, answer) => {
  const inside = (path: string) => sub(`loadBalancers/${balancer}/${path}`);
  const more: readonly ArmResource[] = [
    {
      type: 'loadBalancers/lb/loadBalancingRules',
      name: 'stray',
      parent,
      properties: {
        protocol: 'Tcp',
        frontendPort: 80,
        backendPort: 80,
        frontendIPConfiguration: inside('frontendIPConfigurations/front'),
        backendAddressPool: POOL,
        probe: inside('probes/own'),
      },
    },
    {
      type: `loadBalancers/${balancer}/probes`,
      name: 'own',
      parent: sub(`loadBalancers/${balancer}`).id,
      properties: { protocol: 'Tcp', port: 81 },
    },
  ];
  const subnetRules = [rule(100, 'Deny', { destinationPortRange: '81' })];
  const paths = pathsOf({ internal: true, rules: [], subnetRules, more });
  expect(
    paths.map(({ data, probe, waitsFor }) => [data, probe, ...waitsFor.map(({ reason }) => reason.name)]),
  ).toEqual([answer]);
});

test('balancers of one name, each for another case, keep what they say', () => {
  const [first, second] = [waiting('first'), waiting('second')];
  const lb = (port: number, frontend: Record<string, unknown>, condition: unknown): ArmResource => ({
    type: 'loadBalancers',
    name: 'lb',
    sku: { name: 'Standard' },
    condition,
    properties: {
      frontendIPConfigurations: [{ name: 'front', properties: frontend }],
      backendAddressPools: [{ name: 'pool' }],
      probes: [{ name: 'p', properties: { protocol: 'Tcp', port } }],
      loadBalancingRules: [
        {
          name: 'r',
          properties: {
            protocol: 'Tcp',
            frontendPort: 80,
            backendPort: port,
            frontendIPConfiguration: FRONT,
            backendAddressPool: POOL,
            probe: sub('loadBalancers/lb/probes/p'),
          },
        },
      ],
    },
  });
  const snet = { subnet: sub('virtualNetworks/vnet/subnets/snet') };
  const model = modelOf(
    lb(80, snet, first),
    lb(81, { publicIPAddress: sub('publicIPAddresses/pip') }, second),
    lb(82, snet, second),
    {
      type: 'virtualNetworks',
      name: 'vnet',
      properties: {
        addressSpace: { addressPrefixes: ['10.0.0.0/16'] },
        subnets: [
          {
            name: 'snet',
            properties: {
              addressPrefix: '10.0.1.0/24',
              networkSecurityGroup: sub('networkSecurityGroups/nsg'),
            },
          },
        ],
      },
    },
    {
      type: 'networkSecurityGroups',
      name: 'nsg',
      properties: { securityRules: [rule(100, 'Allow', { destinationPortRange: '80' }), rule(200, 'Deny')] },
    },
    ...otherMember('nic'),
  );
  expect(buildNetwork(model).paths.map(({ scheme, data, probe }) => [scheme, data, probe])).toEqual([
    ['internal', 'open', 'open'],
    ['public', 'blocked', 'blocked'],
    ['internal', 'blocked', 'blocked'],
  ]);
});

test('what a service tag holds is supposed for the probe or for the data, whichever is asked', () => {
  const subnetRules = [
    rule(100, 'Allow', { sourceAddressPrefix: 'Internet', destinationPortRange: '80' }),
    rule(200, 'Deny'),
  ];
  const model = estate({ subnetRules });
  const topology = buildTopology(model);
  const book = createAddressBook();
  const { compile } = createCompiler(book);
  const { paths, supposing } = buildPaths({
    topology,
    book,
    compile,
    judge: createJudge(book, compile),
    clients: createClientFinder(topology, book, []),
    readMembers: createMemberReader(topology),
  });
  const [path] = paths;
  if (path === undefined) throw new Error('there is no path');
  expect([path.data, path.probe]).toEqual(['open', 'unknown']);
  const supposed = (['probe-inside', 'probe-outside', 'default-inside', 'default-outside'] as const).map(
    (reading) => {
      const { data, probe, waitsFor } = supposing(path, reading);
      return [data, probe, waitsFor];
    },
  );
  expect(supposed).toEqual([
    ['unknown', 'open', []],
    ['unknown', 'blocked', []],
    ['open', 'unknown', []],
    ['open', 'unknown', []],
  ]);
  expect(supposing(path, 'probe-inside')).toBe(supposing(path, 'probe-inside'));
  const other = pathOf({});
  expect(supposing(other, 'probe-inside')).toBe(other);
});
