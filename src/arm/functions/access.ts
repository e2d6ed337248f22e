import type { Value } from '../../value/value.ts';
import type { Call } from './call.ts';

/**
 * The member of a value: `a.name`, `a['name']`, `a[0]`. A missing member or an index out of range fails, as in Azure.
 */
export function access(value: Value, key: Value, call: Call): Value {
  return value.kind === 'unknown' ? value : call.fail(`no member of a ${key.kind} key`);
}

/** `a.?name`, `a[?0]`, `tryGet`: the member, or null where there is none. */
export function tryAccess(value: Value, key: Value, call: Call): Value {
  return access(value, key, call);
}
