import type { Origin } from '../../../text/origin.ts';
import { asItems, field, type Value } from '../../../value/value.ts';
import { type BicepFile, openBuiltInFile } from '../bicep-file.ts';
import type { Arguments } from '../deployment.ts';
import type { ObjectTypeMember, TypeExpression } from '../type-syntax.ts';
import { LOAD_BALANCER } from './load-balancer.ts';
import { NETWORK_INTERFACE } from './network-interface.ts';
import { NETWORK_SECURITY_GROUP } from './network-security-group.ts';
import {
  APPLICATION_SECURITY_GROUP,
  NAT_GATEWAY,
  PUBLIC_IP_ADDRESS,
  PUBLIC_IP_PREFIX,
  ROUTE_TABLE,
} from './small-modules.ts';
import { VIRTUAL_MACHINE } from './virtual-machine.ts';
import { SUBNET, VIRTUAL_NETWORK } from './virtual-network.ts';

/** Modules that people use most in networks, by their path in the public registry, as Bicep that declares what they declare. */
export const MODULES: ReadonlyMap<string, string> = new Map([
  ['avm/res/compute/virtual-machine', VIRTUAL_MACHINE],
  ['avm/res/network/application-security-group', APPLICATION_SECURITY_GROUP],
  ['avm/res/network/load-balancer', LOAD_BALANCER],
  ['avm/res/network/nat-gateway', NAT_GATEWAY],
  ['avm/res/network/network-interface', NETWORK_INTERFACE],
  ['avm/res/network/network-security-group', NETWORK_SECURITY_GROUP],
  ['avm/res/network/public-ip-address', PUBLIC_IP_ADDRESS],
  ['avm/res/network/public-ip-prefix', PUBLIC_IP_PREFIX],
  ['avm/res/network/route-table', ROUTE_TABLE],
  ['avm/res/network/virtual-network', VIRTUAL_NETWORK],
  ['avm/res/network/virtual-network/subnet', SUBNET],
]);
const PUBLIC = /^mcr\.microsoft\.com\/bicep\/(.+)$/;
const DEEPEST = 20;

/** Whether the whole is covered, although every name in it is. */
const REFUSED: ReadonlyMap<string, (value: (name: string) => Value | undefined) => boolean> = new Map([
  ['avm/res/network/load-balancer', (value) => hasIdleAddresses(value('backendaddresspools'))],
  ['avm/res/network/virtual-network', (value) => isOfAddressManager(value('addressprefixes'))],
]);

/**
 * A stand-in for a published module that is not on this disk. Undefined when the module is not among the known ones, or when
 * something is given to it, at any depth, that the stand-in does not translate: then nothing is known about it.
 */
export function knownModule(repository: string, given: Arguments, origin: Origin): BicepFile | undefined {
  const name = PUBLIC.exec(repository)?.[1] ?? '';
  const text = MODULES.get(name);
  if (text === undefined || given.more !== undefined) return undefined;
  const file = openBuiltInFile(`br/public:${name}`, text, origin);
  for (const [parameter, value] of given.values) {
    const declaration = file.syntax.declarations.find(
      (one) => one.kind === 'parameter' && one.name.text.toLowerCase() === parameter,
    );
    if (declaration?.kind !== 'parameter' || !covers(declaration.type, value(), 0)) return undefined;
  }
  return REFUSED.get(name)?.((parameter) => given.values.get(parameter)?.()) === true ? undefined : file;
}

/** Whether every name in a value is one that the type knows. What is not known yet has none. */
function covers(type: TypeExpression, value: Value, depth: number): boolean {
  if (depth > DEEPEST) return false;
  if (value.kind === 'absent' || value.kind === 'unknown') return true;
  switch (type.kind) {
    case 'nullable-type':
      return covers(type.base, value, depth + 1);
    case 'array-type':
      return value.kind === 'list' && value.items.every((item) => covers(type.item, item, depth + 1));
    case 'object-type':
      if (value.kind !== 'object' || value.more !== undefined) return false;
      return [...value.fields].every(([name, item]) => {
        const member = type.members.find(({ key }) => nameOf(key)?.toLowerCase() === name);
        return member !== undefined && covers(member.type, item, depth + 1);
      });
    default:
      return true;
  }
}

function nameOf(key: ObjectTypeMember['key']): string | undefined {
  return key !== '*' && key.kind === 'name' ? key.text : undefined;
}

/** Addresses of a pool count for one version of the module only when its membership is `BackendAddress`. */
function hasIdleAddresses(pools: Value | undefined): boolean {
  if (pools === undefined) return false;
  return asItems(pools).items.some((pool) => {
    const addresses = asItems(field(pool, 'loadBalancerBackendAddresses'));
    const mode = field(pool, 'backendMembershipMode');
    const count = addresses.items.length + (addresses.unknown === undefined ? 0 : 1);
    return count > 0 && !(mode.kind === 'known' && String(mode.value).toLowerCase() === 'backendaddress');
  });
}

/** The first prefix may be the id of a pool of an address manager. */
function isOfAddressManager(prefixes: Value | undefined): boolean {
  const [first] = prefixes === undefined ? [] : asItems(prefixes).items;
  return first?.kind === 'known' && /networkManagers/i.test(String(first.value));
}
