import type { AddressRanges } from './address-range.ts';

/**
 * One way in which all that the code leaves open turns out: what Azure's pages leave open (azure-semantics sections 1.6,
 * 2.1, 3.1, 3.2, 11), what is decided outside the code, and what Azure picks at deployment.
 */
export interface World {
  /** Section 11, point 1. */
  readonly internetHoldsProbe: boolean;
  /** Section 11, point 2: the prefixes of a subnet's user-defined routes are in its VirtualNetwork tag. */
  readonly virtualNetworkHoldsRoutes: boolean;
  /** Section 11, point 3: for the tag AzureLoadBalancer, and for VirtualNetwork, which holds the same host address. */
  readonly balancerTagHoldsIpv6Probe: boolean;
  readonly virtualNetworkHoldsIpv6Probe: boolean;
  /** A peering declared on one side only has a counterpart in another deployment. */
  readonly halfPeeringsHold: boolean;
  /** Section 11, point 10: an IP-based pool behind a Standard public frontend is closed without a security group. */
  readonly addressPoolsAreClosed: boolean;
  /** Section 11, point 12. */
  readonly omittedSku: 'Basic' | 'Standard';
  /** Networks of the owner behind a gateway that another deployment makes. */
  readonly onPremises: AddressRanges;
  /** What the security groups of other deployments do. */
  readonly otherGroupsAllow: boolean;
  /** The interface of a machine that only an address in a pool tells of. */
  readonly strangersAre: 'open' | 'closed' | 'without group';
  /** Service tags whose addresses Microsoft changes from week to week, by lower-case name; same content for all uses. */
  opaqueTag(name: string): AddressRanges;
  /** Private addresses, by `interface/configuration` or `balancer/frontend`. */
  privateAddress(owner: string): bigint;
  /** By the name of the public IP. */
  publicAddress(name: string): bigint;
}
