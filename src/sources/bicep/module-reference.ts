import { at, type JsonNode, membersOf, textOf } from '../../arm/json-node.ts';
import { parseJson } from '../../arm/parse-json.ts';
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
    const outcome = parseJson(text, path);
    if ('root' in outcome) return configurationOf(outcome.root, folder);
    session.report({ ...outcome.problem, severity: 'warning' });
    return configurationOf(undefined, folder);
  }
  return configurationOf(undefined, '');
}

function configurationOf(root: JsonNode | undefined, folder: string): Configuration {
  const registries = new Map([['public', { registry: PUBLIC_REGISTRY, modulePath: PUBLIC_PATH }]]);
  const templateSpecs = new Map<string, { subscription: string; resourceGroup: string }>();
  for (const { name, value } of membersOf(at(root, 'moduleAliases', 'br'))) {
    const registry = textOf(at(value, 'registry'));
    const modulePath = textOf(at(value, 'modulePath')) ?? '';
    if (registry !== undefined) registries.set(name, { registry, modulePath });
  }
  for (const { name, value } of membersOf(at(root, 'moduleAliases', 'ts'))) {
    const subscription = textOf(at(value, 'subscription'));
    const resourceGroup = textOf(at(value, 'resourceGroup'));
    if (subscription !== undefined && resourceGroup !== undefined) {
      templateSpecs.set(name, { subscription, resourceGroup });
    }
  }
  const written = textOf(at(root, 'cacheRootDirectory'));
  const here = folder === '' ? 'bicepconfig.json' : `${folder}/bicepconfig.json`;
  const cache =
    written === undefined ? DEFAULT_CACHE : written.startsWith('~') ? written : resolvePath(here, written);
  return { folder, registries, templateSpecs, cache: cache.replace(/\/$/, '') };
}
