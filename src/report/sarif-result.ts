import { fingerprintOf } from '../engine/fingerprint.ts';
import type { RootReport, Suppressed } from '../engine/report.ts';
import type { Finding, Path } from '../policy/index.ts';
import type { Origin } from '../text/origin.ts';
import { printable } from '../text/printable.ts';
import { distinctInputs } from './distinct-inputs.ts';
import { hopText, packetText, startOf } from './evidence-text.ts';
import { inputLines } from './inputs-text.ts';
import { createPathOf } from './path-of.ts';
import { createAddressOf } from './place-text.ts';
import { createSarifLocation, logical, messageOf, sarifLink, sarifText } from './sarif-location.ts';
import type {
  SarifCodeFlow,
  SarifLevel,
  SarifLocation,
  SarifResult,
  SarifSuppression,
  SarifThreadFlowLocation,
} from './sarif-log.ts';

type Evidence = NonNullable<Finding['evidence']>;

/** GitHub takes 1,000 locations for a result: https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support-for-code-scanning. */
const MOST_RELATED = 1000;
const MOST_LINKS = 10;
/** GitHub takes 10,000 locations for a thread flow. */
const MOST_STEPS = 10_000;

/** Whether what is told counts against the code. */
export const LEVELS: Readonly<Record<Finding['severity'], SarifLevel>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
};

/**
 * Makes results of the findings of a root. `folder` leads from the root of the repository to the working directory, and
 * `ruleIndex` finds a policy among the rules of the run. An undecided finding is of kind `open` and a note, because GitHub
 * looks at the level alone.
 */
export function createSarifResult(
  root: RootReport,
  folder: string,
  ruleIndex: (policy: string) => number,
): (finding: Finding, accepted?: Suppressed) => SarifResult {
  const locate = createSarifLocation(folder, createAddressOf(root));
  const pathOf = createPathOf(root);
  return (finding, accepted) => {
    const { policy, status, severity, evidence, subject } = finding;
    const own = locate(finding.location) ?? locate(subject.origin);
    const rootPlace = { kind: 'json', path: root.root.path, pointer: '' } as const;
    const place: SarifLocation = own ?? locate(rootPlace) ?? NOWHERE;
    const related = relatedLocations(finding, locate);
    const flow = evidence === undefined ? undefined : codeFlow(evidence, pathOf(subject), place, locate);
    return {
      ruleId: policy,
      ruleIndex: ruleIndex(policy),
      kind: status === 'violation' ? 'fail' : 'open',
      level: status === 'violation' ? LEVELS[severity] : 'note',
      message: { text: resultText(finding, related) },
      locations: [
        {
          ...place,
          logicalLocations: [{ name: printable(subject.name), ...logical(subject.address) }],
        },
      ],
      partialFingerprints: { 'portcullis/v1': fingerprintOf(root.root, finding) },
      ...(flow === undefined ? {} : { codeFlows: [flow] }),
      ...(related.length === 0 ? {} : { relatedLocations: related }),
      ...(accepted === undefined ? {} : { suppressions: [suppressionOf(accepted, locate)] }),
      properties: propertiesOf(root, finding),
    };
  };
}

function suppressionOf(
  { reason, by, origin }: Suppressed,
  locate: ReturnType<typeof createSarifLocation>,
): SarifSuppression {
  const location = origin === undefined ? undefined : locate(origin);
  return {
    kind: by === 'code' ? 'inSource' : 'external',
    status: 'accepted',
    justification: printable(reason, 2000),
    ...(location === undefined ? {} : { location }),
  };
}

/** For a plan from standard input, which is no file that anybody could open. */
const NOWHERE: SarifLocation = {
  physicalLocation: {
    artifactLocation: { uri: 'stdin' },
    region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 },
  },
};

function propertiesOf(root: RootReport, finding: Finding): SarifResult['properties'] {
  const { status, severity, confidence, diagnosis, waitsFor, alsoIn = [] } = finding;
  return {
    status,
    severity,
    confidence,
    root: printable(root.root.id, 2000),
    ...(diagnosis === undefined ? {} : { diagnosis }),
    ...(waitsFor.length === 0 && status === 'violation' ? {} : { waitsFor: inputsOf(finding) }),
    ...(alsoIn.length === 0 ? {} : { alsoIn: alsoIn.map((id) => printable(id, 2000)) }),
  };
}

function inputsOf({ waitsFor }: Finding): readonly { readonly kind: string; readonly name: string }[] {
  return distinctInputs(waitsFor).map(({ reason: { kind, name } }) => ({ kind, name: printable(name) }));
}

function resultText(
  { message, remedy, status, waitsFor, alsoIn = [] }: Finding,
  related: readonly SarifLocation[],
): string {
  const links = related
    .slice(0, MOST_LINKS)
    .map(({ id = 0, message: said }) => sarifLink(said?.text ?? 'here', id));
  const sentences = [
    sarifText(message),
    ...(status === 'violation' ? [`To repair: ${sarifText(remedy)}`] : []),
    ...(status === 'violation' && waitsFor.length === 0
      ? []
      : [`It waits for ${inputLines(distinctInputs(waitsFor)).map(sarifText).join('; ')}`]),
    ...(alsoIn.length === 0 ? [] : [`The same in ${alsoIn.map(sarifText).join(', ')}`]),
    ...(links.length === 0 ? [] : [`See ${links.join('; ')}`]),
  ];
  return `${sentences.join('. ')}.`;
}

/** What else has a part in it, and the inputs that an answer waits for, numbered from 1. */
function relatedLocations(
  { related, waitsFor }: Finding,
  locate: ReturnType<typeof createSarifLocation>,
): readonly SarifLocation[] {
  return [
    ...related.map(({ message, origin }) => locate(origin, message)),
    ...distinctInputs(waitsFor).map(({ reason, origin }) => locate(origin, reason.name)),
  ]
    .filter((location) => location !== undefined)
    .slice(0, MOST_RELATED)
    .map((location, index) => ({ id: index + 1, ...location }));
}

/** The way of the packet: where it comes from, then a step for each hop. A default of Azure stands where the finding is. */
function codeFlow(
  evidence: Evidence,
  path: Path | undefined,
  place: SarifLocation,
  locate: ReturnType<typeof createSarifLocation>,
): SarifCodeFlow {
  const { packet, hops, verdict } = evidence;
  const at = (origin: Origin | undefined, message: string): SarifLocation => {
    const found = origin === undefined ? undefined : locate(origin, message);
    return found ?? { ...place, ...messageOf(message) };
  };
  const start: SarifThreadFlowLocation = {
    location: at(path?.origin, startOf(evidence, path).join(' -> ')),
    executionOrder: 1,
    nestingLevel: 0,
    importance: 'important',
    state: { packet: { text: sarifText(packetText(packet)) } },
  };
  const steps = hops.slice(0, MOST_STEPS - 1).map((hop, index): SarifThreadFlowLocation => {
    const isLast = index === hops.length - 1;
    return {
      location: at(hop.decidedBy?.origin, `${hopText(hop)}${isLast ? ` -> ${verdict}` : ''}`),
      executionOrder: index + 2,
      nestingLevel: 1,
      importance: isLast ? 'essential' : 'important',
    };
  });
  return {
    message: { text: sarifText(packetText(packet)) },
    threadFlows: [{ locations: [start, ...steps] }],
  };
}
