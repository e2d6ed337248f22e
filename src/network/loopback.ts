import { isIP } from 'node:net';
import type { Machine } from '../model/azure/virtual-machine.ts';
import type { Origin } from '../text/origin.ts';
import { textOr } from '../value/shown.ts';
import { guestTexts, type Mention, mentionsOf } from './guest-text.ts';
import type { Member } from './members.ts';
import type { Path } from './path.ts';
import type { Topology } from './topology.ts';

/**
 * A member of a pool whose code calls the internal frontend of a rule of that very pool: when the balancer picks the
 * caller itself, the flow loops back and dies. Semantics 5.1 and 5.4.
 */
export interface LoopbackCall {
  readonly machine: string;
  /** `custom data`, `user data` or `extension settings`. */
  readonly carrier: string;
  readonly origin: Origin;
  /** Whether the address is written out, or is a reference to the frontend. */
  readonly evidence: 'literal' | 'reference';
  /** Number of members the balancer picks from; undefined while a scale set's capacity is not known. */
  readonly members: number | undefined;
}

/** The calls of a path's own members to its frontend. */
export function loopbackCalls(path: Path, topology: Topology): readonly LoopbackCall[] {
  if (path.kind !== 'rule' || path.scheme !== 'internal' || isClusterListener(path)) return [];
  const members = countMembers(path);
  const machines = new Set(path.members.flatMap(({ member }) => machineOf(member, topology) ?? []));
  return [...machines].flatMap((machine) => {
    const call = callOf(machine, path);
    return call === undefined ? [] : [{ ...call, machine: textOr(machine.name, machine.address), members }];
  });
}

/** The machine whose interface certainly is a member. */
function machineOf({ networkInterface, uncertain }: Member, topology: Topology): Machine | undefined {
  if (networkInterface === undefined || uncertain !== undefined) return undefined;
  return topology.machineOf(networkInterface.scaleSet?.id ?? networkInterface.id);
}

function callOf(machine: Machine, path: Path): Omit<LoopbackCall, 'machine' | 'members'> | undefined {
  const { frontend } = path;
  if (frontend === undefined) return undefined;
  const address = frontend.privateIPAddress.kind === 'known' ? frontend.privateIPAddress.value : '';
  const texts = machine.carriers.map((carrier) => ({ carrier, texts: guestTexts(carrier) }));
  for (const { carrier, texts: found } of texts) {
    const common = { carrier: carrier.kind.replaceAll('-', ' '), origin: carrier.value.origin };
    if (carrier.value.kind === 'unknown') {
      const named = (carrier.value.references ?? []).filter(
        ({ property }) => property === 'privateIPAddress',
      );
      const [only] = named;
      if (named.length === 1 && only?.id === frontend.id) return { ...common, evidence: 'reference' };
      continue;
    }
    if (isIP(address) === 0) continue;
    const mentions = found.flatMap((text) => mentionsOf(text, address));
    if (mentions.some((mention) => isServed(mention, path))) return { ...common, evidence: 'literal' };
  }
  return undefined;
}

function isServed({ port }: Mention, path: Path): boolean {
  const { frontendPort } = path.rule;
  if (port === undefined || frontendPort.kind !== 'known' || frontendPort.value === 0) return true;
  return frontendPort.value === port;
}

const CLUSTER_PROBE_PORTS = new Set([58_888, 59_999]);

/**
 * The listener of a failover cluster or availability group: with floating IP only the active node answers the probe
 * and owns the address itself, so nothing loops back. Semantics 5.3.
 */
export function isClusterListener(path: Path): boolean {
  const { floatingIp } = path.rule;
  const port = path.probeResource?.port;
  if (port?.kind !== 'known' || floatingIp.kind !== 'known' || !floatingIp.value) return false;
  return CLUSTER_PROBE_PORTS.has(port.value) || (port.value >= 62_000 && port.value <= 62_199);
}

/** Number of backends behind all members; undefined while one of them is not known, or a scale set starts empty. */
function countMembers(path: Path): number | undefined {
  let count = 0;
  for (const { member } of path.members) {
    const { instances } = member;
    if (typeof instances === 'number') count += instances;
    else if (instances.kind === 'known') count += instances.value;
    else return undefined;
  }
  return path.membersComplete && count > 0 ? count : undefined;
}
