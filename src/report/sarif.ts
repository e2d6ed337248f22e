import type { Report, RootReport } from '../engine/report.ts';
import type { Finding, PolicyMeta } from '../policy/index.ts';
import { printable } from '../text/printable.ts';
import { type Entry, entriesOf } from './entries.ts';
import type { FormatOptions } from './format-options.ts';
import { jsonText } from './json-text.ts';
import { orderFindings } from './order-findings.ts';
import { createAddressOf } from './place-text.ts';
import { createSarifLocation, ROOT_ID, sarifText } from './sarif-location.ts';
import type { SarifDescriptor, SarifLog, SarifNotification, SarifResult, SarifRule } from './sarif-log.ts';
import { createSarifResult, LEVELS } from './sarif-result.ts';

/** What GitHub takes: https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support-for-code-scanning. */
const MOST_RESULTS = 25_000;
const LONGEST_DESCRIPTION = 1024;
const LEFT_OUT = 'results-left-out';

/**
 * The report as SARIF 2.1.0 with one run. Violations and undecided findings are results, accepted ones too, with their
 * suppression; what could not be read and paths that no policy asked about are notifications, so that what was not
 * analysed does not look clean. Without times, so that the same input gives the same bytes.
 */
export function toSarif(report: Report, options: FormatOptions): string {
  return jsonText(sarifLog(report, options));
}

function sarifLog(report: Report, options: FormatOptions): SarifLog {
  const { roots } = report;
  const all = roots.flatMap(({ findings, suppressed }) => [
    ...findings,
    ...suppressed.map(({ finding }) => finding),
  ]);
  const rules = rulesOf(options.policies, all);
  const indexes = new Map(rules.map(({ id }, index) => [id, index]));
  const hasKnown = roots.some(({ suppressed }) => suppressed.some(({ by }) => by === 'baseline'));
  const results = roots.flatMap((root) =>
    resultsOf(root, options.folder, (policy) => indexes.get(policy) ?? -1, hasKnown),
  );
  const leftOut = results.length - MOST_RESULTS;
  const entries = entriesOf(report, options).filter(({ finding }) => finding === undefined);
  const codes = [...new Set([...entries.map(({ code }) => code), ...(leftOut > 0 ? [LEFT_OUT] : [])])].sort();
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Portcullis',
            semanticVersion: options.version,
            rules,
            notifications: codes.map(descriptorOf),
          },
        },
        invocations: [
          {
            executionSuccessful: !entries.some(({ severity }) => severity === 'error'),
            toolExecutionNotifications: [
              ...entries.map((entry) => notificationOf(entry, roots, codes, options.folder)),
              ...(leftOut > 0 ? [leftOutNotification(leftOut, codes)] : []),
            ],
          },
        ],
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { [ROOT_ID]: { description: { text: 'The root of the repository.' } } },
        results: leftOut > 0 ? heaviestFirst(results).slice(0, MOST_RESULTS) : results,
      },
    ],
  };
}

/** `hasKnown` says that some findings are known from before, and so which of the others are new. */
function resultsOf(
  root: RootReport,
  folder: string,
  ruleIndex: (policy: string) => number,
  hasKnown: boolean,
): readonly SarifResult[] {
  const toResult = createSarifResult(root, folder, ruleIndex);
  const results = [
    ...orderFindings(root.findings).map((finding) => ({ result: toResult(finding), isKnown: false })),
    ...root.suppressed.map((suppressed) => ({
      result: toResult(suppressed.finding, suppressed),
      isKnown: suppressed.by === 'baseline',
    })),
  ];
  return results.map(({ result, isKnown }) =>
    hasKnown ? { ...result, baselineState: isKnown ? 'unchanged' : 'new' } : result,
  );
}

function heaviestFirst(results: readonly SarifResult[]): readonly SarifResult[] {
  const rank = ({ level, suppressions }: SarifResult): number =>
    suppressions === undefined ? ['error', 'warning', 'note', 'none'].indexOf(level) : 4;
  return results.toSorted((a, b) => rank(a) - rank(b));
}

/** The policies that were asked, and those that only a finding names, by id. */
function rulesOf(policies: readonly PolicyMeta[], findings: readonly Finding[]): readonly SarifRule[] {
  const rules = new Map(policies.map((meta) => [meta.id, ruleOf(meta)]));
  for (const { policy, severity, confidence, remedy, docs } of findings) {
    const references = [{ title: policy, url: docs }] as const;
    if (!rules.has(policy)) {
      rules.set(policy, ruleOf({ id: policy, title: policy, severity, confidence, remedy, references }));
    }
  }
  return [...rules.values()].toSorted((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}

function ruleOf({ id, title, severity, confidence, remedy, references }: PolicyMeta): SarifRule {
  const help = `${capitalised(remedy)}.`;
  const sources = references.map((reference) => `- [${reference.title}](${reference.url})`);
  return {
    id,
    name: id.split('-').map(capitalised).join(''),
    shortDescription: { text: description(`${title}.`) },
    fullDescription: { text: description(`${title}. ${help}`) },
    help: {
      text: [help, ...references.map((reference) => `${reference.title}: ${reference.url}`)].join('\n'),
      markdown: `${help}\n\n${sources.join('\n')}\n\n\`portcullis explain ${id}\` shows examples.`,
    },
    helpUri: references[0].url,
    defaultConfiguration: { level: LEVELS[severity] },
    properties: {
      tags: ['azure', 'load-balancer', 'network'],
      precision: confidence === 'proved' ? 'very-high' : 'medium',
      'problem.severity': severity === 'info' ? 'recommendation' : severity,
    },
  };
}

function notificationOf(
  { code, severity, message, notes, origin, root }: Entry,
  roots: readonly RootReport[],
  codes: readonly string[],
  folder: string,
): SarifNotification {
  const holder = roots.find((candidate) => candidate.root.id === root);
  const location = createSarifLocation(folder, createAddressOf(holder ?? { places: [] }))(origin);
  const more = notes.map(([name, text]) => `${capitalised(name)}: ${text}`);
  return {
    descriptor: { id: code, index: codes.indexOf(code) },
    level: LEVELS[severity],
    message: { text: `${[message, ...more].map(sarifText).join('. ')}.` },
    ...(location === undefined ? {} : { locations: [location] }),
  };
}

function leftOutNotification(count: number, codes: readonly string[]): SarifNotification {
  return {
    descriptor: { id: LEFT_OUT, index: codes.indexOf(LEFT_OUT) },
    level: 'warning',
    message: { text: `${count} results are left out: more than ${MOST_RESULTS} are not taken by GitHub.` },
  };
}

function descriptorOf(id: string): SarifDescriptor {
  const text = `${capitalised(id.replaceAll('-', ' '))}.`;
  const help =
    'What could not be read or decided is neither clean nor broken: no policy has an answer for it.';
  return { id, shortDescription: { text }, fullDescription: { text }, help: { text: help } };
}

function description(text: string): string {
  return printable(text, LONGEST_DESCRIPTION - 1);
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
