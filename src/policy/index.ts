/** Everything a policy may use. */
export type { Diagnosis, DiagnosisId } from '../network/diagnose.ts';
export type { NoEgress } from '../network/egress.ts';
export { isClusterListener, type LoopbackCall, loopbackCalls } from '../network/loopback.ts';
export type { Network } from '../network/network.ts';
export type { Path, PathMember } from '../network/path.ts';
export type { ReturnRegion } from '../network/return-path.ts';
export { textOr } from '../value/shown.ts';
export type { Evaluated, Unknown } from '../value/value.ts';
export { type BalancerSubject, balancerSubjects, lowerOf, schemeOf } from './balancers.ts';
export { definePolicy, type Policy, type PolicyMeta } from './define-policy.ts';
export { type EgressMember, type EgressSubject, egressSubjects } from './egress.ts';
export type { Finding, Related, Severity, Subject } from './finding.ts';
export {
  type AddressFault,
  type FrontendAddressSubject,
  frontendAddressSubjects,
} from './frontend-addresses.ts';
export { type NatSubject, natSubjects } from './nat.ts';
export { type OutboundFault, type OutboundSubject, outboundSubjects } from './outbound.ts';
export { pass, undecided } from './outcome.ts';
export {
  type MixedPoolSubject,
  mixedPoolSubjects,
  type PoolClash,
  type SinglePoolSubject,
  singlePoolSubjects,
} from './pools.ts';
export { isUnset, type ProbeSubject, probeProtocol, probeSubjects } from './probes.ts';
export { type ReadOnlySubject, readOnlySubjects } from './read-only.ts';
export { type BrokenReference, type ReferenceSubject, referenceSubjects } from './references.ts';
export { pathNames, type Reply, type ReturnSubject, returnSubjects } from './returns.ts';
export {
  collidingSubjects,
  isFloating,
  isHaPorts,
  type RuleSubject,
  sharesProtocol,
} from './rule-pairs.ts';
export { type ShareSubject, shareSubjects } from './shares.ts';
export { type SkuPairSubject, skuPairSubjects } from './sku-pairs.ts';
export {
  type PathSubject,
  type PoolSubject,
  pathSubjects,
  poolSubjects,
  portsOfPools,
  ruleSubjects,
  type SkuSubject,
  skuSubjects,
} from './subjects.ts';
export {
  allowText,
  causeText,
  clientText,
  moveText,
  numberText,
  portText,
  remedyText,
  routeText,
} from './wording.ts';
