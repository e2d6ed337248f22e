import { fingerprintOf } from '../engine/fingerprint.ts';
import type { Report, RootReport } from '../engine/report.ts';
import type { Evaluated, Finding, Path, Unknown } from '../policy/index.ts';
import type { Origin } from '../text/origin.ts';
import type { Problem } from '../text/problem.ts';
import { distinctInputs } from './distinct-inputs.ts';
import { addressOf } from './evidence-text.ts';
import type {
  JsonCounts,
  JsonEvidence,
  JsonFinding,
  JsonHop,
  JsonInput,
  JsonLocation,
  JsonOrigin,
  JsonPath,
  JsonPathsReport,
  JsonProblem,
  JsonReport,
  JsonTrace,
} from './json-report.ts';
import { orderFindings } from './order-findings.ts';

type Evidence = NonNullable<Finding['evidence']>;
type Address = Evidence['packet']['source'];
type DecidingRule = NonNullable<Evidence['hops'][number]['decidedBy']>;

/** The report as data, in the order of its contract. `version` is the one of Portcullis. */
export function toJsonReport(report: Report, version: string): JsonReport {
  const { problems, counts, ...shared } = toJsonPaths(report, version);
  const findings = report.roots.flatMap(({ root, findings }) =>
    orderFindings(findings).map((finding) => toFinding(root, finding)),
  );
  const suppressed = report.roots.flatMap(({ root, suppressed: accepted }) =>
    accepted.map(({ finding, reason, by }) => ({ finding: toFinding(root, finding), reason, by })),
  );
  return { ...shared, findings, problems, suppressed, counts };
}

/** The table of paths as data: the report without its findings. */
export function toJsonPaths(report: Report, version: string): JsonPathsReport {
  const { roots } = report;
  return {
    version: 1,
    tool: { name: 'portcullis', version },
    roots: roots.map(({ root: { id, source, path, parameters } }) => ({
      id,
      source,
      path,
      ...(parameters === undefined ? {} : { parameters }),
    })),
    paths: roots.flatMap((root) => root.paths.map((path) => toPath(root.root.id, path))),
    problems: [...report.problems, ...roots.flatMap((root) => root.problems)].map(toProblem),
    counts: countsOf(report),
  };
}

function countsOf({ roots, files }: Report): JsonCounts {
  const sum = (count: (root: RootReport) => number): number =>
    roots.reduce((total, root) => total + count(root), 0);
  const findings = (status: Finding['status']): number =>
    sum((root) => root.findings.filter((finding) => finding.status === status).length);
  return {
    files,
    resources: sum((root) => root.resources),
    paths: sum((root) => root.paths.length),
    violations: findings('violation'),
    unknown: findings('unknown'),
    passed: sum((root) => root.passed),
    suppressed: sum((root) => root.suppressed.length),
  };
}

/** A path of the table as data. `root` is the id of its root. */
export function toPath(root: string, path: Path): JsonPath {
  const { protocol, frontendPort, backendPort } = path.rule;
  return {
    root,
    rule: path.name,
    kind: path.kind,
    address: path.address,
    scheme: path.scheme,
    protocol: shown(protocol)?.toLowerCase() ?? 'unknown',
    frontendPort: shown(frontendPort) ?? null,
    backendPort: shown(backendPort) ?? null,
    client: path.client,
    data: path.data,
    probe: path.probe,
    ...(path.diagnosis === undefined ? {} : { diagnosis: path.diagnosis.id }),
    members: path.members.map(({ member, data, probe }) => ({
      member: member.label,
      data: data.verdict,
      probe: probe?.verdict ?? 'none',
    })),
    membersComplete: path.membersComplete,
    ...(path.waitsFor.length === 0 ? {} : { waitsFor: toInputs(path.waitsFor) }),
  };
}

/** What happens to one packet: an evidence object, and what an open verdict waits for. */
export function toJsonTrace(trace: Evidence): JsonTrace {
  const evidence = toEvidence(trace);
  return trace.verdict === 'unknown' ? { ...evidence, waitsFor: toInputs(trace.waitsFor) } : evidence;
}

/** A value that the code settles and that is no secret. */
function shown<T extends string | number>(value: Evaluated<T>): T | undefined {
  return value.kind === 'known' && value.sensitive !== true ? value.value : undefined;
}

/** A finding as data. */
export function toFinding(root: RootReport['root'], finding: Finding): JsonFinding {
  const { policy, status, severity, confidence, subject, location, message } = finding;
  const { diagnosis, remedy, docs, evidence, waitsFor, related } = finding;
  return {
    policy,
    status,
    severity,
    confidence,
    root: root.id,
    subject: {
      address: subject.address,
      type: subject.type,
      name: subject.name,
      ...(subject.client === undefined ? {} : { client: subject.client }),
    },
    location: locationOf(root.path, location, subject.origin),
    message,
    ...(diagnosis === undefined ? {} : { diagnosis }),
    remedy,
    docs,
    ...(evidence === undefined ? {} : { evidence: toEvidence(evidence) }),
    ...(status === 'unknown' ? { waitsFor: toInputs(waitsFor) } : {}),
    ...(finding.alsoIn === undefined ? {} : { alsoIn: finding.alsoIn }),
    related: related.map((other) => ({ message: other.message, ...optionalLocation(other.origin) })),
    fingerprint: fingerprintOf(root, finding),
  };
}

/** The first of the origins that is written somewhere, else the whole root. */
function locationOf(path: string, ...origins: readonly Origin[]): JsonLocation {
  for (const origin of origins) if (origin.kind !== 'platform') return toLocation(origin);
  return { path, pointer: '' };
}

function toEvidence({ packet, verdict, hops }: Evidence): JsonEvidence {
  return {
    packet: {
      protocol: packet.protocol,
      source: toAddress(addressOf(packet, 'source')),
      sourcePort: packet.sourcePort,
      destination: toAddress(addressOf(packet, 'destination')),
      destinationPort: packet.secrets?.includes('destinationPort') ? null : packet.destinationPort,
    },
    verdict,
    hops: hops.map(toHop),
  };
}

function toAddress(address: Address): string {
  return address.kind === 'ip' ? address.text : address.label;
}

function toHop({ at, stage, decidedBy }: Evidence['hops'][number]): JsonHop {
  return decidedBy === undefined ? { at, stage } : { at, stage, decidedBy: toDecision(decidedBy) };
}

function toDecision({ name, priority, effect, origin }: DecidingRule): NonNullable<JsonHop['decidedBy']> {
  return { name, ...(priority === undefined ? {} : { priority }), effect, origin: toOrigin(origin) };
}

function toOrigin(origin: Origin): JsonOrigin {
  if (origin.kind === 'platform') return { kind: 'platform', docs: origin.docs };
  return { kind: 'code', ...toLocation(origin) };
}

function toInputs(inputs: readonly Unknown[]): readonly JsonInput[] {
  return distinctInputs(inputs).map(({ reason: { kind, name }, origin }) => ({
    kind,
    name,
    ...optionalLocation(origin),
  }));
}

/** What could not be read, as data. */
export function toProblem({ code, message, origin }: Problem): JsonProblem {
  return { code, message, ...optionalLocation(origin) };
}

function optionalLocation(origin: Origin): { readonly location?: JsonLocation } {
  return origin.kind === 'platform' ? {} : { location: toLocation(origin) };
}

function toLocation(origin: Exclude<Origin, { kind: 'platform' }>): JsonLocation {
  if (origin.kind === 'json') return { path: origin.path, pointer: origin.pointer };
  const { path, line, column, endLine, endColumn } = origin;
  return { path, line, column, endLine, endColumn };
}
