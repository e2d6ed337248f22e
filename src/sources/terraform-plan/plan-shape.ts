/** An object of a JSON document, before anything is known of its values. */
export type JsonRecord = Readonly<Record<string, unknown>>;

/** Where something in a document is not as it must be (keys and indices from the value checked) and how it is instead. */
export interface Fault {
  readonly at: readonly (string | number)[];
  readonly what: string;
}

/** Finds the first fault of a value. */
type Check = (value: unknown) => Fault | undefined;

const MAX_DEPTH = 256;
const ACTIONS: ReadonlySet<unknown> = new Set(['no-op', 'create', 'read', 'update', 'delete', 'forget']);

/** Whether a value is a JSON object: not null, not a list. */
export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const flag: Check = (value) => (typeof value === 'boolean' ? undefined : here(value, 'true or false'));
const text: Check = (value) => (typeof value === 'string' ? undefined : here(value, 'a string'));
const name: Check = (value) => (value === '' ? { at: [], what: 'is empty' } : text(value));
const record: Check = (value) => (isRecord(value) ? undefined : here(value, 'an object'));
const recordOrFlag: Check = (value) => (typeof value === 'boolean' ? undefined : record(value));
const instanceKey: Check = (value) =>
  typeof value === 'string' || Number.isFinite(value) ? undefined : here(value, 'a string or a number');
const action: Check = (value) => {
  return ACTIONS.has(value)
    ? undefined
    : { at: [], what: 'is not an action this version of Portcullis knows' };
};

const references = listOf(text);

/** The first fault of an expression: `{ constant_value }`, `{ references }` or neither. */
export const expressionFault: Check = shape({ references: optional(references) });

const changeShape = shape({
  actions: filled(listOf(action)),
  before: optional(orNull(record)),
  after: optional(orNull(record)),
  after_unknown: optional(orNull(recordOrFlag)),
  after_sensitive: optional(orNull(recordOrFlag)),
});

const identity = { address: name, mode: name, type: name, name };

const resourceChange = shape({
  ...identity,
  previous_address: optional(text),
  module_address: optional(text),
  index: optional(instanceKey),
  provider_name: optional(text),
  deposed: optional(text),
  action_reason: optional(text),
  change: shallow((value) => changeShape(value) ?? missingAfter(value)),
});

const configurationResource = shape({
  ...identity,
  provider_config_key: optional(text),
  expressions: optional(record),
  count_expression: optional(expressionFault),
  for_each_expression: optional(expressionFault),
  depends_on: optional(references),
});

const moduleCall = shape({
  source: optional(text),
  version_constraint: optional(text),
  expressions: optional(record),
  count_expression: optional(expressionFault),
  for_each_expression: optional(expressionFault),
  module: optional((value) => configurationModule(value)),
  depends_on: optional(references),
});

const configurationModule: Check = shape({
  resources: optional(listOf(configurationResource)),
  module_calls: optional(recordOf(moduleCall)),
  outputs: optional(recordOf(shape({ expression: optional(expressionFault), sensitive: optional(flag) }))),
  variables: optional(recordOf(shape({ sensitive: optional(flag) }))),
});

const providerConfig = shape({
  name: optional(text),
  full_name: optional(text),
  version_constraint: optional(text),
  module_address: optional(text),
});

const stateModule: Check = shape({
  address: optional(text),
  resources: optional(
    listOf(
      shape({
        ...identity,
        index: optional(instanceKey),
        provider_name: optional(text),
        values: optional(orNull(record)),
        sensitive_values: optional(orNull(recordOrFlag)),
      }),
    ),
  ),
  child_modules: optional(listOf((value) => stateModule(value))),
});

/** The first fault of what says whether the plan is whole. A null counts as left out, as `jq` writes it. */
export const headerFault: Check = shape({
  terraform_version: optional(orNull(text)),
  errored: optional(orNull(flag)),
  complete: optional(orNull(flag)),
  deferred_changes: optional(orNull(listOf(() => undefined))),
});

/** The first fault of the parts that `Plan` names, each at most 256 levels deep. A null counts as left out. */
export const bodyFault: Check = shape({
  variables: optional(orNull(shallow(recordOf(record)))),
  resource_changes: optional(orNull(listOf(resourceChange))),
  configuration: optional(
    orNull(
      shallow(
        shape({
          provider_config: optional(recordOf(providerConfig)),
          root_module: optional(configurationModule),
        }),
      ),
    ),
  ),
  prior_state: optional(
    orNull(shallow(shape({ values: optional(shape({ root_module: optional(stateModule) })) }))),
  ),
});

function here(value: unknown, wanted: string): Fault {
  return { at: [], what: value === undefined ? 'is missing' : `is not ${wanted}` };
}

function below(step: string | number, fault: Fault | undefined): Fault | undefined {
  return fault === undefined ? undefined : { at: [step, ...fault.at], what: fault.what };
}

function optional(check: Check): Check {
  return (value) => (value === undefined ? undefined : check(value));
}

function orNull(check: Check): Check {
  return (value) => (value === null ? undefined : check(value));
}

function shape(fields: Readonly<Record<string, Check>>): Check {
  const checks = Object.entries(fields);
  return (value) => {
    if (!isRecord(value)) return record(value);
    for (const [key, check] of checks) {
      const fault = check(value[key]);
      if (fault !== undefined) return below(key, fault);
    }
    return undefined;
  };
}

function listOf(check: Check): Check {
  return (value) => {
    if (!Array.isArray(value)) return here(value, 'a list');
    for (let index = 0; index < value.length; index += 1) {
      const fault = check(value[index]);
      if (fault !== undefined) return below(index, fault);
    }
    return undefined;
  };
}

function filled(check: Check): Check {
  return (value) =>
    Array.isArray(value) && value.length === 0 ? { at: [], what: 'is empty' } : check(value);
}

function recordOf(check: Check): Check {
  return (value) => {
    if (!isRecord(value)) return record(value);
    for (const [key, entry] of Object.entries(value)) {
      const fault = check(entry);
      if (fault !== undefined) return below(key, fault);
    }
    return undefined;
  };
}

function shallow(check: Check): Check {
  return (value) => {
    return isShallow(value, MAX_DEPTH)
      ? check(value)
      : { at: [], what: `is nested deeper than ${MAX_DEPTH} levels` };
  };
}

function isShallow(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (levels === 0) return false;
  // Millions of nodes pass here: plain loops and no call for a scalar keep it at a few nanoseconds each.
  if (Array.isArray(value)) {
    for (const item of value) {
      if (typeof item === 'object' && !isShallow(item, levels - 1)) return false;
    }
    return true;
  }
  const object = value as JsonRecord;
  for (const key in object) {
    const entry = object[key];
    if (typeof entry === 'object' && !isShallow(entry, levels - 1)) return false;
  }
  return true;
}

/** An instance that stays must have values or say that they are unknown: else it would pass for one without arguments. */
function missingAfter(change: unknown): Fault | undefined {
  if (!isRecord(change) || isRecord(change.after)) return undefined;
  const { actions, after_unknown: unknown } = change;
  const goes = Array.isArray(actions) && actions.every((word) => word === 'delete' || word === 'forget');
  const isUnknown = unknown === true || (isRecord(unknown) && Object.keys(unknown).length > 0);
  return goes || isUnknown ? undefined : { at: ['after'], what: 'is missing, although the instance stays' };
}
