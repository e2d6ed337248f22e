/** Everything a policy may use. */
export type { Claim, HealthCheck, InternetNeed } from '../guest/evidence.ts';
export type { GuestEvidence } from '../guest/read-guest.ts';
export { type Link, linkOf } from '../model/model.ts';
export type { Diagnosis, DiagnosisId } from '../network/diagnose.ts';
export type { Egress, NoEgress } from '../network/egress.ts';
export { type Coupling, couplingOf } from '../network/frontend-coupling.ts';
export type { GuardingRule, IdleReason } from '../network/idle-rules.ts';
export type { ConflictPart } from '../network/level-conflict.ts';
export {
  firstLoopbackCalls,
  isClusterListener,
  type LoopbackCall,
  loopbackCalls,
  loopbackMentions,
} from '../network/loopback.ts';
export type { Network } from '../network/network.ts';
export type { Path, PathMember } from '../network/path.ts';
export type { ReturnRegion } from '../network/return-path.ts';
export { faultsOf, type RuleFault } from '../network/rule-faults.ts';
export type { TagDependence } from '../network/tag-dependence.ts';
export type { UnevenMember } from '../network/uneven-members.ts';
export { textOr } from '../value/shown.ts';
export {
  asBoolean,
  asItems,
  asNumber,
  asText,
  type Evaluated,
  field,
  type Unknown,
  type Value,
} from '../value/value.ts';
export { type AdminStateSubject, adminStateSubjects } from './admin-states.ts';
export { type BalancerSubject, balancerSubjects, lowerOf, schemeDoubts, schemeOf } from './balancers.ts';
export { type BodySubject, bodySubjects } from './body-subjects.ts';
export { closedPath } from './closed-path.ts';
export { definePolicy, type Policy, type PolicyDefinition, type PolicyMeta } from './define-policy.ts';
export { type EgressMember, type EgressSubject, egressSubjects } from './egress.ts';
export type { Finding, Related, Severity, Subject } from './finding.ts';
export {
  type AddressFault,
  type FrontendAddressSubject,
  frontendAddressSubjects,
} from './frontend-addresses.ts';
export {
  callNotes,
  claimText,
  type GuestSubject,
  guestName,
  guestNames,
  guestSubjects,
  hasLoopbackSetup,
  isReadable,
  isServedByImage,
  noEgressText,
  probesOfMachine,
  servedPorts,
  withoutEgress,
} from './guests.ts';
export { type NatSubject, natSubjects } from './nat.ts';
export { type OutboundFault, type OutboundSubject, outboundSubjects } from './outbound.ts';
export { type Messages, type Outcome, pass, undecided } from './outcome.ts';
export {
  type MixedPoolSubject,
  mixedPoolSubjects,
  type PoolClash,
  type SinglePoolSubject,
  singlePoolSubjects,
} from './pools.ts';
export { probeCauseText, probePortText, probeRemedyText, probeSourceText } from './probe-wording.ts';
export { isIdle, isUnset, type ProbeSubject, probeProtocol, probeSubjects, unknownsOf } from './probes.ts';
export { type ReadOnlySubject, readOnlySubjects } from './read-only.ts';
export { type BrokenReference, type ReferenceSubject, referenceSubjects } from './references.ts';
export { pathNames, type Reply, type ReturnSubject, returnSubjects } from './returns.ts';
export {
  collidingSubjects,
  existenceDoubts,
  floatingDoubts,
  isFloating,
  isHaPorts,
  type RuleSubject,
  sharedFrontendPort,
  sharedPort,
  sharesBackends,
  sharesFrontend,
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
  rulesWithoutPool,
  type SecurityRuleSubject,
  type SkuSubject,
  securityRuleSubject,
  securityRuleSubjects,
  skuSubjects,
} from './subjects.ts';
export {
  allowedText,
  causeText,
  clientText,
  namesText,
  nameText,
  numberText,
  portsText,
  portText,
  remedyText,
  routeText,
  ruleText,
} from './wording.ts';
