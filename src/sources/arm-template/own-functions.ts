import { callText } from '../../arm/expression-text.ts';
import type { Call } from '../../arm/functions/call.ts';
import { callFunction } from '../../arm/functions/call-function.ts';
import { absent, known, object, type Unknown, type Value } from '../../value/value.ts';
import type { CopyFrame, Environment } from './environment.ts';
import { addressOfTemplate, resolveAddress } from './template-address.ts';

type OwnFunction = (args: readonly Value[], env: Environment, call: Call) => Value;

/** The functions that ask about the template itself, by lower-case name. */
const OWN: ReadonlyMap<string, OwnFunction> = new Map<string, OwnFunction>([
  ['parameters', (args, env, call) => named('parameters', args, call, env.definitions.parameter)],
  ['variables', (args, env, call) => named('variables', args, call, env.definitions.variable)],
  [
    'lambdavariables',
    (args, env, call) => named('lambdaVariables', args, call, (name) => env.lambdas.get(name)),
  ],
  ['copyindex', copyIndex],
  ['deployment', deployment],
  ['reference', reference],
  ['references', references],
  ['resourceinfo', resourceInfo],
]);

/** Calls one of them, or a `list*` function. Undefined when the name is none of these. */
export function callOwn(
  name: string,
  args: readonly Value[],
  env: Environment,
  call: Call,
): Value | undefined {
  const own = OWN.get(name);
  if (own !== undefined) return own(args, env, call);
  if (name === 'uri') return uri(args);
  if (name === 'listoutputswithsecurevalues') return secureOutputs(args, env, call);
  if (!/^list/.test(name)) return undefined;
  const [target, ...others] = args;
  const id = target === undefined ? undefined : env.resources.info(target)?.id;
  return atRuntime(name, id === undefined ? args : [id, ...others], call);
}

function named(
  what: string,
  args: readonly Value[],
  call: Call,
  find: (name: string) => Value | undefined,
): Value {
  const [name] = args;
  if (name?.kind === 'unknown') return waitingFor(name, what, args);
  if (name?.kind !== 'known') return call.fail(`\`${what}\` needs a name`);
  const value = find(String(name.value).toLowerCase());
  return value ?? call.fail(`\`${what}('${name.value}')\` is not defined`);
}

/** `copyIndex(loop, offset)`, each optional. Without a name it is that of the innermost loop of resources. */
function copyIndex(args: readonly Value[], env: Environment, call: Call): Value {
  const [first, second] = args;
  const isNamed = first?.kind === 'known' && typeof first.value === 'string';
  const offset = isNamed ? second : first;
  const frame = isNamed ? frameNamed(env, String(first.value)) : innermost(env);
  if (frame === undefined) return call.fail('`copyIndex` stands outside the loop it names');
  const index: Value = frame.index.kind === 'known' ? { ...frame.index, origin: call.origin } : frame.index;
  if (offset === undefined) return index;
  return callFunction('add', [index, offset], call) ?? index;
}

function frameNamed(env: Environment, name: string): CopyFrame | undefined {
  return env.copies.findLast((frame) => frame.name === name.toLowerCase());
}

function innermost({ copies }: Environment): CopyFrame | undefined {
  return copies.findLast(({ of }) => of === 'resource') ?? copies.at(-1);
}

/** `reference(resource, apiVersion, 'Full')`: the properties of a resource, with `Full` all that Azure returns. */
function reference(args: readonly Value[], env: Environment, call: Call): Value {
  const [target, , form] = args;
  if (target === undefined) return call.fail('`reference` needs a resource');
  const found = env.resources.reference(target, call);
  if (found === undefined) return waitingFor(target, 'reference', args);
  return isFull(form) ? found.full : found.properties;
}

function references(args: readonly Value[], env: Environment, call: Call): Value {
  const [symbol, form] = args;
  if (symbol?.kind !== 'known') return call.fail('`references` needs a symbolic name');
  const found = env.resources.references(String(symbol.value));
  if (found === undefined) return call.fail(`\`references('${symbol.value}')\` names no loop of resources`);
  const items = found.items.map(({ full, properties }) => (isFull(form) ? full : properties));
  const all: Value = { kind: 'list', items, origin: call.origin };
  return found.more === undefined ? all : { ...all, more: found.more };
}

function isFull(form: Value | undefined): boolean {
  return form?.kind === 'known' && String(form.value).toLowerCase() === 'full';
}

function resourceInfo(args: readonly Value[], env: Environment, call: Call): Value {
  const [symbol] = args;
  const info = symbol === undefined ? undefined : env.resources.info(symbol);
  if (info === undefined) return call.fail('`resourceInfo` needs the symbolic name of a resource');
  const fields = new Map<string, Value>(Object.entries(info));
  return { kind: 'object', fields, origin: call.origin };
}

/** The secret outputs of a nested deployment, by name, without the objects around them. */
function secureOutputs(args: readonly Value[], env: Environment, call: Call): Value {
  const [target] = args;
  const found = target === undefined ? undefined : env.resources.reference(target, call);
  const outputs = found?.properties.kind === 'object' ? found.properties.fields.get('outputs') : undefined;
  if (outputs?.kind !== 'object') return atRuntime('listoutputswithsecurevalues', args, call);
  const fields = new Map<string, Value>();
  for (const [name, output] of outputs.fields) {
    fields.set(
      name,
      (output.kind === 'object' ? output.fields.get('value') : undefined) ?? absent(call.origin),
    );
  }
  return { ...outputs, fields };
}

/** `deployment()`, with the address of its template where that is a file. */
function deployment(args: readonly Value[], env: Environment, call: Call): Value {
  const value = callFunction('deployment', args, call) ?? call.fail('there is no deployment');
  if (value.kind !== 'object' || env.file === undefined) return value;
  const { origin } = call;
  const link = object({ uri: addressOfTemplate(env.file, origin) }, origin);
  const more = value.more === undefined ? {} : { more: value.more };
  const properties = { ...object({ templateLink: { ...link, ...more } }, origin), ...more };
  return { ...value, fields: new Map([...value.fields, ['properties', properties]]) };
}

function uri([base, relative]: readonly Value[]): Value | undefined {
  return base === undefined || relative === undefined ? undefined : resolveAddress(base, relative);
}

/** What only a running deployment can ask: the same call gives the same answer. */
function atRuntime(name: string, args: readonly Value[], call: Call): Unknown {
  const waiting = waitingFor(known(name, call.origin), name, args);
  return { ...waiting, reason: { kind: 'runtime', name: `${name}()` }, origin: call.origin };
}

function waitingFor(cause: Value, name: string, args: readonly Value[]): Unknown {
  const reason = cause.kind === 'unknown' ? cause.reason : ({ kind: 'runtime', name: `${name}()` } as const);
  const expression = callText(name, args);
  const base = { kind: 'unknown', reason, origin: cause.origin } as const;
  return expression === undefined ? base : { ...base, expression };
}
