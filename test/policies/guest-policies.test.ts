import { policies } from '../../policies/index.ts';
import type { Model } from '../../src/model/model.ts';
import { buildNetwork } from '../../src/network/network.ts';
import type { Unknown } from '../../src/value/value.ts';
import { type ArmResource, sub } from '../support/arm-model.ts';
import { type EstateOptions, estate, rule, VIP } from '../support/estate.ts';
import { encode, UBUNTU, WINDOWS } from '../support/guest.ts';

const OWN = new Set([
  'apps-share-backend-vm',
  'bootstrap-without-egress',
  'data-port-not-listening',
  'floating-ip-without-guest-loopback',
  'health-extension-differs-from-probe',
  'internal-frontend-loopback',
  'internal-frontend-loopback-possible',
  'listener-on-loopback-only',
  'nothing-starts-listener',
  'public-frontend-loopback-without-egress',
  'udp-rule-probe-without-listener',
]);

function findingsOf(model: Model): readonly string[] {
  const network = buildNetwork(model);
  return policies
    .filter(({ meta }) => OWN.has(meta.id))
    .flatMap((policy) => policy.run(network).findings)
    .map(({ policy, severity }) => `${policy} ${severity}`);
}

/** What the policies say about an internal estate whose machines get this text, on Ubuntu. */
function said(text: string, options: EstateOptions = {}): readonly string[] {
  const vm = { osProfile: { customData: encode(text) }, storageProfile: { imageReference: UBUNTU } };
  return findingsOf(estate({ internal: true, vm, members: 2, ...options }));
}

const SH = '#!/bin/sh\n';
const APP = `${SH}docker run -d -p 80:8080 shop.azurecr.io/shop:1\n`;
const FRONT = sub('loadBalancers/lb/frontendIPConfigurations/front');
const POOL = sub('loadBalancers/lb/backendAddressPools/pool');

function ruleTo(
  name: string,
  port: number,
  pool: { id: string } = POOL,
  more: Record<string, unknown> = {},
): Record<string, unknown> {
  const properties = {
    protocol: 'Tcp',
    frontendPort: port,
    backendPort: port,
    frontendIPConfiguration: FRONT,
    backendAddressPool: pool,
    probe: sub('loadBalancers/lb/probes/p'),
    ...more,
  };
  return { name, properties };
}

// Well-built estates.

test('a web tier behind NAT, with nginx on the backend port, is silent', () => {
  const text = '#cloud-config\npackages: [nginx]\nruncmd:\n  - systemctl enable --now nginx\n';
  const nat: readonly ArmResource[] = [
    { type: 'natGateways', name: 'nat', properties: { publicIpAddresses: [sub('publicIPAddresses/pip')] } },
  ];
  const subnet = { natGateway: sub('natGateways/nat') };
  const allow = rule(100, 'Allow', { sourceAddressPrefix: 'Internet', destinationPortRange: '80' });
  expect(said(text, { internal: false, subnet, more: nat, subnetRules: [allow] })).toEqual([]);
});

test('an internal tier with its application in a container of its own registry is silent', () => {
  expect(said(APP)).toEqual([]);
});

test('a scale set with a health extension that asks what the probe asks is silent', () => {
  const health = {
    publisher: 'Microsoft.ManagedServices',
    type: 'ApplicationHealthLinux',
    settings: { protocol: 'http', port: 80, requestPath: '/healthz' },
  };
  const set: ArmResource = {
    type: 'virtualMachineScaleSets',
    name: 'vmss',
    sku: { capacity: 3 },
    properties: {
      virtualMachineProfile: {
        osProfile: { customData: encode(APP) },
        storageProfile: { imageReference: UBUNTU },
        extensionProfile: { extensions: [{ name: 'health', properties: health }] },
        networkProfile: {
          networkInterfaceConfigurations: [
            {
              name: 'nic',
              properties: {
                ipConfigurations: [
                  {
                    name: 'ip',
                    properties: {
                      subnet: sub('virtualNetworks/vnet/subnets/snet'),
                      loadBalancerBackendAddressPools: [POOL],
                    },
                  },
                ],
              },
            },
          ],
        },
      },
    },
  };
  const probe = { protocol: 'Http', port: 80, requestPath: '/healthz' };
  expect(findingsOf(estate({ internal: true, members: 0, probe, more: [set] }))).toEqual([]);
});

test('a pair of appliances from the marketplace with floating IP and HA ports is silent', () => {
  const vm = {
    storageProfile: { imageReference: { publisher: 'paloaltonetworks', offer: 'vmseries-flex' } },
  };
  const all = { protocol: 'All', frontendPort: 0, backendPort: 0, enableFloatingIP: true };
  expect(findingsOf(estate({ internal: true, members: 2, vm, rule: all }))).toEqual([]);
});

test('a pair of Linux machines that forward packets with floating IP is silent', () => {
  const all = { protocol: 'All', frontendPort: 0, backendPort: 0, enableFloatingIP: true };
  const model = estate({
    internal: true,
    members: 0,
    rule: all,
    probe: { protocol: 'Tcp', port: 22 },
    more: [
      {
        type: 'networkInterfaces',
        name: 'nva',
        properties: {
          enableIPForwarding: true,
          ipConfigurations: [
            {
              name: 'ip',
              properties: {
                subnet: sub('virtualNetworks/vnet/subnets/snet'),
                loadBalancerBackendAddressPools: [POOL],
              },
            },
          ],
        },
      },
      {
        type: 'virtualMachines',
        name: 'nva',
        properties: {
          networkProfile: { networkInterfaces: [sub('networkInterfaces/nva')] },
          storageProfile: { imageReference: UBUNTU },
          osProfile: { customData: encode(`${SH}sysctl -w net.ipv4.ip_forward=1\n`) },
        },
      },
    ],
  });
  expect(findingsOf(model)).toEqual([]);
});

test('a SQL availability group with its listener is silent (vector 27)', () => {
  const listener = { frontendPort: 1433, backendPort: 1433, enableFloatingIP: true };
  const vm = {
    osProfile: { customData: encode(`sqlcmd -S ${VIP}`) },
    storageProfile: { imageReference: WINDOWS },
  };
  const probe = { protocol: 'Tcp', port: 59_999 };
  expect(findingsOf(estate({ internal: true, members: 2, vm, rule: listener, probe }))).toEqual([]);
});

test('nodes behind a balancer that Kubernetes keeps may call it', () => {
  const text = `${SH}curl http://${VIP}/\n`;
  const named = estate({ internal: true, vm: { osProfile: { customData: encode(text) } } });
  const resources = named.resources.map((resource) =>
    resource.type === 'microsoft.network/loadbalancers' && resource.name.kind === 'known'
      ? { ...resource, name: { ...resource.name, value: 'kubernetes-internal' } }
      : resource,
  );
  expect(findingsOf(named)).toEqual(['internal-frontend-loopback error']);
  expect(
    findingsOf({ ...named, ofType: (type) => resources.filter((each) => each.type === type.toLowerCase()) }),
  ).toEqual([]);
});

// Hard negatives of cause 4.

test('a caller outside the pool is silent', () => {
  const caller: ArmResource = {
    type: 'virtualMachines',
    name: 'caller',
    properties: { osProfile: { customData: encode(`${SH}curl http://${VIP}/\n`) } },
  };
  expect(said(APP, { more: [caller] })).toEqual([]);
});

test('a call to another port of the frontend, whose rule leads to another pool, is silent', () => {
  const other = ruleTo('other', 8081, sub('loadBalancers/lb/backendAddressPools/other'));
  const text = `${APP}curl http://${VIP}:8081/\n`;
  expect(said(text, { rules: [ruleTo('own', 80), other] })).toEqual([]);
});

// Cause 1.

test.each([
  [
    'nginx on 80 against 8080',
    `${SH}docker run -p 81:80 shop.azurecr.io/a:1\n`,
    ['data-port-not-listening warning'],
  ],
  [
    'a firewall that is opened for the port',
    `${SH}docker run -p 81:80 shop.azurecr.io/a:1\nufw allow 80/tcp\n`,
    [],
  ],
  ['a program nobody knows', `${SH}docker run -p 81:80 shop.azurecr.io/a:1\n/opt/start\n`, []],
  [
    'loopback alone',
    `${SH}docker run -p 127.0.0.1:80:80 shop.azurecr.io/a:1\n`,
    ['listener-on-loopback-only error'],
  ],
  ['both addresses', `${SH}docker run -p 127.0.0.1:80:80 -p 10.0.1.4:80:80 shop.azurecr.io/a:1\n`, []],
  [
    'the internet, behind an internal balancer',
    `${SH}apt-get install -y nginx\n`,
    ['bootstrap-without-egress warning'],
  ],
  ['a proxy', `${SH}export https_proxy=http://proxy.contoso.com:3128\napt-get install -y nginx\n`, []],
  [
    'a mirror',
    `${SH}echo "deb http://apt.contoso.com noble main" > /etc/apt/sources.list\napt-get install -y nginx\n`,
    [],
  ],
])('%s', (_, text, expected) => {
  expect(said(text)).toEqual(expected);
});

test('SSH and RDP come with the image, so a rule to them lacks no server', () => {
  const found = (port: number, imageReference: unknown): readonly string[] =>
    findingsOf(
      estate({
        internal: true,
        vm: { storageProfile: { imageReference } },
        probe: { protocol: 'Tcp', port },
        rules: [ruleTo('access', port)],
      }),
    );
  expect(found(22, UBUNTU)).toEqual([]);
  expect(found(3389, UBUNTU)).toEqual(['nothing-starts-listener info']);
  expect(found(3389, WINDOWS)).toEqual([]);
  expect(found(22, WINDOWS)).toEqual(['nothing-starts-listener info']);
  const text = `${SH}docker run -p 81:80 shop.azurecr.io/a:1\n`;
  expect(said(text, { probe: { protocol: 'Tcp', port: 22 }, rules: [ruleTo('ssh', 22)] })).toEqual([]);
});

test('where the port of the probe answers, or is not known, the data may be served by settings out of sight', () => {
  const found = (port: unknown): readonly string[] =>
    said(`${SH}docker run -p 81:80 shop.azurecr.io/a:1\n`, { probe: { protocol: 'Tcp', port } });
  expect(found(80)).toEqual(['data-port-not-listening warning']);
  expect(found(82)).toEqual(['data-port-not-listening warning']);
  expect(found(81)).toEqual([]);
  const open: Unknown = {
    kind: 'unknown',
    reason: { kind: 'parameter', name: 'port' },
    origin: { kind: 'json', path: 'main.json', pointer: '' },
  };
  expect(found(open)).toEqual([]);
});

test('an extension beside a health probe is an error, one that asks another question a warning', () => {
  const health = (settings: unknown, profile: unknown): readonly string[] => {
    const set: ArmResource = {
      type: 'virtualMachineScaleSets',
      name: 'vmss',
      sku: { capacity: 2 },
      properties: {
        virtualMachineProfile: {
          storageProfile: { imageReference: { id: '/subscriptions/s/images/own' } },
          extensionProfile: {
            extensions: [
              {
                name: 'health',
                properties: {
                  publisher: 'Microsoft.ManagedServices',
                  type: 'ApplicationHealthLinux',
                  settings,
                },
              },
            ],
          },
          networkProfile: {
            ...(profile as object),
            networkInterfaceConfigurations: [
              {
                name: 'nic',
                properties: {
                  ipConfigurations: [
                    {
                      name: 'ip',
                      properties: {
                        subnet: sub('virtualNetworks/vnet/subnets/snet'),
                        loadBalancerBackendAddressPools: [POOL],
                      },
                    },
                  ],
                },
              },
            ],
          },
        },
      },
    };
    return findingsOf(estate({ internal: true, members: 0, more: [set] }));
  };
  const ID = 'health-extension-differs-from-probe';
  const probe = { healthProbe: sub('loadBalancers/lb/probes/p') };
  expect(health({ protocol: 'tcp', port: 80 }, {})).toEqual([]);
  expect(health({ protocol: 'tcp', port: 81 }, {})).toEqual([`${ID} warning`]);
  expect(health({ protocol: 'tcp', port: 80 }, probe)).toEqual([`${ID} error`]);
});

test('plain machines get a word, machines of another image none', () => {
  const of = (imageReference: unknown): unknown =>
    findingsOf(estate({ internal: true, vm: { storageProfile: { imageReference } } }));
  expect(of(UBUNTU)).toEqual(['nothing-starts-listener info']);
  expect(of({ ...UBUNTU, publisher: 'contoso' })).toEqual([]);
  expect(of({ id: '/images/golden' })).toEqual([]);
});

test('a part of the text that a parameter decides keeps the policies silent', () => {
  const origin = { kind: 'json', path: 'main.json', pointer: '' } as const;
  const part: Unknown = { kind: 'unknown', reason: { kind: 'parameter', name: 'setup' }, origin };
  const customData: Unknown = { ...part, parts: [`${SH}docker run -p 81:80 shop.azurecr.io/a:1\n`, part] };
  const vm = { osProfile: { customData }, storageProfile: { imageReference: UBUNTU } };
  expect(findingsOf(estate({ internal: true, vm }))).toEqual([]);
});

test.each([
  [
    'tcp/514',
    `${SH}docker run -p 514:514/udp a.azurecr.io/a:1\n`,
    ['udp-rule-probe-without-listener warning'],
  ],
  ['a port that answers', `${SH}docker run -p 514:514/udp -p 80:80 a.azurecr.io/a:1\n`, []],
])('a UDP rule whose probe asks %s', (_, text, expected) => {
  expect(said(text, { rule: { protocol: 'Udp', frontendPort: 514, backendPort: 514 } })).toEqual(expected);
});

test.each([
  [APP, ['floating-ip-without-guest-loopback warning']],
  [`${APP}ip addr add ${VIP}/32 dev lo\n`, []],
  [`${APP}/opt/own-setup\n`, []],
])('floating IP over the set-up %j', (text, expected) => {
  expect(said(text, { rule: { enableFloatingIP: true } })).toEqual(expected);
});

// What a set-up needs from the internet.

const PRIVATE = { subnet: { defaultOutboundAccess: false } };
const STUCK = 'bootstrap-without-egress warning';

test.each([
  ['apt-get install -y nginx', UBUNTU, true],
  ['npm install -g pm2', UBUNTU, true],
  ['pip3 install gunicorn', UBUNTU, true],
  ['curl -O https://example.com/app', UBUNTU, true],
  // A project may name its own registry, a program may have set up a mirror, an image may hold one.
  ['npm ci', UBUNTU, false],
  ['npm install', UBUNTU, false],
  ['pip3 install -r requirements.txt', UBUNTU, false],
  ['pip3 install ./app.whl', UBUNTU, false],
  ['PIP_INDEX_URL=https://pypi.contoso.internal/simple pip3 install gunicorn', UBUNTU, false],
  ['npm config set registry https://npm.contoso.internal\nnpm install -g pm2', UBUNTU, false],
  ['/opt/contoso/use-mirror\napt-get install -y nginx', UBUNTU, false],
  ['apt-get install -y nginx', { id: '/subscriptions/s/images/own' }, false],
  ['apt-get install -y nginx', { publisher: 'contoso', offer: 'hardened', sku: '1' }, false],
])('whether %j certainly needs the internet', (command, imageReference, isStuck) => {
  const vm = { osProfile: { customData: encode(`${SH}${command}\n`) }, storageProfile: { imageReference } };
  expect(findingsOf(estate({ internal: true, vm, members: 2, ...PRIVATE })).includes(STUCK)).toBe(isStuck);
});

// Causes 3 and 4.

test('a run command of one instance is read like those of its scale set', () => {
  const set: ArmResource = {
    type: 'virtualMachineScaleSets',
    name: 'vmss',
    sku: { capacity: 2 },
    properties: {
      virtualMachineProfile: {
        osProfile: { customData: encode(APP) },
        storageProfile: { imageReference: UBUNTU },
        networkProfile: {
          networkInterfaceConfigurations: [
            {
              name: 'nic',
              properties: {
                ipConfigurations: [
                  {
                    name: 'ip',
                    properties: {
                      subnet: sub('virtualNetworks/vnet/subnets/snet'),
                      loadBalancerBackendAddressPools: [POOL],
                    },
                  },
                ],
              },
            },
          ],
        },
      },
    },
  };
  const command = (script: string, owner: string): ArmResource => ({
    type: `virtualMachineScaleSets/${owner}/virtualMachines/0/runCommands`,
    name: 'run',
    parent: `/microsoft.compute/virtualmachinescalesets/${owner}/virtualmachines/0`,
    properties: { source: { script } },
  });
  const found = (...more: readonly ArmResource[]): readonly string[] =>
    findingsOf(estate({ internal: true, members: 0, more: [set, ...more] }));
  const call = `curl http://${VIP}/`;
  expect(found(command(call, 'vmss'))).toEqual(['internal-frontend-loopback warning']);
  expect(found(command(call, 'other'))).toEqual([]);
});

test('an address that is handed to a script is information, and nothing beside a call', () => {
  expect(said(`${APP}/opt/register ${VIP}\n`)).toEqual(['internal-frontend-loopback-possible info']);
  expect(said(`${APP}/opt/register ${VIP}\ncurl http://${VIP}/\n`)).toEqual([
    'internal-frontend-loopback warning',
  ]);
});

test('members that join their cluster through the frontend call each other and themselves', () => {
  const text = `${SH}consul agent -server -retry-join=${VIP}\n`;
  expect(said(text, { rules: [ruleTo('rpc', 8300)] })).toEqual(['internal-frontend-loopback warning']);
});

const CALL = `${SH}docker run -p 80:8080 -p 9090:9090 shop.azurecr.io/a:1\ncurl http://${VIP}:9090/\n`;

test('one call gives one finding: between applications, or of an application to itself', () => {
  expect(said(CALL, { rules: [ruleTo('web', 80), ruleTo('api', 9090)] })).toEqual([
    'apps-share-backend-vm warning',
  ]);
  expect(said(CALL, { members: 1, rules: [ruleTo('web', 80), ruleTo('api', 9090)] })).toEqual([
    'apps-share-backend-vm error',
  ]);
  expect(said(CALL, { rules: [ruleTo('api', 9090)] })).toEqual(['internal-frontend-loopback warning']);
});

test('a text that names no port is reported once for all rules of the frontend', () => {
  const text = `${SH}docker run -p 80:8080 -p 443:8443 -e HOST=${VIP} shop.azurecr.io/a:1\n`;
  expect(said(text, { rules: [ruleTo('http', 80), ruleTo('https', 443)] })).toEqual([
    'internal-frontend-loopback warning',
  ]);
  const two = `${SH}docker run -p 80:8080 -p 9090:9090 -e HOST=${VIP} shop.azurecr.io/a:1\n`;
  expect(said(two, { rules: [ruleTo('web', 80), ruleTo('api', 9090)] })).toEqual([
    'apps-share-backend-vm warning',
  ]);
});

test('HTTP and HTTPS of one frontend are one application', () => {
  const text = `${SH}docker run -p 80:8080 -p 443:8443 shop.azurecr.io/a:1\ncurl https://${VIP}/\n`;
  expect(said(text, { rules: [ruleTo('http', 80), ruleTo('https', 443)] })).toEqual([
    'internal-frontend-loopback warning',
  ]);
});

test('rules of TCP and UDP of one frontend are one application', () => {
  const rules = [ruleTo('web', 80), ruleTo('media', 3391, POOL, { protocol: 'Udp' })];
  expect(said(`${APP}curl http://${VIP}/\n`, { rules })).toEqual(['internal-frontend-loopback warning']);
});

test('appliances behind a gateway load balancer know its address', () => {
  const text = `${APP}curl http://${VIP}/\n`;
  expect(said(text)).toContain('internal-frontend-loopback warning');
  expect(said(text, { sku: 'Gateway' })).not.toContain('internal-frontend-loopback warning');
});

test('the nodes of a control plane are told about their endpoint', () => {
  const text = `${SH}kubeadm init --control-plane-endpoint ${VIP}:6443\n`;
  const rules = [ruleTo('api', 6443), ruleTo('config', 22_623)];
  expect(said(text, { rules })).toEqual(['internal-frontend-loopback warning']);
});

test('an address inside base64 inside a text with an unknown part is found', () => {
  const origin = { kind: 'json', path: 'main.json', pointer: '' } as const;
  const address: Unknown = {
    kind: 'unknown',
    reason: { kind: 'known-after-apply', name: 'lb' },
    origin,
    expression: 'address',
    references: [{ id: FRONT.id, property: 'privateIPAddress' }],
  };
  const text: Unknown = { ...address, parts: [`${SH}curl http://`, address, ':80/\n'] };
  const customData: Unknown = {
    kind: 'unknown',
    reason: address.reason,
    origin,
    expression: 'base64(format())',
    parts: [{ ...text, references: [] }],
  };
  const vm = { osProfile: { customData } };
  expect(findingsOf(estate({ internal: true, vm, members: 3 }))).toEqual([
    'internal-frontend-loopback warning',
  ]);
});

test('a name in a private zone leads to the frontend', () => {
  const zone: readonly ArmResource[] = [
    { type: 'privateDnsZones', name: 'contoso.internal' },
    {
      type: 'privateDnsZones/contoso.internal/A',
      name: 'shop',
      parent: '/microsoft.network/privatednszones/contoso.internal',
      properties: { aRecords: [{ ipv4Address: VIP }] },
    },
  ];
  expect(said(`${APP}curl http://shop.contoso.internal/\n`, { more: zone })).toEqual([
    'internal-frontend-loopback warning',
  ]);
  expect(said(`${APP}curl http://shop.contoso.internal:9000/\n`, { more: zone })).toEqual([]);
});

test('a call to the public frontend is fine with SNAT, and not without', () => {
  const pip = {
    internal: false,
    frontend: {},
    subnetRules: [rule(100, 'Allow', { destinationPortRange: '80' })],
  };
  const call = (disableOutboundSnat: boolean): readonly string[] =>
    said(`${APP}curl http://203.0.113.80/\n`, {
      ...pip,
      rule: { disableOutboundSnat },
      more: [
        {
          type: 'publicIPAddresses',
          name: 'pip',
          sku: { name: 'Standard' },
          properties: { ipAddress: '203.0.113.80' },
        },
      ],
    });
  expect([call(false), call(true)]).toEqual([[], ['public-frontend-loopback-without-egress warning']]);
});
