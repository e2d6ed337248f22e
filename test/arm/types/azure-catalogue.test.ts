import {
  buildIndex,
  ObjectTypePropertyFlags as Flags,
  ScopeType,
  TypeFactory,
  type TypeReference,
  writeIndexJson,
  writeTypesJson,
} from '@azure/bicep-types';
import { type AzureCatalogue, loadAzureTypes } from '../../../src/arm/types/azure-catalogue.ts';
import { checkBody } from '../../../src/arm/types/check-body.ts';
import { at, bodyOf } from './body-value.ts';

type Property = readonly [type: TypeReference, flags?: Flags];

function propertiesFrom(
  table: Readonly<Record<string, Property>>,
): Parameters<TypeFactory['addObjectType']>[1] {
  return Object.fromEntries(
    Object.entries(table).map(([name, [type, flags = Flags.None]]) => [name, { type, flags }]),
  );
}

/** The types of `A.B/c` in two versions; the later one has `properties.colour`. `A.B/c/parts` is no resource of its own. */
function typesIn(version: string): TypeFactory {
  const factory = new TypeFactory();
  const text = factory.addStringType();
  const word = factory.addUnionType([
    factory.addStringLiteralType('small'),
    factory.addStringLiteralType('big'),
  ]);
  const tcp = factory.addObjectType(
    'Tcp',
    propertiesFrom({
      kind: [factory.addStringLiteralType('Tcp'), Flags.Required],
      port: [factory.addIntegerType(1, 65535), Flags.Required],
    }),
  );
  const http = factory.addObjectType(
    'Http',
    propertiesFrom({ kind: [factory.addStringLiteralType('Http'), Flags.Required], path: [text] }),
  );
  const check = factory.addDiscriminatedObjectType('Check', 'kind', propertiesFrom({ every: [text] }), {
    Tcp: tcp,
    Http: http,
  });
  const isLater = version === '2024-01-01';
  const part = factory.addObjectType(
    'Part',
    propertiesFrom({ name: [text], ...(isLater ? { colour: [text] as const } : {}) }),
  );
  const properties = factory.addObjectType(
    'Properties',
    propertiesFrom({
      size: [word, Flags.Required],
      checks: [factory.addArrayType(check)],
      state: [text, Flags.ReadOnly],
      parts: [factory.addArrayType(part)],
      grid: [factory.addArrayType(factory.addArrayType(part))],
      ...(isLater ? { colour: [text] as const } : {}),
    }),
  );
  const body = factory.addObjectType(
    'A.B/c',
    propertiesFrom({
      id: [text, Flags.ReadOnly | Flags.DeployTimeConstant],
      name: [text, Flags.Required | Flags.DeployTimeConstant],
      properties: [properties, Flags.Required],
      tags: [factory.addObjectType('Tags', {}, text)],
    }),
  );
  factory.addResourceType(`A.B/c@${version}`, body, ScopeType.ResourceGroup, ScopeType.ResourceGroup);
  factory.addResourceType(`A.B/c/parts@${version}`, body, ScopeType.ResourceGroup, ScopeType.None);
  return factory;
}

const VERSIONS = ['2023-01-01', '2024-01-01', '2024-06-01-preview'];
const FILES: Readonly<Record<string, string>> = Object.fromEntries(
  VERSIONS.map((version) => [`a/a.b/${version}/types.json`, writeTypesJson(typesIn(version).types)]),
);
const INDEX = writeIndexJson(
  buildIndex(
    VERSIONS.map((version) => ({
      relativePath: `a/a.b/${version}/types.json`,
      types: typesIn(version).types,
    })),
    () => {},
  ),
);

function load(index = INDEX, files = FILES, reads: string[] = []): AzureCatalogue {
  const loaded = loadAzureTypes(index, 'types/index.json', (path) => {
    reads.push(path);
    return files[path];
  });
  if ('problem' in loaded) throw new Error(loaded.problem.message);
  return loaded;
}

function check(
  body: object,
  apiVersion = '2023-01-01',
  { types }: AzureCatalogue = load(),
): readonly object[] {
  return checkBody({ type: 'a.b/C', apiVersion, body: bodyOf(body), origin: at('') }, types);
}

const tcp = { kind: 'Tcp', port: 80 };

test('a body that fits has no fault', () => {
  const body = { tags: { a: 'b' }, properties: { size: 'big', checks: [{ ...tcp, every: '5s' }] } };
  expect(check(body)).toEqual([]);
});

test('the catalogue finds every kind of fault', () => {
  const body = { colour: 1, properties: { siz: 'big', state: 'x', checks: 'none' } };
  expect(check(body)).toMatchObject([
    { kind: 'unknown', path: 'colour', isCertain: true },
    { kind: 'unknown', path: 'properties.siz', suggestion: 'size' },
    { kind: 'read-only', path: 'properties.state' },
    { kind: 'wrong-kind', path: 'properties.checks', expected: 'list', found: 'text' },
  ]);
  expect(check({})).toMatchObject([{ kind: 'missing', path: '', property: 'properties' }]);
});

test('which properties an object has depends on its discriminator', () => {
  const checksOf = (one: object): readonly object[] => check({ properties: { size: 'big', checks: [one] } });
  expect(checksOf({ kind: 'http', path: '/' })).toEqual([]);
  expect(checksOf({ kind: 'Http', port: 80 })).toMatchObject([
    { kind: 'unknown', path: 'properties.checks[0].port' },
  ]);
  expect(checksOf({ kind: 'Tcp' })).toMatchObject([{ kind: 'missing', property: 'port' }]);
});

test('without a discriminator only that is missing, and one that is not known leaves the object open', () => {
  const checksOf = (one: object): readonly object[] => check({ properties: { size: 'big', checks: [one] } });
  expect(checksOf({ port: 80 })).toMatchObject([{ kind: 'missing', property: 'kind' }]);
  expect(checksOf({ kind: 'Udp', anything: 1, every: [] })).toMatchObject([
    { kind: 'wrong-kind', path: 'properties.checks[0].every' },
  ]);
});

test('a property that only the newest version has is newer', () => {
  const body = { properties: { size: 'big', colour: 'green' } };
  expect(check(body)).toMatchObject([
    { kind: 'newer', path: 'properties.colour', apiVersion: '2023-01-01', has: '2024-01-01' },
  ]);
  expect(check(body, '2024-01-01')).toEqual([]);
});

test('a property of an item of a list is newer too, and is named as Azure spells it', () => {
  const body = { properties: { size: 'big', parts: [{ name: 'a' }, { COLOUR: 'green', color: 'green' }] } };
  expect(check(body)).toMatchObject([
    { kind: 'newer', path: 'properties.parts[1].colour' },
    { kind: 'unknown', path: 'properties.parts[1].color' },
  ]);
});

test('lists of lists are looked at', () => {
  const body = { properties: { size: 'big', grid: [[], [{ nam: 'a' }, 7]] } };
  expect(check(body)).toMatchObject([
    { kind: 'unknown', path: 'properties.grid[1][0].nam', suggestion: 'name' },
    { kind: 'wrong-kind', path: 'properties.grid[1][1]', expected: 'object', found: 'integer' },
  ]);
});

test('what an open object holds is looked at', () => {
  expect(check({ tags: { a: 1, b: [] }, properties: { size: 'big' } })).toMatchObject([
    { kind: 'wrong-kind', path: 'tags.b' },
  ]);
});

test('a preview in the catalogue is a version like another', () => {
  const body = { properties: { size: 'big', pattern: 'dots' } };
  expect(check(body, '2024-06-01-PREVIEW')).toMatchObject([{ kind: 'unknown', isCertain: true }]);
});

test('nothing is known about a type or a version the catalogue does not have', () => {
  const { types } = load();
  expect(types.find('A.B/d', '2023-01-01')).toBeUndefined();
  expect(types.find('A.B/c', '2022-01-01')).toBeUndefined();
});

test('without a version it is the newest stable one', () => {
  const { types } = load();
  const body = types.find('A.B/c')?.body;
  const properties = body?.kind === 'object' ? body.properties.get('properties')?.shape() : undefined;
  expect(properties?.kind === 'object' && properties.properties.has('colour')).toBe(true);
});

test('a type that Azure does not let anybody write is only a part of another resource', () => {
  const part = { type: 'A.B/c/parts', apiVersion: '2023-01-01', body: bodyOf({}), origin: at('') };
  expect(checkBody(part, load().types)).toMatchObject([{ kind: 'read-only-type', property: 'parts' }]);
});

test('only the files that are needed are read, each once', () => {
  const reads: string[] = [];
  const catalogue = load(INDEX, FILES, reads);
  expect(reads).toEqual([]);
  check({ properties: { size: 'big' } }, '2023-01-01', catalogue);
  check({ properties: { size: 'small' } }, '2023-01-01', catalogue);
  expect(reads).toEqual(['a/a.b/2023-01-01/types.json']);
});

test('a null in the catalogue says the same as leaving it out', () => {
  const withNulls = (text: string): string => text.replaceAll('"type":', '"description": null, "type":');
  const files = Object.fromEntries(Object.entries(FILES).map(([path, text]) => [path, withNulls(text)]));
  const index = `\ufeff${INDEX.replace('{', '{ "settings": null, "fallbackResourceType":null,')}`;
  expect(Object.values(files)[0]).toContain('null');
  const catalogue = load(index, files);
  expect(check({ properties: { siz: 'big' } }, '2023-01-01', catalogue)).toMatchObject([
    { suggestion: 'size' },
  ]);
  expect(catalogue.problems()).toEqual([]);
});

test('a type in another file is followed', () => {
  const shared = '[{ "$type": "IntegerType" }]';
  const path = 'a/a.b/2023-01-01/types.json';
  const reference = '{"$ref": "shared/types.json#/0"}';
  const text = (FILES[path] ?? '').replace(/("state": \{\s*"type": )\{[^}]*\}/, `$1${reference}`);
  expect(text).toContain(reference);
  const writable = text.replace(/("state": \{[^}]*\},\s*"flags": )2/, '$10');
  const catalogue = load(INDEX, { ...FILES, [path]: writable, 'shared/types.json': shared });
  const body = { properties: { size: 'big', state: 'x' } };
  expect(check(body, '2023-01-01', catalogue)).toMatchObject([{ kind: 'wrong-kind', expected: 'integer' }]);
});

test.each([
  ['cannot be read', undefined],
  ['holds no Azure resource types', '{}'],
  ['holds no Azure resource types', '[{ "$type": "ObjectType", "name": "a" }]'],
  ['holds no Azure resource types', '[null]'],
  ['holds no Azure resource types', '[{ "$type": "Obj'],
])('a file that %s is a problem, once, and its types are not known: %s', (what, text) => {
  const files = text === undefined ? {} : { 'a/a.b/2023-01-01/types.json': text };
  const catalogue = load(INDEX, files);
  expect(check({}, '2023-01-01', catalogue)).toEqual([]);
  expect(check({}, '2023-01-01', catalogue)).toEqual([]);
  expect(catalogue.problems()).toEqual([
    {
      code: 'azure-types-unreadable',
      message: `\`types/a/a.b/2023-01-01/types.json\` ${what}, so the resources it describes are not checked`,
      origin: { kind: 'json', path: 'types/a/a.b/2023-01-01/types.json', pointer: '' },
      severity: 'warning',
    },
  ]);
});

test('types that are made of themselves take everything', () => {
  const loop = '[{ "$type": "UnionType", "elements": [{ "$ref": "#/0" }] }]';
  const resource = `{ "$type": "ResourceType", "name": "A.B/c@1", "body": { "$ref": "#/0" }, "writableScopes": 8 }`;
  const index = '{ "resources": { "A.B/c@1": { "$ref": "t.json#/1" }, "A.B/d@1": 7 } }';
  const catalogue = load(index, { 't.json': `${loop.slice(0, -1)}, ${resource}]` });
  expect(check({ any: 1 }, '1', catalogue)).toEqual([]);
  expect(catalogue.types.find('A.B/d')).toBeUndefined();
});

test.each(['', 'x', '[]', 'null', '{"Resources": {}}'])('%j is no index', (text) => {
  expect(loadAzureTypes(text, 'index.json', () => undefined)).toEqual({
    problem: {
      code: 'azure-types-unreadable',
      message: '`index.json` is not an index of Azure resource types',
      remedy: 'name the file `generated/index.json` of Azure/bicep-types-az',
      origin: { kind: 'json', path: 'index.json', pointer: '' },
      severity: 'fatal',
    },
  });
});
