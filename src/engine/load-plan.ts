import { toModel } from '../sources/azurerm/to-model.ts';
import { toTerraformRoot } from '../sources/terraform-plan/load-plan.ts';
import { readPlan } from '../sources/terraform-plan/read-plan.ts';
import type { Problem } from '../text/problem.ts';
import type { Input, LoadedRoot, Loading } from './load-roots.ts';
import type { Root } from './report.ts';
import { NO_SUPPRESSIONS } from './suppressions.ts';

/** A Terraform plan: JSON, or a saved plan when a terraform binary may be run on it. */
export function loadPlan(root: Root, input: Input, { options }: Loading): LoadedRoot | Problem {
  const read = readPlan({
    ...input,
    ...(options.terraform === undefined ? {} : { terraform: options.terraform }),
  });
  if ('problem' in read) return read.problem;
  const { model, problems } = toModel(toTerraformRoot(read.plan, input.path));
  return { root, kind: read.kind, model, problems, suppressions: NO_SUPPRESSIONS };
}
