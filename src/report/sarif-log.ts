/**
 * The part of SARIF 2.1.0 that the report uses. Names and meanings are those of
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html.
 */
export interface SarifLog {
  readonly $schema: string;
  readonly version: '2.1.0';
  readonly runs: readonly SarifRun[];
}

export interface SarifRun {
  readonly tool: { readonly driver: SarifDriver };
  readonly invocations: readonly SarifInvocation[];
  readonly columnKind: 'utf16CodeUnits';
  readonly originalUriBaseIds: Readonly<Record<string, { readonly description: SarifText }>>;
  readonly results: readonly SarifResult[];
}

export interface SarifDriver {
  readonly name: string;
  readonly semanticVersion: string;
  readonly rules: readonly SarifRule[];
  readonly notifications: readonly SarifDescriptor[];
}

export interface SarifText {
  readonly text: string;
  readonly markdown?: string;
}

export type SarifLevel = 'error' | 'warning' | 'note' | 'none';

export interface SarifDescriptor {
  readonly id: string;
  readonly shortDescription: SarifText;
  readonly fullDescription: SarifText;
  readonly help: SarifText;
}

export interface SarifRule extends SarifDescriptor {
  readonly name: string;
  readonly helpUri: string;
  readonly defaultConfiguration: { readonly level: SarifLevel };
  readonly properties: Readonly<Record<string, unknown>>;
}

export interface SarifInvocation {
  readonly executionSuccessful: boolean;
  readonly toolExecutionNotifications: readonly SarifNotification[];
}

export interface SarifNotification {
  readonly descriptor: { readonly id: string; readonly index: number };
  readonly level: SarifLevel;
  readonly message: SarifText;
  readonly locations?: readonly SarifLocation[];
}

export interface SarifResult {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly kind: 'fail' | 'open';
  readonly level: SarifLevel;
  readonly message: SarifText;
  readonly locations: readonly SarifLocation[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly codeFlows?: readonly SarifCodeFlow[];
  readonly relatedLocations?: readonly SarifLocation[];
  readonly suppressions?: readonly SarifSuppression[];
  /** Of all results of a run or of none. */
  readonly baselineState?: 'new' | 'unchanged';
  readonly properties: Readonly<Record<string, unknown>>;
}

export interface SarifSuppression {
  readonly kind: 'external' | 'inSource';
  readonly status: 'accepted';
  readonly justification: string;
  /** Of `inSource`: the comment. */
  readonly location?: SarifLocation;
}

export interface SarifLocation {
  readonly id?: number;
  readonly physicalLocation?: {
    readonly artifactLocation: { readonly uri: string; readonly uriBaseId?: string };
    readonly region: SarifRegion;
  };
  readonly logicalLocations?: readonly SarifLogicalLocation[];
  readonly message?: SarifText;
  readonly properties?: Readonly<Record<string, unknown>>;
}

export interface SarifRegion {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export interface SarifLogicalLocation {
  readonly name?: string;
  readonly fullyQualifiedName: string;
  readonly kind: 'resource';
}

export interface SarifCodeFlow {
  readonly message: SarifText;
  readonly threadFlows: readonly { readonly locations: readonly SarifThreadFlowLocation[] }[];
}

export interface SarifThreadFlowLocation {
  readonly location: SarifLocation;
  readonly executionOrder: number;
  readonly nestingLevel: number;
  readonly importance: 'important' | 'essential';
  readonly state?: Readonly<Record<string, SarifText>>;
}
