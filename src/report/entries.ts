import { digestOf, fingerprintOf } from '../engine/fingerprint.ts';
import type { Report, RootReport } from '../engine/report.ts';
import type { Finding, Path, Severity, Unknown } from '../policy/index.ts';
import type { Origin } from '../text/origin.ts';
import { printable } from '../text/printable.ts';
import type { Problem } from '../text/problem.ts';
import { distinctInputs } from './distinct-inputs.ts';
import { packetText, walkText } from './evidence-text.ts';
import type { FormatOptions } from './format-options.ts';
import { inputLines } from './inputs-text.ts';
import { orderFindings } from './order-findings.ts';
import { createPathOf } from './path-of.ts';
import { createPlaceText, originText, type PlaceText } from './place-text.ts';
import { undecidedPaths, undecidedText } from './undecided-paths.ts';

/**
 * One thing that a report tells, in the shape of formats that list. The texts are those of the text report: each is one
 * line and holds no control characters, but may hold whatever else the scanned tree says.
 */
export interface Entry {
  readonly kind: 'violation' | 'unknown' | 'problem';
  readonly severity: Severity;
  /** The policy, the code of the problem, or `path-undecided`. */
  readonly code: string;
  /** `error[nsg-blocks-probe]`, `unknown[nsg-blocks-probe]`, `problem[json-truncated]`. */
  readonly label: string;
  readonly message: string;
  /** What else is to be said: `packet`, `path`, `note`, `waits for`, `help`. */
  readonly notes: readonly (readonly [name: string, text: string])[];
  readonly docs?: string;
  /** The root by its id; undefined for a problem of an input that gave none. */
  readonly root?: string;
  /** What a person would type, and the rule by name. */
  readonly subject?: { readonly address: string; readonly name: string };
  /** Where it is written; the root where it is written nowhere. */
  readonly origin: Exclude<Origin, { kind: 'platform' }>;
  /** The same place for people. */
  readonly place: string;
  /** The same as long as the same thing is found; not always unique in a report. */
  readonly fingerprint: string;
  readonly path?: Path;
  readonly finding?: Finding;
}

const UNDECIDED_PATH = 'path-undecided';

/** The most UTF-16 units of a sentence that is told. */
const LONGEST_SENTENCE = 2000;

/** Everything a report tells: by root its violations, what is undecided, and what could not be read; then the rest of that. */
export function entriesOf(
  report: Report,
  { everyPath, problems }: Pick<FormatOptions, 'everyPath' | 'problems'>,
): readonly Entry[] {
  const isTold = ({ severity }: Problem): boolean => problems || severity === 'fatal';
  return [
    ...report.roots.flatMap((root) => rootEntries(root, everyPath, isTold)),
    ...report.problems.filter(isTold).map((problem) => problemEntry(problem, undefined, originText)),
  ];
}

function rootEntries(
  root: RootReport,
  everyPath: boolean,
  isTold: (problem: Problem) => boolean,
): readonly Entry[] {
  const placeText = createPlaceText(root);
  const pathOf = createPathOf(root);
  return [
    ...orderFindings(root.findings).map((finding) => findingEntry(finding, root.root, pathOf, placeText)),
    ...(everyPath ? undecidedPaths(root) : []).map((path) => pathEntry(path, root.root, placeText)),
    ...root.problems.filter(isTold).map((problem) => problemEntry(problem, root.root, placeText)),
  ];
}

function findingEntry(
  finding: Finding,
  root: RootReport['root'],
  pathOf: ReturnType<typeof createPathOf>,
  placeText: PlaceText,
): Entry {
  const { policy, status, confidence, subject, evidence, related, waitsFor, docs } = finding;
  const isViolation = status === 'violation';
  const path = pathOf(subject);
  const packet = evidence === undefined ? [] : [packetText(evidence.packet)];
  const walk = evidence === undefined ? [] : [walkText(evidence, path)];
  const notes = related.map(({ message, origin }) => {
    const place = placeText(origin);
    return place === undefined ? message : `${message}: ${place}`;
  });
  const others = finding.alsoIn ?? [];
  return {
    kind: status,
    severity: isViolation ? finding.severity : 'info',
    code: policy,
    label: `${isViolation ? finding.severity : 'unknown'}[${policy}]${confidence === 'suspected' ? ' (suspected)' : ''}`,
    message: sentence(finding.message),
    notes: [
      ...named('packet', packet),
      ...named('path', walk),
      ...named('note', notes),
      ...named('also in', others),
      ...waitingNotes(waitsFor, !isViolation),
      ...named('help', isViolation ? [finding.remedy] : []),
    ],
    docs,
    root: root.id,
    subject: { address: printable(subject.address), name: printable(subject.name) },
    ...placeOf(root, placeText, finding.location, subject.origin),
    fingerprint: fingerprintOf(root, finding),
    ...(path === undefined ? {} : { path }),
    finding,
  };
}

function pathEntry(path: Path, root: RootReport['root'], placeText: PlaceText): Entry {
  return {
    kind: 'unknown',
    severity: 'info',
    code: UNDECIDED_PATH,
    label: `unknown[${UNDECIDED_PATH}]`,
    message: undecidedText(path),
    notes: waitingNotes(path.waitsFor, true),
    root: root.id,
    subject: { address: printable(path.address), name: printable(path.name) },
    ...placeOf(root, placeText, path.origin),
    fingerprint: digestOf([UNDECIDED_PATH, root.id, path.address, path.name, path.client]),
    path,
  };
}

function problemEntry(
  { code, message, remedy, severity, origin }: Problem,
  root: RootReport['root'] | undefined,
  placeText: PlaceText,
): Entry {
  const place = placeOf(root ?? { path: '' }, placeText, origin);
  return {
    kind: 'problem',
    severity: severity === 'fatal' ? 'error' : 'warning',
    code,
    label: `problem[${code}]`,
    message: sentence(message),
    notes: named('help', remedy === undefined ? [] : [remedy]),
    ...(root === undefined ? {} : { root: root.id }),
    ...place,
    fingerprint: digestOf([code, root?.id ?? '', place.origin.path, message]),
  };
}

/** The first of the origins that is written somewhere, else the whole root. */
function placeOf(
  root: { readonly path: string },
  placeText: PlaceText,
  ...origins: readonly Origin[]
): Pick<Entry, 'origin' | 'place'> {
  for (const origin of [...origins, { kind: 'json', path: root.path, pointer: '' } as const]) {
    if (origin.kind !== 'platform') return { origin, place: placeText(origin) ?? '' };
  }
  return { origin: { kind: 'json', path: root.path, pointer: '' }, place: '' };
}

function waitingNotes(inputs: readonly Unknown[], always: boolean): Entry['notes'] {
  return always || inputs.length > 0 ? named('waits for', inputLines(distinctInputs(inputs))) : [];
}

function named(name: string, texts: readonly string[]): Entry['notes'] {
  return texts.map((text) => [name, sentence(text)] as const);
}

function sentence(text: string): string {
  return printable(text, LONGEST_SENTENCE);
}
