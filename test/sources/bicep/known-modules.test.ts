// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Bicep writes the holes of its strings that way.
import { buildNetwork } from '../../../src/network/network.ts';
import { openBuiltInFile, problemsOfSyntax } from '../../../src/sources/bicep/bicep-file.ts';
import { MODULES } from '../../../src/sources/bicep/known-modules/known-module.ts';
import { readBicep } from '../../../src/sources/bicep/read-bicep.ts';
import { read } from './plain.ts';

const ORIGIN = { kind: 'text', path: 'main.bicep', line: 1, column: 1, endLine: 1, endColumn: 1 } as const;

test.each([...MODULES])(
  'the stand-in for %s is Bicep without a fault, and evaluates without a problem',
  (name, text) => {
    expect(problemsOfSyntax(openBuiltInFile(name, text, ORIGIN))).toEqual([]);
    const { problems } = read(text);
    expect(problems).toEqual([]);
  },
);

const ESTATE = `
module nsg 'br/public:avm/res/network/network-security-group:0.5.1' = {
  params: {
    name: 'nsg'
    securityRules: [
      {
        name: 'web'
        properties: {
          access: 'Allow'
          direction: 'Inbound'
          priority: 100
          protocol: 'Tcp'
          sourceAddressPrefix: 'Internet'
          sourcePortRange: '*'
          destinationAddressPrefix: '*'
          destinationPortRange: '80'
        }
      }
    ]
  }
}
module vnet 'br/public:avm/res/network/virtual-network:0.7.0' = {
  params: {
    name: 'vnet'
    addressPrefixes: ['10.0.0.0/16']
    subnets: [
      { name: 'web', addressPrefix: '10.0.1.0/24', networkSecurityGroupResourceId: nsg.outputs.resourceId }
    ]
  }
}
module pip 'br/public:avm/res/network/public-ip-address:0.9.0' = {
  params: { name: 'pip' }
}
module lb 'br/public:avm/res/network/load-balancer:0.6.0' = {
  params: {
    name: 'lb'
    frontendIPConfigurations: [{ name: 'fe', publicIPAddressResourceId: pip.outputs.resourceId }]
    backendAddressPools: [{ name: 'pool' }]
    probes: [{ name: 'p', port: 8080, protocol: 'Tcp' }]
    loadBalancingRules: [
      {
        name: 'http'
        frontendIPConfigurationName: 'fe'
        backendAddressPoolName: 'pool'
        probeName: 'p'
        frontendPort: 80
        backendPort: 8080
      }
    ]
  }
}
module vm 'br/public:avm/res/compute/virtual-machine:0.20.0' = {
  params: {
    name: 'vm'
    osType: 'Linux'
    vmSize: 'Standard_B1s'
    availabilityZone: 1
    imageReference: {}
    osDisk: { managedDisk: {} }
    nicConfigurations: [
      {
        nicSuffix: '-nic'
        ipConfigurations: [
          {
            name: 'ip'
            subnetResourceId: vnet.outputs.subnetResourceIds[0]
            loadBalancerBackendAddressPools: [{ id: '\${lb.outputs.resourceId}/backendAddressPools/pool' }]
          }
        ]
      }
    ]
  }
}
`.replaceAll('\\$', '$');

test('an estate of published modules is a network: the group allows the port of the frontend, not that of the backend', () => {
  const { model, problems } = readBicep({ path: 'main.bicep', text: ESTATE, readFile: () => undefined });
  expect(problems).toEqual([]);
  expect(model.gaps).toEqual([]);
  const [path, ...others] = buildNetwork(model).paths;
  expect(others).toEqual([]);
  expect(path).toMatchObject({
    name: 'lb/http',
    scheme: 'public',
    data: 'blocked',
    probe: 'open',
    membersComplete: true,
    diagnosis: {
      id: 'allows-frontend-port',
      intended: { name: 'web', origin: { path: 'main.bicep', line: 7 } },
    },
  });
  expect(path?.members.map(({ member }) => member.address)).toEqual(['vm.networkInterface[0]']);
  // What the module fills in is nobody's wish.
  expect(path?.probeResource?.numberOfProbes.kind).toBe('absent');
});

test('what a stand-in declares is where its module is, and what was given where it is written', () => {
  const { model } = readBicep({ path: 'main.bicep', text: ESTATE, readFile: () => undefined });
  const group = model.ofType('microsoft.network/networksecuritygroups')[0];
  expect(group).toMatchObject({
    address: 'nsg.networkSecurityGroup',
    origin: { path: 'main.bicep', line: 2 },
  });
  const pip = model.ofType('microsoft.network/publicipaddresses')[0];
  expect(pip?.origin).toMatchObject({ path: 'main.bicep', line: 31 });
});

test.each([
  [
    'a parameter',
    "module m 'br/public:avm/res/network/route-table:0.5.0' = { params: { name: 'a', brandNew: 1 } }",
  ],
  [
    'a name inside one',
    "module m 'br/public:avm/res/network/network-security-group:0.5.0' = { params: { name: 'a', securityRules: [{ name: 'r', properties: { brandNew: 1 } }] } }",
  ],
  [
    'names that are not known',
    "param p string\nmodule m 'br/public:avm/res/network/route-table:0.5.0' = { params: { name: 'a', '${p}': 1 } }",
  ],
  [
    'an address pool manager',
    "module m 'br/public:avm/res/network/virtual-network:0.7.0' = { params: { name: 'a', addressPrefixes: ['/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/networkManagers/m/ipamPools/p'] } }",
  ],
  [
    'addresses of a pool that some versions ignore',
    "module m 'br/public:avm/res/network/load-balancer:0.6.0' = { params: { name: 'a', frontendIPConfigurations: [], backendAddressPools: [{ name: 'p', loadBalancerBackendAddresses: [{}] }] } }",
  ],
  [
    'a module of another registry',
    "module m 'br:example.io/bicep/avm/res/network/route-table:0.5.0' = { params: { name: 'a' } }",
  ],
])('with %s that is not translated, nothing is known of the module', (_what, text) => {
  const { gaps, resources } = read(`${text}\n`);
  expect(gaps).toEqual([expect.stringMatching(/^module br/)]);
  expect(resources).toEqual({});
});

test('addresses of a pool count when its membership is BackendAddress, in any case', () => {
  const { gaps } = read(
    "module m 'br/public:avm/res/network/load-balancer:0.6.0' = { params: { name: 'a', frontendIPConfigurations: [], backendAddressPools: [{ name: 'p', backendMembershipMode: 'backendaddress', loadBalancerBackendAddresses: [{}] }] } }\n",
  );
  expect(gaps).toEqual([]);
});

test('frontends of older versions have the names of then', () => {
  const { resources } = read(
    "module m 'br/public:avm/res/network/load-balancer:0.4.0' = { params: { name: 'a', frontendIPConfigurations: [{ name: 'f', subnetId: 's', privateIPAddress: '10.0.0.4' }, { name: 'g', publicIPAddressId: 'p' }] } }\n",
  );
  expect(Object.values(resources)).toMatchObject([
    {
      properties: {
        frontendIPConfigurations: [
          { properties: { subnet: { id: 's' }, privateIPAllocationMethod: 'Static', publicIPAddress: null } },
          { properties: { subnet: null, publicIPAddress: { id: 'p' } } },
        ],
      },
    },
  ]);
});

test('an output that a stand-in does not have is unknown, and no problem', () => {
  const { outputs, problems } = read(
    "module m 'br/public:avm/res/network/route-table:0.5.0' = { params: { name: 'a' } }\noutput o string = m.outputs.new\noutput n string = m.outputs.name\n",
  );
  expect(problems).toEqual([]);
  expect(outputs).toMatchObject({
    o: expect.stringMatching(/^\?reference\(.*\)\.outputs\.new\.value$/),
    n: 'a',
  });
});
