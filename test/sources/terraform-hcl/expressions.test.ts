import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { getExpressionAst, parse } from '@cdktf/hcl2json';
import type { Body } from '../../../src/sources/terraform-hcl/body.ts';
import type { Expression } from '../../../src/sources/terraform-hcl/expression.ts';
import { hcl2json } from '../../../src/sources/terraform-hcl/hcl2json.ts';
import { parseExpression, parseTemplateText } from '../../../src/sources/terraform-hcl/parse-expression.ts';
import { readHcl } from '../../../src/sources/terraform-hcl/read-hcl.ts';
import { type ScannedBody, scanBody } from '../../../src/sources/terraform-hcl/scan-body.ts';
import { fromTree } from './expression-tree.ts';

const ROOT = path.join(import.meta.dirname, '../../..');
const FILES = ['examples', 'policies', 'test/fixtures', 'bench/fixtures'].flatMap((folder) =>
  readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.tf'))
    .map((name) => `${folder}/${name}`),
);

function textOf(file: string): string {
  return readFileSync(path.join(ROOT, file), 'utf8');
}

function* attributesIn({ attributes, blocks }: ScannedBody): Generator<string> {
  for (const { value } of attributes) yield `${value.start} ${value.end}`;
  for (const { body } of blocks) yield* attributesIn(body);
}

/** The expressions of all files here and some that none of them has, each once. */
function allExpressions(): readonly string[] {
  const found = new Set<string>(MORE);
  for (const file of FILES) {
    const text = textOf(file);
    const scanned = scanBody(text);
    if ('fault' in scanned) throw new Error(`${file}: ${scanned.fault.message}`);
    for (const span of attributesIn(scanned.body)) {
      const [start, end] = span.split(' ').map(Number);
      found.add(text.slice(start, end));
    }
  }
  return [...found];
}

const MORE = [
  'a.0.b',
  'a.*.b[0]',
  'a[*].b[0].c',
  'a[b.c]["d"].e',
  '-a.b + !c * (d - e) % 2 == 3 && f || g',
  'a ? b : c ? d : e',
  'f(a, b...)',
  'f(\n  a, # note\n  b,\n)',
  `{\n  a = 1 // note\n  "b-\${c}" = 2, (d) = 3\n  e : 4\n}`,
  `[for k, v in m : "\${k}=\${v}" if v != null]`,
  '{for k, v in m : k => v...}',
  `"a%{ if b } c %{ else }d%{ endif }%{ for x in y }\${x}%{ endfor }"`,
  `"\\u00e9\\n$\${x}%%{y}$"`,
  '[1, 2.5e3, true, null, "x"]',
  'provider::time::parse(a)',
  'a >= b != c <= d',
];

/** Without places, and with texts put together: the shape that two parsers share. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shapeOf);
  if (typeof value !== 'object' || value === null) return value;
  const { start: _, end: __, ...rest } = value as Record<string, unknown>;
  const shape = Object.fromEntries(
    Object.entries(rest)
      .filter(([, part]) => part !== undefined)
      .map(([name, part]) => [name, shapeOf(part)]),
  );
  return shape.kind === 'template' ? mergedTemplate(shape.parts as readonly Shape[]) : shape;
}

type Shape = Readonly<Record<string, unknown>>;

function mergedTemplate(parts: readonly Shape[]): Shape {
  const merged: Shape[] = [];
  for (const part of parts) {
    const last = merged.at(-1);
    const isText = part.kind === 'literal' && typeof part.value === 'string';
    if (isText && last?.kind === 'literal' && typeof last.value === 'string') {
      merged[merged.length - 1] = { kind: 'literal', value: last.value + part.value };
    } else if (!isText || part.value !== '') merged.push(part);
  }
  const [only] = merged;
  if (only === undefined) return { kind: 'literal', value: '' };
  return merged.length === 1 && typeof only.value === 'string' ? only : { kind: 'template', parts: merged };
}

test('every expression of the configurations here is read as hcl2json reads it', async () => {
  const expressions = allExpressions().filter((text) => !text.includes('<<'));
  expect(expressions.length).toBeGreaterThan(500);
  for (const text of expressions) {
    const parsed = parseExpression(text);
    const tree = fromTree(await getExpressionAst('main.tf', text), text, { start: 0, end: 0 });
    expect([text, 'expression' in parsed ? shapeOf(parsed.expression) : parsed.fault.message]).toEqual([
      text,
      shapeOf(tree),
    ]);
  }
});

test.each(FILES)('%s is read, and hcl2json sees the same blocks and attributes in it', async (file) => {
  expect(await readHcl(file, textOf(file), hcl2json)).toHaveProperty('body');
});

const HEREDOCS = [
  'a = <<EOT\none\n  two\nEOT\n',
  'a = <<-EOT\n    one\n\n      two\n  \n    three\n  EOT\n',
  'a = <<-EOT\n\tone\n\ttwo\n\tEOT\n',
  'a = <<EOT\nEOT\n',
  'a = <<-EOT\r\n  one\r\n    two\r\n  EOT\r\n',
  'a = <<-EOT\n    $${x} %%{y} \\n "q"\n    EOT\n',
  'b {\n  a = <<-E\n    x\n     E2\n    E\n}\n',
];

test.each(HEREDOCS)('the text of %j is that of hcl2json', async (text) => {
  const read = await readHcl('main.tf', text, hcl2json);
  const json: unknown = JSON.parse(
    JSON.stringify(await parse('main.tf', text))
      .replace('$${', '${')
      .replace('%%{', '%{'),
  );
  const find = (body: Body): Expression | undefined =>
    body.attributes[0]?.value ?? (body.blocks[0] === undefined ? undefined : find(body.blocks[0].body));
  const value = 'body' in read ? find(read.body) : undefined;
  expect(JSON.stringify(json)).toContain(JSON.stringify(value?.kind === 'literal' ? value.value : value));
});

test.each([
  ['', 'an expression is missing', 0],
  ['1 +', 'an expression is missing', 3],
  ['(1', 'a `)` is missing', 2],
  ['[1 2]', 'a `,` or `]` is missing', 3],
  ['{ a = 1 b = 2 }', 'a line break, `,` or `}` is missing', 8],
  ['{ a 1 }', 'a `=` or `:` is missing', 4],
  ['f(a... b)', 'an argument follows the one that is spread', 7],
  ['a ? b', 'a conditional without its `:`', 5],
  ['"a', 'a string without its closing quote', 0],
  ['"a\n"', 'a line break in a string', 2],
  ['"\\q"', 'an escape that HCL does not know', 1],
  ['"%{ if a }b"', 'a template directive without its `endif`', 1],
  ['"%{ endif }"', 'a template directive `endif` without its beginning', 1],
  ['"%{ nope }"', 'a template directive that HCL does not know', 8],
  ['<<EOT\na', 'a heredoc without its closing `EOT`', 0],
  ['[for x y : z]', 'a `for` without its `in`', 8],
  ['a b', 'something follows the expression', 2],
  ['(((', 'an expression is missing', 3],
])('%.40s is refused', (text, message, offset) => {
  expect(parseExpression(text)).toEqual({ fault: { message, offset } });
});

test.each([
  [`${'('.repeat(300)}1`, 'nested deeper than 200 levels'],
  [`${'['.repeat(20_000)}1`, 'nested deeper than 200 levels'],
  [`${'-'.repeat(300)}1`, 'nested deeper than 200 levels'],
  [`a${'[*]'.repeat(300)}`, 'nested deeper than 200 levels'],
  [`"${'%{ if a }'.repeat(300)}"`, 'nested deeper than 200 levels'],
  [`1${' + 1'.repeat(1_100)}`, 'a chain of more than 1000 operators or steps'],
  [`a${'.b'.repeat(1_100)}`, 'a chain of more than 1000 operators or steps'],
])('%.20s and so on is refused', (text, message) => {
  expect(parseExpression(text)).toMatchObject({ fault: { message } });
});

test.each([`${'('.repeat(150)}1${')'.repeat(150)}`, `1${' + 1'.repeat(900)}`])(
  '%.20s and so on is read',
  (text) => {
    expect(parseExpression(text)).toHaveProperty('expression');
  },
);

test('expressions say where they stand', () => {
  const text = 'x = [a.b, { k = f(1) }]';
  const parsed = parseExpression(text, 4);
  const spans: string[] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if ('kind' in value && 'start' in value && 'end' in value) {
      spans.push(`${String(value.kind)}: ${text.slice(Number(value.start), Number(value.end))}`);
    }
    for (const part of Object.values(value)) visit(part);
  };
  visit(parsed);
  expect(spans).toEqual([
    'tuple: [a.b, { k = f(1) }]',
    'attribute: a.b',
    'name: a',
    'object: { k = f(1) }',
    'literal: k',
    'call: f(1)',
    'literal: 1',
  ]);
});

test('a template file has no escapes but those of its marks', () => {
  expect(parseTemplateText(`a\\n $\${b} "c" \${d}\n`)).toMatchObject({
    expression: {
      kind: 'template',
      parts: [{ value: `a\\n \${b} "c" ` }, { kind: 'name', name: 'd' }, { value: '\n' }],
    },
  });
});
