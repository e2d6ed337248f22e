import path from 'node:path';
import type { TerraformRoot } from '../sources/azurerm/instance.ts';
import type { Files } from '../sources/terraform-hcl/files.ts';
import { toTerraformRoot } from '../sources/terraform-plan/load-plan.ts';
import type { Plan } from '../sources/terraform-plan/plan-format.ts';
import { readPlan } from '../sources/terraform-plan/read-plan.ts';
import type { Problem } from '../text/problem.ts';
import type { Input, LoadedRoot, Loading } from './load-roots.ts';
import type { Root } from './report.ts';
import { NO_SUPPRESSIONS } from './suppressions.ts';
import { translateTerraform } from './translate-terraform.ts';

/**
 * A Terraform plan: JSON, or a saved plan when a terraform binary may be run on it. With the configuration it was made
 * from, links are exact and findings point at its lines: the one a saved plan carries, that of `--source`, else that beside
 * the plan.
 */
export async function loadPlan(root: Root, input: Input, loading: Loading): Promise<LoadedRoot | Problem> {
  const { files, options } = loading;
  const { path: label, bytes } = input;
  const read = readPlan({
    path: files.resolve(label),
    label,
    ...(bytes === undefined ? {} : { bytes }),
    ...(options.terraform === undefined ? {} : { terraform: options.terraform }),
  });
  if ('problem' in read) return read.problem;
  const planned = toTerraformRoot(read.plan, label);
  const configuration = read.kind === 'normal' ? await configurationOf(root, read.plan, loading) : undefined;
  const joined =
    configuration === undefined ? { root: planned, problems: [] } : await join(planned, configuration);
  const { model, problems } = await translateTerraform(joined.root);
  return {
    root,
    kind: read.kind,
    model,
    problems: [...joined.problems, ...problems],
    suppressions: NO_SUPPRESSIONS,
    ...(joined.problems.length > 0 || configuration?.shown === undefined
      ? {}
      : { covers: configuration.shown }),
  };
}

/** In bytes, unpacked. */
const LARGEST_CONFIGURATION = 64 * 1024 * 1024;

interface Configuration {
  readonly root: TerraformRoot;
  /** Its directory in the working tree. */
  readonly shown?: string;
  /** Whether it certainly is the one of the plan, so that a difference is worth telling. */
  readonly isGiven: boolean;
}

/** Where the configuration of a plan lies. */
interface Place {
  readonly files: Files;
  readonly directory: string;
  readonly shown?: string;
  readonly isGiven: boolean;
}

async function configurationOf(root: Root, plan: Plan, loading: Loading): Promise<Configuration | undefined> {
  const place = (await savedPlace(root, loading)) ?? placeBeside(root, loading);
  if (place === undefined) return undefined;
  const { readTerraformRoot } = await import('../sources/terraform-hcl/read-root.ts');
  const given = Object.fromEntries(Object.entries(plan.variables).map(([name, { value }]) => [name, value]));
  const { files, directory, isGiven, shown } = place;
  const read = await readTerraformRoot({
    directory,
    files,
    variables: { given },
    isPlanned: true,
  });
  if (read.root === undefined) return undefined;
  return { root: read.root, isGiven, ...(shown === undefined ? {} : { shown }) };
}

/** The configuration inside a saved plan. */
async function savedPlace(root: Root, { files }: Loading): Promise<Place | undefined> {
  const bytes = root.path.endsWith('.json') ? undefined : files.read(root.path);
  if (bytes === undefined || bytes[0] !== 0x50 || bytes[1] !== 0x4b) return undefined;
  const { unpackZip } = await import('../sources/terraform-plan/zip.ts');
  const { SAVED_CONFIGURATION, savedConfiguration } = await import(
    '../sources/terraform-hcl/saved-configuration.ts'
  );
  const entries = unpackZip(bytes, SAVED_CONFIGURATION, LARGEST_CONFIGURATION);
  const beside = path.posix.dirname(root.path);
  const saved =
    entries === undefined ? undefined : savedConfiguration(entries, (file) => path.posix.join(beside, file));
  return saved === undefined ? undefined : { ...saved, isGiven: true };
}

function placeBeside(root: Root, { files, options }: Loading): Place | undefined {
  const isGiven = options.source !== undefined;
  if (!isGiven && root.path.startsWith('<')) return undefined;
  const directory = options.source ?? path.posix.dirname(root.path);
  const hasCode = (files.list(directory) ?? []).some(({ name }) => /\.(?:tf|tofu)(?:\.json)?$/.test(name));
  const base = files.rootOf(directory);
  if (!hasCode || base === undefined) return undefined;
  return { files: files.below(base), directory: files.inside(base, directory), shown: directory, isGiven };
}

/** Half of the instances in common make a configuration that of the plan, perhaps at another time. */
async function join(
  planned: TerraformRoot,
  { root, isGiven }: Configuration,
): Promise<{ readonly root: TerraformRoot; readonly problems: readonly Problem[] }> {
  const { joinPlan } = await import('../sources/terraform-hcl/join-plan.ts');
  const joined = joinPlan(planned, root);
  if (joined.problems.length === 0) return joined;
  const declared = new Set(root.instances.map(({ address }) => address));
  const common = planned.instances.filter(({ address }) => declared.has(address)).length;
  const isOfPlan = isGiven || common * 2 >= planned.instances.length;
  return { root: planned, problems: isOfPlan ? joined.problems : [] };
}
