import type { PropertyTable, TypeTable } from '../define-types.ts';

/** What a resource has that lives in a region. */
export const TRACKED: PropertyTable = {
  location: 'text',
  tags: 'text{}',
  etag: 'text read-only',
};

/** A resource where another one names it: usually its `id` alone, but Azure takes the rest of it there too. */
export const NAMED: PropertyTable = {
  ...TRACKED,
  id: 'text',
  name: 'text read-only',
  type: 'text read-only',
};

/** A named part of a resource, such as a probe of a load balancer. */
export const ELEMENT: PropertyTable = {
  id: 'text',
  name: 'text',
  etag: 'text read-only',
  type: 'text read-only',
};

/** A named part that is a resource type of its own too; there the type could be written for a time. */
export const CHILD: PropertyTable = {
  ...ELEMENT,
  type: 'text read-only 2025-05-01',
};

/** Objects that several families use. */
export const commonTypes: TypeTable = {
  SubResource: { id: 'text' },
  ExtendedLocation: { name: 'text', type: 'text' },
  AddressSpace: {
    addressPrefixes: 'text[]',
    ipamPoolPrefixAllocations: 'IpamPoolPrefixAllocation[] since 2024-05-01',
  },
  IpamPoolPrefixAllocation: {
    pool: 'SubResource',
    numberOfIpAddresses: 'text',
    allocatedAddressPrefixes: 'text[] read-only',
  },
  IpTag: {
    ipTagType: 'text',
    tag: 'text',
    firstPartyServiceTagId: 'text since 2025-09-01',
  },
};
