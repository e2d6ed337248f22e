import type { RootReport } from '../engine/report.ts';
import type { Origin } from '../text/origin.ts';
import { printable } from '../text/printable.ts';

/** A place as a person finds it, or undefined for a default of Azure, which is written nowhere. */
export type PlaceText = (origin: Origin) => string | undefined;

const LONGEST = 500;

interface Named {
  readonly address: string;
  readonly origin: Origin;
}

/**
 * Names places of a root: `main.bicep:41:7`, or for a plan the address of the resource that holds the place and the JSON
 * pointer to it: `azurerm_lb_rule.http (plan.json#/resource_changes/4)`.
 */
export function createPlaceText(root: RootReport): PlaceText {
  let addresses: ReadonlyMap<string, string> | undefined;
  return (origin) => {
    const written = originText(origin);
    if (written === undefined || origin.kind !== 'json') return written;
    addresses ??= addressesOf(root);
    const address = addressAt(origin, addresses);
    return address === undefined ? written : `${printable(address)} (${written})`;
  };
}

/** `main.bicep:41:7` or `plan.json#/resource_changes/4`; undefined for a default of Azure. */
export function originText(origin: Origin): string | undefined {
  switch (origin.kind) {
    case 'platform':
      return undefined;
    case 'text':
      return `${printable(origin.path, LONGEST)}:${origin.line}:${origin.column}`;
    case 'json':
      return printable(origin.pointer === '' ? origin.path : `${origin.path}#${origin.pointer}`, LONGEST);
  }
}

/** The address of the nearest node around an origin that has one. */
function addressAt(
  { path, pointer }: Extract<Origin, { kind: 'json' }>,
  addresses: ReadonlyMap<string, string>,
): string | undefined {
  for (let node = pointer; node !== ''; node = node.slice(0, node.lastIndexOf('/'))) {
    const address = addresses.get(`${path}#${node}`);
    if (address !== undefined) return address;
  }
  return undefined;
}

function addressesOf(root: RootReport): ReadonlyMap<string, string> {
  const addresses = new Map<string, string>();
  const seen = new Set<unknown>();
  const add = (named: Named): void => {
    if (seen.has(named)) return;
    seen.add(named);
    const { origin, address } = named;
    if (origin.kind === 'json') addresses.set(`${origin.path}#${origin.pointer}`, address);
  };
  for (const { subject } of root.findings) add(subject);
  for (const path of root.paths) {
    add(path);
    add(path.loadBalancer);
    if (path.probeResource !== undefined) add(path.probeResource);
    for (const { member } of path.members) {
      add(member);
      if (member.networkInterface !== undefined) add(member.networkInterface);
      for (const { levels } of member.placements) {
        for (const { group } of levels) {
          if (group === 'none' || 'unreadable' in group || seen.has(group)) continue;
          add(group);
          for (const rule of group.rules.items) add(rule);
        }
      }
    }
  }
  return addresses;
}
