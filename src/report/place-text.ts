import type { RootReport } from '../engine/report.ts';
import type { Origin } from '../text/origin.ts';
import { printable } from '../text/printable.ts';

/** A place as a person finds it, or undefined for a default of Azure, which is written nowhere. */
export type PlaceText = (origin: Origin) => string | undefined;

const LONGEST = 500;

/**
 * Names places of a root: `main.bicep:41:7`, or for a plan the address of the resource that holds the place and the JSON
 * pointer to it: `azurerm_lb_rule.http (plan.json#/resource_changes/4)`.
 */
export function createPlaceText(root: RootReport): PlaceText {
  const addressOf = createAddressOf(root);
  return (origin) => {
    const written = originText(origin);
    const address = addressOf(origin);
    return written === undefined || address === undefined ? written : `${printable(address)} (${written})`;
  };
}

/** Finds the address of the resource of a root that holds a place in a JSON document. */
export function createAddressOf(root: Pick<RootReport, 'places'>): (origin: Origin) => string | undefined {
  let addresses: ReadonlyMap<string, string> | undefined;
  return (origin) => {
    if (origin.kind !== 'json') return undefined;
    addresses ??= addressesOf(root);
    return addressAt(origin, addresses);
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

function addressesOf({ places }: Pick<RootReport, 'places'>): ReadonlyMap<string, string> {
  return new Map(
    places.flatMap(({ origin, address }) =>
      origin.kind === 'json' ? [[`${origin.path}#${origin.pointer}`, address] as const] : [],
    ),
  );
}
