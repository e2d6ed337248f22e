import { attributeNamed, type Block } from './body.ts';
import type { Expression } from './expression.ts';

/** Gives the provider configuration that a name means in a module: `azurerm`, `azurerm.hub`, `module.web:azurerm`. */
export type ProviderNames = (name: string) => string;

/** In the root module a name means itself. */
export const rootProviders: ProviderNames = (name) => name;

/**
 * The names of a called module: a configuration of its own, else what the call hands over, else, for those without an
 * alias, what the calling module means by the name. `path` is the module without instance keys, as plans write it.
 */
export function calledProviders(
  call: Block,
  own: ReadonlySet<string>,
  path: string,
  outer: ProviderNames,
): ProviderNames {
  const handedOver = new Map<string, string>();
  const given = attributeNamed(call.body, 'providers')?.value;
  for (const { key, value } of given?.kind === 'object' ? given.entries : []) {
    const inside = key.kind === 'literal' ? String(key.value) : dottedName(key);
    const outside = dottedName(value);
    if (inside !== undefined && outside !== undefined) handedOver.set(inside, outside);
  }
  return (name) => {
    const outside = handedOver.get(name);
    if (outside !== undefined) return outer(outside);
    return own.has(name) || name.includes('.') ? `${path}:${name}` : outer(name);
  };
}

/** The name in a `provider` argument, or the one that the type of a resource begins with. */
export function providerNameOf(type: string, block: Block): string {
  const written = attributeNamed(block.body, 'provider')?.value;
  return (written === undefined ? undefined : dottedName(written)) ?? type.split('_')[0] ?? type;
}

/** The configurations that `provider` blocks declare: `azurerm`, `azurerm.hub`. */
export function declaredProviders(blocks: readonly Block[]): ReadonlySet<string> {
  return new Set(
    blocks.map(({ labels, body }) => {
      const alias = attributeNamed(body, 'alias')?.value;
      const name = labels[0] ?? '';
      return alias?.kind === 'literal' ? `${name}.${String(alias.value)}` : name;
    }),
  );
}

/** `azurerm.hub` of the expression or, as in older configurations, of the text. */
function dottedName(expression: Expression): string | undefined {
  if (expression.kind === 'name') return expression.name;
  if (expression.kind === 'literal')
    return typeof expression.value === 'string' ? expression.value : undefined;
  if (expression.kind === 'index') {
    const name = dottedName(expression.of);
    return name === undefined ? undefined : `${name}[*]`;
  }
  if (expression.kind !== 'attribute' || expression.of.kind !== 'name') return undefined;
  return `${expression.of.name}.${expression.name}`;
}
