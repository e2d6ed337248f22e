import type { Report, RootReport } from '../engine/report.ts';
import type { Finding, Unknown } from '../policy/index.ts';
import { block, type Head, headLines, type Note, noteLines } from './block.ts';
import { codeFrame } from './code-frame.ts';
import { distinctInputs } from './distinct-inputs.ts';
import { packetText, walkText } from './evidence-text.ts';
import { inputLines, inputsHelp } from './inputs-text.ts';
import { orderFindings } from './order-findings.ts';
import { createPathOf } from './path-of.ts';
import { createPlaceText, type PlaceText } from './place-text.ts';
import { problemLines } from './problem-text.ts';
import { quietLines } from './quiet-lines.ts';
import { createStyle, type Style } from './style.ts';
import { summaryLines } from './summary.ts';
import { undecidedPaths, undecidedText } from './undecided-paths.ts';

/** What the text report shows. */
export interface TextOptions {
  readonly color: boolean;
  /** Whether problems that are not fatal are shown. */
  readonly problems: boolean;
  /** Whether the numbers are shown, or that there is nothing to check. */
  readonly summary: boolean;
  /** Whether paths that no policy asked about are listed when they are undecided. */
  readonly everyPath: boolean;
}

type Lines = readonly string[];

/** A root with what its texts need. */
interface Reading {
  readonly root: RootReport;
  readonly placeText: PlaceText;
  readonly pathOf: ReturnType<typeof createPathOf>;
}

/** Something undecided, with all it waits for. */
interface Question {
  readonly head: Head;
  readonly inputs: readonly Unknown[];
}

/**
 * The report for people: violations, then what is undecided, grouped by the inputs it waits for, then what could not be
 * read, then one line of numbers. Text of the plan can forge neither terminal escapes nor commands to a build agent.
 * Problems that are fatal are left to the caller, who tells them apart from the report. Empty when nothing is to be said.
 */
export function toText(report: Report, options: TextOptions): string {
  const style = createStyle(options.color);
  const readings = report.roots.map(readingOf);
  const blocks = [
    ...readings.flatMap((reading) => violationBlocks(reading, report.lineOf, style)),
    ...readings.flatMap((reading) => undecidedBlocks(reading, options.everyPath, style)),
    ...(options.problems ? problemBlocks(report, readings, style) : []),
    ...(options.summary ? summaryBlocks(report, options.everyPath) : []),
  ];
  return quietLines(blocks.map((lines) => `${lines.join('\n')}\n`).join('\n'));
}

function readingOf(root: RootReport): Reading {
  return { root, placeText: createPlaceText(root), pathOf: createPathOf(root) };
}

function violationBlocks(
  { root, placeText, pathOf }: Reading,
  lineOf: Report['lineOf'],
  style: Style,
): readonly Lines[] {
  return orderFindings(root.findings)
    .filter(({ status }) => status === 'violation')
    .map((finding) => {
      const { severity, policy, confidence, subject, evidence, related, remedy, docs } = finding;
      const path = pathOf(subject);
      const head: Head = {
        look: severity,
        label: `${severity}[${policy}]${confidence === 'suspected' ? ' (suspected)' : ''}`,
        message: finding.message,
        place: placeOf(finding, placeText),
        frame: codeFrame(finding.location, lineOf, style),
      };
      const notes: readonly Note[] = [
        ['packet', evidence === undefined ? undefined : packetText(evidence.packet)],
        ['path', evidence === undefined ? undefined : walkText(evidence, path)],
        ...related.map(({ message, origin }): Note => {
          const place = placeText(origin);
          return ['note', place === undefined ? message : `${message}: ${place}`];
        }),
        ['note', finding.alsoIn === undefined ? undefined : `the same with ${finding.alsoIn.join(', ')}`],
        ['help', remedy],
        ['docs', docs],
      ];
      return block(head, notes, style);
    });
}

function problemBlocks({ problems }: Report, readings: readonly Reading[], style: Style): readonly Lines[] {
  return [
    ...readings.flatMap(({ root, placeText }) =>
      root.problems.map((problem) => problemLines(problem, style, placeText)),
    ),
    ...problems
      .filter(({ severity }) => severity === 'warning')
      .map((problem) => problemLines(problem, style)),
  ];
}

function summaryBlocks(report: Report, everyPath: boolean): readonly Lines[] {
  const lines = summaryLines(report, everyPath);
  return lines.length === 0 ? [] : [lines];
}

/** One block for each set of inputs, in the order in which the first question about it comes. */
function undecidedBlocks(reading: Reading, everyPath: boolean, style: Style): readonly Lines[] {
  const groups = new Map<string, Question[]>();
  for (const question of questionsOf(reading, everyPath)) {
    const names = question.inputs.map(({ reason: { kind, name } }) => `${kind} ${name}`);
    const key = JSON.stringify(names.toSorted());
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [question]);
    else group.push(question);
  }
  return [...groups.values()].map((questions) => {
    const inputs = questions[0]?.inputs ?? [];
    const notes: readonly Note[] = [
      ...inputLines(inputs).map((line): Note => ['waits for', line]),
      ['help', inputsHelp(inputs, questions.length)],
    ];
    return [...questions.flatMap(({ head }) => headLines(head, style)), ...noteLines(notes, style)];
  });
}

function questionsOf({ root, placeText }: Reading, everyPath: boolean): readonly Question[] {
  const findings = orderFindings(root.findings).filter(({ status }) => status === 'unknown');
  const fromPolicies = findings.map(
    (finding): Question => ({
      head: {
        look: 'unknown',
        label: `unknown[${finding.policy}]`,
        message: finding.message,
        place: placeOf(finding, placeText),
      },
      inputs: distinctInputs(finding.waitsFor),
    }),
  );
  if (!everyPath) return fromPolicies;
  const fromPaths = undecidedPaths(root).map(
    (path): Question => ({
      head: {
        look: 'unknown',
        label: 'unknown',
        message: undecidedText(path),
        place: placeText(path.origin),
      },
      inputs: path.waitsFor,
    }),
  );
  return [...fromPolicies, ...fromPaths];
}

function placeOf({ location, subject }: Finding, placeText: PlaceText): string | undefined {
  return placeText(location) ?? placeText(subject.origin);
}
