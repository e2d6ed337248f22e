import type { TerraformInstance, TerraformRoot } from '../../../src/sources/azurerm/instance.ts';
import { toTerraformRoot } from '../../../src/sources/terraform-plan/load-plan.ts';
import { checkPlan, type Plan } from '../../../src/sources/terraform-plan/plan-format.ts';
import type { Reference, Value } from '../../../src/value/value.ts';

type JsonObject = Readonly<Record<string, unknown>>;

/** The parts of a plan that a test writes; the rest is filled in. */
export interface TinyPlan {
  readonly format_version?: string;
  readonly variables?: JsonObject;
  readonly resource_changes?: readonly JsonObject[];
  readonly prior_state?: JsonObject;
  /** The root module. */
  readonly configuration?: JsonObject;
  readonly provider_config?: JsonObject;
}

function planOf({ configuration = {}, provider_config = {}, ...parts }: TinyPlan): Plan {
  const whole = {
    format_version: '1.2',
    resource_changes: [],
    ...parts,
    configuration: { root_module: configuration, provider_config },
  };
  const checked = checkPlan(whole, 'plan.json');
  if ('problem' in checked) throw new Error(checked.problem.message);
  return checked.plan;
}

export function rootOf(plan: TinyPlan): TerraformRoot {
  return toTerraformRoot(planOf(plan), 'plan.json');
}

export function instanceOf(root: TerraformRoot, address: string): TerraformInstance {
  const instance = root.instances.find((candidate) => candidate.address === address);
  if (instance === undefined) throw new Error(`no ${address}`);
  return instance;
}

/** An entry of `resource_changes`, with the parts of its address that a plan repeats. */
export function change(address: string, actions: readonly string[], parts: JsonObject): JsonObject {
  const match = /^((?:module\.\w+(?:\[[^\]]*\])?\.)*)(data\.)?(\w+)\.(\w+)(?:\[(.*)\])?$/.exec(address);
  if (match === null) throw new Error(`no address: ${address}`);
  const [, module, data, type, name, index] = match;
  return {
    address,
    ...(module ? { module_address: module.slice(0, -1) } : {}),
    mode: data === undefined ? 'managed' : 'data',
    type,
    name,
    ...(index === undefined ? {} : { index: JSON.parse(index) }),
    change: { actions, before: null, after: {}, after_unknown: {}, after_sensitive: {}, ...parts },
  };
}

/** An instance that is created, with an unknown id. */
export function created(address: string, after: JsonObject = {}, unknown: JsonObject = {}): JsonObject {
  return change(address, ['create'], { after, after_unknown: { id: true, ...unknown } });
}

/** An instance that stays as it is, with everything known. */
export function kept(address: string, after: JsonObject): JsonObject {
  return change(address, ['no-op'], { after });
}

/** A resource block of the configuration; `address` is `azurerm_subnet.main` or `data.azurerm_subnet.main`. */
export function block(address: string, expressions: JsonObject, repetition: JsonObject = {}): JsonObject {
  const steps = address.split('.');
  const [type, name] = steps.slice(-2);
  return { address, mode: steps.length === 3 ? 'data' : 'managed', type, name, expressions, ...repetition };
}

/** An expression that mentions these, each followed by its prefixes, as Terraform writes it since format 0.2. */
export function refs(...mentions: readonly string[]): { readonly references: readonly string[] } {
  const references = mentions.flatMap((mention) => {
    const steps = mention.match(/\.?[^.[]+|\["[^"]*"\]|\[\d+\]/g) ?? [];
    const isModule = steps[0] === 'module';
    const subject = steps[0] === 'data' ? 3 : 2;
    const isOutput = isModule && steps.some((step, index) => index >= 2 && step.startsWith('.'));
    const last = isOutput && steps[2]?.startsWith('[') ? 3 : subject;
    return Array.from({ length: steps.length - last + 1 }, (_, cut) =>
      steps.slice(0, steps.length - cut).join(''),
    );
  });
  return { references };
}

export function constant(value: unknown): { readonly constant_value: unknown } {
  return { constant_value: value };
}

/** What an unknown may be a copy of, as `address.property`, and `open` behind it when it may be something else. */
export function linksOf(value: Value): readonly string[] {
  if (value.kind !== 'unknown') return [value.kind];
  const links = (value.references ?? []).map(formatReference);
  return value.open ? [...links, 'open'] : links;
}

export function formatReference({ id, property }: Reference): string {
  return `${id.replace(/^\{(.*)\}$/, '$1')}${property === '' ? '' : `.${property}`}`;
}
