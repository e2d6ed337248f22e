import { createHash } from 'node:crypto';
import { type Known, known, type Unknown, type Value } from '../value/value.ts';
import type { DeploymentScope } from './deployment-scope.ts';
import type { Call } from './functions/call.ts';
import { joinText, type TextPart, textOfParts, textParts } from './partial-text.ts';

/**
 * The id of a resource below a scope: `{scope}/providers/{type}/{name}` with further segments of the type and further
 * names in turn. `scope` is the id of a resource group, a subscription, a resource, or empty for the tenant. Unknown parts
 * keep their place. Resource groups have no `/providers/` in their id. Undefined when type and names do not match.
 */
export function resourceIdBelow(
  scope: readonly Value[],
  type: string,
  names: readonly Value[],
  call: Call,
): Value | undefined {
  const [provider = '', first, ...further] = type.split('/').filter((segment) => segment !== '');
  const [name, ...furtherNames] = names;
  if (first === undefined || name === undefined || further.length !== furtherNames.length) return undefined;
  const text = (part: string): Known => known(part, call.origin);
  const isGroup = type.toLowerCase() === 'microsoft.resources/resourcegroups' && scope.length === 2;
  const pieces: Value[] = [...scope, text(isGroup ? `/${first}/` : `/providers/${provider}/${first}/`), name];
  for (const [index, segment] of further.entries()) {
    pieces.push(text(`/${segment}/`), furtherNames[index] ?? text(''));
  }
  return joinText(pieces, call);
}

/** The pieces of the id of a subscription. */
export function subscriptionPieces(subscription: Value, call: Call): readonly Value[] {
  return [known('/subscriptions/', call.origin), subscription];
}

/** The pieces of the id of a resource group. */
export function groupPieces(subscription: Value, group: Value, call: Call): readonly Value[] {
  return [...subscriptionPieces(subscription, call), known('/resourceGroups/', call.origin), group];
}

/** The pieces of the id of a management group. */
export function managementGroupPieces(group: Value, call: Call): readonly Value[] {
  return [known('/providers/Microsoft.Management/managementGroups/', call.origin), group];
}

/** The pieces of the id a deployment goes to; none for the tenant. */
export function scopePieces(scope: DeploymentScope, call: Call): readonly Value[] {
  switch (scope.level) {
    case 'resource-group':
      return groupPieces(scope.subscription, scope.resourceGroup, call);
    case 'subscription':
      return subscriptionPieces(scope.subscription, call);
    case 'management-group':
      return managementGroupPieces(scope.managementGroup, call);
    case 'tenant':
      return [];
  }
}

/**
 * The canonical text of an id: lower case, unknown parts as their expression in braces, so that equal texts mean equal
 * ids. An unknown id of one resource at the start stands for that resource's id. Undefined for a text with a part that
 * nothing names, for what is no text, and for what does not start as an id does.
 */
export function idText(value: Value): string | undefined {
  const parts = value.kind === 'known' && typeof value.value !== 'string' ? undefined : textParts(value);
  if (parts === undefined || parts.length === 0) return undefined;
  let text = '';
  for (const [index, part] of parts.entries()) {
    if (typeof part === 'string') {
      text += part.toLowerCase();
      continue;
    }
    const id = index === 0 ? onlyId(part) : undefined;
    if (id === undefined && part.expression === undefined) return undefined;
    text += id ?? `{${withoutCase(part.expression ?? '')}}`;
  }
  return /^(?:\/[a-z{]|\{.*\}\/providers\/)/.test(text) || onlyIdOf(parts) ? text : undefined;
}

function onlyIdOf(parts: readonly TextPart[]): boolean {
  const [first] = parts;
  return first !== undefined && typeof first !== 'string' && onlyId(first) !== undefined;
}

/** The id of the one resource whose id an unknown is. */
export function onlyId({ references, open }: Unknown): string | undefined {
  const [first, ...others] = references ?? [];
  return open !== true && others.length === 0 && first?.property === 'id' ? first.id : undefined;
}

/** An expression as it names an unknown part of an id: in lower case, because ids do not differ in case, so changes of case are left out; other differences are kept. */
export function withoutCase(expression: string): string {
  const inner = /^to(?:lower|upper)\((.*)\)$/s.exec(expression)?.[1];
  if (inner !== undefined) return withoutCase(inner);
  const lower = expression.toLowerCase();
  if (lower === expression) return lower;
  return `${lower}#${createHash('sha256').update(expression).digest('hex').slice(0, 8)}`;
}

/** A resource id taken apart. */
export interface ResourceId {
  /** What stands before the last `/providers/`: lower case and canonical as `idText` writes it, empty for the tenant. */
  readonly scope: string;
  /** Lower case, for example `microsoft.network/virtualnetworks/subnets`. */
  readonly type: string;
  /** One name for each segment of the type. */
  readonly names: readonly Value[];
}

/**
 * Takes an id apart at its last `/providers/`. An unknown part is taken for a piece of the segment it stands in: a name
 * holds no slash. Undefined when the value is no id, when the type is not known, or when a name is missing.
 */
export function parseResourceId(value: Value): ResourceId | undefined {
  if (value.kind !== 'known' && value.kind !== 'unknown') return undefined;
  const parts = textParts(value) ?? [];
  const segments = segmentsOf(parts, value);
  const provider = segments.findLastIndex((segment) => literalOf(segment)?.toLowerCase() === 'providers');
  const rest = segments.slice(provider + 1);
  if (provider === -1 || rest.length < 3 || rest.length % 2 === 0) return undefined;
  const types = rest.filter((_, index) => index === 0 || index % 2 === 1).map(literalOf);
  const names = rest.filter((_, index) => index > 0 && index % 2 === 0);
  if (types.some((type) => type === undefined || type === '')) return undefined;
  if (names.some((name) => literalOf(name) === '')) return undefined;
  const before = segments.slice(0, provider).flatMap((segment, index) => {
    const own = textParts(segment) ?? [];
    return index === 0 ? own : ['/', ...own];
  });
  const scope = before.length === 0 ? '' : idText(textOfParts(before, value.origin));
  return scope === undefined ? undefined : { scope, type: types.join('/').toLowerCase(), names };
}

/**
 * The names in the full name of a resource, `vnet/${subnet}`, when its type has that many segments. That is certain
 * where the slashes that are written already make as many: a further one in an unknown part would be refused. Undefined
 * when they do not.
 */
export function namesIn(name: Value, count: number): readonly Value[] | undefined {
  if (name.kind !== 'known' && name.kind !== 'unknown') return undefined;
  const segments = segmentsOf(textParts(name) ?? [], name);
  return segments.length === count ? segments : undefined;
}

/** The texts between the slashes that are written; each keeps whether the whole is secret. */
function segmentsOf(parts: readonly TextPart[], whole: Known | Unknown): readonly Value[] {
  const segments: TextPart[][] = [[]];
  for (const part of parts) {
    const [head = '', ...tail] = typeof part === 'string' ? part.split('/') : [];
    segments.at(-1)?.push(typeof part === 'string' ? head : part);
    for (const text of tail) segments.push([text]);
  }
  return segments.map((segment) => {
    const text = textOfParts(segment, whole.origin);
    return text.kind === 'known' && whole.kind === 'known' && whole.sensitive
      ? { ...text, sensitive: true }
      : text;
  });
}

function literalOf(value: Value): string | undefined {
  return value.kind === 'known' ? String(value.value) : undefined;
}
