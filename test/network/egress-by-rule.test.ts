import { type ArmResource, sub } from '../support/arm-model.ts';
import { linkToOneOf, linkToPerhaps } from '../support/links.ts';
import { waiting } from '../support/waiting.ts';
import { type WayOutOptions, wayOut } from '../support/way-out.ts';

const PIP = sub('publicIPAddresses/pip');
const SNET = sub('virtualNetworks/vnet/subnets/snet');
const DEFAULT = 'default-outbound-access @ vnet/properties/subnets/0';

const pool = (name: string, balancer = 'lb') => sub(`loadBalancers/${balancer}/backendAddressPools/${name}`);
const frontend = (name: string, balancer = 'lb') =>
  sub(`loadBalancers/${balancer}/frontendIPConfigurations/${name}`);

/** A Standard balancer with a public and an internal frontend and two pools. */
function balancer(properties: Record<string, unknown>, more: Record<string, unknown> = {}): ArmResource {
  return {
    type: 'loadBalancers',
    name: 'lb',
    sku: { name: 'Standard' },
    ...more,
    properties: {
      frontendIPConfigurations: [
        { name: 'public', properties: { publicIPAddress: PIP } },
        { name: 'internal', properties: { subnet: SNET } },
      ],
      backendAddressPools: [{ name: 'other' }, { name: 'pool' }],
      ...properties,
    },
  };
}

const rule = (properties: Record<string, unknown> = {}, name = 'r') => ({
  name,
  properties: {
    frontendIPConfiguration: frontend('public'),
    backendAddressPool: pool('pool'),
    ...properties,
  },
});
const outbound = (backendAddressPool: unknown = pool('pool')) => ({
  name: 'out',
  properties: { frontendIPConfigurations: [frontend('public')], backendAddressPool },
});
const OFF = { disableOutboundSnat: true };
const INTERNAL = { frontendIPConfiguration: frontend('internal') };
const PUBLIC_ONLY = { frontendIPConfigurations: [{ name: 'public', properties: { publicIPAddress: PIP } }] };
const INTERNAL_ONLY = { frontendIPConfigurations: [{ name: 'internal', properties: { subnet: SNET } }] };

/** The way out of a member of `pool`. */
function ofMember(more: readonly ArmResource[], options: WayOutOptions = {}): string {
  const configuration = { loadBalancerBackendAddressPools: [pool('pool')], ...options.configuration };
  return wayOut({ ...options, configuration, more });
}

function behind(properties: Record<string, unknown>, more: Record<string, unknown> = {}): string {
  return ofMember([balancer(properties, more)]);
}

const OUT = 'outbound-rule @ lb/properties/outboundRules/0';
const SNAT = 'load-balancing-rule @ lb/properties/loadBalancingRules/0';
const CLOSED = 'none, snat-disabled @ lb/properties/loadBalancingRules/0';
const EITHER = 'open: whether machines behind lb have default outbound access';

// Semantics 3.3 and 11.10.
test.each<[name: string, properties: Record<string, unknown>, expected: string]>([
  [
    'an outbound rule comes before load-balancing rules',
    { loadBalancingRules: [rule(OFF)], outboundRules: [outbound()] },
    OUT,
  ],
  ['a load-balancing rule translates', { loadBalancingRules: [rule()] }, SNAT],
  ['with SNAT off it does not', { loadBalancingRules: [rule(OFF)] }, CLOSED],
  [
    'of two load-balancing rules one is enough',
    { loadBalancingRules: [rule(OFF, 'a'), rule({}, 'b')] },
    'load-balancing-rule @ lb/properties/loadBalancingRules/1',
  ],
  ['an outbound rule of another pool is none', { outboundRules: [outbound(pool('other'))] }, EITHER],
  ['so is one without a pool', { outboundRules: [outbound(null)] }, EITHER],
  [
    'and a rule of another pool',
    { loadBalancingRules: [rule({ backendAddressPool: pool('other') })] },
    EITHER,
  ],
  ['rules of internal frontends do not translate', { loadBalancingRules: [rule(INTERNAL)] }, EITHER],
  [
    'the plural property of pools counts',
    {
      loadBalancingRules: [
        rule({ backendAddressPool: null, backendAddressPools: [pool('other'), pool('pool')] }),
      ],
    },
    SNAT,
  ],
  [
    'a frontend with a prefix is public',
    {
      frontendIPConfigurations: [
        { name: 'public', properties: { publicIPPrefix: sub('publicIPPrefixes/p') } },
      ],
      loadBalancingRules: [rule()],
    },
    SNAT,
  ],
])('behind a balancer: %s', (_, properties, expected) => {
  expect(behind(properties)).toBe(expected);
});

test.each<[name: string, properties: Record<string, unknown>, expected: string]>([
  [
    'outbound rules that are not known',
    { loadBalancingRules: [rule(OFF)], outboundRules: waiting('rules') },
    'open: rules',
  ],
  ['rules that are not known', { ...INTERNAL_ONLY, loadBalancingRules: waiting('rules') }, 'open: rules'],
  [
    'an outbound rule of a pool that is not known',
    { outboundRules: [outbound({ id: waiting('p') })] },
    'open: p',
  ],
  [
    'an outbound rule of either pool',
    {
      loadBalancingRules: [rule(OFF)],
      outboundRules: [outbound(linkToOneOf('p', pathOf('pool'), pathOf('other')))],
    },
    'open: p',
  ],
  [
    'an outbound rule of either of two other pools',
    {
      loadBalancingRules: [rule(OFF)],
      outboundRules: [outbound(linkToOneOf('p', pathOf('other'), pathOf('third')))],
    },
    CLOSED,
  ],
  [
    'an outbound rule of another pool, or of something else',
    { loadBalancingRules: [rule(OFF)], outboundRules: [outbound(linkToPerhaps('p', pathOf('other')))] },
    'open: p',
  ],
  [
    'a rule of either pool',
    { loadBalancingRules: [rule({ backendAddressPool: linkToOneOf('p', pathOf('pool'), pathOf('other')) })] },
    'open: p',
  ],
  [
    'a rule of pools that are not known',
    {
      loadBalancingRules: [
        rule(OFF, 'a'),
        rule({ backendAddressPool: null, backendAddressPools: waiting('p') }, 'b'),
      ],
    },
    'open: p',
  ],
  [
    'a rule of the pool, and of others that are not known',
    {
      loadBalancingRules: [
        rule({
          backendAddressPool: null,
          backendAddressPools: { partial: [pool('pool')], more: waiting('p') },
        }),
      ],
    },
    SNAT,
  ],
  [
    'a rule that may turn SNAT off',
    { loadBalancingRules: [rule({ disableOutboundSnat: waiting('off') })] },
    'open: off',
  ],
  [
    'an internal rule that may turn SNAT off',
    { ...INTERNAL_ONLY, loadBalancingRules: [rule({ ...INTERNAL, disableOutboundSnat: waiting('off') })] },
    'none, internal-load-balancer @ lb',
  ],
  [
    'a rule whose frontend is not known',
    { loadBalancingRules: [rule({ frontendIPConfiguration: { id: waiting('front') } })] },
    'open: front',
  ],
  [
    'a rule whose frontend is nowhere',
    { loadBalancingRules: [rule({ frontendIPConfiguration: frontend('missing') })] },
    `open: ${frontend('missing').id}`,
  ],
  [
    'a rule without a frontend',
    { loadBalancingRules: [rule({ frontendIPConfiguration: null })] },
    'open: the frontend of lb',
  ],
])('open behind a balancer: %s', (_, properties, expected) => {
  expect(behind(properties)).toBe(expected);
});

function pathOf(name: string): string {
  return `loadBalancers/lb/backendAddressPools/${name}`;
}

test('a rule that may be there may lead out', () => {
  const condition = waiting('enabled');
  const child = (type: string, { properties }: { properties: unknown }) => ({
    type: `loadBalancers/lb/${type}`,
    name: 'child',
    parent: sub('loadBalancers/lb').id,
    condition,
    properties,
  });
  const balanced = balancer({ loadBalancingRules: [rule(OFF)] });
  for (const extra of [child('outboundRules', outbound()), child('loadBalancingRules', rule())])
    expect(ofMember([balanced, extra])).toBe('open: enabled');
  const nic = { condition };
  expect(ofMember([balanced, child('outboundRules', outbound())], { nic })).toBe('outbound-rule @ child');
  expect(ofMember([balanced, child('loadBalancingRules', rule())], { nic })).toBe(
    'load-balancing-rule @ child',
  );
});

// Semantics 9.3: what has a subnet is internal, what has an address is public.
test.each<[name: string, front: Record<string, unknown>, expected: string]>([
  ['an address that is not known', { publicIPAddress: { id: waiting('ip') } }, SNAT],
  ['a prefix that is not known', { publicIPPrefix: { id: waiting('ip') } }, SNAT],
  [
    'an address or a subnet',
    { publicIPAddress: { id: waiting('ip') }, subnet: { id: waiting('net') } },
    'open: ip',
  ],
  ['a prefix or a subnet', { publicIPPrefix: { id: waiting('ip') }, subnet: SNET }, 'open: ip'],
  [
    'an address, and perhaps a prefix or a subnet',
    { publicIPAddress: PIP, publicIPPrefix: { id: waiting('ip') }, subnet: { id: waiting('net') } },
    SNAT,
  ],
  ['an address, and perhaps a subnet', { publicIPAddress: PIP, subnet: { id: waiting('net') } }, SNAT],
  [
    'a prefix, and perhaps an address or a subnet',
    {
      publicIPAddress: { id: waiting('ip') },
      publicIPPrefix: sub('publicIPPrefixes/p'),
      subnet: { id: waiting('net') },
    },
    SNAT,
  ],
])('the frontend of a rule has %s', (_, properties, expected) => {
  const frontendIPConfigurations = [{ name: 'public', properties }];
  expect(behind({ frontendIPConfigurations, loadBalancingRules: [rule()] })).toBe(expected);
});

test.each<[name: string, properties: Record<string, unknown>, expected: string]>([
  ['internal frontends only', INTERNAL_ONLY, 'none, internal-load-balancer @ lb'],
  ['public frontends only', PUBLIC_ONLY, EITHER],
  ['a public frontend beside an internal one', {}, EITHER],
  [
    'a prefix',
    {
      frontendIPConfigurations: [
        { name: 'p', properties: { publicIPPrefix: sub('publicIPPrefixes/p'), subnet: SNET } },
      ],
    },
    EITHER,
  ],
  ['neither address nor subnet', { frontendIPConfigurations: [{ name: 'f' }] }, EITHER],
  ['frontends that are not known', { frontendIPConfigurations: waiting('fronts') }, 'open: fronts'],
])('no rule of a Standard balancer leads out, and it has %s', (_, properties, expected) => {
  expect(behind(properties)).toBe(expected);
});

test.each<[sku: unknown, properties: Record<string, unknown>, expected: string]>([
  ['standard', INTERNAL_ONLY, 'none, internal-load-balancer @ lb'],
  ['Basic', INTERNAL_ONLY, DEFAULT],
  ['Basic', {}, DEFAULT],
  [undefined, INTERNAL_ONLY, DEFAULT],
  [waiting('sku'), INTERNAL_ONLY, 'open: sku'],
  [waiting('sku'), { loadBalancingRules: [rule(OFF)] }, 'open: sku'],
  [waiting('sku'), { loadBalancingRules: [rule()] }, SNAT],
])('a balancer of SKU %j', (name, properties, expected) => {
  expect(behind(properties, { sku: { name } })).toBe(expected);
});

test('a balancer that may not be there may give another answer, unless the interface hangs on the same condition', () => {
  const condition = waiting('enabled');
  const conditional = balancer({ loadBalancingRules: [rule()] }, { condition });
  expect(ofMember([conditional])).toBe('open: enabled');
  expect(ofMember([conditional], { nic: { condition } })).toBe(SNAT);
  expect(ofMember([conditional], { nic: { condition: waiting('other') } })).toBe('open: enabled');
});

test('every pool of a machine counts, and the best way wins', () => {
  const first = balancer(
    {
      ...INTERNAL_ONLY,
      backendAddressPools: [{ name: 'pool' }],
    },
    { name: 'a' },
  );
  const second = balancer({ loadBalancingRules: [rule(OFF)] });
  const both = { configuration: { loadBalancerBackendAddressPools: [pool('pool', 'a'), pool('pool')] } };
  expect(ofMember([first, second], both)).toBe(CLOSED);
  expect(ofMember([first, balancer(PUBLIC_ONLY)], both)).toBe(EITHER);
  const third = balancer({ loadBalancingRules: [rule()], outboundRules: [outbound(pool('other'))] });
  const two = { configuration: { loadBalancerBackendAddressPools: [pool('pool'), pool('other')] } };
  expect(ofMember([third], two)).toBe(OUT);
});

test.each<[name: string, pools: unknown, expected: string]>([
  ['of another root', [pool('pool', 'elsewhere')], `open: ${pool('pool', 'elsewhere').id}`],
  ['that are not known', waiting('pools'), 'open: pools'],
  ['of which one is not known', [pool('pool'), { id: waiting('one') }], 'open: one'],
  [
    'of which one may be another',
    [linkToOneOf('which', pathOf('pool'), pathOf('other')), pool('pool')],
    'open: which',
  ],
  ['of which one is empty', [{}, pool('pool')], 'none, internal-load-balancer @ lb'],
])('a machine in pools %s', (_, loadBalancerBackendAddressPools, expected) => {
  expect(ofMember([balancer(INTERNAL_ONLY)], { configuration: { loadBalancerBackendAddressPools } })).toBe(
    expected,
  );
});

test.each<[name: string, type: string, child: { properties: unknown }, expected: string]>([
  ['an outbound rule', 'outboundRules', outbound(), 'outbound-rule @ stray'],
  ['a load-balancing rule', 'loadBalancingRules', rule(), 'load-balancing-rule @ stray'],
  ['an outbound rule of another pool', 'outboundRules', outbound(pool('other')), CLOSED],
  [
    'an outbound rule of either pool',
    'outboundRules',
    outbound(linkToOneOf('p', pathOf('pool'), pathOf('other'))),
    'open: p',
  ],
  [
    'a rule without a frontend',
    'loadBalancingRules',
    rule({ frontendIPConfiguration: null }),
    'open: the frontend of stray',
  ],
])('%s of which the balancer is not known', (_, type, { properties }, expected) => {
  const stray = { type: `loadBalancers/lb/${type}`, name: 'stray', parent: waiting('balancer'), properties };
  expect(ofMember([balancer({ loadBalancingRules: [rule(OFF)] }), stray])).toBe(expected);
});
