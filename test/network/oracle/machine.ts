import { type AddressBook, createAddressBook } from '../../../src/network/address-book.ts';
import { membershipOf } from '../../../src/network/membership.ts';
import { type Placement, placementsOf } from '../../../src/network/placement.ts';
import { type Filter, type Query, type Reach, reach } from '../../../src/network/reach.ts';
import { compileAdminRules, compileGroup } from '../../../src/network/security-rules.ts';
import { buildTopology } from '../../../src/network/topology.ts';
import { type ArmResource, modelOf } from '../../support/arm-model.ts';

/** The first IP configuration of the first interface, as the network layer sees it. */
export interface Machine {
  readonly placement: Placement;
  readonly book: AddressBook;
  /** With a floating IP address the machine's end is not its own address, and no group holds it. */
  reach(query: Query, options?: { readonly isFloating?: boolean }): Reach;
}

/** The only place where these tests touch how groups are compiled. */
export function machineOf(
  resources: readonly ArmResource[],
  direction: 'inbound' | 'outbound' = 'inbound',
): Machine {
  const topology = buildTopology(modelOf(...resources));
  const [nic] = topology.interfaces;
  const [configuration] = nic?.ipConfigurations.items ?? [];
  const [placement] = nic && configuration ? placementsOf(topology, nic, configuration) : [];
  if (placement === undefined) throw new Error('the estate has no interface');
  const book = createAddressBook();
  const filters = placement.levels.map(({ group }): Filter => {
    if (group === 'none' || 'unreadable' in group) return group;
    return compileGroup(group, direction, placement.surroundings, book).compiled;
  });
  const { compiled: adminRules } = compileAdminRules(
    placement.adminRules,
    direction,
    placement.surroundings,
    book,
  );
  const ownEnd = direction === 'inbound' ? 'destination' : 'source';
  return {
    placement,
    book,
    reach: (query, { isFloating = false } = {}) =>
      reach(
        query,
        filters,
        (rule, side) =>
          side === ownEnd && (direction === 'outbound' || !isFloating)
            ? membershipOf(rule, placement)
            : { is: 'no' },
        adminRules,
      ),
  };
}
