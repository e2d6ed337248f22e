import type { Model } from '../model/model.ts';
import { toModel } from '../sources/azurerm/to-model.ts';
import { toTerraformRoot } from '../sources/terraform-plan/load-plan.ts';
import { readPlan } from '../sources/terraform-plan/read-plan.ts';
import type { Problem } from '../text/problem.ts';
import type { Root, RootReport } from './report.ts';

/** Something to read: a file, or standard input with its bytes. */
export interface Input {
  /** Relative to the working directory, with `/`; `<stdin>` for standard input. */
  readonly path: string;
  readonly bytes?: Uint8Array;
}

export interface LoadOptions {
  /** The terraform binary that may be run on a saved plan. */
  readonly terraform?: string;
}

/** One deployable unit, read and translated. */
export interface LoadedRoot {
  readonly root: Root;
  readonly kind: RootReport['kind'];
  readonly model: Model;
  readonly problems: readonly Problem[];
}

export interface LoadedRoots {
  readonly roots: readonly LoadedRoot[];
  /** Problems of inputs that gave no root. */
  readonly problems: readonly Problem[];
}

/** Reads every input, whatever its format. What cannot be read is a problem and gives no root. */
export function loadRoots(inputs: readonly Input[], options: LoadOptions): LoadedRoots {
  const roots: LoadedRoot[] = [];
  const problems: Problem[] = [];
  for (const input of inputs) {
    const loaded = loadPlan(input, options);
    if ('root' in loaded) roots.push(loaded);
    else problems.push(loaded);
  }
  return { roots, problems };
}

function loadPlan(input: Input, options: LoadOptions): LoadedRoot | Problem {
  const read = readPlan({
    ...input,
    ...(options.terraform === undefined ? {} : { terraform: options.terraform }),
  });
  if ('problem' in read) return read.problem;
  const { model, problems } = toModel(toTerraformRoot(read.plan, input.path));
  const root: Root = { id: input.path, source: 'terraform-plan', path: input.path };
  return { root, kind: read.kind, model, problems };
}
