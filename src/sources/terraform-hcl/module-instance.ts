import type { Origin } from '../../text/origin.ts';
import { type Attribute, attributeNamed, type Block } from './body.ts';
import { ANY, convert, type Type } from './convert.ts';
import { conceal, type Data, failure, isFailure, type Later, mapping, type Thing } from './data.ts';
import { type Environment, evaluateAttribute, type Run } from './environment.ts';
import { type Expansion, expand, type Member } from './expand.ts';
import { relativePath } from './files.ts';
import { WORKING_DIRECTORY } from './functions/files.ts';
import { createMemo } from './memo.ts';
import type { ResourceConfig } from './module-config.ts';
import type { ModuleNode } from './module-tree.ts';
import {
  calledProviders,
  declaredProviders,
  type ProviderNames,
  providerNameOf,
  rootProviders,
} from './provider-names.ts';
import { groupOf } from './resource-group.ts';
import { createResourceInstance, type ResourceInstance } from './resource-instance.ts';
import { type EvaluateConstant, typeOf } from './type-constraint.ts';
import { later, unsupported } from './unknown.ts';

/** What all modules of a root share. */
export interface RootContext {
  readonly run: Run;
  /** Normalised path of the root module. */
  readonly directory: string;
  readonly workspace: string;
  readonly evaluateConstant: EvaluateConstant;
  /** The id that references to an instance carry. */
  idOf(address: string): string;
  /** Reports what Terraform would refuse, and gives the unknown that stands for it. */
  refuse(failure: Data, origin: Origin): Later;
}

/** One instance of a module. */
export interface ModuleInstance {
  /** Empty for the root. */
  readonly address: string;
  /** Why it may not exist. */
  readonly condition: Later | undefined;
  /** All instances of its own resources, in the order of the source. */
  resources(): readonly ResourceInstance[];
  /** The modules it calls, in the order of the source; those that cannot be read with the arguments they are given. */
  children(): readonly (ModuleInstance | UnreadModule)[];
  outputs(): readonly { readonly name: string; readonly origin: Origin; readonly data: Data }[];
}

/** A call of a module that is not available. */
export interface UnreadModule {
  readonly address: string;
  readonly origin: Origin;
  readonly args: readonly { readonly name: string; readonly data: Data; readonly origin: Origin }[];
}

/** What a variable of a module is given; undefined when it is not mentioned. */
export type Inputs = (name: string) => { readonly data: Data; readonly origin: Origin } | undefined;

const META_ARGUMENTS: ReadonlySet<string> = new Set([
  'source',
  'version',
  'count',
  'for_each',
  'providers',
  'depends_on',
]);

/** Makes a module out of its configuration and what it is given. Everything in it is evaluated when it is asked for. */
export function createModuleInstance(
  node: ModuleNode,
  address: string,
  condition: Later | undefined,
  inputs: Inputs,
  context: RootContext,
  providers: ProviderNames = rootProviders,
): ModuleInstance & { readonly output: Thing } {
  const { config, children } = node;
  const { run, evaluateConstant } = context;
  const within = (name: string): string => (address === '' ? name : `${address}.${name}`);
  const onCycle = (name: string): Data => unsupported(`a cycle of expressions at ${name}`);
  const remember = createMemo<string, Data>(onCycle);
  const rememberExpansion = createMemo<Block, Expansion>(() => ({ form: 'single', members: [] }));
  const instances = new Map<string, ResourceInstance>();
  const modules = new Map<string, (ModuleInstance & { readonly output: Thing }) | UnreadModule>();
  const byName = new Map<string, ResourceConfig>();
  const types = new Set<string>();
  for (const resource of config.resources) {
    const { mode, type, name } = resource;
    byName.set(`${mode} ${type}.${name}`, resource);
    if (mode === 'managed') types.add(type);
  }

  const environment: Environment = { run, lookup };

  const roots: Readonly<Record<string, Data>> = {
    var: namespace('var', [...config.variables.keys()], variable),
    local: namespace('local', [...config.locals.keys()], local),
    module: namespace('module', [...config.calls.keys()], moduleGroup),
    data: namespace('data', undefined, (type) => typeNamespace('data', type)),
    resource: namespace('resource', undefined, (type) => typeNamespace('managed', type)),
    path: mapping([
      ['module', relativePath(context.directory, config.directory)],
      ['root', '.'],
      ['cwd', WORKING_DIRECTORY],
    ]),
    terraform: mapping([['workspace', context.workspace]]),
    tofu: mapping([['workspace', context.workspace]]),
    ephemeral: namespace('ephemeral', undefined, (type) =>
      namespace(type, undefined, (name) => unsupported(`ephemeral.${type}.${name}`)),
    ),
  };

  function lookup(name: string): Data | undefined {
    if (Object.hasOwn(roots, name)) return roots[name];
    return types.has(name) ? typeNamespace('managed', name) : undefined;
  }

  function namespace(
    name: string,
    names: readonly string[] | undefined,
    attribute: (name: string) => Data,
  ): Thing {
    return { kind: 'thing', name, attribute, names: () => names ?? [], closed: names !== undefined };
  }

  function typeNamespace(mode: ResourceConfig['mode'], type: string): Data {
    return namespace(type, undefined, (name) => resourceGroup(mode, type, name));
  }

  function constraintOf(block: Block): Type {
    const type = attributeNamed(block.body, 'type');
    return type === undefined ? ANY : typeOf(type.value, evaluateConstant);
  }

  function variable(name: string): Data {
    return remember(`var.${name}`, () => {
      const block = config.variables.get(name);
      if (block === undefined) return failure(`the variable \`${name}\` is not declared`);
      const data = variableValue(name, block);
      return conceal(data, isTrue(attributeNamed(block.body, 'sensitive')));
    });
  }

  function variableValue(name: string, block: Block): Data {
    const { body, file } = block;
    const given = inputs(name);
    const fallback = attributeNamed(body, 'default');
    const usesDefault =
      given === undefined || (given.data === null && isFalse(attributeNamed(body, 'nullable')));
    if (!usesDefault) return placed(convert(given.data, constraintOf(block)), given.origin);
    if (fallback === undefined) {
      const label = within(`var.${name}`);
      return { ...later({ kind: 'parameter', name: label }, file.origin(block)), expression: label };
    }
    return placed(convert(evaluateConstant(fallback.value), constraintOf(block)), file.origin(fallback));
  }

  function local(name: string): Data {
    return remember(`local.${name}`, () => {
      const attribute = config.locals.get(name);
      return attribute === undefined
        ? failure(`the local \`${name}\` is not declared`)
        : evaluateAttribute(attribute, environment);
    });
  }

  function expansionOf(block: Block): Expansion {
    return rememberExpansion(block, () => {
      const attribute = (name: string): Attribute | undefined => attributeNamed(block.body, name);
      const written = attribute('count') ?? attribute('for_each');
      const origin = block.file.origin(written ?? block);
      const outside = run.moveTo(() => origin);
      const expansion = expand(
        block,
        environment,
        (name) => {
          const repetition = attribute(name);
          return repetition === undefined ? null : evaluateAttribute(repetition, environment);
        },
        (data) => context.refuse(data, origin),
      );
      run.moveTo(outside);
      return expansion;
    });
  }

  function resourceGroup(mode: ResourceConfig['mode'], type: string, name: string): Data {
    const resource = byName.get(`${mode} ${type}.${name}`);
    const label = `${mode === 'data' ? 'data.' : ''}${type}.${name}`;
    if (resource === undefined) return failure(`\`${label}\` is not declared`);
    return remember(label, () =>
      groupOf(expansionOf(resource.block), (member) => resourceInstance(resource, member).written),
    );
  }

  function resourceInstance(resource: ResourceConfig, member: Member): ResourceInstance {
    const { mode, type, name } = resource;
    const label = within(
      `${mode === 'data' ? 'data.' : ''}${type}.${name}${keyText(member, expansionOf(resource.block))}`,
    );
    const existing = instances.get(label);
    if (existing !== undefined) return existing;
    const why = member.condition ?? condition;
    const provider = providers(providerNameOf(type, resource.block));
    const instance = createResourceInstance(resource, label, member.environment, why, provider, context);
    instances.set(label, instance);
    return instance;
  }

  function moduleGroup(name: string): Data {
    const call = config.calls.get(name);
    if (call === undefined) return failure(`the module \`${name}\` is not declared`);
    return remember(`module.${name}`, () =>
      groupOf(expansionOf(call), (member) => {
        const module = moduleInstance(name, call, member);
        return 'output' in module ? module.output : unreadOutputs(module);
      }),
    );
  }

  function moduleInstance(
    name: string,
    call: Block,
    member: Member,
  ): (ModuleInstance & { readonly output: Thing }) | UnreadModule {
    const label = within(`module.${name}${keyText(member, expansionOf(call))}`);
    const existing = modules.get(label);
    if (existing !== undefined) return existing;
    const child = children.get(name);
    const module =
      child === undefined || child === 'not-available'
        ? unread(label, call, member.environment)
        : createModuleInstance(
            child,
            label,
            member.condition ?? condition,
            inputsOf(call, member.environment),
            context,
            calledProviders(call, declaredProviders(child.config.providers), withoutKeys(label), providers),
          );
    modules.set(label, module);
    return module;
  }

  /** Arguments are evaluated in the module that calls, once. */
  function inputsOf({ body }: Block, inside: Environment): Inputs {
    const rememberInput = createMemo<string, Data>(onCycle);
    return (name) => {
      const attribute = META_ARGUMENTS.has(name) ? undefined : attributeNamed(body, name);
      if (attribute === undefined) return undefined;
      const data = rememberInput(name, () => evaluateAttribute(attribute, inside));
      return { data, origin: attribute.file.origin(attribute) };
    };
  }

  function unread(label: string, call: Block, inside: Environment): UnreadModule {
    const args = call.body.attributes.filter(({ name }) => !META_ARGUMENTS.has(name));
    return {
      address: label,
      origin: call.file.origin(call),
      get args() {
        return args.map((attribute) => ({
          name: attribute.name,
          data: evaluateAttribute(attribute, inside),
          origin: attribute.file.origin(attribute),
        }));
      },
    };
  }

  function output(name: string): Data {
    return remember(`output.${name}`, () => {
      const block = config.outputs.get(name);
      const value = block === undefined ? undefined : attributeNamed(block.body, 'value');
      if (block === undefined || value === undefined)
        return failure(`\`${address}\` has no output \`${name}\``);
      return conceal(evaluateAttribute(value, environment), isTrue(attributeNamed(block.body, 'sensitive')));
    });
  }

  function each<T>(block: Block, make: (member: Member) => T): readonly T[] {
    const { members, further } = expansionOf(block);
    return [...members, ...(further === undefined ? [] : [further])].map(make);
  }

  return {
    address,
    condition,
    output: { ...namespace(address, [...config.outputs.keys()], output), name: address },
    resources: () =>
      config.resources.flatMap((resource) =>
        each(resource.block, (member) => resourceInstance(resource, member)),
      ),
    children: () =>
      [...config.calls].flatMap(([name, call]) => each(call, (member) => moduleInstance(name, call, member))),
    outputs: () =>
      [...config.outputs].map(([name, block]) => ({
        name,
        origin: block.file.origin(block),
        data: output(name),
      })),
  };
}

/** The outputs of a module that cannot be read. */
function unreadOutputs({ address }: UnreadModule): Thing {
  const attribute = (name: string): Data => {
    const expression = `${address}.${name}`;
    return { ...later({ kind: 'module', name: address }), expression };
  };
  return { kind: 'thing', name: address, attribute, names: () => [], closed: false };
}

function keyText({ key }: Member, { form }: Expansion): string {
  if (form === 'single') return '';
  return key === undefined ? '[*]' : `[${JSON.stringify(key)}]`;
}

/** An address as it is in the configuration, for all instances alike. */
function withoutKeys(address: string): string {
  return address.replaceAll(/\[(?:"(?:[^"\\]|\\.)*"|\d+|\*)\]/g, '');
}

function placed(data: Data, origin: Origin): Data {
  return isFailure(data) && data.origin === undefined ? { ...data, origin } : data;
}

function isTrue(attribute: Attribute | undefined): boolean {
  return attribute?.value.kind === 'literal' && String(attribute.value.value) === 'true';
}

function isFalse(attribute: Attribute | undefined): boolean {
  return attribute?.value.kind === 'literal' && String(attribute.value.value) === 'false';
}
