import { policy as rootPath } from '../../policies/http-probe-on-root-path/policy.ts';
import { policy as withoutPath } from '../../policies/http-probe-without-path/policy.ts';
import { policy as httpsOnBasic } from '../../policies/https-probe-on-basic-sku/policy.ts';
import { policy as onSsh } from '../../policies/nva-probed-on-ssh/policy.ts';
import { policy as countIgnored } from '../../policies/probe-count-ignored/policy.ts';
import { policy as refusedPort } from '../../policies/probe-on-refused-port/policy.ts';
import { policy as unused } from '../../policies/probe-unused/policy.ts';
import { policy as tcpWithPath } from '../../policies/tcp-probe-with-path/policy.ts';
import { createModel, type Model } from '../../src/model/model.ts';
import { buildNetwork } from '../../src/network/network.ts';
import type { Policy } from '../../src/policy/index.ts';
import { assumed, type Unknown, unknown } from '../../src/value/value.ts';
import { modelOf, sub } from '../support/arm-model.ts';
import { type EstateOptions, estate } from '../support/estate.ts';

const origin = { kind: 'json', path: 'test.json', pointer: '' } as const;

function parameter(name: string): Unknown {
  return unknown({ kind: 'parameter', name }, origin);
}

/** What a policy says: `lb/p violation`, `lb/p unknown: a, b`. */
function saysOf(policy: Policy, model: Model): readonly string[] {
  return policy.run(buildNetwork(model)).findings.map(({ subject, status, waitsFor }) => {
    const names = waitsFor.map(({ reason }) => reason.name).join(', ');
    return `${subject.name} ${status}${names === '' ? '' : `: ${names}`}`;
  });
}

function says(policy: Policy, probe: Record<string, unknown>, more: EstateOptions = {}): readonly string[] {
  return saysOf(policy, estate({ ...more, probe }));
}

const path = parameter('path');
const protocol = parameter('protocol');
const port = parameter('port');
const NO_RULE: EstateOptions = { rules: [] };

test.each<readonly [string, Record<string, unknown>, readonly string[], readonly string[]]>([
  ['HTTP', { protocol: 'http', requestPath: path }, ['lb/p unknown: path'], []],
  ['TCP', { protocol: 'TCP', requestPath: path }, [], ['lb/p unknown: path']],
  ['an unknown protocol', { protocol, requestPath: path }, ['lb/p unknown: protocol, path'], []],
  ['an unknown protocol and no path', { protocol }, ['lb/p unknown: protocol'], []],
  ['an unknown protocol and a path', { protocol, requestPath: '/up' }, [], ['lb/p unknown: protocol']],
  ['HTTPS and a path', { protocol: 'Https', requestPath: '/up' }, [], []],
  ['TCP and an empty path', { protocol: 'Tcp', requestPath: '' }, [], []],
  ['no protocol', {}, [], []],
])('a probe with %s is asked about once', (_, probe, needed, useless) => {
  expect(says(withoutPath, { port: 80, ...probe })).toEqual(needed);
  expect(says(tcpWithPath, { port: 80, ...probe })).toEqual(useless);
});

test('a probe without a path is refused whether or not a rule uses it', () => {
  expect(says(withoutPath, { protocol: 'Http', port: 80 }, NO_RULE)).toEqual(['lb/p violation']);
});

test.each<readonly [string, Record<string, unknown>, EstateOptions, readonly string[]]>([
  ['HTTPS', { protocol: 'Https', requestPath: '/' }, {}, ['lb/p violation']],
  ['another page', { protocol: 'Http', requestPath: '/health' }, {}, []],
  ['an unknown page', { protocol: 'Http', requestPath: path }, {}, []],
  ['an unknown protocol', { protocol, requestPath: '/' }, {}, []],
  ['TCP', { protocol: 'Tcp', requestPath: '/' }, {}, []],
  ['no rule', { protocol: 'Http', requestPath: '/' }, NO_RULE, []],
])('the root path is suspected or not with %s', (_, probe, more, expected) => {
  expect(says(rootPath, { port: 80, ...probe }, more)).toEqual(expected);
});

test.each([19, 21, 25, 70, 110, 119, 143, 220, 993])('HTTP is not sent to port %i', (refused) => {
  expect(says(refusedPort, { protocol: 'Http', port: refused, requestPath: '/' })).toEqual([
    'lb/p violation',
  ]);
});

test.each<readonly [string, Record<string, unknown>, EstateOptions, readonly string[]]>([
  ['HTTP on 80', { protocol: 'Http', port: 80 }, {}, []],
  ['HTTP on 22', { protocol: 'Http', port: 22 }, {}, []],
  ['HTTP on no port', { protocol: 'Http' }, {}, []],
  ['HTTPS on 993', { protocol: 'Https', port: 993 }, {}, []],
  ['TCP on 25', { protocol: 'Tcp', port: 25 }, {}, []],
  ['HTTP on 25 without a rule', { protocol: 'Http', port: 25 }, NO_RULE, []],
  ['HTTP on an unknown port', { protocol: 'Http', port }, {}, ['lb/p unknown: port']],
  ['an unknown protocol on 25', { protocol, port: 25 }, {}, ['lb/p unknown: protocol']],
  ['an unknown protocol on 80', { protocol, port: 80 }, {}, []],
  ['nothing known', { protocol, port }, {}, ['lb/p unknown: protocol, port']],
])('a probe is sent or not: %s', (_, probe, more, expected) => {
  expect(says(refusedPort, probe, more)).toEqual(expected);
});

test.each<readonly [string, Record<string, unknown>, unknown, readonly string[]]>([
  ['HTTPS on basic in lower case', { protocol: 'HTTPS' }, 'basic', ['lb/p violation']],
  ['HTTPS on Standard', { protocol: 'Https' }, 'Standard', []],
  ['HTTPS on Gateway', { protocol: 'Https' }, 'Gateway', []],
  ['HTTP on Basic', { protocol: 'Http' }, 'Basic', []],
  ['an unknown protocol on Basic', { protocol }, 'Basic', ['lb/p unknown: protocol']],
  ['an unknown protocol on Standard', { protocol }, 'Standard', []],
  ['HTTPS on an unknown SKU', { protocol: 'Https' }, parameter('sku'), ['lb/p unknown: sku']],
  ['HTTPS without a SKU', { protocol: 'Https' }, null, []],
])('the SKU has the probe or not: %s', (_, probe, sku, expected) => {
  const probes = [{ name: 'p', properties: { port: 443, requestPath: '/up', ...probe } }];
  const model = modelOf({ type: 'loadBalancers', name: 'lb', sku: { name: sku }, properties: { probes } });
  expect(saysOf(httpsOnBasic, model)).toEqual(expected);
});

test.each<readonly [string, Record<string, unknown>, EstateOptions, readonly string[]]>([
  ['2', { numberOfProbes: 2 }, {}, ['lb/p violation']],
  ['1, which is what happens', { numberOfProbes: 1 }, {}, []],
  ['2 and a threshold', { numberOfProbes: 2, probeThreshold: 2 }, {}, []],
  ['2 and an unknown threshold', { numberOfProbes: 2, probeThreshold: parameter('threshold') }, {}, []],
  [
    '2 and the threshold of a provider',
    { numberOfProbes: 2, probeThreshold: assumed(1, origin) },
    {},
    ['lb/p violation'],
  ],
  ['2 from a provider', { numberOfProbes: assumed(2, origin) }, {}, []],
  ['an unknown number', { numberOfProbes: parameter('count') }, {}, ['lb/p unknown: count']],
  ['2 and no rule', { numberOfProbes: 2 }, NO_RULE, []],
])('a number of probes is ignored or not: %s', (_, probe, more, expected) => {
  expect(says(countIgnored, { protocol: 'Tcp', port: 80, ...probe }, more)).toEqual(expected);
});

const TCP = { protocol: 'Tcp', port: 80 };

test('a probe whose rule is of unknown number may be used', () => {
  const probes = [{ name: 'p', properties: TCP }];
  const loadBalancingRules = parameter('rules');
  const model = modelOf({ type: 'loadBalancers', name: 'lb', properties: { probes, loadBalancingRules } });
  expect(saysOf(unused, model)).toEqual(['lb/p unknown: rules']);
});

test('a rule that names an unknown probe may use each of its own load balancer and none of another', () => {
  const probes = [{ name: 'p', properties: TCP }];
  const loadBalancingRules = [{ name: 'r', properties: { probe: { id: parameter('probe') } } }];
  const model = modelOf(
    { type: 'loadBalancers', name: 'a', properties: { probes, loadBalancingRules } },
    { type: 'loadBalancers', name: 'b', properties: { probes } },
  );
  expect(saysOf(unused, model)).toEqual(['a/p unknown: probe', 'b/p violation']);
});

test('where a rule names a probe that is not there, the probe is not called unused as well', () => {
  expect(says(unused, TCP, { rule: { probe: sub('loadBalancers/lb/probes/q') } })).toEqual([]);
  expect(says(unused, TCP, NO_RULE)).toEqual(['lb/p violation']);
});

test('a declaration that cannot be looked into may use a probe', () => {
  const { resources } = estate({ probe: TCP, rules: [] });
  const reason = { kind: 'module', name: 'rules.bicep' } as const;
  expect(saysOf(unused, createModel(resources, [{ reason, origin }]))).toEqual(['lb/p unknown: rules.bicep']);
});

test('a probe of a load balancer elsewhere is checked for itself, and its rules may be elsewhere too', () => {
  const elsewhere = sub('loadBalancers/lb').id;
  const properties = { protocol: 'Https', port: 443, numberOfProbes: 3 };
  const probe = { type: 'loadBalancers/lb/probes', name: 'p', parent: elsewhere, properties };
  const model = modelOf(probe);
  expect(saysOf(withoutPath, model)).toEqual(['p/p violation']);
  expect(saysOf(countIgnored, model)).toEqual(['p/p violation']);
  expect(saysOf(unused, model)).toEqual([`p/p unknown: ${elsewhere}`]);
  expect(saysOf(httpsOnBasic, model)).toEqual([]);
  const rule = {
    type: 'loadBalancers/lb/loadBalancingRules',
    name: 'r',
    parent: elsewhere,
    properties: { probe: sub('loadBalancers/lb/probes/p') },
  };
  expect(saysOf(unused, modelOf(probe, rule))).toEqual([]);
});

test('several scale sets that take an unused probe are named', () => {
  const scaleSet = (name: string) => ({
    type: 'virtualMachineScaleSets',
    name,
    properties: {
      virtualMachineProfile: {
        networkProfile: {
          healthProbe: sub('loadBalancers/lb/probes/p'),
          networkInterfaceConfigurations: [{ name: 'a' }, { name: 'b' }],
        },
      },
    },
  });
  const model = estate({ probe: TCP, rules: [], more: ['a', 'b', 'c', 'd'].map(scaleSet) });
  const [finding] = unused.run(buildNetwork(model)).findings;
  expect(finding?.severity).toBe('error');
  expect(finding?.message).toContain('`a`, `b` and 2 others');
  expect(finding?.related.map(({ message }) => message)).toEqual(
    ['a', 'b', 'c'].map((name) => `\`${name}\` takes it for the health of its instances`),
  );
});

const HA_PORTS = { protocol: 'All', frontendPort: 0, backendPort: 0 };

test.each<readonly [string, unknown, Record<string, unknown>, readonly string[]]>([
  ['HA ports on 22', 22, HA_PORTS, ['lb/p violation']],
  ['HA ports on 443', 443, HA_PORTS, []],
  ['HA ports on an unknown port', port, HA_PORTS, []],
  ['web servers on 22', 22, {}, []],
])('%s is a probe of appliances or not', (_, probePort, rule, expected) => {
  expect(says(onSsh, { protocol: 'Tcp', port: probePort }, { internal: true, rule })).toEqual(expected);
});

test('two rules of one appliance give one finding', () => {
  const base = {
    ...HA_PORTS,
    probe: sub('loadBalancers/lb/probes/p'),
    frontendIPConfiguration: sub('loadBalancers/lb/frontendIPConfigurations/front'),
    backendAddressPool: sub('loadBalancers/lb/backendAddressPools/pool'),
  };
  const rules = ['a', 'b'].map((name) => ({ name, properties: base }));
  expect(says(onSsh, { protocol: 'Tcp', port: 22 }, { internal: true, rules })).toEqual(['lb/p violation']);
});
