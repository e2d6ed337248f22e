import type { AzureCatalogue } from '../arm/types/azure-catalogue.ts';
import type { DeclaredClient } from '../network/clients.ts';
import { buildNetwork } from '../network/network.ts';
import type { Policy } from '../policy/define-policy.ts';
import type { Finding, Severity } from '../policy/finding.ts';
import { type AcceptanceOptions, createAcceptances } from './acceptances.ts';
import { createLineReader } from './line-reader.ts';
import { type Input, type LoadedRoot, type LoadOptions, loadRoots } from './load-roots.ts';
import { mergeRoots } from './merge-roots.ts';
import type { OpenFiles } from './open-files.ts';
import type { Report, RootReport } from './report.ts';
import { commentsIn, type Suppressions } from './suppressions.ts';

/** What a run is told besides its inputs; only the policies are needed. */
export interface CheckOptions extends LoadOptions, Omit<AcceptanceOptions, 'asked' | 'isPartial'> {
  readonly policies: readonly Policy[];
  /** Severities that replace those of the policies, by policy id. */
  readonly severities?: Readonly<Record<string, Severity>>;
  /** Who sends packets besides the internet and the virtual network. */
  readonly clients?: readonly DeclaredClient[];
  /** What is known of resource types besides what Portcullis knows by itself. */
  readonly azureTypes?: AzureCatalogue;
}

/**
 * Reads every input, asks every policy about it, and says what it found, without what somebody has accepted. Same input, same
 * report.
 */
export async function check(inputs: readonly Input[], options: CheckOptions): Promise<Report> {
  const { roots, problems, files } = await loadRoots(inputs, options);
  const asked = new Set(options.policies.map(({ meta }) => meta.id));
  const acceptances = createAcceptances({ ...options, asked, isPartial: options.changed !== undefined });
  const reports = roots.map((root, done) => {
    options.onProgress?.({ doing: 'checking', done, total: roots.length, root: root.root.id });
    const report = checkRoot(root, options);
    return acceptances.suppress(report, suppressionsOf(root, report, files));
  });
  const left = acceptances.withoutKnown(mergeRoots(acceptances.tellUnused(reports)));
  return {
    roots: left.roots,
    problems: [...problems, ...(options.azureTypes?.problems() ?? []), ...left.problems],
    files: inputs.length,
    lineOf: createLineReader(files),
  };
}

/** Derives the network of one root and runs the policies. */
function checkRoot({ root, kind, model, problems }: LoadedRoot, options: CheckOptions): RootReport {
  const { clients, azureTypes, policies, severities } = options;
  const network = buildNetwork(model, {
    ...(clients === undefined ? {} : { clients }),
    ...(azureTypes === undefined ? {} : { types: azureTypes.types }),
  });
  const runs = policies.map((policy) => policy.run(network));
  return {
    root,
    kind,
    paths: network.paths,
    findings: runs.flatMap((run) => run.findings).map((finding) => withSeverity(finding, severities)),
    suppressed: [],
    problems: [...problems, ...network.problems],
    resources: model.resources.length,
    places: model.resources.map(({ address, origin }) => ({ address, origin })),
    passed: runs.reduce((sum, run) => sum + run.passed, 0),
  };
}

function withSeverity(finding: Finding, severities: CheckOptions['severities']): Finding {
  const severity = severities?.[finding.policy];
  return severity === undefined ? finding : { ...finding, severity };
}

/** What the comments in all files say that something of a root is written in. */
function suppressionsOf(
  { suppressions }: LoadedRoot,
  { places, findings }: RootReport,
  files: OpenFiles,
): Suppressions {
  const origins = [
    ...places.map(({ origin }) => origin),
    ...findings.flatMap(({ location, subject }) => [location, subject.origin]),
  ];
  const paths = new Set(origins.flatMap((origin) => (origin.kind === 'text' ? [origin.path] : [])));
  return new Map([...suppressions, ...commentsIn(paths, files)]);
}
