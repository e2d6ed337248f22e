import type { BicepType, CrossFileTypeReference, TypeIndex } from '@azure/bicep-types';
import { printable } from '../../text/printable.ts';
import type { Problem } from '../../text/problem.ts';
import { bicepTypes } from './bicep-types.ts';
import { compileShapes } from './compile-shapes.ts';
import { readIndex, readTypes } from './read-catalogue.ts';
import type { AzureTypes, ResourceShape, Shape } from './shape.ts';

/** Microsoft's catalogue of resource types, as it lies on the user's disk. */
export interface AzureCatalogue {
  readonly types: AzureTypes;
  /** What could not be read so far: files are read when a type is first asked for. */
  problems(): readonly Problem[];
}

/** Gives the text of a file of the catalogue. The path is relative to the index, with `/`; undefined when there is none. */
export type ReadCatalogueFile = (path: string) => string | undefined;

interface Entry {
  /** As Azure spells it. */
  readonly name: string;
  /** The place of each API version, by lower-case version. */
  readonly versions: Map<string, CrossFileTypeReference>;
}

/**
 * Reads the catalogue of Azure/bicep-types-az from the text of its `index.json`; `path` is what a problem calls that
 * file. Only the files of the types that are asked for are read, once each. A type that the catalogue does not have in an
 * API version is not known; the problem says so for files that cannot be read.
 */
export function loadAzureTypes(
  text: string,
  path: string,
  read: ReadCatalogueFile,
): AzureCatalogue | { readonly problem: Problem } {
  const library = bicepTypes();
  const index = readIndex(library, text);
  if (index === undefined) {
    const message = `\`${printable(path)}\` is not an index of Azure resource types`;
    const remedy = 'name the file `generated/index.json` of Azure/bicep-types-az';
    return { problem: problemAt(path, 'azure-types-unreadable', message, 'fatal', remedy) };
  }
  const entries = entriesOf(index);
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  const problems: Problem[] = [];
  const files = new Map<string, CatalogueFile | undefined>();
  const found = new Map<string, ResourceShape | undefined>();

  function fileAt(relativePath: string): CatalogueFile | undefined {
    if (files.has(relativePath)) return files.get(relativePath);
    const content = read(relativePath);
    const types = content === undefined ? undefined : readTypes(library, content);
    if (types === undefined) {
      const file = `${folder}${relativePath}`;
      const what = content === undefined ? 'cannot be read' : 'holds no Azure resource types';
      const message = `\`${printable(file)}\` ${what}, so the resources it describes are not checked`;
      problems.push(problemAt(file, 'azure-types-unreadable', message, 'warning'));
    }
    const file =
      types === undefined ? undefined : { types, shapeAt: compileShapes(library, { types, follow }) };
    files.set(relativePath, file);
    return file;
  }

  /** A reference into another file, which the reader of the package leaves as it is written. */
  function follow(reference: object): Shape | undefined {
    const written = '$ref' in reference ? String(reference.$ref) : '';
    const [, file, index] = /^(.+)#\/(\d+)$/.exec(written) ?? [];
    return file === undefined ? undefined : fileAt(file)?.shapeAt(Number(index));
  }

  function shapeOf(entry: Entry, version: string): ResourceShape | undefined {
    const key = `${entry.name}@${version}`;
    if (found.has(key)) return found.get(key);
    const place = entry.versions.get(version);
    const file = place === undefined ? undefined : fileAt(place.relativePath);
    const resource = place === undefined ? undefined : file?.types[place.index];
    let shape: ResourceShape | undefined;
    if (file !== undefined && resource?.type === library.TypeBaseKind.ResourceType) {
      shape = {
        name: entry.name,
        isWritable: resource.writableScopes !== library.ScopeType.None,
        body: file.shapeAt(resource.body.index),
        newest: () => newestOf(entry, version),
      };
    }
    found.set(key, shape);
    return shape;
  }

  function newestOf(entry: Entry, version: string): ReturnType<NonNullable<ResourceShape['newest']>> {
    const apiVersion = newestVersion(entry);
    if (apiVersion === undefined || apiVersion <= version) return undefined;
    const body = shapeOf(entry, apiVersion)?.body;
    return body === undefined ? undefined : { apiVersion, body };
  }

  return {
    problems: () => problems,
    types: {
      find(type, apiVersion) {
        const entry = entries.get(type.toLowerCase());
        const version = apiVersion?.toLowerCase() ?? (entry === undefined ? undefined : newestVersion(entry));
        return entry === undefined || version === undefined ? undefined : shapeOf(entry, version);
      },
    },
  };
}

interface CatalogueFile {
  readonly types: readonly BicepType[];
  readonly shapeAt: (index: number) => Shape;
}

/** The newest stable version, or the newest preview where there is no stable one. */
function newestVersion({ versions }: Entry): string | undefined {
  const all = [...versions.keys()].toSorted();
  return all.findLast((version) => version.length === 'YYYY-MM-DD'.length) ?? all.at(-1);
}

function entriesOf(index: TypeIndex): ReadonlyMap<string, Entry> {
  const entries = new Map<string, Entry>();
  for (const [key, place] of Object.entries(index.resources)) {
    const [name = '', version = ''] = key.split('@', 2);
    const entry = entries.get(name.toLowerCase()) ?? { name, versions: new Map() };
    entries.set(name.toLowerCase(), entry);
    entry.versions.set(version.toLowerCase(), place);
  }
  return entries;
}

function problemAt(
  path: string,
  code: string,
  message: string,
  severity: Problem['severity'],
  remedy?: string,
): Problem {
  const origin = { kind: 'json', path, pointer: '' } as const;
  return { code, message, ...(remedy === undefined ? {} : { remedy }), origin, severity };
}
