import type { NetworkInterface } from '../model/azure/network-interface.ts';
import type { NetworkSecurityGroup, SecurityRule } from '../model/azure/network-security-group.ts';
import { type Link, linkOf } from '../model/model.ts';
import type { Origin } from '../text/origin.ts';
import { textOr } from '../value/shown.ts';
import { type Evaluated, field } from '../value/value.ts';
import { type FrontendNames, frontendNames, isAddressOf } from './frontend-names.ts';
import type { Path } from './path.ts';
import type { Topology } from './topology.ts';

/** A sign that nobody but the members of a rule is meant to call its frontend: semantics 8.4, LBR403. */
export interface Coupling {
  readonly kind: 'security-rule' | 'dns-record';
  /** The name of the rule, or the name in DNS. */
  readonly name: string;
  readonly origin: Origin;
}

/**
 * A security rule of the members that lets packets out to the frontend alone, or a name in a private zone of their network
 * that leads to it. Other machines that the rule or the name is there for make it no sign.
 */
export function couplingOf(path: Path, topology: Topology): Coupling | undefined {
  const { frontend } = path;
  if (path.scheme !== 'internal' || frontend === undefined || !path.membersComplete) return undefined;
  const names = frontendNames(topology, frontend);
  return bySecurityRule(path, names, topology) ?? byName(path, names, topology);
}

function bySecurityRule(path: Path, names: FrontendNames, topology: Topology): Coupling | undefined {
  for (const { member } of path.members) {
    for (const { group } of member.placements.flatMap(({ levels }) => levels)) {
      if (group === 'none' || 'unreadable' in group) continue;
      const rule = group.rules.items.find((each) => letsOutTo(each, path, names));
      if (rule === undefined || guardsOthers(group, path, topology)) continue;
      return { kind: 'security-rule', name: textOr(rule.name, rule.address), origin: rule.origin };
    }
  }
  return undefined;
}

/** An outbound allow whose only destination is the frontend, on a port of the rule. */
function letsOutTo(rule: SecurityRule, path: Path, names: FrontendNames): boolean {
  if (!isText(rule.direction, 'outbound') || !isText(rule.access, 'allow') || rule.condition !== undefined)
    return false;
  const { prefixes, ports } = rule.destination;
  const isFrontend = (prefix: Evaluated<string>): boolean =>
    prefix.kind === 'known'
      ? names.addresses.includes(prefix.value.replace(/\/32$/, ''))
      : isAddressOf(prefix, names.addresses, names.isReference);
  const port = path.rule.frontendPort.kind === 'known' ? String(path.rule.frontendPort.value) : undefined;
  const isPort = (text: Evaluated<string>): boolean =>
    text.kind === 'known' && (text.value === '*' || text.value === port);
  const isOnly = prefixes.items.length > 0 && prefixes.unknown === undefined;
  return isOnly && prefixes.items.every(isFrontend) && ports.items.some(isPort);
}

/** Whether a group also stands before an interface that is no member, there or on its subnet. */
function guardsOthers({ id }: NetworkSecurityGroup, path: Path, topology: Topology): boolean {
  const mayBe = (link: Link = { kind: 'none' }): boolean =>
    link.kind === 'to' ? link.id === id : link.kind !== 'none';
  return othersThan(path, topology).some(
    ({ networkSecurityGroup, ipConfigurations }) =>
      mayBe(networkSecurityGroup) ||
      ipConfigurations.items.some(
        ({ subnet }) => subnet.kind !== 'to' || mayBe(topology.subnets.get(subnet.id)?.networkSecurityGroup),
      ),
  );
}

function byName(path: Path, names: FrontendNames, topology: Topology): Coupling | undefined {
  const own = new Set(
    path.members.flatMap(({ member }) =>
      member.placements.flatMap(({ subnet }) =>
        subnet?.virtualNetwork.kind === 'to' ? [subnet.virtualNetwork.id] : [],
      ),
    ),
  );
  const [network] = own;
  if (own.size !== 1 || network === undefined) return undefined;
  const record = topology
    .dnsRecords()
    .find(
      ({ addresses, zone }) =>
        addresses.some((address) => isAddressOf(address, names.addresses, names.isReference)) &&
        isLinkedOnlyTo(topology, zone, network),
    );
  if (record === undefined || hasOthersInNetwork(path, topology, network)) return undefined;
  return { kind: 'dns-record', name: record.name, origin: record.origin };
}

/** Whether machines of one virtual network alone can resolve the names of a zone. */
function isLinkedOnlyTo({ model }: Topology, zone: string, network: string): boolean {
  const links = model
    .ofType('microsoft.network/privatednszones/virtualnetworklinks')
    .filter(({ parent }) => {
      const link = parent === undefined ? undefined : linkOf(parent);
      return link?.kind !== 'to' || link.id === zone;
    })
    .map(({ body }) => linkOf(field(body, 'properties', 'virtualNetwork', 'id')));
  return links.length > 0 && links.every((link) => link.kind === 'to' && link.id === network);
}

function hasOthersInNetwork(path: Path, topology: Topology, network: string): boolean {
  const isThere = (subnetId: string): boolean => {
    const link = topology.subnets.get(subnetId)?.virtualNetwork;
    return link?.kind !== 'to' || link.id === network;
  };
  return othersThan(path, topology).some(({ ipConfigurations }) =>
    ipConfigurations.items.some(({ subnet }) => subnet.kind !== 'to' || isThere(subnet.id)),
  );
}

/** The interfaces of the root that are no members. */
function othersThan(path: Path, { interfaces }: Topology): readonly NetworkInterface[] {
  const members = new Set(path.members.map(({ member }) => member.networkInterface?.id));
  return interfaces.filter(({ id }) => !members.has(id));
}

function isText(value: Evaluated<string>, text: string): boolean {
  return value.kind === 'known' && value.value.toLowerCase() === text;
}
