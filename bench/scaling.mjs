/**
 * Measures how the evaluation of a network grows, in processor time, which other programs on the machine hardly move:
 *
 *     npm run build && node bench/scaling.mjs
 *
 * A security group of 1,000 rules with 100 prefixes each, on the subnet and on the interfaces of 1,000 members, against
 * the same with 100 rules; and 10,000 paths in one root against 1,000. `npm run bench` prints the same numbers beside
 * their goals.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** `members` and `paths` are those of each load balancer; Azure allows one of them 1,500 rules. */
const CASES = {
  'rules-100': { rules: 100, prefixes: 100, balancers: 1, members: 1_000, paths: 1 },
  'rules-1000': { rules: 1_000, prefixes: 100, balancers: 1, members: 1_000, paths: 1 },
  'paths-1000': { rules: 10, prefixes: 3, balancers: 1, members: 2, paths: 1_000 },
  'paths-10000': { rules: 10, prefixes: 3, balancers: 10, members: 2, paths: 1_000 },
};

const ORIGIN = { kind: 'json', path: 'bench.json', pointer: '' };

/** What `createModel` takes, from data in the shape of an ARM template. */
function toValue(data) {
  if (typeof data !== 'object') return { kind: 'known', value: data, origin: ORIGIN };
  if (Array.isArray(data)) return { kind: 'list', items: data.map(toValue), origin: ORIGIN };
  const fields = Object.entries(data).map(([name, field]) => [name.toLowerCase(), toValue(field)]);
  return { kind: 'object', fields: new Map(fields), origin: ORIGIN };
}

const id = (path) => ({ id: `/${path}`.toLowerCase() });

function resourceOf([type, name, body]) {
  return {
    type: type.toLowerCase(),
    id: `/${type}/${name}`.toLowerCase(),
    address: name,
    name: toValue(name),
    body: toValue(body),
    origin: ORIGIN,
  };
}

/** Rules whose prefixes lie all over the public addresses and overlap those of other rules; every one is on the data port. */
function securityRules(count, prefixes) {
  let state = 1;
  const next = (end) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * end);
  };
  return Array.from({ length: count }, (_, index) => ({
    name: `rule${index}`,
    properties: {
      priority: 100 + index,
      direction: 'Inbound',
      access: index % 2 === 0 ? 'Allow' : 'Deny',
      protocol: 'Tcp',
      sourceAddressPrefixes: Array.from(
        { length: prefixes },
        () => `${20 + next(60)}.${next(256)}.${next(256)}.0/${16 + next(13)}`,
      ),
      sourcePortRange: index % 5 === 0 ? '1024-65535' : '*',
      destinationAddressPrefix: index % 3 === 0 ? '10.0.0.0/16' : '*',
      destinationPortRange: index % 4 === 0 ? '1-1000' : '*',
    },
  }));
}

const network = 'microsoft.network';

function resources({ rules, prefixes, balancers, members, paths }) {
  return [
    [
      `${network}/networkSecurityGroups`,
      'nsg',
      { properties: { securityRules: securityRules(rules, prefixes) } },
    ],
    [
      `${network}/virtualNetworks`,
      'vnet',
      {
        properties: {
          addressSpace: { addressPrefixes: ['10.0.0.0/16'] },
          subnets: [
            {
              name: 'snet',
              properties: {
                addressPrefix: '10.0.0.0/20',
                networkSecurityGroup: id(`${network}/networkSecurityGroups/nsg`),
              },
            },
          ],
        },
      },
    ],
    ...Array.from({ length: balancers }, (_, index) => balancerResources(index, members, paths)).flat(),
  ].map(resourceOf);
}

/** One load balancer with a frontend, a pool and `paths` rules between them. */
function balancerResources(number, members, paths) {
  const balancer = `${network}/loadBalancers/lb${number}`;
  return [
    [`${network}/publicIPAddresses`, `pip${number}`, { sku: { name: 'Standard' } }],
    [
      `${network}/loadBalancers`,
      `lb${number}`,
      {
        sku: { name: 'Standard' },
        properties: {
          frontendIPConfigurations: [
            {
              name: 'front',
              properties: { publicIPAddress: id(`${network}/publicIPAddresses/pip${number}`) },
            },
          ],
          backendAddressPools: [{ name: 'pool', properties: {} }],
          probes: [{ name: 'probe', properties: { protocol: 'Tcp', port: 80 } }],
          loadBalancingRules: Array.from({ length: paths }, (_, index) => ({
            name: `rule${index}`,
            properties: {
              protocol: 'Tcp',
              frontendPort: 80 + index,
              backendPort: 80 + index,
              frontendIPConfiguration: id(`${balancer}/frontendIPConfigurations/front`),
              backendAddressPool: id(`${balancer}/backendAddressPools/pool`),
              probe: id(`${balancer}/probes/probe`),
            },
          })),
        },
      },
    ],
    ...Array.from({ length: members }, (_, index) => [
      `${network}/networkInterfaces`,
      `nic${number}-${index}`,
      {
        properties: {
          networkSecurityGroup: id(`${network}/networkSecurityGroups/nsg`),
          ipConfigurations: [
            {
              name: 'ip',
              properties: {
                subnet: id(`${network}/virtualNetworks/vnet/subnets/snet`),
                privateIPAddress: `10.0.${number + (index >> 8)}.${index & 255}`,
                loadBalancerBackendAddressPools: [id(`${balancer}/backendAddressPools/pool`)],
              },
            },
          ],
        },
      },
    ]),
  ];
}

/** Evaluates one case in this process: processor milliseconds, the most memory in MB, and the verdicts as a check. */
async function evaluate(name) {
  const { createModel } = await import('../dist/src/model/model.js');
  const { buildNetwork } = await import('../dist/src/network/network.js');
  const { policies } = await import('../dist/policies/index.js');
  const model = createModel(resources(CASES[name]));
  const start = process.cpuUsage();
  const since = () => {
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  };
  const network = buildNetwork(model);
  const built = since();
  const findings = policies.flatMap((policy) => policy.run(network).findings);
  return {
    network: built,
    whole: since(),
    megabytes: process.resourceUsage().maxRSS / 1024,
    paths: network.paths.length,
    members: network.paths.reduce((sum, path) => sum + path.members.length, 0),
    data: [...new Set(network.paths.map((path) => path.data))].join(' '),
    findings: findings.length,
  };
}

/** Every case in a process of its own, the run of `rounds` that was disturbed least. */
export function measureScaling(rounds = 3) {
  const self = fileURLToPath(import.meta.url);
  const measured = {};
  for (const [name, { balancers, paths, members }] of Object.entries(CASES)) {
    const runs = Array.from({ length: rounds }, () => {
      const { stdout, stderr, status } = spawnSync(process.execPath, [self, name], { encoding: 'utf8' });
      if (status !== 0) throw new Error(`${name}: ${stderr}`);
      return JSON.parse(stdout);
    });
    const least = runs.reduce((best, run) => (run.whole < best.whole ? run : best));
    if (least.paths !== balancers * paths || least.members !== balancers * paths * members)
      throw new Error(`${name}: ${least.paths} paths and ${least.members} members`);
    measured[name] = least;
  }
  return measured;
}

const [, script, name] = process.argv;
if (script === fileURLToPath(import.meta.url)) {
  const result = name === undefined ? measureScaling() : await evaluate(name);
  process.stdout.write(`${JSON.stringify(result, undefined, name === undefined ? 2 : undefined)}\n`);
}
