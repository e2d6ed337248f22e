import { asText, type ObjectValue, type Value } from '../../value/value.ts';
import type { TerraformInstance } from './instance.ts';
import { fromJson } from './json-text.ts';

/** The azapi types that declare or change an Azure resource. */
export const AZAPI_RESOURCE = 'azapi_resource';
export const AZAPI_UPDATE = 'azapi_update_resource';

/** The ARM type of an azapi resource in lower case, without its API version; undefined while it is not known. */
export function armTypeOf(instance: TerraformInstance): string | undefined {
  const type = asText(instance.attribute('type'));
  return type.kind === 'known' ? type.value.split('@', 1)[0]?.toLowerCase() : undefined;
}

/**
 * What azapi sends to Azure: the body, which azapi 1 takes as JSON text, and the secret part of it over that. Where the
 * secret part cannot be seen, any field that is not in the body may be in it.
 */
export function bodyOf(instance: TerraformInstance): Value {
  const cached = BODIES.get(instance);
  if (cached !== undefined) return cached;
  const written = fromJson(instance.attribute('body'));
  const secret = instance.attribute('sensitive_body');
  const body = secret.kind === 'absent' ? written : overlay(written, secret);
  BODIES.set(instance, body);
  return body;
}

/** Bodies are large, and looked into for many reasons. */
const BODIES = new WeakMap<TerraformInstance, Value>();

function overlay(body: Value, secret: Value): Value {
  if (body.kind === 'absent') return secret;
  if (body.kind !== 'object') return secret.kind === 'unknown' ? body : secret;
  if (secret.kind === 'unknown') return withMore(body, secret);
  if (secret.kind !== 'object') return secret.kind === 'absent' ? body : secret;
  const fields = new Map(body.fields);
  for (const [name, value] of secret.fields) {
    const under = fields.get(name);
    fields.set(name, under === undefined ? value : overlay(under, value));
  }
  return { ...body, fields };
}

function withMore(body: ObjectValue, more: Extract<Value, { kind: 'unknown' }>): ObjectValue {
  const fields = [...body.fields].map(
    ([name, value]) => [name, value.kind === 'object' ? withMore(value, more) : value] as const,
  );
  return { ...body, fields: new Map(fields), more };
}
