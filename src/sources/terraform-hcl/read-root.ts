import type { Origin } from '../../text/origin.ts';
import { printable } from '../../text/printable.ts';
import type { Problem } from '../../text/problem.ts';
import type { Value } from '../../value/value.ts';
import type { TerraformInstance, TerraformRoot, UnreadPart } from '../azurerm/instance.ts';
import { attributeNamed } from './body.ts';
import { type Data, isFailure, type Later } from './data.ts';
import { createRun, type Environment, type Run } from './environment.ts';
import { evaluate } from './evaluate.ts';
import { createFileAccess } from './file-access.ts';
import type { Files } from './files.ts';
import { hcl2json } from './hcl2json.ts';
import { startOf } from './load-module.ts';
import {
  createModuleInstance,
  type Inputs,
  type ModuleInstance,
  type RootContext,
} from './module-instance.ts';
import { loadModules, type ModuleNode } from './module-tree.ts';
import { referencesIn } from './output-references.ts';
import { providersOf } from './provider-constraints.ts';
import type { ResourceInstance } from './resource-instance.ts';
import { toUnknown, toValue } from './to-value.ts';
import { later, unsupported } from './unknown.ts';
import { type Assigned, assignVariables, type VariableInputs, valueOfText } from './variable-values.ts';

/** A root module to read. */
export interface RootInput {
  /** Normalised path of its directory, below that of the reader. */
  readonly directory: string;
  readonly files: Files;
  readonly variables?: VariableInputs;
  /** Whether it is a module of a library: its callers, who are not seen, give what is empty by default. */
  readonly isCalled?: boolean;
  /** `terraform.workspace`; `default` when absent. */
  readonly workspace?: string;
}

export interface ReadRoot {
  /** Undefined when the root cannot be read, or not to its end; then one of the problems is fatal. */
  readonly root: TerraformRoot | undefined;
  readonly problems: readonly Problem[];
  /** All configuration and variable files that were looked at, sorted. */
  readonly files: readonly string[];
}

/** More instances than this in one root are a mistake, or an attack. */
const MOST_INSTANCES = 10_000;

/**
 * Reads the Terraform configuration of a directory without a plan. Everything that the code settles is known; what the apply
 * settles is unknown and refers to what it is a copy of; variables without a value are unknown by their name. Reads nothing
 * but through `files`, executes nothing, and never throws.
 */
export async function readTerraformRoot(input: RootInput): Promise<ReadRoot> {
  const problems = createProblems();
  let usesYaml = false;
  const files: Files = {
    ...input.files,
    read(path) {
      const bytes = input.files.read(path);
      usesYaml ||=
        bytes !== undefined &&
        Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes('yamldecode');
      return bytes;
    },
  };
  const labels = (paths: readonly string[]): readonly string[] =>
    [...new Set(paths.map((path) => files.label?.(path) ?? path))].sort();
  const tree = await loadModules(input.directory, files, hcl2json);
  for (const problem of tree.problems) problems.add(problem);
  if (tree.root === undefined)
    return { root: undefined, problems: problems.all(), files: labels(tree.files) };

  const yaml = usesYaml ? await import('yaml') : undefined;
  const start = startOf(input.directory === '' ? '.' : input.directory);
  const report = (code: string, message: string, origin: Origin = start): void => {
    problems.add({ code, message, origin, severity: 'warning' });
  };
  const access = createFileAccess(files, input.directory, (code, message) => run.report(code, message));
  const run: Run = createRun({ files: access, yaml, evaluate }, report);
  const constants: Environment = { run, lookup: () => undefined };
  const context: RootContext = {
    run,
    directory: input.directory,
    workspace: input.workspace ?? 'default',
    evaluateConstant: (expression) => run.evaluate(expression, constants),
    idOf: createIds(),
    refuse(failure, origin) {
      const message = isFailure(failure) ? failure.message : 'the expression';
      const place = isFailure(failure) ? (failure.origin ?? origin) : origin;
      report('expression-refused', `Terraform would refuse this: ${printable(message)}`, place);
      return unsupported('an expression that Terraform would refuse');
    },
  };
  const assigned = await assignVariables(
    input.directory,
    input.variables ?? {},
    files,
    hcl2json,
    context.evaluateConstant,
  );
  for (const problem of assigned.problems) problems.add(problem);
  const inputs = rootInputs(tree.root, assigned.values, context, problems.add, input.isCalled === true);
  const module = createModuleInstance(tree.root, '', undefined, inputs, context);
  const providers = providersOf(tree.root, input.directory, files);
  const root = { ...toRoot(module, context, problems.add), providers };
  const read = labels([...tree.files, ...assigned.files]);
  const isReadable = !problems.all().some(({ severity }) => severity === 'fatal');
  return { root: isReadable ? root : undefined, problems: problems.all(), files: read };
}

/** Symbolic ids are in lower case, as all ids are; two addresses that differ in nothing else still get two. */
function createIds(): (address: string) => string {
  const owners = new Map<string, string>();
  return (address) => {
    let id = `{${address.toLowerCase()}}`;
    while ((owners.get(id) ?? address) !== address) id = `{${id}}`;
    owners.set(id, address);
    return id;
  };
}

/** Collects problems, each once. */
function createProblems(): { add(problem: Problem): void; all(): readonly Problem[] } {
  const found = new Map<string, Problem>();
  return {
    add: (problem) => {
      const key = JSON.stringify([problem.code, problem.message, problem.origin]);
      if (!found.has(key)) found.set(key, problem);
    },
    all: () => [...found.values()],
  };
}

/** The values of the root's variables; text of options and of the environment is read by the type of its variable. */
function rootInputs(
  { config }: ModuleNode,
  values: ReadonlyMap<string, Assigned>,
  { evaluateConstant }: RootContext,
  add: (problem: Problem) => void,
  isCalled: boolean,
): Inputs {
  return (name) => {
    const value = values.get(name);
    const block = config.variables.get(name);
    if (value === undefined && block !== undefined && isCalled) {
      const fallback = attributeNamed(block.body, 'default');
      const origin = block.file.origin(block);
      if (fallback === undefined || !isEmpty(evaluateConstant(fallback.value))) return undefined;
      return { data: later({ kind: 'parameter', name: `var.${name}` }, origin), origin };
    }
    if (value === undefined || block === undefined) return undefined;
    const { origin } = value;
    if ('data' in value) return { data: value.data, origin };
    const type = attributeNamed(block.body, 'type')?.value;
    const isSimple =
      type === undefined || (type.kind === 'name' && /^(?:string|number|bool)$/.test(type.name));
    const data = valueOfText(value.text, !isSimple, evaluateConstant);
    if (data !== undefined) return { data, origin };
    const message = `the value of \`${printable(name)}\` is not an expression`;
    add({ code: 'variable-value-not-constant', message, origin, severity: 'warning' });
    return undefined;
  };
}

/** `null`, `""`, `[]`, `{}`: nothing, rather than a choice of the author. */
function isEmpty(data: Data): boolean {
  if (data === null || data === '') return true;
  if (typeof data !== 'object') return false;
  if ('items' in data) return data.items.length === 0;
  return 'entries' in data && data.entries.size === 0;
}

function toRoot(
  module: ModuleInstance,
  context: RootContext,
  add: (problem: Problem) => void,
): TerraformRoot {
  const instances: TerraformInstance[] = [];
  const unread: UnreadPart[] = [];
  const pending: ModuleInstance[] = [module];
  for (let next = pending.shift(); next !== undefined; next = pending.shift()) {
    for (const resource of next.resources()) {
      // Everything is looked at once, so that the problems are all there.
      for (const name of resource.written.names()) resource.value(name);
      instances.push(toInstance(resource));
    }
    for (const child of next.children()) {
      if ('resources' in child) pending.push(child);
      else unread.push(toUnread(child, context));
    }
    if (instances.length > MOST_INSTANCES || pending.length > MOST_INSTANCES) {
      add({
        code: 'too-many-instances',
        message: `the configuration declares more than ${MOST_INSTANCES} instances`,
        origin: startOf(context.directory === '' ? '.' : context.directory),
        severity: 'fatal',
      });
      break;
    }
  }
  return {
    instances,
    deleted: [],
    outputs: outputsOf(module, context),
    ...(unread.length === 0 ? {} : { unread }),
  };
}

function toInstance({
  address,
  type,
  mode,
  id,
  condition,
  provider,
  origin,
  value,
}: ResourceInstance): TerraformInstance {
  return {
    address,
    type,
    mode,
    id,
    created: mode === 'managed',
    ...(/^\w+$/.test(provider) ? {} : { provider }),
    origin,
    ...(condition === undefined ? {} : { condition: toUnknown(condition, { origin, label: address }) }),
    attribute: value,
  };
}

function toUnread(
  {
    address,
    origin,
    args,
  }: { address: string; origin: Origin; args: readonly { name: string; data: Data; origin: Origin }[] },
  { refuse }: RootContext,
): UnreadPart {
  return {
    address,
    origin,
    get given(): readonly Value[] {
      return args.map(({ name, data, origin: place }) =>
        toValue(data, { origin: place, label: `${address}.${name}` }, refuse),
      );
    },
  };
}

function outputsOf(module: ModuleInstance, { refuse }: RootContext): TerraformRoot['outputs'] {
  return module.outputs().map(({ name, origin, data }) => {
    const failed: Later | undefined = isFailure(data) ? refuse(data, origin) : undefined;
    const { references, open } = failed === undefined ? referencesIn(data) : { references: [], open: true };
    return { name, origin, references, open };
  });
}
