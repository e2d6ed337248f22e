import type { Declaration } from '../../arm/declaration.ts';
import { parseCanonicalId, typeOf } from '../../arm/id-pattern.ts';
import { dataOf } from '../../arm/json-data.ts';
import { at, type JsonNode, type JsonObject, originOf, textOf } from '../../arm/json-node.ts';
import type { Gap } from '../../model/resource.ts';
import { printable } from '../../text/printable.ts';
import type { Problem } from '../../text/problem.ts';
import { known, type ObjectValue, object, type Unknown, type Value } from '../../value/value.ts';

/** What one change says about the time after the deployment. */
export interface ReadChange {
  readonly declaration?: Declaration;
  readonly gap?: Gap;
  readonly problem?: Problem;
}

/** Members of a resource that are no part of its body. */
const NOT_BODY = new Set(['apiversion', 'id', 'name', 'resourcegroup', 'type']);

/**
 * Reads one change. `Create`, `Modify`, `NoChange`, `Ignore`, `NoEffect` and `Deploy` stand for a resource, with its
 * payload as far as there is one; `Delete` for none; `Unsupported` for something Azure could not look into. A change
 * that is not certain has a condition.
 */
export function declarationOf(change: JsonNode, isCertain: boolean): ReadChange {
  const type = (textOf(at(change, 'changeType')) ?? '').toLowerCase();
  if (type === 'delete') return {};
  const id = textOf(at(change, 'resourceId'));
  const pattern = id === undefined ? undefined : parseCanonicalId(id.toLowerCase());
  const armType = pattern === undefined ? undefined : typeOf(pattern);
  const reason = textOf(at(change, 'unsupportedReason'));
  const isUnsupported = type === 'unsupported';
  if (id === undefined || armType === undefined || isUnsupported) {
    const extensible = id === undefined && at(change, 'identifiers') !== undefined;
    return extensible ? {} : unreadable(change, id, reason);
  }
  const payload = payloadOf(change);
  const name = id.slice(id.toLowerCase().lastIndexOf('/providers/') + '/providers/'.length).split('/');
  const names = name.filter((_, index) => index % 2 === 0 && index > 0).join('/');
  const origin = originOf(at(change, 'resourceId') ?? change);
  const address = textOf(at(change, 'symbolicName')) ?? `${spelledType(name)}/${names}`;
  const apiVersion = textOf(at(payload, 'apiVersion'));
  const declaration: Declaration = {
    type: spelledType(name),
    ...(apiVersion === undefined ? {} : { apiVersion }),
    name: known(names, origin),
    id: known(id, origin),
    address,
    body: payload === undefined ? withoutPayload(address, change) : bodyOf(payload),
    ...(isCertain ? {} : { condition: maybe(address, change) }),
    origin,
  };
  return payload === undefined ? { declaration, problem: noPayload(change) } : { declaration };
}

/** The resource as it will be; of what stays as it is, as it is. */
function payloadOf(change: JsonNode): JsonObject | undefined {
  for (const member of ['after', 'before']) {
    const node = at(change, member);
    if (node?.kind === 'object') return node;
  }
  return undefined;
}

function spelledType([namespace = '', ...rest]: readonly string[]): string {
  return [namespace, ...rest.filter((_, index) => index % 2 === 0)].join('/');
}

function bodyOf(payload: JsonObject): ObjectValue {
  const members = new Map([...payload.members].filter(([name]) => !NOT_BODY.has(name)));
  const value = withUnknowns(dataOf({ ...payload, members }));
  return value.kind === 'object' ? value : object({}, originOf(payload));
}

/** Expressions that Azure could not evaluate stand in the payload as they are written. */
function withUnknowns(value: Value): Value {
  if (value.kind === 'list') return { ...value, items: value.items.map(withUnknowns) };
  if (value.kind === 'object') {
    return { ...value, fields: new Map([...value.fields].map(([name, item]) => [name, withUnknowns(item)])) };
  }
  if (value.kind !== 'known' || typeof value.value !== 'string' || !/^\[(?!\[).*\]$/s.test(value.value))
    return value;
  const expression = value.value.slice(1, -1);
  return {
    kind: 'unknown',
    reason: { kind: 'runtime', name: printable(expression) },
    origin: value.origin,
    expression,
  };
}

function withoutPayload(address: string, change: JsonNode): ObjectValue {
  const origin = originOf(change);
  const hidden: Unknown = {
    kind: 'unknown',
    reason: { kind: 'outside', name: `the properties of ${address}` },
    origin,
  };
  return { ...object({ properties: hidden }, origin), more: hidden };
}

function maybe(address: string, change: JsonNode): Unknown {
  const reason = { kind: 'runtime', name: `whether ${address} is deployed` } as const;
  return { kind: 'unknown', reason, origin: originOf(change) };
}

function noPayload(change: JsonNode): Problem {
  return {
    code: 'what-if-without-payloads',
    message: 'the what-if result does not show what a resource will be',
    remedy: 'run what-if with `--result-format FullResourcePayloads`',
    origin: originOf(at(change, 'resourceId') ?? change),
    severity: 'warning',
  };
}

function unreadable(change: JsonNode, id: string | undefined, reason: string | undefined): ReadChange {
  const origin = originOf(at(change, 'resourceId') ?? change);
  const name = printable(id ?? 'a resource');
  const why = reason === undefined ? '' : `: ${printable(reason)}`;
  const message = `Azure does not predict \`${name}\`${why}`;
  return {
    gap: { reason: { kind: 'module', name }, origin },
    problem: { code: 'change-not-predicted', message, origin, severity: 'warning' },
  };
}
