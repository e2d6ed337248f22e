import { posix } from 'node:path';
import type { OpenBicepFile } from '../sources/bicep/bicep-file.ts';
import { outlineBicep } from '../sources/bicep/uses.ts';
import type { FoundInput } from './find-inputs.ts';
import type { OpenFiles } from './open-files.ts';

/** One deployable unit that the inputs hold. */
export interface PlannedRoot {
  readonly source: 'terraform-plan' | 'bicep' | 'arm-template' | 'arm-what-if' | 'terraform';
  /** The entry file; of Terraform code the directory, `.` for the working directory. */
  readonly path: string;
  /** The parameters file that goes with it: `.bicepparam` or JSON. */
  readonly parameters?: string;
  /** Whether somebody named it. */
  readonly isNamed?: true;
  /**
   * Whether others may call it with values of their own: a template above it links to templates by a name that the code does
   * not show.
   */
  readonly isCalled?: true;
}

/**
 * The roots among the inputs: each plan and what-if result; each Bicep parameters file with the file it uses, and each Bicep
 * file or template with each JSON parameters file that matches its name; else the files that no other file uses as a
 * module; and the directories with Terraform code (which of those are modules is settled where the code is read). A template
 * that Bicep made from a file beside it is left out.
 */
export function planRoots(
  inputs: readonly FoundInput[],
  files: OpenFiles,
  openBicep?: OpenBicepFile,
): readonly PlannedRoot[] {
  const ofKind = (kind: FoundInput['kind']): readonly FoundInput[] =>
    inputs.filter((input) => input.kind === kind);
  const directories = new Map<string, boolean>();
  for (const { path, isNamed } of ofKind('terraform')) {
    const directory = posix.dirname(path);
    directories.set(directory, directories.get(directory) === true || isNamed === true);
  }
  const bicep = planBicep(
    ofKind('bicep'),
    ofKind('bicep-parameters'),
    ofKind('arm-parameters'),
    files,
    openBicep,
  );
  const templates = planTemplates(
    ofKind('arm-template'),
    ofKind('arm-parameters'),
    bicep.usedTemplates,
    files,
  );
  return [
    ...ofKind('terraform-plan').map(({ path }): PlannedRoot => ({ source: 'terraform-plan', path })),
    ...ofKind('arm-what-if').map(({ path }): PlannedRoot => ({ source: 'arm-what-if', path })),
    ...bicep.roots,
    ...templates,
    ...[...directories].sort().map(
      ([path, isNamed]): PlannedRoot => ({
        source: 'terraform',
        path,
        ...(isNamed ? { isNamed } : {}),
      }),
    ),
  ];
}

function planBicep(
  sources: readonly FoundInput[],
  parameters: readonly FoundInput[],
  jsonParameters: readonly FoundInput[],
  files: OpenFiles,
  openBicep: OpenBicepFile | undefined,
): { readonly roots: readonly PlannedRoot[]; readonly usedTemplates: ReadonlySet<string> } {
  const used = new Set<string>();
  const given = new Set<string>();
  const extended = new Set<string>();
  const using = new Map<string, string>();
  const deploying = new Set<string>();
  for (const { path } of [...sources, ...parameters]) {
    const { uses, deploys } = outlineBicep(path, files.text(path) ?? '', openBicep);
    if (deploys) deploying.add(path);
    for (const use of uses) {
      if (use.kind === 'extends') extended.add(use.path);
      else if (use.kind !== 'using') used.add(use.path);
      else {
        given.add(use.path);
        using.set(path, use.path);
      }
    }
  }
  const roots: PlannedRoot[] = [];
  for (const { path, isNamed } of parameters) {
    const template = using.get(path);
    if (template === undefined || (isNamed !== true && extended.has(path))) continue;
    roots.push({ source: 'bicep', path: template, parameters: path });
  }
  for (const { path, isNamed } of sources) {
    if (isNamed !== true && (used.has(path) || !deploying.has(path))) continue;
    const matching = jsonParameters.filter((file) => matches(file.path, path)).map((file) => file.path);
    for (const file of matching) roots.push({ source: 'bicep', path, parameters: file });
    if (matching.length === 0 && !given.has(path)) roots.push({ source: 'bicep', path });
  }
  const usedTemplates = new Set([...used, ...given].filter((path) => path.endsWith('.json')));
  return { roots: roots.sort(byPath), usedTemplates };
}

function planTemplates(
  templates: readonly FoundInput[],
  parameters: readonly FoundInput[],
  usedByBicep: ReadonlySet<string>,
  files: OpenFiles,
): readonly PlannedRoot[] {
  const texts = new Map(templates.map(({ path }) => [path, files.text(path) ?? ''] as const));
  const linked = linkedTemplates(texts);
  const roots = templates.flatMap(({ path, isNamed }): readonly PlannedRoot[] => {
    const isPart =
      usedByBicep.has(path) || linked.has(path) || isCompiledTwin(path, texts.get(path) ?? '', files);
    if (isPart && isNamed !== true) return [];
    const matching = parameters.filter((file) => matches(file.path, path));
    if (matching.length === 0) {
      const isCalled = isNamed !== true && mayBeLinked(path, texts);
      return [{ source: 'arm-template', path, ...(isCalled ? { isCalled } : {}) }];
    }
    return matching.map((file) => ({ source: 'arm-template', path, parameters: file.path }));
  });
  return roots.sort(byPath);
}

function byPath(a: PlannedRoot, b: PlannedRoot): number {
  const [x, y] = [`${a.path} ${a.parameters ?? ''}`, `${b.path} ${b.parameters ?? ''}`];
  return x < y ? -1 : Number(x > y);
}

/** Names of the entry file that parameters files of either name go with: `azuredeploy.parameters.json` and `main.bicep`. */
const ENTRY = new Set(['main', 'azuredeploy', 'maintemplate', 'deploy', 'template']);

/** Whether a parameters file in the same folder belongs to a template by its name: `main.parameters.json`, `main.prod.parameters.json`. */
function matches(parameters: string, template: string): boolean {
  if (posix.dirname(parameters) !== posix.dirname(template)) return false;
  const own = stemOf(template);
  const [stem = '', ...rest] = posix
    .basename(parameters)
    .toLowerCase()
    .replace(/\.jsonc?$/, '')
    .split('.');
  if (!rest.some((part) => part === 'parameters' || part === 'params' || part === 'parameter')) return false;
  return stem === own || (ENTRY.has(stem) && ENTRY.has(own));
}

function stemOf(path: string): string {
  return posix
    .basename(path)
    .toLowerCase()
    .replace(/\.(?:bicep|jsonc?)$/, '');
}

/**
 * Templates that another one names. Links are usually put together, `uri(..., 'nested/network.json')`, so every text in
 * quotes that ends like the path of a template beside or below the one that holds it counts.
 */
function linkedTemplates(texts: ReadonlyMap<string, string>): ReadonlySet<string> {
  const linked = new Set<string>();
  for (const [path, text] of texts) {
    const folder = posix.dirname(path);
    for (const [, named = ''] of text.matchAll(/["'/]((?:[\w.-]+\/)*[\w.-]+\.jsonc?)["'?]/gi)) {
      const inside = posix.normalize(posix.join(folder, named));
      for (const candidate of [
        inside,
        posix.join(folder, 'nested', named),
        posix.join(folder, 'nestedtemplates', named),
      ]) {
        if (candidate !== path && texts.has(candidate)) linked.add(candidate);
      }
    }
  }
  return linked;
}

/** Folders that hold the parts of a template. */
const PARTS = /^(nested|linked)[-_]?(templates?)?$|^(templates|partials|shared|modules)$/i;

/** A template in a folder of parts, below one that links to templates. */
function mayBeLinked(path: string, texts: ReadonlyMap<string, string>): boolean {
  const folder = posix.dirname(path);
  return [...texts].some(([other, text]) => {
    const above = posix.dirname(other);
    const below =
      above === '.' ? folder : folder.startsWith(`${above}/`) ? folder.slice(above.length + 1) : '';
    return other !== path && below.split('/').some((name) => PARTS.test(name)) && LINK.test(text);
  });
}

const LINK = /"templateLink"\s*:/i;

/** A template that Bicep wrote beside its source says the same twice. */
function isCompiledTwin(path: string, text: string, files: OpenFiles): boolean {
  if (!/"_generator"\s*:\s*\{[^}]*"name"\s*:\s*"bicep"/i.test(text.slice(0, 4096))) return false;
  const folder = posix.dirname(path);
  const stem = stemOf(path);
  const names = (files.list(folder) ?? []).map(({ name }) => name.toLowerCase());
  return names.some(
    (name) =>
      name.endsWith('.bicep') && (stemOf(name) === stem || (ENTRY.has(stemOf(name)) && ENTRY.has(stem))),
  );
}
