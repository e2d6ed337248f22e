import type { ForwardingRule, Frontend, LoadBalancer, Probe } from '../model/azure/load-balancer.ts';
import type { Link } from '../model/model.ts';
import type { Origin } from '../text/origin.ts';
import type { Unknown } from '../value/value.ts';
import type { PathClient } from './clients.ts';
import type { Diagnosis } from './diagnose.ts';
import type { Judgement } from './judge.ts';
import type { Member } from './members.ts';
import type { Verdict } from './reach.ts';

/** One rule or inbound NAT rule for one class of clients, with the verdict over all its members. */
export interface Path {
  /** Load balancer name / rule name; for NAT rules `lb-web/nat:ssh`. */
  readonly name: string;
  readonly kind: 'rule' | 'nat';
  /** What a person would type. */
  readonly address: string;
  readonly origin: Origin;
  readonly loadBalancer: LoadBalancer;
  readonly rule: ForwardingRule;
  readonly frontend: Frontend | undefined;
  /** The backend pools the rule names; none for a rule with a single target. */
  readonly pools: readonly Link[];
  /** The probe the rule names. */
  readonly probeLink: Link;
  readonly scheme: Scheme;
  /** `internet`, `vnet`, `private-link`, the name of a declared client, or `unknown` while the scheme is. */
  readonly client: string;
  readonly clientKind: PathClient['kind'];
  readonly data: Verdict;
  readonly probe: Verdict | 'none';
  readonly probeResource: Probe | undefined;
  readonly members: readonly PathMember[];
  readonly membersComplete: boolean;
  /** What the undecided verdicts wait for, without repetitions. */
  readonly waitsFor: readonly Unknown[];
  /** Of the data if it is blocked or partial, else of the probe. */
  readonly diagnosis?: Diagnosis;
}

export type Scheme = 'public' | 'internal' | 'unknown';

export interface PathMember {
  readonly member: Member;
  readonly data: Judgement;
  /** Undefined without a probe. */
  readonly probe: Judgement | undefined;
}
