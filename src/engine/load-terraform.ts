import { toModel } from '../sources/azurerm/to-model.ts';
import { findTerraformRoots } from '../sources/terraform-hcl/find-roots.ts';
import { readTerraformRoot } from '../sources/terraform-hcl/read-root.ts';
import type { VariableInputs } from '../sources/terraform-hcl/variable-values.ts';
import type { Problem } from '../text/problem.ts';
import { unreadableFile } from './load-problem.ts';
import type { LoadedRoot, Loading } from './load-roots.ts';
import type { OpenFiles } from './open-files.ts';
import type { PlannedRoot } from './plan-roots.ts';
import type { Root } from './report.ts';
import { NO_SUPPRESSIONS } from './suppressions.ts';

/** Of the directories with Terraform code, those that terraform is run in and that declare anything of Azure. */
export function onlyTerraformRoots(
  planned: readonly PlannedRoot[],
  files: OpenFiles,
): readonly PlannedRoot[] {
  const bases = new Map<string, string[]>();
  for (const { path: directory } of planned) {
    const base = files.rootOf(directory);
    if (base !== undefined) bases.set(base, [...(bases.get(base) ?? []), directory]);
  }
  const roots = new Set<string>();
  for (const [base, directories] of bases) {
    const reader = files.below(base);
    const inside = new Map(
      directories.map((directory) => [files.inside(base, directory), directory] as const),
    );
    for (const { directory, mentionsAzure } of findTerraformRoots([...inside.keys()], reader)) {
      const shown = inside.get(directory);
      if (mentionsAzure && shown !== undefined) roots.add(shown);
    }
  }
  return planned.filter((root) => roots.has(root.path) || root.isNamed === true);
}

/** A directory with Terraform code, without a plan. */
export async function loadTerraform(root: Root, { files, options }: Loading): Promise<LoadedRoot | Problem> {
  const base = files.rootOf(root.path);
  if (base === undefined) return unreadableFile(root.path, files);
  const variables = variablesOf(base, files, options.terraformVariables ?? {});
  const read = await readTerraformRoot({
    directory: files.inside(base, root.path),
    files: files.below(base),
    variables,
    ...(root.isCalled === true ? { isCalled: true } : {}),
    ...(options.workspace === undefined ? {} : { workspace: options.workspace }),
  });
  if (read.root === undefined) {
    return read.problems.find(({ severity }) => severity === 'fatal') ?? unreadableFile(root.path, files);
  }
  const { model, problems } = toModel(read.root);
  const all = [...read.problems.filter(({ severity }) => severity !== 'fatal'), ...problems];
  return { root, kind: 'normal', model, problems: all, suppressions: NO_SUPPRESSIONS };
}

/** Paths of variable files are given from the working directory. */
function variablesOf(base: string, files: OpenFiles, given: VariableInputs): VariableInputs {
  const { options = [], ...others } = given;
  return {
    ...others,
    options: options.map((option) => ('file' in option ? { file: files.inside(base, option.file) } : option)),
  };
}
