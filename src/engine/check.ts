import type { DeclaredClient } from '../network/clients.ts';
import { buildNetwork } from '../network/network.ts';
import type { Policy } from '../policy/define-policy.ts';
import type { Finding, Severity } from '../policy/finding.ts';
import { type Input, type LoadedRoot, type LoadOptions, loadRoots } from './load-roots.ts';
import type { Report, RootReport } from './report.ts';

export interface CheckOptions extends LoadOptions {
  readonly policies: readonly Policy[];
  /** Severities that replace those of the policies, by policy id. */
  readonly severities?: Readonly<Record<string, Severity>>;
  /** Who sends packets besides the internet and the virtual network. */
  readonly clients?: readonly DeclaredClient[];
}

/** Reads every input, asks every policy about it, and says what it found. Same input, same report. */
export function check(inputs: readonly Input[], options: CheckOptions): Report {
  const { roots, problems } = loadRoots(inputs, options);
  return { roots: roots.map((root) => checkRoot(root, options)), problems, files: inputs.length };
}

/** Derives the network of one root and runs the policies. */
function checkRoot({ root, kind, model, problems }: LoadedRoot, options: CheckOptions): RootReport {
  const network = buildNetwork(model, options.clients === undefined ? {} : { clients: options.clients });
  const runs = options.policies.map((policy) => policy.run(network));
  return {
    root,
    kind,
    paths: network.paths,
    findings: runs.flatMap((run) => run.findings).map((finding) => withSeverity(finding, options.severities)),
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
