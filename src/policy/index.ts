/** Everything a policy may use. */
export type { Diagnosis, DiagnosisId } from '../network/diagnose.ts';
export { isClusterListener, type LoopbackCall, loopbackCalls } from '../network/loopback.ts';
export type { Network } from '../network/network.ts';
export type { Path, PathMember } from '../network/path.ts';
export type { Evaluated, Unknown } from '../value/value.ts';
export { type BodySubject, bodySubjects } from './body-subjects.ts';
export { definePolicy, type Policy, type PolicyMeta } from './define-policy.ts';
export type { Finding, Related, Severity, Subject } from './finding.ts';
export { pass, undecided } from './outcome.ts';
export {
  type PathSubject,
  type PoolSubject,
  pathSubjects,
  poolSubjects,
  portsOfPools,
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
} from './wording.ts';
