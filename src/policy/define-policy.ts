import type { Network } from '../network/network.ts';
import type { Confidence, Finding, Severity, Subject } from './finding.ts';
import type { Messages, Outcome, Undecided, Violation } from './outcome.ts';

/** What is said about a policy wherever it is listed. */
export interface PolicyMeta {
  /** Kebab-case; the bad thing itself; the name of the folder. */
  readonly id: string;
  /** One sentence without a full stop: what must hold. */
  readonly title: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  /** What to do in general, in the imperative. */
  readonly remedy: string;
  /** Microsoft's page on the matter first. */
  readonly references: readonly [Reference, ...Reference[]];
}

/** A page that says why. */
export interface Reference {
  readonly title: string;
  readonly url: string;
}

/** A policy as its folder writes it. */
export interface PolicyDefinition<S extends { readonly subject: Subject }, M extends Messages>
  extends PolicyMeta {
  readonly messages: M;
  /** What is asked about. No subjects means the policy does not apply. */
  subjects(network: Network): Iterable<S>;
  /** Decides one subject. Pure and total: every subject gets an answer. */
  check(subject: S, network: Network): Outcome<M>;
}

/** A policy that can be run. */
export interface Policy {
  readonly meta: PolicyMeta;
  run(network: Network): PolicyRun;
}

/** The answers of one policy about one root. */
export interface PolicyRun {
  readonly findings: readonly Finding[];
  /** Number of subjects that are as they must be. */
  readonly passed: number;
}

/** A policy from its definition. Message ids and the facts they need are checked by the compiler. */
export function definePolicy<S extends { readonly subject: Subject }, const M extends Messages>(
  definition: PolicyDefinition<S, M>,
): Policy {
  const { id, title, severity, confidence, remedy, references } = definition;
  return {
    meta: { id, title, severity, confidence, remedy, references },
    run(network) {
      const findings: Finding[] = [];
      let passed = 0;
      for (const question of definition.subjects(network)) {
        const outcome = definition.check(question, network);
        if (outcome.status === 'pass') passed += 1;
        else findings.push(toFinding(definition, question.subject, outcome));
      }
      return { findings, passed };
    },
  };
}

function toFinding<S extends { readonly subject: Subject }, M extends Messages>(
  definition: PolicyDefinition<S, M>,
  subject: Subject,
  outcome: Violation<M> | Undecided,
): Finding {
  const common = {
    policy: definition.id,
    severity: definition.severity,
    confidence: definition.confidence,
    subject,
    location: subject.origin,
    remedy: definition.remedy,
    docs: definition.references[0].url,
    waitsFor: [],
    related: [],
  };
  if (outcome.status === 'unknown') {
    return {
      ...common,
      status: 'unknown',
      message: `cannot decide ${outcome.about}`,
      waitsFor: outcome.waitsFor,
    };
  }
  const { at, severity, confidence, diagnosis, evidence, remedy, related, leavesOpen } = outcome;
  return {
    ...common,
    status: 'violation',
    severity: severity ?? common.severity,
    confidence: confidence ?? common.confidence,
    location: at ?? common.location,
    message: messageOf(definition.messages, outcome),
    remedy: remedy ?? common.remedy,
    related: related ?? [],
    waitsFor: leavesOpen ?? [],
    ...(diagnosis === undefined ? {} : { diagnosis }),
    ...(evidence === undefined ? {} : { evidence }),
  };
}

function messageOf<M extends Messages>(messages: M, outcome: Violation<M>): string {
  const message = messages[outcome.say];
  if (message === undefined) throw new Error(`no message \`${outcome.say}\``);
  return message(outcome.with);
}
