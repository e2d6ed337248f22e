import fc from 'fast-check';
import { unknown } from '../../../src/value/value.ts';
import { type ArmResource, sub } from '../../support/arm-model.ts';
import { arbitraryRules } from './arbitrary-level.ts';
import { resourcesOf, ruleOf } from './estate-resources.ts';
import type { PlainEstate, PlainRule } from './plain-estate.ts';

/** The parts of a rule that the code may leave open. */
const PARTS = [
  'priority',
  'access',
  'direction',
  'protocol',
  'source',
  'destination',
  'sourcePorts',
  'destinationPorts',
  'moreSources',
  'morePorts',
  'existence',
] as const;

export type OpenPart = (typeof PARTS)[number];

/** A rule of which only some parts are known; the others have values all the same, which count for nothing. */
export interface OpenRule {
  readonly rule: PlainRule;
  readonly open: readonly OpenPart[];
}

/** What stands in front of one machine. */
export interface OpenMachine {
  /** The rules of the subnet's group, then those of the interface's. */
  readonly levels: readonly (readonly OpenRule[])[];
  readonly isMember: boolean;
  /** The address space of its virtual network is not known. */
  readonly isSpaceOpen?: boolean;
  /** A prefix or service tag with a route to an appliance. */
  readonly route?: string | undefined;
}

const UNKNOWN = unknown(
  { kind: 'known-after-apply', name: 'random_integer.x.result' },
  { kind: 'json', path: 'test.json', pointer: '' },
);

/** Rules of one group, about two of five with open parts. */
export function arbitraryOpenRules(maxLength: number): fc.Arbitrary<readonly OpenRule[]> {
  return arbitraryRules(maxLength).chain((rules) =>
    fc.tuple(
      ...rules.map((rule) =>
        fc.record({
          rule: fc.constant(rule),
          open: fc.oneof(
            { weight: 3, arbitrary: fc.constant([]) },
            {
              weight: 2,
              arbitrary: fc.uniqueArray(fc.constantFrom(...PARTS), { minLength: 1, maxLength: 2 }),
            },
          ),
        }),
      ),
    ),
  );
}

/** The rule in ARM, with an unknown in every open part. */
function openRule({ rule, open }: OpenRule): Record<string, unknown> {
  const inSide = 'prefixes' in rule.source ? rule.source.prefixes : [];
  const masks: Readonly<Record<OpenPart, Record<string, unknown>>> = {
    priority: { priority: UNKNOWN },
    access: { access: UNKNOWN },
    direction: { direction: UNKNOWN },
    protocol: { protocol: UNKNOWN },
    source: {
      sourceAddressPrefix: UNKNOWN,
      sourceAddressPrefixes: null,
      sourceApplicationSecurityGroups: null,
    },
    destination: {
      destinationAddressPrefix: UNKNOWN,
      destinationAddressPrefixes: null,
      destinationApplicationSecurityGroups: null,
    },
    sourcePorts: { sourcePortRange: UNKNOWN, sourcePortRanges: null },
    destinationPorts: { destinationPortRange: UNKNOWN, destinationPortRanges: null },
    moreSources: { sourceAddressPrefix: null, sourceAddressPrefixes: [...inSide, UNKNOWN] },
    morePorts: { destinationPortRange: null, destinationPortRanges: [...rule.destinationPorts, UNKNOWN] },
    existence: {},
  };
  const { name, properties } = ruleOf(rule);
  const whole = PARTS.filter((part) => open.includes(part) && !part.startsWith('more'));
  const more = PARTS.filter((part) => open.includes(part) && part.startsWith('more'));
  return {
    name,
    properties: Object.assign({}, properties, ...[...more, ...whole].map((part) => masks[part])),
  };
}

/** Rules that may not exist are declared on their own. */
function groupResources(name: string, rules: readonly OpenRule[]): readonly ArmResource[] {
  const isSure = ({ open }: OpenRule): boolean => !open.includes('existence');
  const listed = rules.map((each, index) => ({
    ...openRule(each),
    name: `rule${index}`,
    isSure: isSure(each),
  }));
  return [
    {
      type: 'networkSecurityGroups',
      name,
      properties: { securityRules: listed.filter((each) => each.isSure) },
    },
    ...listed
      .filter((each) => !each.isSure)
      .map(
        (each): ArmResource => ({
          ...each,
          type: `networkSecurityGroups/${name}/securityRules`,
          parent: sub(`networkSecurityGroups/${name}`).id,
          condition: UNKNOWN,
        }),
      ),
  ];
}

/** One machine behind the groups of its subnet and of its interface, as resources. */
export function openMachine({
  levels: [subnet, nic],
  isMember,
  isSpaceOpen,
  route,
}: OpenMachine): readonly ArmResource[] {
  const estate: PlainEstate = {
    networks: [
      {
        name: 'vnet0',
        space: ['10.0.0.0/16', 'fd00:0:0::/48'],
        peers: [],
        subnets: [
          {
            name: 'snet',
            prefixes: ['10.0.1.0/24', 'fd00:0:0:1::/64'],
            ...(subnet === undefined ? {} : { group: 'nsg-subnet' }),
            ...(route === undefined ? {} : { routes: [{ prefix: route, hop: 'VirtualAppliance' as const }] }),
          },
        ],
      },
    ],
    groups: [],
    interfaces: [
      {
        name: 'nic',
        ...(nic === undefined ? {} : { group: 'nsg-nic' }),
        configurations: [
          {
            name: 'ip',
            network: 'vnet0',
            subnet: 'snet',
            version: 4,
            address: '10.0.1.4',
            pools: [],
            natRules: [],
            natPools: [],
            applicationGroups: isMember ? ['asg-in'] : [],
          },
        ],
      },
    ],
    balancers: [],
    publicIps: [],
    applicationGroups: ['asg-in', 'asg-out'],
  };
  const open = { addressSpace: { addressPrefixes: UNKNOWN } };
  const resources = resourcesOf(estate).map((each) =>
    isSpaceOpen === true && each.type === 'virtualNetworks'
      ? { ...each, properties: Object.assign({}, each.properties, open) }
      : each,
  );
  return [
    ...resources,
    ...(subnet === undefined ? [] : groupResources('nsg-subnet', subnet)),
    ...(nic === undefined ? [] : groupResources('nsg-nic', nic)),
  ];
}
