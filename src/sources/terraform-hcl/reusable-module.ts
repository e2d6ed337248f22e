import { attributeNamed, type Block } from './body.ts';
import type { Data } from './data.ts';
import type { Expression } from './expression.ts';
import type { ModuleConfig } from './module-config.ts';
import { later } from './unknown.ts';

/**
 * Whether a module that nothing here calls is written for callers elsewhere: it lies below a folder `modules` and sets up
 * neither a provider nor a backend. https://developer.hashicorp.com/terraform/language/modules/develop/structure
 */
export function isReusable({ directory, providers, settings }: ModuleConfig): boolean {
  const hasBackend = settings.some(({ body }) =>
    body.blocks.some(({ type }) => type === 'backend' || type === 'cloud'),
  );
  return providers.length === 0 && !hasBackend && /(?:^|\/)modules?\//i.test(directory);
}

/**
 * What a variable of a reusable module is when its default says nothing, null or empty: a caller gives it a value. Undefined
 * when it has a default that says something, or none at all.
 */
export function valueOfCaller(
  name: string,
  variable: Block,
  evaluateConstant: (expression: Expression) => Data,
): Data | undefined {
  const fallback = attributeNamed(variable.body, 'default');
  if (fallback === undefined || !isEmpty(evaluateConstant(fallback.value))) return undefined;
  const label = `var.${name}`;
  return { ...later({ kind: 'parameter', name: label }, variable.file.origin(variable)), expression: label };
}

function isEmpty(data: Data): boolean {
  if (data === null || data === '') return true;
  if (typeof data !== 'object') return false;
  if ('items' in data) return data.items.length === 0;
  return 'entries' in data && data.entries.size === 0;
}
