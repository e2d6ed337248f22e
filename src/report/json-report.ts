/** The JSON report, version 1. Every interface lists its keys in the order in which they are written. */
export interface JsonReport {
  readonly version: 1;
  readonly tool: { readonly name: 'portcullis'; readonly version: string };
  readonly roots: readonly JsonRoot[];
  readonly paths: readonly JsonPath[];
  readonly findings: readonly JsonFinding[];
  readonly problems: readonly JsonProblem[];
  /** Findings that somebody accepted. */
  readonly suppressed: readonly JsonSuppressed[];
  readonly counts: JsonCounts;
}

export interface JsonSuppressed {
  readonly finding: JsonFinding;
  readonly reason: string;
  /** A comment or directive in the code, the configuration, or that it was known before. */
  readonly by: 'code' | 'configuration' | 'baseline';
}

/** The table of paths as JSON: the report without its findings. */
export type JsonPathsReport = Omit<JsonReport, 'findings' | 'suppressed'>;

/** One deployable unit. */
export interface JsonRoot {
  readonly id: string;
  readonly source: string;
  readonly path: string;
  /** The parameters file that goes with it. */
  readonly parameters?: string;
}

/** A port is null while it is unknown, and always when it is secret; 0 means every port. */
export interface JsonPath {
  /** The id of the root. */
  readonly root: string;
  readonly rule: string;
  readonly kind: 'rule' | 'nat';
  readonly address: string;
  readonly scheme: 'public' | 'internal' | 'unknown';
  /** Lower case: `tcp`, `udp`, `all`, `quic`, or `unknown`. */
  readonly protocol: string;
  readonly frontendPort: number | null;
  readonly backendPort: number | null;
  readonly client: string;
  readonly data: JsonVerdict;
  readonly probe: JsonVerdict | 'none';
  /** Only when data or probe is blocked or partial. */
  readonly diagnosis?: string;
  readonly members: readonly JsonMember[];
  readonly membersComplete: boolean;
  /** Only when something is undecided. */
  readonly waitsFor?: readonly JsonInput[];
}

/** What becomes of the packets; `partial`: they reach some members. */
export type JsonVerdict = 'open' | 'blocked' | 'partial' | 'unknown';

/** A member of the backend pool and its own verdicts. */
export interface JsonMember {
  readonly member: string;
  readonly data: JsonVerdict;
  readonly probe: JsonVerdict | 'none';
}

/** What a policy found. */
export interface JsonFinding {
  readonly policy: string;
  readonly status: 'violation' | 'unknown';
  readonly severity: 'error' | 'warning' | 'info';
  readonly confidence: 'proved' | 'suspected';
  /** The id of the root. */
  readonly root: string;
  readonly subject: {
    readonly address: string;
    readonly type: string;
    readonly name: string;
    /** Only for a client of the configuration or of a private link service. */
    readonly client?: string;
  };
  readonly location: JsonLocation;
  readonly message: string;
  readonly diagnosis?: string;
  readonly remedy: string;
  readonly docs: string;
  readonly evidence?: JsonEvidence;
  /** Only for status `unknown`. */
  readonly waitsFor?: readonly JsonInput[];
  /** Further roots in which the same was found: the same code with other parameters. */
  readonly alsoIn?: readonly string[];
  readonly related: readonly { readonly message: string; readonly location?: JsonLocation }[];
  /** 16 hexadecimal digits; the same as long as the same thing is found. */
  readonly fingerprint: string;
}

/** A span of a text (1-based, columns in UTF-16 units, end exclusive), or a node of a JSON document (RFC 6901). */
export type JsonLocation =
  | {
      readonly path: string;
      readonly line: number;
      readonly column: number;
      readonly endLine: number;
      readonly endColumn: number;
    }
  | { readonly path: string; readonly pointer: string };

/**
 * One packet and what happens to it, hop by hop. Addresses that only deployment settles or that are secret are described
 * in words; a secret port is null.
 */
export interface JsonEvidence {
  readonly packet: {
    readonly protocol: string;
    readonly source: string;
    readonly sourcePort: number;
    readonly destination: string;
    readonly destinationPort: number | null;
  };
  readonly verdict: 'delivered' | 'dropped' | 'unknown';
  readonly hops: readonly JsonHop[];
}

/** What `trace` prints. */
export interface JsonTrace extends JsonEvidence {
  /** Only for an unknown verdict. */
  readonly waitsFor?: readonly JsonInput[];
}

/** One place that decides about the packet. */
export interface JsonHop {
  readonly at: string;
  readonly stage: string;
  /** Left out when the code does not settle what happens here. */
  readonly decidedBy?: {
    readonly name: string;
    readonly priority?: number;
    readonly effect: 'allow' | 'deny';
    readonly origin: JsonOrigin;
  };
}

/** Something written in the code, or a default of Azure. */
export type JsonOrigin =
  | ({ readonly kind: 'code' } & JsonLocation)
  | { readonly kind: 'platform'; readonly docs: string };

/** An input that an answer waits for. */
export interface JsonInput {
  readonly kind: string;
  readonly name: string;
  /** Left out when it is written nowhere. */
  readonly location?: JsonLocation;
}

/** What Portcullis could not read, or does not take for certain. */
export interface JsonProblem {
  readonly code: string;
  readonly message: string;
  readonly location?: JsonLocation;
}

/** The numbers of the run. */
export interface JsonCounts {
  /** Input files that were looked at. */
  readonly files: number;
  readonly resources: number;
  readonly paths: number;
  readonly violations: number;
  /** Findings with status `unknown`. */
  readonly unknown: number;
  readonly passed: number;
  readonly suppressed: number;
}
