import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync } from '@swc/core';

const ROOT = path.join(import.meta.dirname, '..');

const MODEL = ['src/text', 'src/value', 'src/model'];
const SOURCE = [...MODEL, 'src/arm', 'src/sources/azurerm'];

/**
 * Which part of the source may import which. A row holds for the file and for the folder of that name, the longest
 * row that fits a file counts, and `*` stands for one folder. Every part may import itself. An entry that ends in
 * `.ts` admits that file alone; one that starts with `types of` admits `import type` alone.
 */
const BELOW_ENGINE: Readonly<Record<string, readonly string[]>> = {
  'src/text': [],
  'src/value': ['src/text'],
  'src/model': ['src/text', 'src/value'],
  'src/arm': [...MODEL, 'src/arm/types'],
  'src/arm/types': MODEL,
  'src/sources/azurerm': [...MODEL, 'src/arm'],
  'src/sources/bicep': SOURCE,
  'src/sources/arm-template': SOURCE,
  'src/sources/arm-what-if': SOURCE,
  'src/sources/terraform-plan': SOURCE,
  'src/sources/terraform-hcl': SOURCE,
  'src/network/packets': [],
  'src/guest': MODEL,
  'src/network': [
    ...MODEL,
    'types of src/arm/types',
    'src/guest',
    'src/network/packets',
    'src/network/reach',
    'src/network/trace',
  ],
  'src/network/reach': [...MODEL, 'src/network', 'src/network/packets'],
  'src/network/trace': [...MODEL, 'src/network'],
  'src/policy': [
    ...MODEL,
    'src/arm/types',
    'src/guest',
    'src/network',
    'src/network/packets',
    'src/network/reach',
    'src/network/trace',
  ],
};
const LAYERS: Readonly<Record<string, readonly string[]>> = {
  ...BELOW_ENGINE,
  'src/engine': Object.keys(BELOW_ENGINE),
  'src/report': ['src/text', 'types of src/policy', 'types of src/engine', 'src/engine/fingerprint.ts'],
  'src/config': ['src/text', 'types of src/policy'],
  'src/cli': ['src/text', 'src/policy', 'src/engine', 'src/report', 'src/config', 'policies/index.ts'],
  'src/cli.ts': ['src/cli'],
  'src/start.ts': ['src/cli'],
  'src/action': ['src/text', 'src/cli', 'src/report'],
  'src/action.ts': ['src/action'],
  'src/index.ts': ['src/policy', 'src/engine', 'src/report', 'policies/index.ts'],
  'policies/*': ['src/policy/index.ts'],
  'policies/index.ts': ['policies/*/policy.ts', 'types of src/policy/index.ts'],
};

const OPENS_FILES = ['src/engine', 'src/config', 'src/cli', 'src/action'];
const OPENS_PLANS = ['read-plan', 'saved-plan'].map((name) => `src/sources/terraform-plan/${name}.ts`);

/** What touches the world outside, and the only parts that may. Streams and the file reader are handed in. */
const RESERVED: Readonly<Record<string, readonly string[]>> = {
  'node:fs': [...OPENS_PLANS, ...OPENS_FILES],
  'node:child_process': [...OPENS_PLANS, ...OPENS_FILES],
  'import(computed)': OPENS_FILES,
  'node:process': [],
  console: [],
  'process.exit': [],
  'process.exitCode': ['src/cli.ts', 'src/action.ts'],
};

const MOST_LINES = 400;
const MOST_LINES_OF_PARSER = 600;
const PARSER = /^src\/sources\/(?:.*[/-])?parser?(?:-[^/]*)?\.ts$/;

/** File path from the root, with `/`, to its text. */
type Files = Readonly<Record<string, string>>;

function readSource(...folders: readonly string[]): Files {
  const files: Record<string, string> = {};
  for (const folder of folders) {
    for (const entry of readdirSync(path.join(ROOT, folder), { recursive: true, withFileTypes: true })) {
      const file = path.relative(ROOT, path.join(entry.parentPath, entry.name)).split(path.sep).join('/');
      if (entry.isFile() && !file.includes('/examples/'))
        files[file] = readFileSync(path.join(ROOT, file), 'utf8');
    }
  }
  return files;
}

/** One thing a file names: a module as it is imported, or a name of RESERVED. */
interface Use {
  readonly name: string;
  readonly typeOnly: boolean;
}

type Node = Readonly<Record<string, unknown>>;

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null;
}

function parse(text: string): unknown {
  try {
    return parseSync(text, { syntax: 'typescript', target: 'es2023' }).body;
  } catch {
    return { type: 'Invalid' };
  }
}

function* nodesBelow(value: unknown): Generator<Node> {
  if (!isNode(value)) return;
  yield value;
  for (const child of Object.values(value)) yield* nodesBelow(child);
}

/** The text of a string literal, an identifier, or the property at the end of `a.b` and `a['b']`. */
function nameOf(node: unknown): string | undefined {
  if (!isNode(node)) return undefined;
  if (typeof node.value === 'string') return node.value;
  return nameOf(node.type === 'Computed' ? node.expression : node.property);
}

function usesIn(node: Node): readonly Use[] {
  const typeOnly = node.typeOnly === true;
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration': {
      const name = nameOf(node.source);
      return name === undefined ? [] : [{ name, typeOnly }];
    }
    case 'TsImportType':
      return [{ name: nameOf(node.argument) ?? '', typeOnly: true }];
    case 'CallExpression': {
      const imports =
        isNode(node.callee) && (node.callee.type === 'Import' || nameOf(node.callee) === 'require');
      if (!imports || !Array.isArray(node.arguments)) return [];
      const module: unknown = node.arguments[0]?.expression;
      const literal = isNode(module) && module.type === 'StringLiteral' ? nameOf(module) : undefined;
      return [{ name: literal ?? 'import(computed)', typeOnly }];
    }
    case 'MemberExpression':
      return nameOf(node.object) === 'process'
        ? [{ name: `process.${nameOf(node.property)}`, typeOnly }]
        : [];
    case 'Identifier':
      return node.value === 'console' ? [{ name: 'console', typeOnly }] : [];
    default:
      return [];
  }
}

/** The row of LAYERS a file falls under and the file or folder the row stands for there. */
function placeOf(file: string): { readonly row: string; readonly part: string } | undefined {
  const rows = Object.keys(LAYERS).toSorted((left, right) => right.length - left.length);
  for (const row of rows) {
    const [part] = new RegExp(`^${row.replaceAll('*', '[^/]+')}(?=\\.ts$|/|$)`).exec(file) ?? [];
    if (part !== undefined) return { row, part };
  }
  return undefined;
}

function admits(entry: string, target: string, typeOnly: boolean): boolean {
  if (entry.startsWith('types of '))
    return typeOnly && admits(entry.slice('types of '.length), target, typeOnly);
  if (!entry.endsWith('.ts')) return placeOf(target)?.row === entry;
  return new RegExp(`^${entry.replaceAll('*', '[^/]+')}$`).test(target);
}

function mayImport(file: string, target: string, typeOnly: boolean): boolean {
  const from = placeOf(file);
  const to = placeOf(target);
  if (from === undefined || to === undefined) return false;
  return from.part === to.part || (LAYERS[from.row] ?? []).some((entry) => admits(entry, target, typeOnly));
}

function mayUse(file: string, name: string): boolean {
  return (
    RESERVED[name]?.some((part) => file === part || file === `${part}.ts` || file.startsWith(`${part}/`)) ??
    true
  );
}

/** Built-in modules go by their `node:` name, whether or not it is written, and stand for what is below them. */
function reservedName(name: string): string {
  const builtin = `node:${name.replace(/^node:/, '').split('/')[0]}`;
  return builtin in RESERVED ? builtin : name;
}

function offencesOf(file: string, text: string): readonly string[] {
  const offences: string[] = [];
  const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
  const most = PARSER.test(file) ? MOST_LINES_OF_PARSER : MOST_LINES;
  if (lines > most) offences.push(`${file} has ${lines} lines, more than ${most}`);
  if (!file.endsWith('.ts')) return offences;
  if (placeOf(file) === undefined) offences.push(`${file} is in no row of the table`);

  for (const node of nodesBelow(parse(text))) {
    if (node.type === 'Invalid') offences.push(`${file} cannot be parsed`);
    for (const { name, typeOnly } of usesIn(node)) {
      if (!name.startsWith('.')) {
        if (!mayUse(file, reservedName(name))) offences.push(`${file} uses ${name}`);
      } else if (!/\.(?:ts|json)$/.test(name)) {
        offences.push(`${file} imports ${name} without its extension .ts`);
      } else {
        const target = path.posix.join(path.posix.dirname(file), name);
        if (!mayImport(file, target, typeOnly)) offences.push(`${file} imports ${target}`);
      }
    }
  }
  return offences;
}

/** What breaks the rules above, each with its file and what it names there; empty when nothing does. */
function offencesIn(files: Files): readonly string[] {
  return Object.entries(files).flatMap(([file, text]) => offencesOf(file, text));
}

test('the source keeps to the table', () => {
  expect(offencesIn(readSource('src', 'policies'))).toEqual([]);
});

test('the reader finds files in folders and gives their paths from the root', () => {
  expect(readSource('test')).toHaveProperty(['test/architecture.test.ts']);
});

test.each([
  ['src/value/value.ts', `import type { Origin } from '../text/origin.ts';`],
  ['src/text/a/b.ts', `import { c } from '../c.ts';`],
  ['src/sources/bicep/a.ts', `import '../azurerm/b.ts';`],
  ['src/sources/terraform-hcl/a.ts', `await import('@cdktf/hcl2json');`],
  ['src/sources/terraform-plan/read-plan.ts', `import 'node:fs';`],
  [
    'src/engine/a.ts',
    `import '../sources/bicep/b.ts'; import '../arm/c.ts'; import '../network/packets/d.ts';`,
  ],
  ['src/engine/a.ts', `import { readFile } from 'node:fs/promises';`],
  ['src/report/json.ts', `import type { Report } from '../engine/check.ts';`],
  ['src/cli/main.ts', `import { policies } from '../../policies/index.ts';`],
  ['src/cli/main.ts', `export const code = child.exitCode;`],
  ['src/cli.ts', `import { main } from './cli/main.ts'; process.exitCode = 1;`],
  ['src/index.ts', `export type { Report } from './report/report.ts';`],
  ['policies/index.ts', `import { policy } from './rule-without-probe/policy.ts';`],
  ['policies/index.ts', `import type { Policy } from '../src/policy/index.ts';`],
  ['policies/p/policy.ts', `import { pass } from '../../src/policy/index.ts';`],
  ['src/text/a.ts', `// import '../value/value.ts' console`],
  ['src/text/a.ts', `export const a = "import '../value/value.ts'; console";`],
])('%s may say %s', (file, text) => {
  expect(offencesIn({ [file]: text })).toEqual([]);
});

test.each([
  // Every way to write an import.
  ['src/text/a.ts', `import { v } from '../value/v.ts';`, 'imports src/value/v.ts'],
  ['src/text/a.ts', `import type { V } from '../value/v.ts';`, 'imports src/value/v.ts'],
  ['src/text/a.ts', `type V = import('../value/v.ts').V;`, 'imports src/value/v.ts'],
  ['src/text/a.ts', `export * from '../value/v.ts';`, 'imports src/value/v.ts'],
  ['src/text/a.ts', `export { v } from '../value/v.ts';`, 'imports src/value/v.ts'],
  ['src/text/a.ts', `import '../value/v.ts';`, 'imports src/value/v.ts'],
  ['src/text/a.ts', `await import('../value/v.ts');`, 'imports src/value/v.ts'],
  ['src/network/trace.ts', `import './reach.js';`, 'imports ./reach.js without its extension .ts'],
  ['src/cli/a.ts', `import data from '../../package.json';`, 'imports package.json'],
  ['src/text/a.ts', `import '../util/b.ts';`, 'imports src/util/b.ts'],
  // Every kind of row.
  ['src/sources/bicep/a.ts', `import '../arm-template/b.ts';`, 'imports src/sources/arm-template/b.ts'],
  ['src/sources/azurerm/a.ts', `import '../bicep/b.ts';`, 'imports src/sources/bicep/b.ts'],
  ['src/network/a.ts', `import '../sources/bicep/b.ts';`, 'imports src/sources/bicep/b.ts'],
  ['src/network/trace.ts', `import './reach.ts';`, 'imports src/network/reach.ts'],
  ['src/network/reach.ts', `import './trace.ts';`, 'imports src/network/trace.ts'],
  ['src/network/trace.ts', `import './packets/ip.ts';`, 'imports src/network/packets/ip.ts'],
  ['src/network/trace/a.ts', `import '../packets/ip.ts';`, 'imports src/network/packets/ip.ts'],
  ['src/network/packets/a.ts', `import '../topology.ts';`, 'imports src/network/topology.ts'],
  ['src/engine/a.ts', `import '../../policies/index.ts';`, 'imports policies/index.ts'],
  ['src/report/a.ts', `import { c } from '../engine/check.ts';`, 'imports src/engine/check.ts'],
  ['src/report/a.ts', `import { type R, c } from '../engine/check.ts';`, 'imports src/engine/check.ts'],
  ['src/cli/a.ts', `import '../../policies/p/policy.ts';`, 'imports policies/p/policy.ts'],
  ['src/cli.ts', `import './engine/check.ts';`, 'imports src/engine/check.ts'],
  ['policies/p/policy.ts', `import '../../src/policy/decide.ts';`, 'imports src/policy/decide.ts'],
  ['policies/p/policy.ts', `import '../q/policy.ts';`, 'imports policies/q/policy.ts'],
  ['policies/index.ts', `import './p/helper.ts';`, 'imports policies/p/helper.ts'],
  ['policies/index.ts', `import { decide } from '../src/policy/index.ts';`, 'imports src/policy/index.ts'],
  // Every reserved name.
  ['src/model/a.ts', `import { readFileSync } from 'node:fs';`, 'uses node:fs'],
  ['src/model/a.ts', `import type { Stats } from 'fs/promises';`, 'uses fs/promises'],
  ['src/sources/terraform-plan/a.ts', `import 'node:fs';`, 'uses node:fs'],
  ['policies/p/policy.ts', `import 'node:child_process';`, 'uses node:child_process'],
  ['src/policy/a.ts', `await import(name);`, 'uses import(computed)'],
  ['src/cli/main.ts', `console.log(1);`, 'uses console'],
  ['src/cli/main.ts', `const { log } = globalThis.console;`, 'uses console'],
  ['src/cli.ts', `process.exit(1);`, 'uses process.exit'],
  ['src/cli.ts', `globalThis.process?.['exit'](1);`, 'uses process.exit'],
  ['src/cli.ts', `import { exit } from 'node:process';`, 'uses node:process'],
  ['src/cli/main.ts', `process.exitCode = 1;`, 'uses process.exitCode'],
])('%s may not say %s', (file, text, offence) => {
  expect(offencesIn({ [file]: text })).toEqual([`${file} ${offence}`]);
});

test.each([
  ['src/text/a.ts', 400, 400],
  ['policies/p/policy.ts', 400, 400],
  ['src/sources/bicep/scanner.ts', 400, 400],
  ['src/sources/bicep/parser.ts', 600, 600],
  ['src/sources/bicep/parse-expression.ts', 600, 600],
  ['src/sources/bicep/sparse.ts', 400, 400],
  ['src/network/parser.ts', 400, 400],
])('%s may have %i lines and not one more', (file, lines, most) => {
  const text = (count: number): string => 'export {};\n'.repeat(count);
  expect(offencesIn({ [file]: text(lines) })).toEqual([]);
  expect(offencesIn({ [file]: text(lines + 1) })).toEqual([
    `${file} has ${lines + 1} lines, more than ${most}`,
  ]);
});

test.each(['src/util/a.ts', 'src/sources/load.ts', 'src/main.ts'])(
  'refuses %s, which is in no row',
  (file) => {
    expect(offencesIn({ [file]: '' })).toEqual([`${file} is in no row of the table`]);
  },
);

test('refuses a file that cannot be parsed', () => {
  expect(offencesIn({ 'src/text/a.ts': 'const = ;' })).toEqual(['src/text/a.ts cannot be parsed']);
});
