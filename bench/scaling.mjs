/**
 * Measures how the evaluation of a network grows, in processor time, which other programs on the machine hardly move:
 *
 *     npm run build && node bench/scaling.mjs
 *
 * A security group of 1,000 rules with 100 prefixes each, on the subnet and on the interfaces of 1,000 members, against
 * the same with 100 rules; and 10,000 paths in one root against 1,000. `measureScaling` gives the numbers to others.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const CASES = {
  'rules-100': { rules: 100, prefixes: 100, members: 1_000, paths: 1 },
  'rules-1000': { rules: 1_000, prefixes: 100, members: 1_000, paths: 1 },
  'paths-1000': { rules: 10, prefixes: 3, members: 2, paths: 1_000 },
  'paths-10000': { rules: 10, prefixes: 3, members: 2, paths: 10_000 },
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

function resources({ rules, prefixes, members, paths }) {
  const network = 'microsoft.network';
  const balancer = `${network}/loadBalancers/lb`;
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
    [`${network}/publicIPAddresses`, 'pip', { sku: { name: 'Standard' } }],
    [
      `${network}/loadBalancers`,
      'lb',
      {
        sku: { name: 'Standard' },
        properties: {
          frontendIPConfigurations: [
            { name: 'front', properties: { publicIPAddress: id(`${network}/publicIPAddresses/pip`) } },
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
      `nic${index}`,
      {
        properties: {
          networkSecurityGroup: id(`${network}/networkSecurityGroups/nsg`),
          ipConfigurations: [
            {
              name: 'ip',
              properties: {
                subnet: id(`${network}/virtualNetworks/vnet/subnets/snet`),
                privateIPAddress: `10.0.${index >> 8}.${index & 255}`,
                loadBalancerBackendAddressPools: [id(`${balancer}/backendAddressPools/pool`)],
              },
            },
          ],
        },
      },
    ]),
  ].map(resourceOf);
}

/** Evaluates one case in this process: processor milliseconds, the most memory in MB, and the verdicts as a check. */
async function evaluate(name) {
  const { createModel } = await import('../dist/src/model/model.js');
  const { buildNetwork } = await import('../dist/src/network/network.js');
  const model = createModel(resources(CASES[name]));
  const before = process.cpuUsage();
  const start = performance.now();
  const { paths } = buildNetwork(model);
  const wall = performance.now() - start;
  const { user, system } = process.cpuUsage(before);
  return {
    cpu: (user + system) / 1000,
    wall,
    megabytes: process.resourceUsage().maxRSS / 1024,
    paths: paths.length,
    members: paths.reduce((sum, path) => sum + path.members.length, 0),
    data: [...new Set(paths.map((path) => path.data))].join(' '),
  };
}

/**
 * Every case in a process of its own, the least of `rounds` runs each, with the goals: ten times the rules cost at most
 * fifteen times as much, under three seconds and 512 MB; ten times the paths cost at most twelve times as much.
 */
export function measureScaling(rounds = 3) {
  const self = fileURLToPath(import.meta.url);
  const measured = {};
  for (const name of Object.keys(CASES)) {
    const runs = Array.from({ length: rounds }, () => {
      const { stdout, stderr, status } = spawnSync(process.execPath, [self, name], { encoding: 'utf8' });
      if (status !== 0) throw new Error(`${name}: ${stderr}`);
      return JSON.parse(stdout);
    });
    measured[name] = runs.reduce((least, run) => (run.cpu < least.cpu ? run : least));
  }
  const largest = measured['rules-1000'];
  const goals = [
    { what: 'rules, 1,000 against 100', value: largest.cpu / measured['rules-100'].cpu, goal: 15 },
    { what: 'rules, 1,000, seconds', value: largest.cpu / 1000, goal: 3 },
    { what: 'rules, 1,000, megabytes', value: largest.megabytes, goal: 512 },
    {
      what: 'paths, 10,000 against 1,000',
      value: measured['paths-10000'].cpu / measured['paths-1000'].cpu,
      goal: 12,
    },
  ];
  return { measured, goals };
}

const [, script, name] = process.argv;
if (script === fileURLToPath(import.meta.url)) {
  if (name !== undefined) {
    process.stdout.write(JSON.stringify(await evaluate(name)));
  } else {
    const { measured, goals } = measureScaling();
    for (const [each, run] of Object.entries(measured)) {
      process.stdout.write(
        `${each.padEnd(14)}${run.cpu.toFixed(0).padStart(8)} ms cpu${run.megabytes.toFixed(0).padStart(6)} MB  ${run.paths} paths, ${run.members} members, ${run.data}\n`,
      );
    }
    for (const { what, value, goal } of goals) {
      process.stdout.write(
        `${what.padEnd(30)}${value.toFixed(2).padStart(8)}  goal ${goal}  ${value <= goal ? 'OK' : 'over'}\n`,
      );
    }
  }
}
