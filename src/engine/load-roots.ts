import type { KnownScope } from '../arm/deployment-scope.ts';
import type { Model } from '../model/model.ts';
import { createBicepFiles, type OpenBicepFile } from '../sources/bicep/bicep-file.ts';
import type { VariableInputs } from '../sources/terraform-hcl/variable-values.ts';
import type { Problem } from '../text/problem.ts';
import { known, type Value } from '../value/value.ts';
import type { FoundInput } from './find-inputs.ts';
import { createOpenFiles, type OpenFiles, type Place, repositoryAbove } from './open-files.ts';
import { type PlannedRoot, planRoots } from './plan-roots.ts';
import type { Root, RootReport } from './report.ts';
import type { Suppressions } from './suppressions.ts';

/** Something to read: a file, or standard input with its bytes. */
export interface Input {
  /** Relative to the working directory, with `/`; `<stdin>` for standard input. */
  readonly path: string;
  readonly kind?: FoundInput['kind'];
  readonly isNamed?: true;
  readonly bytes?: Uint8Array;
}

export interface LoadOptions {
  /** Where paths start, and what nothing is read outside of; the working directory of the process for both when left out. */
  readonly place?: Place;
  /** The terraform binary that may be run on a saved plan. */
  readonly terraform?: string;
  /** What templates are deployed to, where the code does not say it. */
  readonly azure?: AzureTarget;
  /** Values for the variables of Terraform code. */
  readonly terraformVariables?: VariableInputs;
  /** Where the configuration of plans lies; beside them when left out. */
  readonly source?: string;
  /** `terraform.workspace`; `default` when left out. */
  readonly workspace?: string;
  /** The environment for `readEnvironmentVariable`, when that is allowed. */
  readonly readVariable?: (name: string) => string | undefined;
  /** Values for parameters of Bicep files and templates, by name. */
  readonly parameters?: ReadonlyMap<string, Value>;
  /** Told before each root is read and before it is checked. */
  readonly onProgress?: (progress: Progress) => void;
  /** Absolute paths. When given, roots that read none of these files are left out. */
  readonly changed?: ReadonlySet<string>;
}

/** What a run is at. */
export interface Progress {
  readonly doing: 'reading' | 'checking';
  /** How many roots are done, and how many there are. */
  readonly done: number;
  readonly total: number;
  /** The id of the next one. */
  readonly root: string;
}

export interface AzureTarget {
  readonly subscription?: string;
  readonly resourceGroup?: string;
  readonly location?: string;
}

/** One deployable unit, read and translated. */
export interface LoadedRoot {
  readonly root: Root;
  readonly kind: RootReport['kind'];
  readonly model: Model;
  readonly problems: readonly Problem[];
  /** What comments in its files take away, by path. */
  readonly suppressions: Suppressions;
  /** The directory whose configuration a plan was joined with: it is no root of its own. */
  readonly covers?: string;
}

export interface LoadedRoots {
  readonly roots: readonly LoadedRoot[];
  /** Problems of inputs that gave no root. */
  readonly problems: readonly Problem[];
  readonly files: OpenFiles;
}

/** What a loader needs besides the root. */
export interface Loading {
  readonly files: OpenFiles;
  readonly options: LoadOptions;
  readonly scope: KnownScope;
  /** Each Bicep file is parsed once for all roots. */
  readonly openBicep: OpenBicepFile;
}

/** Reads every root the inputs hold, whatever its format. What cannot be read is a problem and gives no root. */
export async function loadRoots(inputs: readonly Input[], options: LoadOptions): Promise<LoadedRoots> {
  const cwd = process.cwd();
  const place = options.place ?? { cwd, roots: [cwd] };
  const { changed } = options;
  let isWanted = true;
  const files = createOpenFiles(place, (file) => {
    isWanted ||= changed?.has(file) === true;
  });
  const openBicep = createBicepFiles();
  const loading: Loading = { files, options, scope: scopeOf(options.azure ?? {}), openBicep };
  const found = inputs.map(({ path, kind = 'terraform-plan', isNamed }) => ({
    path,
    kind,
    ...(isNamed === undefined ? {} : { isNamed }),
  }));
  const planned = await withoutModules(planRoots(found, files, openBicep), files);
  const roots: LoadedRoot[] = [];
  const problems: Problem[] = [];
  const covered = new Set<string>();
  for (const [done, each] of planned.entries()) {
    if (each.source === 'terraform' && covered.has(each.path)) continue;
    options.onProgress?.({ doing: 'reading', done, total: planned.length, root: each.path });
    isWanted = changed === undefined || changed.has(files.resolve(each.path));
    const loaded = await loadRoot(each, rootOf(each, planned, files), inputs, loading);
    if ('root' in loaded && loaded.covers !== undefined) covered.add(loaded.covers);
    if (!isWanted) continue;
    if ('root' in loaded) roots.push(loaded);
    else problems.push(loaded);
  }
  return { roots, problems, files };
}

/** Each language is loaded when a root is written in it: its libraries cost a part of a second. */
async function loadRoot(
  planned: PlannedRoot,
  root: Root,
  inputs: readonly Input[],
  loading: Loading,
): Promise<LoadedRoot | Problem> {
  switch (planned.source) {
    case 'terraform-plan':
      return await (await import('./load-plan.ts')).loadPlan(
        root,
        inputs.find(({ path }) => path === planned.path) ?? planned,
        loading,
      );
    case 'bicep':
      return (await import('./load-bicep.ts')).loadBicep(root, loading);
    case 'terraform':
      return await (await import('./load-terraform.ts')).loadTerraform(root, loading);
    case 'arm-template':
      return (await import('./load-arm-template.ts')).loadArmTemplate(root, loading);
    case 'arm-what-if':
      return (await import('./load-what-if.ts')).loadWhatIf(root, loading);
  }
}

/** Which directories with Terraform code are only modules of others. */
async function withoutModules(
  planned: readonly PlannedRoot[],
  files: OpenFiles,
): Promise<readonly PlannedRoot[]> {
  const terraform = planned.filter(({ source }) => source === 'terraform');
  if (terraform.length === 0) return planned;
  const { onlyTerraformRoots } = await import('./load-terraform.ts');
  const roots = new Set(onlyTerraformRoots(terraform, files));
  return planned.filter((root) => root.source !== 'terraform' || roots.has(root));
}

/** A path stands for its root, unless several parameters files go with it. */
function rootOf(
  { source, path, parameters, isCalled }: PlannedRoot,
  all: readonly PlannedRoot[],
  files: OpenFiles,
): Root {
  const isShared = all.filter((other) => other.source === source && other.path === path).length > 1;
  const id = isShared && parameters !== undefined ? `${path} with ${parameters}` : path;
  const [inside = path, given = parameters] = [path, parameters].map((each) =>
    each === undefined ? undefined : pathInRepository(each, files),
  );
  // With its parameters file in any case: a second file must not change the key of the first root.
  const key = given === undefined ? inside : `${inside} with ${given}`;
  return {
    id,
    key,
    source,
    path,
    ...(parameters === undefined ? {} : { parameters }),
    ...(isCalled === undefined ? {} : { isCalled }),
  };
}

/** The path from the root of the repository; undefined outside of any, and for standard input. */
function pathInRepository(path: string, files: OpenFiles): string | undefined {
  const repository = path.startsWith('<') ? undefined : repositoryAbove(files.resolve(path));
  return repository === undefined ? undefined : files.inside(repository, path) || '.';
}

const GIVEN = {
  kind: 'platform',
  name: 'the options of the run',
  docs: 'https://learn.microsoft.com/azure/azure-resource-manager/templates/deploy-cli',
} as const;

function scopeOf({ subscription, resourceGroup, location }: AzureTarget): KnownScope {
  return {
    ...(subscription === undefined ? {} : { subscription: known(subscription, GIVEN) }),
    ...(resourceGroup === undefined ? {} : { resourceGroup: known(resourceGroup, GIVEN) }),
    ...(location === undefined ? {} : { location: known(location, GIVEN) }),
  };
}
