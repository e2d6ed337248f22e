import type { AzureCatalogue } from '../arm/types/azure-catalogue.ts';
import type { DeclaredClient } from '../network/clients.ts';
import { buildNetwork } from '../network/network.ts';
import type { Policy } from '../policy/define-policy.ts';
import type { Finding, Severity } from '../policy/finding.ts';
import { type Baseline, type KnownFinding, withoutKnown } from './baseline.ts';
import { createLineReader } from './line-reader.ts';
import { type Input, type LoadedRoot, type LoadOptions, loadRoots } from './load-roots.ts';
import { mergeRoots } from './merge-roots.ts';
import type { OpenFiles } from './open-files.ts';
import type { Report, RootReport } from './report.ts';
import { staleProblems, unusedComments, unusedProblems } from './stale-problems.ts';
import {
  type ConfiguredSuppression,
  type Suppressing,
  type SuppressionUse,
  suppress,
  type ValidComment,
} from './suppress.ts';
import { commentsIn } from './suppressions.ts';

export interface CheckOptions extends LoadOptions {
  readonly policies: readonly Policy[];
  /** The ids that suppressions may name; those of the policies that are asked when left out. */
  readonly policyIds?: ReadonlySet<string>;
  /** Severities that replace those of the policies, by policy id. */
  readonly severities?: Readonly<Record<string, Severity>>;
  /** Who sends packets besides the internet and the virtual network. */
  readonly clients?: readonly DeclaredClient[];
  /** What is known of resource types besides what Portcullis knows by itself. */
  readonly azureTypes?: AzureCatalogue;
  /** Findings that are accepted, besides those the code says. */
  readonly suppressions?: readonly ConfiguredSuppression[];
  /** The day on which suppressions must hold, `YYYY-MM-DD`; today when left out. */
  readonly today?: string;
  /** Findings that are known already; its entries that nothing matches any more are problems. */
  readonly baseline?: Baseline;
  /** Findings of an earlier state of the same code, and what is said about those that are still there. */
  readonly earlier?: { readonly findings: readonly KnownFinding[]; readonly reason: string };
}

/** Reads every input, asks every policy about it, and says what it found. Same input, same report. */
export async function check(inputs: readonly Input[], options: CheckOptions): Promise<Report> {
  const { roots, problems, files } = await loadRoots(inputs, options);
  const { earlier, suppressions = [], today = new Date().toISOString().slice(0, 10) } = options;
  const use: SuppressionUse = { configured: new Set(), comments: new Set(), told: new Set() };
  const asked = new Set(options.policies.map(({ meta }) => meta.id));
  const policies = options.policyIds ?? asked;
  const judged = roots.map((root, done) => {
    options.onProgress?.({ doing: 'checking', done, total: roots.length, root: root.root.id });
    return checkRoot(root, options, { today, policies, asked }, files, use);
  });
  // What other roots would use looks unused in a part of them.
  const isWhole = options.changed === undefined;
  const reports = judged.map(({ report, comments }) => ({
    ...report,
    problems: [...report.problems, ...(isWhole ? unusedComments(comments, use) : [])],
  }));
  const checked = mergeRoots(reports);
  const known = options.baseline === undefined ? undefined : withoutKnown(checked, options.baseline);
  const left = known?.roots ?? checked;
  const configured = suppressions.filter(({ policy }) => asked.has(policy));
  const stale = (known?.stale ?? []).filter(({ policy }) => asked.has(policy) || !policies.has(policy));
  return {
    roots: earlier === undefined ? left : withoutKnown(left, earlier, { reason: earlier.reason }).roots,
    problems: [
      ...problems,
      ...(options.azureTypes?.problems() ?? []),
      ...(isWhole ? unusedProblems(configured, use.configured, today) : []),
      ...(isWhole ? staleProblems(stale) : []),
    ],
    files: inputs.length,
    lineOf: createLineReader(files),
  };
}

/** Derives the network of one root and runs the policies. */
function checkRoot(
  { root, kind, model, problems, suppressions }: LoadedRoot,
  options: CheckOptions,
  run: Pick<Suppressing, 'asked' | 'policies' | 'today'>,
  files: OpenFiles,
  use: SuppressionUse,
): { readonly report: RootReport; readonly comments: readonly ValidComment[] } {
  const { clients, azureTypes } = options;
  const network = buildNetwork(model, {
    ...(clients === undefined ? {} : { clients }),
    ...(azureTypes === undefined ? {} : { types: azureTypes.types }),
  });
  const runs = options.policies.map((policy) => policy.run(network));
  const found = runs
    .flatMap((run) => run.findings)
    .map((finding) => withSeverity(finding, options.severities));
  const places = [
    ...model.resources.map(({ origin }) => origin),
    ...found.flatMap(({ location, subject }) => [location, subject.origin]),
  ];
  const sources = new Set(places.flatMap((origin) => (origin.kind === 'text' ? [origin.path] : [])));
  const left = suppress(
    found,
    root.path,
    {
      inCode: new Map([...suppressions, ...commentsIn(sources, files)]),
      configured: options.suppressions ?? [],
      ...run,
    },
    use,
  );
  const report: RootReport = {
    root,
    kind,
    paths: network.paths,
    findings: left.findings,
    suppressed: left.suppressed,
    problems: [...problems, ...network.problems, ...left.problems],
    resources: model.resources.length,
    places: model.resources.map(({ address, origin }) => ({ address, origin })),
    passed: runs.reduce((sum, run) => sum + run.passed, 0),
  };
  return { report, comments: left.comments };
}

function withSeverity(finding: Finding, severities: CheckOptions['severities']): Finding {
  const severity = severities?.[finding.policy];
  return severity === undefined ? finding : { ...finding, severity };
}
