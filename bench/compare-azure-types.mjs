/**
 * Compares the resource types Portcullis describes itself with Microsoft's catalogue, in every API version:
 *
 *     npm run build && node bench/compare-azure-types.mjs PATH/TO/bicep-types-az/generated/index.json
 *
 * Prints one line for each difference that is not expected, with the API versions that have it, and ends with 1 when
 * there is one.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { loadAzureTypes } from '../dist/src/arm/types/azure-catalogue.js';
import { modelledTypes } from '../dist/src/arm/types/modelled-types.js';

const NETWORK = [
  'loadBalancers',
  'loadBalancers/backendAddressPools',
  'loadBalancers/inboundNatRules',
  'loadBalancers/frontendIPConfigurations',
  'loadBalancers/loadBalancingRules',
  'loadBalancers/outboundRules',
  'loadBalancers/probes',
  'publicIPAddresses',
  'publicIPPrefixes',
  'networkInterfaces',
  'networkInterfaces/ipConfigurations',
  'networkSecurityGroups',
  'networkSecurityGroups/defaultSecurityRules',
  'networkSecurityGroups/securityRules',
  'applicationSecurityGroups',
  'virtualNetworks',
  'virtualNetworks/subnets',
  'virtualNetworks/virtualNetworkPeerings',
  'routeTables',
  'routeTables/routes',
  'natGateways',
  'privateLinkServices',
];
const COMPUTE = ['virtualMachines', 'virtualMachineScaleSets'];
const TYPES = [
  ...NETWORK.map((type) => `Microsoft.Network/${type}`),
  ...COMPUTE.map((type) => `Microsoft.Compute/${type}`),
];

/** The catalogue has this version of Microsoft.Network filled with the properties of 2019-07-01. */
const BACK_FILLED = 'microsoft.network@2018-10-01';

/** Before this version the catalogue marks hardly anything as read-only. */
const READ_ONLY_MARKED = '2019-09-01';

/** What is described otherwise on purpose. */
const EXPECTED = [
  // Azure has always refused a rule without a priority; the catalogue says so since 2022-09-01.
  /securityRules(\[\])?\.properties\.priority: required true/,
  // Old requirements that fell away later: nothing is said of them.
  /securityRules(\[\])?\.properties\.\w+AddressPrefix: required false/,
  /extendedLocation\.\w+: required false/,
  /virtualMachineProfile\..*\.subnet: required false/,
  // Azure has always taken both: templates of the portal's export and Microsoft's own deploy with them.
  /\.type: officially not there/,
  /\.sku\.tier: officially not there/,
  // Gaps of single versions, or of some, in which the property was left out and came back.
  /(Pools\[\]|backendAddressPools)\.properties\.location: officially not there/,
  /ddosSettings\.ddosCustomPolicy: officially not there/,
];

const indexFile = process.argv[2];
if (indexFile === undefined) throw new Error('name the index.json of the catalogue');
const catalogue = loadAzureTypes(readFileSync(indexFile, 'utf8'), indexFile, (file) =>
  readFileSync(path.join(path.dirname(indexFile), file), 'utf8'),
);
if ('problem' in catalogue) throw new Error(catalogue.problem.message);

const { resources } = JSON.parse(readFileSync(indexFile, 'utf8'));
const differences = new Map();

function note(text, version) {
  const versions = differences.get(text) ?? [];
  versions.push(version);
  differences.set(text, versions);
}

function holdsIn({ since, until } = {}, version) {
  return (since ?? version) <= version && (until ?? version) >= version;
}

/** Compares what two shapes allow in one version. `seen` holds the pairs of objects on the way, which refer to themselves. */
function compare(own, official, at, version, seen) {
  if (own.kind === 'any' || official.kind === 'any') return;
  if (own.kind !== official.kind) return note(`${at}: ${own.kind}, officially ${official.kind}`, version);
  if (own.kind === 'list') return compare(own.item(), official.item(), `${at}[]`, version, seen);
  if (own.kind !== 'object' || seen.get(own)?.has(official)) return;
  seen.set(own, (seen.get(own) ?? new Set()).add(official));
  if (own.rest === undefined && official.rest !== undefined) note(`${at}: officially open`, version);
  for (const [key, property] of own.properties) {
    const there = official.properties.get(key);
    const name = `${at}.${property.name}`;
    if (!holdsIn(property.history, version)) {
      if (there !== undefined) note(`${name}: officially there`, version);
      continue;
    }
    if (there === undefined) {
      note(`${name}: officially not there`, version);
      continue;
    }
    if (property.isRequired !== there.isRequired) {
      note(`${name}: required ${property.isRequired}, officially ${there.isRequired}`, version);
    }
    const isReadOnly = property.isReadOnly && (property.history?.readOnlySince ?? version) <= version;
    if (version >= READ_ONLY_MARKED && isReadOnly !== there.isReadOnly) {
      note(`${name}: read-only ${isReadOnly}, officially ${there.isReadOnly}`, version);
    }
    if (!property.isReadOnly && !there.isReadOnly)
      compare(property.shape(), there.shape(), name, version, seen);
  }
  if (own.rest !== undefined) return;
  for (const [key, { name }] of official.properties) {
    if (!own.properties.has(key)) note(`${at}.${name}: only officially`, version);
  }
}

for (const type of TYPES) {
  const keys = Object.keys(resources).filter((key) => key.toLowerCase().startsWith(`${type}@`.toLowerCase()));
  const versions = keys.map((key) => key.split('@')[1]).sort();
  for (const version of versions) {
    const namespace = type.split('/')[0].toLowerCase();
    if (version.includes('preview') || `${namespace}@${version}` === BACK_FILLED) continue;
    const official = catalogue.types.find(type, version);
    const own = modelledTypes().find(type, version);
    if (official.isWritable !== own.isWritable) {
      note(`${type}: writable ${own.isWritable}, officially ${official.isWritable}`, version);
    }
    if (own.isWritable) compare(own.body, official.body, type, version, new Map());
  }
  console.log(`${type}: ${versions.length} versions`);
}
for (const [text, versions] of differences) {
  if (EXPECTED.some((expected) => expected.test(text))) continue;
  process.exitCode = 1;
  console.log(`${text} (${versions.length}: ${versions[0]} to ${versions.at(-1)})`);
}
console.log(`${differences.size} differences`);
