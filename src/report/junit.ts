import type { Report, RootReport } from '../engine/report.ts';
import { printable } from '../text/printable.ts';
import { type Entry, entriesOf } from './entries.ts';
import { type FormatOptions, isFailing } from './format-options.ts';
import { quietLines } from './quiet-lines.ts';
import { xmlText } from './xml-text.ts';

type Outcome = 'passed' | 'skipped' | 'failure' | 'error';

interface Case {
  readonly outcome: Outcome;
  readonly xml: string;
}

/**
 * The report as JUnit XML. Each root is a suite: a passed case for each policy that found nothing in it, and a case for
 * each finding. A violation below `--fail-on` passes with its text as output; what is undecided or was not read whole is
 * skipped, under `--strict` a failure. An input that could not be read is an error. The schema is the one of Jenkins:
 * https://github.com/jenkinsci/xunit-plugin/blob/master/src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd/junit-10.xsd
 */
export function toJunit(report: Report, options: FormatOptions): string {
  const entries = entriesOf(report, options);
  const suites = report.roots.map(({ root }) => {
    const own = entries.filter((entry) => entry.root === root.id);
    return suiteXml(printable(root.id), [
      ...passedCases(root, own, options),
      ...own.map((entry) => caseOf(entry, options)),
    ]);
  });
  const rest = entries.filter(({ root }) => root === undefined);
  const unread =
    rest.length === 0
      ? []
      : [
          suiteXml(
            'inputs',
            rest.map((entry) => caseOf(entry, options)),
          ),
        ];
  const lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<testsuites name="portcullis">'];
  return quietLines(`${[...lines, ...suites, ...unread, '</testsuites>'].join('\n')}\n`);
}

function passedCases(
  root: RootReport['root'],
  entries: readonly Entry[],
  { policies }: FormatOptions,
): readonly Case[] {
  const found = new Set(entries.map(({ code }) => code));
  return policies
    .filter(({ id }) => !found.has(id))
    .map(({ id }) => ({
      outcome: 'passed',
      xml: `    <testcase classname="${xmlText(printable(root.id))}" name="${xmlText(id)}"/>`,
    }));
}

function suiteXml(name: string, cases: readonly Case[]): string {
  const count = (wanted: Outcome): number => cases.filter(({ outcome }) => outcome === wanted).length;
  const numbers = `tests="${cases.length}" failures="${count('failure')}" errors="${count('error')}" skipped="${count('skipped')}"`;
  const lines = cases.map(({ xml }) => xml);
  return [`  <testsuite name="${xmlText(name)}" ${numbers}>`, ...lines, '  </testsuite>'].join('\n');
}

function caseOf(entry: Entry, options: FormatOptions): Case {
  const { code, label, message, subject, root, origin, place, notes, docs } = entry;
  const outcome = outcomeOf(entry, options);
  const name = subject === undefined ? code : `${code}: ${subject.name}`;
  const text = [
    `${label}: ${message}`,
    `at: ${place}`,
    ...notes.map(([kind, note]) => `${kind}: ${note}`),
    ...(docs === undefined ? [] : [`docs: ${docs}`]),
  ].join('\n');
  const body = xmlText(text);
  const about = `message="${xmlText(message)}"`;
  const inside: Readonly<Record<Outcome, string>> = {
    passed: `<system-out>${body}</system-out>`,
    skipped: `<skipped ${about}>${body}</skipped>`,
    failure: `<failure type="${xmlText(label)}" ${about}>${body}</failure>`,
    error: `<error type="${xmlText(label)}" ${about}>${body}</error>`,
  };
  return {
    outcome,
    xml: [
      `    <testcase classname="${xmlText(printable(root ?? origin.path))}" name="${xmlText(name)}">`,
      `      ${inside[outcome]}`,
      '    </testcase>',
    ].join('\n'),
  };
}

function outcomeOf({ kind, severity }: Entry, { strict, failOn }: FormatOptions): Outcome {
  if (kind === 'violation') return isFailing(severity, failOn) ? 'failure' : 'passed';
  if (kind === 'problem' && severity === 'error') return 'error';
  return strict ? 'failure' : 'skipped';
}
