import { deploymentScope, type KnownScope } from '../../src/arm/deployment-scope.ts';
import type { Call, Lambda } from '../../src/arm/functions/call.ts';
import { callFunction } from '../../src/arm/functions/call-function.ts';
import type { Origin } from '../../src/text/origin.ts';
import { absent, known, type Scalar, type Unknown, type Value } from '../../src/value/value.ts';

export const CALL_ORIGIN: Origin = { kind: 'json', path: 'main.json', pointer: '/call' };
export const DATA_ORIGIN: Origin = { kind: 'json', path: 'main.json', pointer: '/data' };

/** A call that keeps what it reports. */
export interface TestCall extends Call {
  readonly faults: readonly string[];
}

export function testCall(scope: KnownScope = {}, origin: Origin = CALL_ORIGIN): TestCall {
  const faults: string[] = [];
  return {
    origin,
    scope: deploymentScope(scope, origin),
    faults,
    fail(message) {
      faults.push(message);
      return { kind: 'unknown', reason: { kind: 'unsupported', name: message }, origin };
    },
  };
}

/** A parameter without value. */
export function parameter(name: string): Unknown {
  const expression = `parameters('${name.toLowerCase()}')`;
  return { kind: 'unknown', reason: { kind: 'parameter', name }, origin: DATA_ORIGIN, expression };
}

export function secret(value: Scalar): Value {
  return { ...known(value, DATA_ORIGIN), sensitive: true };
}

/** Plain data as a value, names as they are written; a `Value` may stand anywhere in it. */
export function toValue(data: unknown, origin: Origin = DATA_ORIGIN): Value {
  if (data === null || data === undefined) return absent(origin);
  if (typeof data !== 'object') return known(data as Scalar, origin);
  if (Array.isArray(data)) return { kind: 'list', items: data.map((item) => toValue(item, origin)), origin };
  if ('kind' in data && 'origin' in data) return data as Value;
  const fields = new Map<string, Value>();
  const names = new Map<string, string>();
  for (const [name, field] of Object.entries(data)) {
    fields.set(name.toLowerCase(), toValue(field, origin));
    if (name !== name.toLowerCase()) names.set(name.toLowerCase(), name);
  }
  return { kind: 'object', fields, origin, ...(names.size === 0 ? {} : { names }) };
}

/** The same list or object, of which there may be more because of `cause`. */
export function withMore(data: unknown, cause: Unknown = parameter('rest')): Value {
  const value = toValue(data);
  return value.kind === 'list' || value.kind === 'object' ? { ...value, more: cause } : value;
}

/**
 * A value as plain data, objects with their spelled names. An unknown reads as its expression in braces, as its reason
 * when it has none; a list or object that may have more has `...` with the reason at its end.
 */
export function plain(value: Value | undefined): unknown {
  switch (value?.kind) {
    case undefined:
      return undefined;
    case 'absent':
      return null;
    case 'known':
      return value.value;
    case 'unknown':
      return `{${value.expression ?? value.reason.name}}`;
    case 'list':
      return [
        ...value.items.map(plain),
        ...(value.more === undefined ? [] : [`...${value.more.reason.name}`]),
      ];
    case 'object': {
      const entries = [...value.fields].map(([name, field]) => [
        value.names?.get(name) ?? name,
        plain(field),
      ]);
      if (value.more !== undefined) entries.push(['...', value.more.reason.name]);
      return Object.fromEntries(entries);
    }
  }
}

/** Calls a function on plain data. */
export function evaluate(
  name: string,
  args: readonly unknown[],
  lambdas: readonly Lambda[] = [],
  call: Call = testCall(),
): Value {
  const result = callFunction(
    name,
    args.map((arg) => toValue(arg)),
    call,
    lambdas,
  );
  if (result === undefined) throw new Error(`there is no function ${name}`);
  return result;
}

/** The result of a function on plain data as plain data; `faults: ...` when the call fails. */
export function result(name: string, ...args: readonly unknown[]): unknown {
  const call = testCall();
  const value = evaluate(name, args, [], call);
  return call.faults.length > 0 ? `faults: ${call.faults.join('; ')}` : plain(value);
}
