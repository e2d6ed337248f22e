import { printable } from '../../text/printable.ts';
import type { Problem } from '../../text/problem.ts';
import {
  bodyFault,
  expressionFault,
  type Fault,
  headerFault,
  isRecord,
  type JsonRecord,
} from './plan-shape.ts';

/** Whatever JSON can hold. An object can have any own key, also `__proto__` and `constructor`: look keys up as own. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;

/** A JSON object. */
export interface JsonObject {
  readonly [key: string]: Json;
}

/**
 * The parts of `terraform show -json` of a plan that Portcullis reads, checked by `checkPlan`. Names and array positions
 * are those of the file, so that JSON pointers into it can be composed; a part that the file leaves out because it is
 * empty is here as an empty one. Format: https://developer.hashicorp.com/terraform/internals/json-format.
 */
export interface Plan {
  readonly format_version: string;
  readonly terraform_version?: string;
  /** The values of the root module's variables, defaults filled in; secrets in clear. */
  readonly variables: Readonly<Record<string, { readonly value?: Json }>>;
  /** Every managed instance of the root, also those that stay as they are, and the data sources still to be read. */
  readonly resource_changes: readonly ResourceChange[];
  readonly configuration: Configuration;
  /** The state before, refreshed; the only place of data sources that were read while planning. */
  readonly prior_state: { readonly values?: { readonly root_module?: StateModule } };
}

/**
 * What the plan is about. `destroy`: every entry is deleted or forgotten. `empty`: no entries and nothing managed before.
 * `refresh-only`: no entries although `prior_state` manages something, because only the state file changes. Else
 * `normal`.
 */
export type PlanKind = 'normal' | 'destroy' | 'empty' | 'refresh-only';

/** One instance and what is planned for it. The address is unique among entries without `deposed`. */
export interface ResourceChange {
  /** With module path and instance keys. */
  readonly address: string;
  readonly previous_address?: string;
  readonly module_address?: string;
  /** `managed` or `data`. */
  readonly mode: string;
  readonly type: string;
  readonly name: string;
  readonly index?: string | number;
  readonly provider_name?: string;
  /** Set on a replaced object that still waits for its deletion: it is not the instance itself. */
  readonly deposed?: string;
  readonly action_reason?: string;
  readonly change: Change;
}

/** One word of `Change.actions`. */
export type Action = 'no-op' | 'create' | 'read' | 'update' | 'delete' | 'forget';

/** The planned change of one instance. */
export interface Change {
  /** At least one; a replacement is `delete, create` or `create, delete`, and `create, forget` keeps the old object. */
  readonly actions: readonly Action[];
  readonly before?: JsonObject | null;
  /** Without unknown attributes; unknown list elements are null. Absent or null when all of it is gone or unknown. */
  readonly after?: JsonObject | null;
  /** `true` where `after` is unknown, in the shape of `after`. */
  readonly after_unknown?: JsonObject | boolean | null;
  /** `true` where `after` is secret, in the shape of `after`. */
  readonly after_sensitive?: JsonObject | boolean | null;
}

/** The configuration the plan was made from: expressions reduced to constants and references. */
export interface Configuration {
  /** By the keys that `ConfigurationResource.provider_config_key` names. */
  readonly provider_config?: Readonly<Record<string, ProviderConfig>>;
  readonly root_module?: ConfigurationModule;
}

/** One provider of one module. */
export interface ProviderConfig {
  readonly name?: string;
  readonly full_name?: string;
  readonly version_constraint?: string;
  readonly module_address?: string;
}

/** One module as written, once for all its instances. */
export interface ConfigurationModule {
  readonly resources?: readonly ConfigurationResource[];
  readonly module_calls?: Readonly<Record<string, ModuleCall>>;
  readonly outputs?: Readonly<
    Record<string, { readonly expression?: Expression; readonly sensitive?: boolean }>
  >;
  readonly variables?: Readonly<Record<string, { readonly default?: Json; readonly sensitive?: boolean }>>;
}

/** One resource block. `address` is relative to the module and has no instance key. */
export interface ConfigurationResource {
  readonly address: string;
  readonly mode: string;
  readonly type: string;
  readonly name: string;
  readonly provider_config_key?: string;
  /** By argument; a nested block is an object of the same kind or a list of them. Told apart by `isExpression`. */
  readonly expressions?: JsonObject;
  readonly count_expression?: Expression;
  readonly for_each_expression?: Expression;
  readonly depends_on?: readonly string[];
}

/** One `module` block with the module it calls. */
export interface ModuleCall {
  readonly source?: string;
  readonly version_constraint?: string;
  readonly expressions?: JsonObject;
  readonly count_expression?: Expression;
  readonly for_each_expression?: Expression;
  readonly module?: ConfigurationModule;
  readonly depends_on?: readonly string[];
}

/** A constant, or the references of anything else, each followed by its prefixes. `{}` is neither: no references. */
export interface Expression {
  readonly constant_value?: Json;
  readonly references?: readonly string[];
}

/** A module of a state. `address` is absent on the root module. */
export interface StateModule {
  readonly address?: string;
  readonly resources?: readonly StateResource[];
  readonly child_modules?: readonly StateModule[];
}

/** One instance in a state. */
export interface StateResource {
  readonly address: string;
  readonly mode: string;
  readonly type: string;
  readonly name: string;
  readonly index?: string | number;
  readonly provider_name?: string;
  readonly values?: JsonObject | null;
  readonly sensitive_values?: JsonObject | boolean | null;
}

const SHOW_AGAIN = 'run `terraform plan -out=tfplan`, then `terraform show -json tfplan`';

/**
 * Whether a node below `expressions` is an expression and not a nested block: it has no other keys than those of an
 * expression, and they hold what those hold.
 */
export function isExpression(node: Json): node is Expression & JsonObject {
  if (!isRecord(node) || expressionFault(node) !== undefined) return false;
  return Object.keys(node).every((key) => key === 'constant_value' || key === 'references');
}

/** Whether a JSON value is one event of `terraform plan -json` (or `tofu`), which is a log and not a plan. */
export function isLogEvent(json: unknown): boolean {
  if (!isRecord(json)) return false;
  const module = json['@module'];
  if (module === 'terraform.ui' || module === 'tofu.ui') return true;
  return json.type === 'version' && typeof json.ui === 'string';
}

/**
 * Checks that a JSON value is a whole plan, and the shape of all parts of it that `Plan` names, in one pass. What is
 * refused, always as a fatal problem: other documents (a state, a log, an encrypted or remote plan), format versions
 * other than 0.1 to 1.x, a plan that failed or is partial, and malformed parts. Unknown keys are ignored, as the format
 * asks for. Nothing in an accepted part nests deeper than 256 levels. Messages hold no values of the plan.
 */
export function checkPlan(
  json: unknown,
  path: string,
): { readonly plan: Plan; readonly kind: PlanKind } | { readonly problem: Problem } {
  const refuse = (
    code: string,
    message: string,
    remedy: string,
    pointer = '',
  ): { readonly problem: Problem } => ({
    problem: { code, message, remedy, origin: { kind: 'json', path, pointer }, severity: 'fatal' },
  });
  const malformed = ({ at, what }: Fault): { readonly problem: Problem } =>
    refuse(
      'plan-malformed',
      `\`${pathOf(at)}\` ${what}`,
      `the plan is damaged: ${SHOW_AGAIN}`,
      pointerOf(at),
    );

  if (!isRecord(json)) return refuse('not-a-plan', 'the input is JSON, but not an object', SHOW_AGAIN);
  const other = otherDocument(json);
  if (other !== undefined) return refuse(other.code, other.message, other.remedy);

  const version = json.format_version;
  if (typeof version !== 'string' || !/^\d{1,9}\.\d{1,9}(\.\d{1,9})?$/.test(version)) {
    const state = version === undefined ? 'has no' : 'has an invalid';
    return refuse('not-a-plan', `the input ${state} \`format_version\`, so it is not a plan`, SHOW_AGAIN);
  }
  if (!/^(0\.0*[1-9]|1\.)/.test(version)) {
    return refuse(
      'plan-format-unsupported',
      `the plan has format version ${version}; versions 0.1 to 1.x are supported`,
      'use a version of Portcullis that reads this format',
      '/format_version',
    );
  }
  const broken = headerFault(json);
  if (broken !== undefined) return malformed(broken);
  if (json.errored === true) {
    const remedy = 'correct the error that `terraform plan` reports and plan again';
    return refuse(
      'plan-errored',
      'planning failed, so the plan holds only a part of the root',
      remedy,
      '/errored',
    );
  }
  const deferred = json.deferred_changes;
  if (Array.isArray(deferred) && deferred.length > 0) {
    const what = `the plan is partial: it defers ${deferred.length === 1 ? 'one change' : `${deferred.length} changes`}`;
    return refuse('plan-partial', what, 'apply it, and check the plan that follows', '/deferred_changes');
  }
  if (json.complete === false) {
    const remedy = 'plan without `-target` and `-exclude`';
    return refuse(
      'plan-partial',
      'the plan is partial: terraform says it is not complete',
      remedy,
      '/complete',
    );
  }

  const fault = bodyFault(json) ?? repeatedAddress(json.resource_changes);
  if (fault !== undefined) return malformed(fault);
  // `headerFault` and `bodyFault` have just proved the shape of each of these.
  const parts = json as Partial<{ readonly [K in keyof Plan]: Plan[K] | null }>;
  const { terraform_version } = parts;
  const plan: Plan = {
    format_version: version,
    ...(typeof terraform_version === 'string' ? { terraform_version } : {}),
    variables: parts.variables ?? {},
    resource_changes: parts.resource_changes ?? [],
    configuration: parts.configuration ?? {},
    prior_state: parts.prior_state ?? {},
  };
  return { plan, kind: kindOf(plan) };
}

function kindOf(plan: Plan): PlanKind {
  if (plan.resource_changes.length === 0)
    return hasManaged(plan.prior_state.values?.root_module) ? 'refresh-only' : 'empty';
  const gone = (action: Action): boolean => action === 'delete' || action === 'forget';
  return plan.resource_changes.every(({ change }) => change.actions.every(gone)) ? 'destroy' : 'normal';
}

function hasManaged(module: StateModule | undefined): boolean {
  if (module?.resources?.some((resource) => resource.mode === 'managed')) return true;
  return module?.child_modules?.some(hasManaged) ?? false;
}

/** What the document is when it is certainly something else than a plan. */
function otherDocument(json: JsonRecord): { code: string; message: string; remedy: string } | undefined {
  if (isLogEvent(json)) {
    return {
      code: 'plan-log',
      message: 'the input is the log of `terraform plan -json`, not a plan',
      remedy: SHOW_AGAIN,
    };
  }
  if (json.remote_plan_format !== undefined) {
    const message = 'the input only names a plan that is kept in HCP Terraform';
    return {
      code: 'plan-remote',
      message,
      remedy: 'run `terraform show -json PLAN` where terraform is logged in',
    };
  }
  if (json.encrypted_data !== undefined && json.encryption_version !== undefined) {
    const message = 'the input is an encrypted plan or state of OpenTofu';
    return { code: 'plan-encrypted', message, remedy: 'run `tofu show -json PLAN` with its configuration' };
  }
  if ((json.planned_values ?? json.resource_changes ?? null) !== null) return undefined;
  const isShown =
    json.values !== undefined || (json.format_version !== undefined && json.configuration === undefined);
  const isFile = typeof json.version === 'number' && (json.lineage ?? json.resources) !== undefined;
  if (isShown || isFile) {
    return {
      code: 'state-not-plan',
      message: 'the input is a Terraform state, not a plan',
      remedy: SHOW_AGAIN,
    };
  }
  if (json.format_version !== undefined) {
    const message = 'the input has neither `planned_values` nor `resource_changes`, so it is not a plan';
    return { code: 'not-a-plan', message, remedy: SHOW_AGAIN };
  }
  return undefined;
}

function repeatedAddress(changes: unknown): Fault | undefined {
  const seen = new Set<string>();
  // The shape is checked by the caller.
  for (const [index, { address, deposed }] of ((changes ?? []) as readonly ResourceChange[]).entries()) {
    if (deposed !== undefined) continue;
    if (seen.has(address))
      return { at: ['resource_changes', index, 'address'], what: 'stands in two entries' };
    seen.add(address);
  }
  return undefined;
}

function pathOf(at: readonly (string | number)[]): string {
  const steps = at.map((step) => {
    if (typeof step === 'number') return `[${step}]`;
    return /^\w{1,60}$/.test(step) ? `.${step}` : `["${printable(step, 60)}"]`;
  });
  return steps.join('').replace(/^\./, '');
}

function pointerOf(at: readonly (string | number)[]): string {
  return at.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
