import { policy as blocksDataPort } from '../../policies/nsg-blocks-data-port/policy.ts';
import { policy } from '../../policies/security-rule-never-effective/policy.ts';
import { buildNetwork } from '../../src/network/network.ts';
import { sub } from '../support/arm-model.ts';
import { type EstateOptions, estate, rule, SUBNET } from '../support/estate.ts';

const INTERNET_80 = { protocol: 'Tcp', sourceAddressPrefix: 'Internet', destinationPortRange: '80' };
const PARTNER = rule(100, 'Allow', { ...INTERNET_80, sourceAddressPrefix: '203.0.113.0/28' });
const PROBE = rule(110, 'Allow', { sourceAddressPrefix: 'AzureLoadBalancer' });
const ORIGIN = { kind: 'json', path: 'test.json', pointer: '' } as const;
const UNKNOWN = { kind: 'unknown', reason: { kind: 'known-after-apply', name: 'x' }, origin: ORIGIN };

function said(subnetRules: readonly unknown[], options: EstateOptions = {}): readonly string[] {
  const network = buildNetwork(estate({ subnetRules, ...options }));
  return policy.run(network).findings.map(({ message }) => message);
}

test('an allow behind earlier rules that take all its packets has no effect (LBR219)', () => {
  const shadowed =
    '`Allow300` of `nsg-subnet` never has an effect: earlier rules take all its packets, and `Deny200` denies those of `lb/r`';
  expect(said([PARTNER, PROBE, rule(200, 'Deny'), rule(300, 'Allow', INTERNET_80)])).toEqual([shadowed]);
  expect(
    said([
      PARTNER,
      PROBE,
      rule(200, 'Deny', { destinationPortRange: '1-100' }),
      rule(300, 'Allow', INTERNET_80),
    ]),
  ).toEqual([shadowed]);
});

test('the same tag is the same set, whatever it holds; another one is not', () => {
  const deny = rule(200, 'Deny', { sourceAddressPrefix: 'Internet' });
  expect(said([PARTNER, PROBE, deny, rule(300, 'Allow', INTERNET_80)])).toHaveLength(1);
  const cloud = rule(200, 'Deny', { sourceAddressPrefix: 'AzureCloud' });
  expect(said([PARTNER, PROBE, cloud, rule(300, 'Allow', INTERNET_80)])).toEqual([]);
});

test('two rules together can take all packets of a third', () => {
  const halves = [
    rule(200, 'Deny', { destinationPortRange: '0-79' }),
    rule(210, 'Deny', { destinationPortRange: '80-65535' }),
  ];
  expect(said([PARTNER, PROBE, ...halves, rule(300, 'Allow', { sourceAddressPrefix: 'Internet' })])).toEqual([
    '`Allow300` of `nsg-subnet` never has an effect: earlier rules take all its packets, and `Deny210` denies those of `lb/r`',
  ]);
});

test('what only may take the packets proves nothing', () => {
  const after = rule(300, 'Allow', INTERNET_80);
  expect(said([PARTNER, PROBE, rule(200, 'Deny', { destinationPortRange: UNKNOWN }), after])).toEqual([]);
  expect(said([PARTNER, PROBE, rule(200, 'Deny', { priority: UNKNOWN }), after])).toEqual([]);
  expect(said([PARTNER, PROBE, rule(300, 'Deny'), after])).toEqual([]);
  expect(
    said([PARTNER, PROBE, rule(200, 'Deny'), rule(300, 'Allow', { ...INTERNET_80, priority: UNKNOWN })]),
  ).toEqual([]);
});

test('a rule that serves other traffic, or says again what an earlier allow says, is no finding', () => {
  const deny = rule(200, 'Deny', { ...INTERNET_80, protocol: '*' });
  expect(said([PARTNER, PROBE, deny, rule(300, 'Allow', { destinationPortRange: '80' })])).toEqual([]);
  expect(
    said([rule(100, 'Allow'), rule(200, 'Allow', INTERNET_80), rule(300, 'Allow', INTERNET_80)]),
  ).toEqual([]);
  const otherPort = { ...INTERNET_80, destinationPortRange: '9999' };
  expect(said([PARTNER, PROBE, rule(200, 'Deny'), rule(300, 'Allow', otherPort)])).toEqual([]);
  expect(said([PARTNER, PROBE, rule(200, 'Deny'), rule(300, 'Deny', INTERNET_80)])).toEqual([]);
});

test('a rule for the members of an application security group is compared by the group', () => {
  const web = {
    destinationAddressPrefix: undefined,
    destinationApplicationSecurityGroups: [sub('applicationSecurityGroups/web')],
  };
  const inWeb = { ipConfiguration: { applicationSecurityGroups: [sub('applicationSecurityGroups/web')] } };
  const allow = rule(300, 'Allow', { ...INTERNET_80, ...web });
  expect(said([PARTNER, PROBE, rule(200, 'Deny', { ...web }), allow], inWeb)).toHaveLength(1);
  expect(
    said([PARTNER, PROBE, rule(200, 'Deny', { destinationAddressPrefix: SUBNET }), allow], inWeb),
  ).toEqual([]);
});

test('the error about a closed path speaks for the rule that it names', () => {
  const rules = [rule(3000, 'Deny', INTERNET_80), rule(3500, 'Allow', INTERNET_80)];
  const network = buildNetwork(estate({ subnetRules: rules }));
  expect(policy.run(network).findings).toEqual([]);
  expect(blocksDataPort.run(network).findings.map(({ diagnosis }) => diagnosis)).toEqual([
    'shadowed-by-deny',
  ]);
});

test('AzureLoadBalancer is no inbound destination, nor is its address (LBR211)', () => {
  const open = rule(200, 'Allow', INTERNET_80);
  const never =
    '`Allow100` of `nsg-subnet` never matches: its destination is where health probes come from, and no packet to a machine goes there';
  for (const destinationAddressPrefix of ['AzureLoadBalancer', 'azureloadbalancer', '168.63.129.16/32']) {
    expect(said([rule(100, 'Allow', { ...INTERNET_80, destinationAddressPrefix }), open])).toEqual([never]);
  }
  const outbound = { direction: 'Outbound', destinationAddressPrefix: 'AzureLoadBalancer' };
  expect(said([rule(100, 'Allow', outbound), open])).toEqual([]);
});

test('where AzureLoadBalancer as destination is the only opening, the closed path is the finding', () => {
  const rules = [rule(100, 'Allow', { ...INTERNET_80, destinationAddressPrefix: 'AzureLoadBalancer' })];
  const network = buildNetwork(estate({ subnetRules: rules }));
  expect(policy.run(network).findings).toEqual([]);
  expect(
    blocksDataPort.run(network).findings.map(({ message, remedy }) => `${message} -- ${remedy}`),
  ).toEqual([
    'tcp/80 of `lb/r` is closed to the internet: `Allow100` allows AzureLoadBalancer as the destination, but packets arrive at the address of the backend -- change the destination of `Allow100` to the subnet of the backend, or to *',
  ]);
});

test('an allow from a few source ports is reported when clients from other ports are dropped (LBR213)', () => {
  const few = rule(100, 'Allow', { ...INTERNET_80, sourcePortRange: '80' });
  expect(said([few])).toEqual([
    '`Allow100` of `nsg-subnet` lets the internet reach tcp/80 of `lb/r` only from source port 80, and clients send from any port above 1023',
  ]);
  expect(said([few, PROBE, rule(4096, 'Deny')])).toHaveLength(1);
  expect(said([few, rule(200, 'Allow', INTERNET_80)])).toEqual([]);
  expect(said([rule(100, 'Allow', { ...INTERNET_80, sourcePortRange: '1024-65535' })])).toEqual([]);
  expect(said([rule(100, 'Allow', { ...INTERNET_80, sourcePortRange: UNKNOWN })])).toEqual([]);
  const udp = { protocol: 'Udp', frontendPort: 514, backendPort: 514 };
  const syslog = { protocol: 'Udp', sourcePortRange: '514', destinationPortRange: '514' };
  expect(said([rule(100, 'Allow', syslog)], { rule: udp })).toEqual([]);
});

test('several source ports are named, also while another level closes the port as well', () => {
  const ports = { sourcePortRange: undefined, sourcePortRanges: ['80', '443'] };
  const few = rule(100, 'Allow', { ...INTERNET_80, ...ports });
  expect(said([few])[0]).toContain('only from source port 80, 443,');
  expect(said([few], { nicRules: [rule(100, 'Deny', INTERNET_80)] })).toHaveLength(1);
});

test('rules of groups that guard no member of a load balancer are not asked about', () => {
  const more = [
    {
      type: 'networkSecurityGroups',
      name: 'other',
      properties: { securityRules: [rule(100, 'Allow', { destinationAddressPrefix: 'AzureLoadBalancer' })] },
    },
  ];
  const network = buildNetwork(estate({ subnetRules: [rule(100, 'Allow', INTERNET_80)], more }));
  expect(policy.run(network)).toEqual({ findings: [], passed: 1 });
});
