import { type Node, parseTree } from 'jsonc-parser';
import { foldersAbove, resolvePath } from './file-path.ts';
import type { Session } from './session.ts';

/** What the path of a module, import or `using` names. */
export type ModuleReference =
  | { readonly kind: 'file'; readonly path: string }
  /** A module of a registry: `name` is how people write it in full, `restored` where `bicep restore` puts its template. */
  | {
      readonly kind: 'registry';
      readonly name: string;
      readonly repository: string;
      readonly restored: string;
    }
  | { readonly kind: 'template-spec'; readonly name: string; readonly restored?: string }
  | { readonly kind: 'unknown'; readonly name: string };

const PUBLIC_REGISTRY = 'mcr.microsoft.com';
const PUBLIC_PATH = 'bicep';
const DEFAULT_CACHE = '~/.bicep';

interface Configuration {
  readonly folder: string;
  readonly registries: ReadonlyMap<string, { readonly registry: string; readonly modulePath: string }>;
  readonly templateSpecs: ReadonlyMap<
    string,
    { readonly subscription: string; readonly resourceGroup: string }
  >;
  readonly cache: string;
}

/**
 * Reads `./a.bicep`, `br:registry/path:tag`, `br/alias:path:tag`, `ts:subscription/group/name:version` and
 * `ts/alias:name:version`, as written in the file at `from`. Aliases come from the nearest `bicepconfig.json` above it.
 *
 * https://learn.microsoft.com/azure/azure-resource-manager/bicep/modules
 */
export function readReference(text: string, from: string, session: Session): ModuleReference {
  const [, scheme, alias, rest = ''] = /^(br|ts)(?:\/([^:]*))?:(.*)$/s.exec(text) ?? [];
  if (scheme === undefined) return { kind: 'file', path: resolvePath(from, text) };
  const configuration = configurationFor(from, session);
  return scheme === 'br'
    ? registryReference(alias, rest, text, configuration)
    : templateSpecReference(alias, rest, text, configuration);
}

function registryReference(
  alias: string | undefined,
  rest: string,
  text: string,
  { registries, cache }: Configuration,
): ModuleReference {
  const named = alias === undefined ? undefined : registries.get(alias);
  if (alias !== undefined && named === undefined) return { kind: 'unknown', name: text };
  const prefix =
    named === undefined
      ? ''
      : `${[named.registry, named.modulePath].filter((part) => part !== '').join('/')}/`;
  const full = `${prefix}${rest}`;
  const [, registry, path, tag, digest] =
    /^([^/]+)\/(.+?)(?::([\w.-]+)|@(sha256:[\da-f]+))$/.exec(full) ?? [];
  if (registry === undefined || path === undefined) return { kind: 'unknown', name: text };
  const version = tag === undefined ? (digest ?? '').replace(':', '#') : encodeTag(tag);
  const folder = `${registry.replaceAll(':', '$').toLowerCase()}/${path.replaceAll('/', '$')}/${version}`;
  return {
    kind: 'registry',
    name: text,
    repository: `${registry.toLowerCase()}/${path}`,
    restored: `${cache}/br/${folder}/main.json`,
  };
}

/** Tags keep their case in file names: a `$`, then a bit for every capital letter, in hexadecimal digits. */
function encodeTag(tag: string): string {
  let mask = 0n;
  for (const [index, character] of [...tag].entries()) {
    if (/[A-Z]/.test(character)) mask |= 1n << BigInt(index);
  }
  return `${tag}$${mask === 0n ? '' : mask.toString(16)}`;
}

function templateSpecReference(
  alias: string | undefined,
  rest: string,
  text: string,
  { templateSpecs, cache }: Configuration,
): ModuleReference {
  const named = alias === undefined ? undefined : templateSpecs.get(alias);
  if (alias !== undefined && named === undefined) return { kind: 'template-spec', name: text };
  const full = named === undefined ? rest : `${named.subscription}/${named.resourceGroup}/${rest}`;
  const [, subscription, group, name, version] = /^([^/]+)\/([^/]+)\/([^/:]+):([^/:]+)$/.exec(full) ?? [];
  if (subscription === undefined) return { kind: 'template-spec', name: text };
  const folder = `${subscription}/${group}/${name}/${version}`.toLowerCase();
  return { kind: 'template-spec', name: text, restored: `${cache}/ts/${folder}/main.json` };
}

const configurations = new WeakMap<Session, Map<string, Configuration>>();

function configurationFor(from: string, session: Session): Configuration {
  const known = configurations.get(session) ?? new Map<string, Configuration>();
  configurations.set(session, known);
  const [nearest = ''] = foldersAbove(from);
  const found = known.get(nearest) ?? readConfiguration(from, session);
  known.set(nearest, found);
  return found;
}

function readConfiguration(from: string, session: Session): Configuration {
  for (const folder of foldersAbove(from)) {
    const path = folder === '' ? 'bicepconfig.json' : `${folder}/bicepconfig.json`;
    const text = session.read(path);
    if (text === undefined) continue;
    const root = text.length > 1_000_000 ? undefined : parseTree(text, [], { allowTrailingComma: true });
    return configurationOf(root, folder);
  }
  return configurationOf(undefined, '');
}

function configurationOf(root: Node | undefined, folder: string): Configuration {
  const registries = new Map([['public', { registry: PUBLIC_REGISTRY, modulePath: PUBLIC_PATH }]]);
  const templateSpecs = new Map<string, { subscription: string; resourceGroup: string }>();
  const aliases = memberOf(root, 'moduleAliases');
  for (const [alias, node] of membersOf(memberOf(aliases, 'br'))) {
    const registry = textOf(memberOf(node, 'registry'));
    if (registry !== undefined)
      registries.set(alias, { registry, modulePath: textOf(memberOf(node, 'modulePath')) ?? '' });
  }
  for (const [alias, node] of membersOf(memberOf(aliases, 'ts'))) {
    const subscription = textOf(memberOf(node, 'subscription'));
    const resourceGroup = textOf(memberOf(node, 'resourceGroup'));
    if (subscription !== undefined && resourceGroup !== undefined)
      templateSpecs.set(alias, { subscription, resourceGroup });
  }
  const cache = textOf(memberOf(root, 'cacheRootDirectory'));
  const isAnchored = cache === undefined || cache.startsWith('/') || cache.startsWith('~');
  const at =
    cache === undefined
      ? DEFAULT_CACHE
      : isAnchored
        ? cache
        : resolvePath(folder === '' ? 'bicepconfig.json' : `${folder}/bicepconfig.json`, cache);
  return { folder, registries, templateSpecs, cache: at.replace(/\/$/, '') };
}

function memberOf(node: Node | undefined, name: string): Node | undefined {
  return membersOf(node).find(([key]) => key === name)?.[1];
}

function membersOf(node: Node | undefined): readonly (readonly [string, Node])[] {
  if (node?.type !== 'object') return [];
  return (node.children ?? []).flatMap(({ children: [key, value] = [] }) =>
    key === undefined || value === undefined ? [] : [[String(key.value), value] as const],
  );
}

function textOf(node: Node | undefined): string | undefined {
  const value: unknown = node?.value;
  return typeof value === 'string' ? value : undefined;
}
