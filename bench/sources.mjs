/**
 * Measures what reading code costs, every number in a process of its own, so that nothing is warm before:
 *
 *     npm run build && node bench/sources.mjs
 *
 * The speed of the Bicep parser; a Bicep root of 100 resources in 10 modules, from text to model; the growth of both languages;
 * and a Terraform root of 100 resources without a plan: what is ours, and the whole command line with the start of
 * hcl2json. The least of the runs counts; of the whole command it is processor time.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROUNDS = 5;
const MODULES = 10;
const UNIT_OF_BICEP = 10;
const UNIT_OF_TERRAFORM = 50;

/** Ten resources: a public load balancer with two machines behind it. */
function bicepUnit(index) {
  const app = `app${index}`;
  const network = `10.${(index >> 8) & 255}.${index & 255}.0/24`;
  const machine = (number) => `
resource nic${index}x${number} 'Microsoft.Network/networkInterfaces@2024-05-01' = {
  name: '\${prefix}-${app}-nic-${number}'
  location: location
  properties: {
    ipConfigurations: [
      {
        name: 'ip'
        properties: {
          subnet: { id: vnet${index}.properties.subnets[0].id }
          loadBalancerBackendAddressPools: [
            { id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', '\${prefix}-${app}-lb', 'pool') }
          ]
        }
      }
    ]
  }
}

resource vm${index}x${number} 'Microsoft.Compute/virtualMachines@2024-07-01' = {
  name: '\${prefix}-${app}-vm-${number}'
  location: location
  properties: {
    hardwareProfile: { vmSize: 'Standard_D2s_v5' }
    networkProfile: { networkInterfaces: [{ id: nic${index}x${number}.id }] }
  }
}
`;
  return `
resource nsg${index} 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {
  name: '\${prefix}-${app}-nsg'
  location: location
  properties: {
    securityRules: [
      {
        name: 'AllowWeb'
        properties: {
          priority: 100
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefix: 'Internet'
          sourcePortRange: '*'
          destinationAddressPrefix: '*'
          destinationPortRange: string(port)
        }
      }
    ]
  }
}

resource routes${index} 'Microsoft.Network/routeTables@2024-05-01' = {
  name: '\${prefix}-${app}-routes'
  location: location
  properties: { routes: [] }
}

resource nat${index} 'Microsoft.Network/natGateways@2024-05-01' = {
  name: '\${prefix}-${app}-nat'
  location: location
  sku: { name: 'Standard' }
}

resource vnet${index} 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: '\${prefix}-${app}-vnet'
  location: location
  properties: {
    addressSpace: { addressPrefixes: ['${network}'] }
    subnets: [
      {
        name: 'web'
        properties: {
          addressPrefix: '${network}'
          networkSecurityGroup: { id: nsg${index}.id }
          routeTable: { id: routes${index}.id }
          natGateway: { id: nat${index}.id }
        }
      }
    ]
  }
}

resource pip${index} 'Microsoft.Network/publicIPAddresses@2024-05-01' = {
  name: '\${prefix}-${app}-pip'
  location: location
  sku: { name: 'Standard' }
  properties: { publicIPAllocationMethod: 'Static' }
}

resource lb${index} 'Microsoft.Network/loadBalancers@2024-05-01' = {
  name: '\${prefix}-${app}-lb'
  location: location
  sku: { name: 'Standard' }
  properties: {
    frontendIPConfigurations: [{ name: 'front', properties: { publicIPAddress: { id: pip${index}.id } } }]
    backendAddressPools: [{ name: 'pool' }]
    probes: [{ name: 'probe', properties: { protocol: 'Tcp', port: port } }]
    loadBalancingRules: [
      {
        name: 'web'
        properties: {
          protocol: 'Tcp'
          frontendPort: 80
          backendPort: port
          frontendIPConfiguration: { id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', '\${prefix}-${app}-lb', 'front') }
          backendAddressPool: { id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', '\${prefix}-${app}-lb', 'pool') }
          probe: { id: resourceId('Microsoft.Network/loadBalancers/probes', '\${prefix}-${app}-lb', 'probe') }
        }
      }
    ]
  }
}
${machine(0)}${machine(1)}`;
}

/** Ten resources that are evaluated in few steps, because the budget of a root is that of about 6,000 of them. */
function lightBicepUnit(index) {
  return Array.from(
    { length: UNIT_OF_BICEP },
    (_, number) => `
resource pip${index}x${number} 'Microsoft.Network/publicIPAddresses@2024-05-01' = {
  name: '\${prefix}-app${index}-pip-${number}'
  location: location
  sku: { name: 'Standard' }
  properties: { publicIPAllocationMethod: 'Static', idleTimeoutInMinutes: port > 80 ? 10 : 4 }
}
`,
  ).join('');
}

/** Files of a Bicep root of so many resources, in ten modules. */
function bicepRoot(resources, unit = bicepUnit) {
  const units = resources / UNIT_OF_BICEP / MODULES;
  const files = {};
  const calls = [];
  for (let module = 0; module < MODULES; module += 1) {
    const head =
      'param location string = resourceGroup().location\nparam prefix string\nparam port int = 8080\n';
    const parts = Array.from({ length: units }, (_, number) => unit(module * units + number));
    files[`module${module}.bicep`] = head + parts.join('');
    calls.push(
      `module m${module} 'module${module}.bicep' = {\n  name: 'm${module}'\n  params: { prefix: 'shop' }\n}\n`,
    );
  }
  return { ...files, 'main.bicep': calls.join('\n') };
}

/** Files of a Terraform root of so many resources: the unit of the plans, one file each. */
function terraformRoot(resources) {
  const unit = readFileSync(new URL('fixtures/unit.tf', import.meta.url), 'utf8');
  const rest = unit.slice(unit.indexOf('locals {')).replace(/^ {2}tags +=.*\n/m, '');
  return Object.fromEntries(
    Array.from({ length: resources / UNIT_OF_TERRAFORM }, (_, index) => {
      const block = index * 16;
      const text = (index === 0 ? unit : rest)
        .replaceAll('u0000', `u${String(index).padStart(4, '0')}`)
        .replace(/\b10\.0\.([01])\./g, (_, third) => `10.${block >> 8}.${(block & 255) + Number(third)}.`);
      return [`unit${index}.tf`, text];
    }),
  );
}

/** How long some work takes, in milliseconds, and what it gives. */
async function timed(work) {
  const before = performance.now();
  const result = await work();
  return { milliseconds: performance.now() - before, result };
}

function expectResources(found, wanted) {
  if (found !== wanted) throw new Error(`${found} resources of ${wanted}`);
}

async function parseBicepText() {
  const { parseBicep } = await import('../dist/src/sources/bicep/parser.js');
  const text = Array.from({ length: 500 }, (_, index) => bicepUnit(index)).join('');
  const { milliseconds, result } = await timed(() => parseBicep(text));
  if (result.faults.length > 0) throw new Error(result.faults[0].message);
  return text.length / 1_000 / milliseconds;
}

async function readBicepRoot(resources, unit) {
  const { readBicep } = await import('../dist/src/sources/bicep/read-bicep.js');
  const files = bicepRoot(resources, unit);
  const { milliseconds, result } = await timed(() =>
    readBicep({ path: 'main.bicep', text: files['main.bicep'], readFile: (name) => files[name] }),
  );
  expectResources(result.model.resources.length, resources);
  return milliseconds;
}

async function readTerraform(resources) {
  const { readTerraformRoot } = await import('../dist/src/sources/terraform-hcl/read-root.js');
  const { toModel } = await import('../dist/src/sources/azurerm/to-model.js');
  const files = terraformRoot(resources);
  const encoder = new TextEncoder();
  const reader = {
    read: (file) => (files[file] === undefined ? undefined : encoder.encode(files[file])),
    list: (folder) =>
      folder === '' ? Object.keys(files).map((name) => ({ name, kind: 'file' })) : undefined,
  };
  const { milliseconds, result } = await timed(async () => {
    const { root } = await readTerraformRoot({ directory: '', files: reader, isPlanned: true });
    return { root, model: toModel(root).model };
  });
  expectResources(result.root.instances.length, resources);
  return milliseconds;
}

/** Tells the processor time of a Node process when it ends. */
const REPORT_TIME = `import { writeSync } from 'node:fs';
process.on('exit', () => {
  const { user, system } = process.cpuUsage();
  writeSync(3, String((user + system) / 1000));
});`;

/** The whole command on a folder, from its start to its end. */
function checkTerraform(resources) {
  const folder = mkdtempSync(path.join(tmpdir(), 'portcullis-bench-'));
  try {
    for (const [name, text] of Object.entries(terraformRoot(resources)))
      writeFileSync(path.join(folder, name), text);
    const cli = fileURLToPath(new URL('../dist/src/cli.js', import.meta.url));
    const preload = `--import=data:text/javascript,${encodeURIComponent(REPORT_TIME)}`;
    const { status, stderr, output } = spawnSync(
      process.execPath,
      [preload, cli, 'check', folder, '--format', 'json', '--root', folder],
      { stdio: ['ignore', 'ignore', 'pipe', 'pipe'], encoding: 'utf8' },
    );
    if (status !== 0 && status !== 1) throw new Error(stderr);
    return Number(output[3]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const CASES = {
  'bicep-speed': parseBicepText,
  'bicep-100': () => readBicepRoot(100),
  'bicep-1000': () => readBicepRoot(1_000, lightBicepUnit),
  'bicep-10000': () => readBicepRoot(10_000, lightBicepUnit),
  'terraform-100': () => readTerraform(100),
  'terraform-1000': () => readTerraform(1_000),
  'terraform-10000': () => readTerraform(10_000),
  'terraform-cold': () => checkTerraform(100),
};

function run(name) {
  const { stdout, stderr, status } = spawnSync(process.execPath, [fileURLToPath(import.meta.url), name], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${name}: ${stderr}`);
  return Number(stdout);
}

function least(name, rounds = ROUNDS) {
  return Math.min(...Array.from({ length: rounds }, () => run(name)));
}

function print(what, value, unit, goal, isMet) {
  const shown = value.toFixed(unit === 'ms' ? 0 : 2);
  const verdict = goal === undefined ? '' : `  goal ${goal}  ${isMet ? 'OK' : 'over'}`;
  process.stdout.write(`${what.padEnd(52)}${shown.padStart(8)} ${unit.padEnd(5)}${verdict}\n`);
}

function atMost(what, value, unit, goal) {
  print(what, value, unit, goal, value <= goal);
}

function measure() {
  const speed = Math.max(...Array.from({ length: ROUNDS }, () => run('bicep-speed')));
  print('Bicep, parsing', speed, 'MB/s', 5, speed >= 5);
  atMost('Bicep, 100 resources in 10 modules', least('bicep-100'), 'ms', 60);
  const bicep = least('bicep-10000', 2) / 10 / least('bicep-1000');
  atMost('Bicep, per resource, 10,000 against 1,000', bicep, 'times', 1.25);
  atMost('Terraform, 100 resources, without hcl2json', least('terraform-100'), 'ms', 150);
  const terraform = least('terraform-10000', 2) / 10 / least('terraform-1000');
  atMost('Terraform, per resource, 10,000 against 1,000', terraform, 'times', 1.25);
  atMost('Terraform, 100 resources, whole command, cold', least('terraform-cold'), 'ms', 1_200);
}

const [, script, name] = process.argv;
if (script === fileURLToPath(import.meta.url)) {
  try {
    if (name === undefined) measure();
    else process.stdout.write(String(await CASES[name]()));
  } catch (error) {
    process.stderr.write(`bench: ${error.message}\n`);
    process.exitCode = 1;
  }
}
