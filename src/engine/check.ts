import { buildNetwork } from '../network/network.ts';
import type { Policy } from '../policy/define-policy.ts';
import { toModel } from '../sources/azurerm/to-model.ts';
import { toTerraformRoot } from '../sources/terraform-plan/load-plan.ts';
import { readPlan } from '../sources/terraform-plan/read-plan.ts';
import type { Problem } from '../text/problem.ts';
import type { Report, RootReport } from './report.ts';

/** Something to read: a file, or standard input with its bytes. */
export interface Input {
  /** Relative to the working directory, with `/`; `<stdin>` for standard input. */
  readonly path: string;
  readonly bytes?: Uint8Array;
}

export interface CheckOptions {
  readonly policies: readonly Policy[];
  /** The terraform binary that may be run on a saved plan. */
  readonly terraform?: string;
}

/** Reads every input, asks every policy about it, and says what it found. Same input, same report. */
export function check(inputs: readonly Input[], options: CheckOptions): Report {
  const roots: RootReport[] = [];
  const problems: Problem[] = [];
  for (const input of inputs) {
    const checked = checkPlan(input, options);
    if ('root' in checked) roots.push(checked);
    else problems.push(checked);
  }
  return { roots, problems, files: inputs.length };
}

/** One Terraform plan: read, translate, derive the network, run the policies. */
function checkPlan(input: Input, options: CheckOptions): RootReport | Problem {
  const read = readPlan({
    ...input,
    ...(options.terraform === undefined ? {} : { terraform: options.terraform }),
  });
  if ('problem' in read) return read.problem;
  const { model, problems } = toModel(toTerraformRoot(read.plan, input.path));
  const network = buildNetwork(model);
  const runs = options.policies.map((policy) => policy.run(network));
  return {
    root: { id: input.path, source: 'terraform-plan', path: input.path },
    kind: read.kind,
    paths: network.paths,
    findings: runs.flatMap((run) => run.findings),
    problems: [...problems, ...network.problems],
    resources: model.resources.length,
    places: model.resources.map(({ address, origin }) => ({ address, origin })),
    passed: runs.reduce((sum, run) => sum + run.passed, 0),
  };
}
