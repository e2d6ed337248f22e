import type { SecurityRule } from '../model/azure/network-security-group.ts';
import { linkOf } from '../model/model.ts';
import type { Origin } from '../text/origin.ts';
import { textOr } from '../value/shown.ts';
import { type Evaluated, field, type Unknown } from '../value/value.ts';
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
  if (frontend === undefined || path.scheme !== 'internal' || !path.membersComplete) return undefined;
  const names = frontendNames(topology, frontend);
  return bySecurityRule(path, names, topology) ?? byName(path, names, topology);
}

function bySecurityRule(path: Path, names: FrontendNames, topology: Topology): Coupling | undefined {
  for (const { member } of path.members) {
    for (const { levels, subnet } of member.placements) {
      for (const { at, group } of levels) {
        if (group === 'none' || 'unreadable' in group) continue;
        const rule = group.rules.items.find((each) => letsOutTo(each, path, names));
        if (rule === undefined) continue;
        if (
          at === 'network-interface' ||
          (subnet !== undefined && !hasOthers(path, topology, (id) => id === subnet.id))
        )
          return { kind: 'security-rule', name: textOr(rule.name, rule.address), origin: rule.origin };
      }
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
  return prefixes.items.length > 0 && prefixes.items.every(isFrontend) && ports.items.some(isPort);
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
  const isReference = (value: Unknown): boolean => names.isReference(value);
  const record = topology
    .dnsRecords()
    .find(
      ({ addresses, zone }) =>
        addresses.some((address) => isAddressOf(address, names.addresses, isReference)) &&
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
  return hasOthers(path, topology, (id) => {
    const link = topology.subnets.get(id)?.virtualNetwork;
    return link?.kind !== 'to' || link.id === network;
  });
}

/** Whether the root has an interface in such a subnet that is no member. */
function hasOthers(path: Path, topology: Topology, isThere: (subnetId: string) => boolean): boolean {
  const members = new Set(path.members.flatMap(({ member }) => member.networkInterface?.id ?? []));
  return topology.interfaces.some(
    ({ id, ipConfigurations }) =>
      !members.has(id) &&
      ipConfigurations.items.some(({ subnet }) => subnet.kind !== 'to' || isThere(subnet.id)),
  );
}

function isText(value: Evaluated<string>, text: string): boolean {
  return value.kind === 'known' && value.value.toLowerCase() === text;
}
