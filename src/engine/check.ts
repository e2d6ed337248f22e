import type { DeclaredClient } from '../network/clients.ts';
import { buildNetwork } from '../network/network.ts';
import type { Policy } from '../policy/define-policy.ts';
import type { Finding, Severity } from '../policy/finding.ts';
import { type Baseline, withoutKnown } from './baseline.ts';
import { createLineReader } from './line-reader.ts';
import { type Input, type LoadedRoot, type LoadOptions, loadRoots } from './load-roots.ts';
import { mergeRoots } from './merge-roots.ts';
import type { OpenFiles } from './open-files.ts';
import type { Report, RootReport } from './report.ts';
import { staleProblems, unusedProblems } from './stale-problems.ts';
import { type ConfiguredSuppression, suppress } from './suppress.ts';
import { hclSuppressions } from './suppressions.ts';

/** What a run is told besides its inputs; only the policies are needed. */
export interface CheckOptions extends LoadOptions {
  readonly policies: readonly Policy[];
  /** Severities that replace those of the policies, by policy id. */
  readonly severities?: Readonly<Record<string, Severity>>;
  /** Who sends packets besides the internet and the virtual network. */
  readonly clients?: readonly DeclaredClient[];
  /** Findings that are accepted, besides those the code says. */
  readonly suppressions?: readonly ConfiguredSuppression[];
  /** The day on which suppressions must hold, `YYYY-MM-DD`; today when left out. */
  readonly today?: string;
  /** Findings that are known already. */
  readonly baseline?: Baseline;
}

/** Reads every input, asks every policy about it, and says what it found. Same input, same report. */
export async function check(inputs: readonly Input[], options: CheckOptions): Promise<Report> {
  const { roots, problems, files } = await loadRoots(inputs, options);
  const used = new Set<ConfiguredSuppression>();
  const checked = mergeRoots(roots.map((root) => checkRoot(root, options, files, used)));
  const known = options.baseline === undefined ? undefined : withoutKnown(checked, options.baseline);
  return {
    roots: known?.roots ?? checked,
    problems: [
      ...problems,
      ...unusedProblems(options.suppressions ?? [], used),
      ...staleProblems(known?.stale ?? []),
    ],
    files: inputs.length,
    lineOf: createLineReader(files),
  };
}

/** Derives the network of one root and runs the policies. */
function checkRoot(
  { root, kind, model, problems, suppressions }: LoadedRoot,
  options: CheckOptions,
  files: OpenFiles,
  used: Set<ConfiguredSuppression>,
): RootReport {
  const network = buildNetwork(model, options.clients === undefined ? {} : { clients: options.clients });
  const runs = options.policies.map((policy) => policy.run(network));
  const found = runs
    .flatMap((run) => run.findings)
    .map((finding) => withSeverity(finding, options.severities));
  const sources = model.resources.flatMap(({ origin }) => (origin.kind === 'text' ? [origin.path] : []));
  const inCode = new Map([...suppressions, ...hclSuppressions(new Set(sources), files)]);
  const left = suppress(
    found,
    root.path,
    {
      inCode,
      configured: options.suppressions ?? [],
      today: options.today ?? new Date().toISOString().slice(0, 10),
      policies: new Set(options.policies.map(({ meta }) => meta.id)),
    },
    used,
  );
  return {
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
}

function withSeverity(finding: Finding, severities: CheckOptions['severities']): Finding {
  const severity = severities?.[finding.policy];
  return severity === undefined ? finding : { ...finding, severity };
}
