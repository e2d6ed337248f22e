import type { Origin } from '../text/origin.ts';
import type { Unknown } from '../value/value.ts';

/** A sign that something in the guest listens on a port. Nothing ever proves it (semantics 7.2). */
export interface Claim {
  readonly port: number;
  readonly protocol: 'tcp' | 'udp';
  /** Whether other machines can reach it, or the guest alone. */
  readonly scope: 'any' | 'loopback';
  /**
   * `bind`: the text names the port to listen on; `package`: a server is installed that listens on it; `firewall`: the
   * guest's own firewall is opened; `health`: the author has the platform ask there.
   */
  readonly source: 'bind' | 'package' | 'firewall' | 'health';
  readonly confidence: 'high' | 'medium';
  readonly origin: Origin;
  /** Where it stands: `custom data`, `extension settings`, ... */
  readonly carrier: string;
  /** The words that say so; undefined when they are secret. */
  readonly evidence: string | undefined;
}

/** Why more may run in the guest than the code shows. */
export interface Opacity {
  /** `hidden`: content that cannot be read; `program`: a readable command that starts something unknown. */
  readonly kind: 'hidden' | 'program';
  readonly because: string;
  readonly origin: Origin;
  /** What the content waits for, when deployment settles it. */
  readonly waitsFor?: Unknown;
}

/** A step of the set-up that needs the internet. */
export interface InternetNeed {
  /** `installs packages`, `downloads from github.com` */
  readonly what: string;
  readonly origin: Origin;
  readonly carrier: string;
}

/** The health extension of a machine: what the platform asks in the guest. */
export interface HealthCheck {
  readonly port: number | undefined;
  /** tcp, http or https. */
  readonly protocol: string | undefined;
  /** Undefined when it is not known; empty without one. */
  readonly path: string | undefined;
  readonly origin: Origin;
}

/** What readers report to while they go through the texts of a machine. */
export interface Notes {
  claim(
    port: number,
    claim: Pick<Claim, 'source'> & { protocol?: 'tcp' | 'udp'; scope?: Claim['scope']; evidence: string },
  ): void;
  program(because: string): void;
  hidden(because: string, waitsFor?: Unknown): void;
  need(what: string): void;
}
