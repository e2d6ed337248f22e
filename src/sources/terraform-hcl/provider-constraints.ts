import type { TerraformRoot } from '../azurerm/instance.ts';
import { versionRange } from '../azurerm/provider-version.ts';
import type { Block } from './body.ts';
import type { Expression } from './expression.ts';
import { type Files, joinPath } from './files.ts';
import type { ModuleNode } from './module-tree.ts';
import { parseExpression } from './parse-expression.ts';
import { scanBody } from './scan-body.ts';

const SOURCES = { azurerm: 'hashicorp/azurerm', azapi: 'azure/azapi' } as const;

/**
 * The releases of the providers that a root admits: the one in `.terraform.lock.hcl`, else what the constraints of all its
 * modules admit together.
 */
export function providersOf(
  root: ModuleNode,
  directory: string,
  files: Files,
): NonNullable<TerraformRoot['providers']> {
  const locked = lockedVersions(directory, files);
  const blocks = settingsBelow(root);
  const rangeOf = (
    name: keyof typeof SOURCES,
  ): { readonly [name: string]: ReturnType<typeof versionRange> } => {
    const exact = locked.get(SOURCES[name]);
    const constraints = exact === undefined ? blocks.flatMap((block) => constraintsIn(block, name)) : [exact];
    return constraints.length === 0 ? {} : { [name]: versionRange(constraints) };
  };
  return { ...rangeOf('azurerm'), ...rangeOf('azapi') };
}

function settingsBelow(root: ModuleNode): readonly Block[] {
  const pending: ModuleNode[] = [root];
  const seen = new Set<string>();
  const blocks: Block[] = [];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (seen.has(node.config.directory)) continue;
    seen.add(node.config.directory);
    blocks.push(...node.config.settings);
    for (const child of node.children.values()) if (child !== 'not-available') pending.push(child);
  }
  return blocks;
}

/** What a `required_providers` block says about a provider, in both of its forms. */
function constraintsIn({ body }: Block, name: keyof typeof SOURCES): readonly string[] {
  return body.blocks
    .filter(({ type }) => type === 'required_providers')
    .flatMap((block) => block.body.attributes)
    .flatMap(({ name: local, value }) => {
      if (value.kind === 'literal') return local === name ? [String(value.value)] : [];
      const source = textIn(value, 'source')
        ?.toLowerCase()
        .replace(/^registry\.(?:terraform\.io|opentofu\.org)\//, '');
      const isMeant = source === undefined ? local === name : source === SOURCES[name];
      const version = textIn(value, 'version');
      return isMeant && version !== undefined ? [version] : [];
    });
}

function textIn(value: Expression, name: string): string | undefined {
  if (value.kind !== 'object') return undefined;
  const entry = value.entries.find(({ key }) => key.kind === 'literal' && key.value === name)?.value;
  return entry?.kind === 'literal' && typeof entry.value === 'string' ? entry.value : undefined;
}

/** The versions in the lock file, by the source of the provider in lower case. */
function lockedVersions(directory: string, files: Files): ReadonlyMap<string, string> {
  const versions = new Map<string, string>();
  const path = joinPath(directory, '.terraform.lock.hcl');
  const bytes = path === undefined ? undefined : files.read(path);
  const text = bytes === undefined ? '' : new TextDecoder().decode(bytes);
  const scanned = scanBody(text);
  if ('fault' in scanned) return versions;
  for (const { type, labels, body } of scanned.body.blocks) {
    const version = body.attributes.find(({ name }) => name === 'version');
    if (type !== 'provider' || version === undefined) continue;
    const parsed = parseExpression(text, version.value.start, version.value.end);
    if ('fault' in parsed || parsed.expression.kind !== 'literal') continue;
    const source = (labels[0] ?? '').toLowerCase().split('/').slice(-2).join('/');
    versions.set(source, String(parsed.expression.value));
  }
  return versions;
}
