/** Everything a policy may use. */
export type { Diagnosis, DiagnosisId } from '../network/diagnose.ts';
export type { Egress, NoEgress } from '../network/egress.ts';
export type { GuardingRule, IdleReason } from '../network/idle-rules.ts';
export type { ConflictPart } from '../network/level-conflict.ts';
export { isClusterListener, type LoopbackCall, loopbackCalls } from '../network/loopback.ts';
export type { Network } from '../network/network.ts';
export type { Path, PathMember } from '../network/path.ts';
export type { ReturnPath, ReturnRegion } from '../network/return-path.ts';
export { faultsOf, type RuleFault } from '../network/rule-faults.ts';
export type { TagDependence } from '../network/tag-dependence.ts';
export type { UnevenMember } from '../network/uneven-members.ts';
export type { Evaluated, Unknown } from '../value/value.ts';
export { closedPath } from './closed-path.ts';
export { definePolicy, type Policy, type PolicyMeta } from './define-policy.ts';
export type { Finding, Related, Severity, Subject } from './finding.ts';
export { pass, undecided } from './outcome.ts';
export { probeCauseText, probePortText, probeRemedyText, probeSourceText } from './probe-wording.ts';
export {
  type PathSubject,
  type PoolSubject,
  pathSubjects,
  poolSubjects,
  portsOfPools,
  ruleSubjects,
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
  ruleText,
} from './wording.ts';
