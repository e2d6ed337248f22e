// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Bicep writes the holes of its strings that way.
import fc from 'fast-check';
import { parseBicep, parseBicepParameters } from '../../../src/sources/bicep/parser.ts';
import type { SyntaxFile } from '../../../src/sources/bicep/syntax.ts';
import { lineIndex } from '../../../src/text/line-index.ts';
import { show } from './show.ts';

const shown = ({ declarations }: SyntaxFile): readonly string[] => declarations.map(show);

function faultsOf(text: string, { faults }: SyntaxFile): readonly string[] {
  const { position } = lineIndex(text);
  return faults.map(({ start, message }) => `${position(start).line}:${position(start).column} ${message}`);
}

test.each([
  // Precedence, from the strongest to the weakest, and grouping.
  ['a * b + c', '((a * b) + c)'],
  ['a + b * c', '(a + (b * c))'],
  ['a - b - c', '((a - b) - c)'],
  ['a / b % c', '((a / b) % c)'],
  ['a < b + c', '(a < (b + c))'],
  ['a == b < c', '(a == (b < c))'],
  ['a && b == c', '(a && (b == c))'],
  ['a || b && c', '(a || (b && c))'],
  ['a ?? b || c', '(a ?? (b || c))'],
  ['a ?? b ?? c', '((a ?? b) ?? c)'],
  ['a =~ b !~ c != d', '(((a =~ b) !~ c) != d)'],
  ['a ? b : c ? d : e', '(a ? b : (c ? d : e))'],
  ['a ? b ? c : d : e', '(a ? (b ? c : d) : e)'],
  ['a ?? b ? c : d', '((a ?? b) ? c : d)'],
  ['(a + b) * c', '((a + b) * c)'],
  // Members bind more strongly than every operator.
  ['c ? x.id : y.id', '(c ? (x.id) : (y.id))'],
  ["b && lock.kind != 'None'", "(b && ((lock.kind) != 'None'))"],
  ['!a.b', '(!(a.b))'],
  ['-1', '(-1)'],
  ['+a', '(+a)'],
  ['a - -1', '(a - (-1))'],
  ['a!.b', '((a!).b)'],
  ['f(a!)', 'f((a!))'],
  ['[a!]', '[(a!)]'],
  ['a! != b', '((a!) != b)'],
  ['a.b.c[0].d', '((((a.b).c)[0]).d)'],
  ['a.?b.?c', '((a.?b).?c)'],
  ['a[?b]', '(a[?b])'],
  ['a[^1]', '(a[^1])'],
  ['a[?^1]', '(a[?^1])'],
  ["a['b-c']", "(a['b-c'])"],
  ['a::b.c', '((a::b).c)'],
  ['a::b::c', '((a::b)::c)'],
  ['a.b()', '(a.b())'],
  ['sys.concat(a, b)', '(sys.concat(a, b))'],
  ["vnet.listKeys('2020-01-01').x", "((vnet.listKeys('2020-01-01')).x)"],
  ['f()(a)'.slice(0, 3), 'f()'],
  ['this.exists()', '(this.exists())'],
  // Newlines inside expressions.
  ['a\n  ? b\n  : c', '(a ? b : c)'],
  ['a // why\n  ? b // so\n\n  // or\n  : c', '(a ? b : c)'],
  ['f(\n  a,\n  b\n)', 'f(a, b)'],
  ['f(\n\n  a,\n\n  b\n\n)', 'f(a, b)'],
  ['f(a,\n  b)', 'f(a, b)'],
  ['(\n  a\n)', 'a'],
  ['map(l, x =>\n  x.name)', 'map(l, ((x) => (x.name)))'],
  // Arrays and objects.
  ['[]', '[]'],
  ['{}', '{}'],
  ['[\n]', '[]'],
  ['[ a, b ]', '[a, b]'],
  ['[\n  a\n  b\n]', '[a, b]'],
  ['[a,\n b]', '[a, b]'],
  ["[\n  resourceId('t', n)\n]", "[resourceId('t', n)]"],
  ['[\n  b[0].id\n]', '[((b[0]).id)]'],
  ['[\n  a\n  [b]\n]', '[a, [b]]'],
  ['[\n  a\n  (b)\n]', '[a, b]'],
  ['[\n  a\n  -1\n]', '[a, (-1)]'],
  ['[for]', '[for]'],
  ['[\n  for\n]', '[for]'],
  ['{ a: 1, b: 2 }', '{a: 1, b: 2}'],
  ["{\n  a: 1\n  'b-c': 2\n  '${d}': 3\n}", "{a: 1, 'b-c': 2, '${d}': 3}"],
  [
    '{ if: 1, for: 2, resource: 3, param: 4, var: 5, in: 6, existing: 7 }',
    '{if: 1, for: 2, resource: 3, param: 4, var: 5, in: 6, existing: 7}',
  ],
  ['{ resource: resource }', '{resource: resource}'],
  ['{ ...a, b: 1 }', '{...a, b: 1}'],
  ['{\n  ...(a ? b : c)\n}', '{...(a ? b : c)}'],
  ['[ ...a, b ]', '[...a, b]'],
  ['[\n  ...a\n  ...b\n]', '[...a, ...b]'],
  // Loops.
  ['[for a in b: c]', '[for a in b: c]'],
  ['[for (a, i) in b: c]', '[for a, i in b: c]'],
  ['[\n  for a in b: c\n]', '[for a in b: c]'],
  ['[for i in range(0, 2): { a: i }]', '[for i in range(0, 2): {a: i}]'],
  ['[for a in b: [for c in a: c]]', '[for a in b: [for c in a: c]]'],
  ['[for in in in: in]', '[for in in in: in]'],
  ['[for a in b: c ? d : e]', '[for a in b: (c ? d : e)]'],
  // Lambdas.
  ['map(l, s => s.name)', 'map(l, ((s) => (s.name)))'],
  ['filter(l, (s, i) => i > 0)', 'filter(l, ((s, i) => (i > 0)))'],
  ['f(() => 1)', 'f((() => 1))'],
  ['f((a) => { b: a })', 'f(((a) => {b: a}))'],
  ['map(a, b => map(b, c => c))', 'map(a, ((b) => map(b, ((c) => c))))'],
  // Strings.
  ["'a'", "'a'"],
  ["''", "''"],
  ["'${a}'", "'${a}'"],
  ["'a${b}c${d}'", "'a${b}c${d}'"],
  ["'${a ? 'b' : 'c${d}'}'", "'${(a ? 'b' : 'c${d}')}'"],
  ["'${a!}'", "'${(a!)}'"],
  ["'${f({ a: 1 })}'", "'${f({a: 1})}'"],
  ["'a\\tb'", "'a\tb'"],
  ["'\\n\\r\\\\\\'\\${a}'", "'\n\r\\'${a}'"],
  ["'\\u{1F600}\\u{41}'", "'😀A'"],
  ["'''\nab\n'''", "'ab\n'"],
  ["'''\r\nab'''", "'ab'"],
  ["'''a\\n${b}'''", "'a\\n${b}'"],
  ["''''a''''", "''a''"],
  ["''''''", "''"],
  ["$'''\na${b}c'''", "'a${b}c'"],
  ["$$'''a${b}$${c}d'''", "'a${b}${c}d'"],
  ["'//a'", "'//a'"],
  ["'${a}//b'", "'${a}//b'"],
])('the value %j is %s', (source, tree) => {
  const file = parseBicep(`var v = ${source}\n`);
  expect(faultsOf(source, file)).toEqual([]);
  expect(shown(file)).toEqual([`var v = ${tree}`]);
});

test.each([
  ['string', 'string'],
  ['string?', '(string?)'],
  ['string[]', '(string[])'],
  ['string[]?', '((string[])?)'],
  ['{ a: string }[]?', '(({a: string}[])?)'],
  ['{\n  a: string\n  b: int?\n}', '{a: string, b: (int?)}'],
  ["{ 'a-b': string, *: int }", "{'a-b': string, *: int}"],
  ['{\n  @secure()\n  @sys.minLength(1)\n  a: string\n}', '{@secure() @(sys.minLength(1)) a: string}'],
  ['[ string, int ]', '[string, int]'],
  ['[\n  string\n  int\n]', '[string, int]'],
  ["'a' | 'b'", "('a' | 'b')"],
  ["\n  | 'a'\n  | 'b'", "('a' | 'b')"],
  ["'a'\n  | 'b'\n  // and\n  | 'c'", "('a' | 'b' | 'c')"],
  ["('a' | 'b')[]", "(('a' | 'b')[])"],
  ["(\n  | 'a'\n  | 'b'\n)[]", "(('a' | 'b')[])"],
  ["('a' | null)?", "(('a' | null)?)"],
  ['1 | -1 | true', '(1 | (-1) | true)'],
  ['t.a.b', '((t.a).b)'],
  ['t[*]', '(t[*])'],
  ['t.*', '(t.*)'],
  ['t[0]', '(t[0])'],
  ['t!', '(t!)'],
  ['ns.t[]', '((ns.t)[])'],
  ["resourceInput<'A/b@1'>.properties.x?", "(((resourceInput<'A/b@1'>.properties).x)?)"],
  ["resource<'A/b@1'>", "resource<'A/b@1'>"],
  ["sys.resourceOutput<'A/b@1'>", "sys.resourceOutput<'A/b@1'>"],
  ["resource 'A/b@1'", "resource 'A/b@1'"],
])('the type %j is %s', (source, tree) => {
  const file = parseBicep(
    `param p ${source.trimStart()}\ntype t =${source.startsWith('\n') ? source : ` ${source}`}\n`,
  );
  expect(faultsOf(source, file)).toEqual([]);
  expect(shown(file)).toEqual([`param p ${tree}`, `type t = ${tree}`]);
});

test.each([
  ["targetScope = 'subscription'", "targetScope = 'subscription'"],
  ["metadata m = 'x'", "metadata m = 'x'"],
  ['param p string', 'param p string'],
  ["param p string = 'x'", "param p string = 'x'"],
  ['param param string', 'param param string'],
  ["@description('x')\n@secure()\nparam p string", "@description('x') @secure() param p string"],
  ['@sys.allowed([ 1 ])\n\n// c\nparam p int', '@(sys.allowed([1])) param p int'],
  ["@az.x\nvar v = 'x'", "@(az.x) var v = 'x'"],
  ["var v string = 'x'", "var v string = 'x'"],
  ["var v 'a' | 'b' = 'a'", "var v ('a' | 'b') = 'a'"],
  ["output o string = 'x'", "output o string = 'x'"],
  ['output o resource = r', 'output o resource = r'],
  ['output o array = [for a in b: a]', 'output o array = [for a in b: a]'],
  ['func f(a string, b int?) string => a', 'func f(a string, b (int?)) string => a'],
  ['func f(\n  a string,\n) string =>\n  a', 'func f(a string) string => a'],
  ['func f() { a: string } => { a: 1 }', 'func f() {a: string} => {a: 1}'],
  ["resource r 'A/b@1' = {\n  name: 'x'\n}", "resource r 'A/b@1' = {name: 'x'}"],
  ["resource r 'A/b@1' existing = {\n  name: 'x'\n}", "resource r 'A/b@1' existing = {name: 'x'}"],
  ["resource r 'A/b@1' = if (a) {}", "resource r 'A/b@1' = if a {}"],
  ["resource r 'A/b@1' =\n  if (\n  a\n) {}", "resource r 'A/b@1' = if a {}"],
  ["resource r 'A/b@1' = [for a in b: {}]", "resource r 'A/b@1' = [for a in b: {}]"],
  ["resource r 'A/b@1' = [for a in b: if (c) {}]", "resource r 'A/b@1' = [for a in b: if c {}]"],
  [
    "resource r 'A/b@1' = {\n  resource s 'c' = {}\n  @x()\n  resource t 'd@2' existing = {}\n}",
    "resource r 'A/b@1' = {resource s 'c' = {}, @x() resource t 'd@2' existing = {}}",
  ],
  [
    "resource r 'A/b@1' = {\n  resource s 'c' = {\n    resource t 'd' = {}\n  }\n}",
    "resource r 'A/b@1' = {resource s 'c' = {resource t 'd' = {}}}",
  ],
  ["resource r 'A/b@${v}' = {}", "resource r 'A/b@${v}' = {}"],
  ["module m 'a.bicep' = {\n  params: {}\n}", "module m 'a.bicep' = {params: {}}"],
  ["module m 'br/public:a:1' = if (c) {}", "module m 'br/public:a:1' = if c {}"],
  ["module m 'a.bicep' = [for (a, i) in b: {}]", "module m 'a.bicep' = [for a, i in b: {}]"],
  ["@batchSize(1)\nmodule m 'a.bicep' = {}", "@batchSize(1) module m 'a.bicep' = {}"],
  ["import { a, b as c } from 'x.bicep'", "import {a, b as c} from 'x.bicep'"],
  ["import {\n  a\n  'b-c' as d\n} from 'x.bicep'", "import {a, 'b-c' as d} from 'x.bicep'"],
  ["import * as n from 'x.bicep'", "import * as n from 'x.bicep'"],
  ["import 'kubernetes@1.0.0'", "extension 'kubernetes@1.0.0'"],
  ["import 'az@1.0.0' as a", "extension 'az@1.0.0' as a"],
  ['extension graph', 'extension graph'],
  ["extension 'br:x/y:1' with { a: 1 } as b", "extension 'br:x/y:1' with {a: 1} as b"],
  ["provider 'az@1.0.0'", "extension 'az@1.0.0'"],
  ["assert a = b == 'c'", "assert a = (b == 'c')"],
  ["test t 'a.bicep' = { params: {} }", "test t 'a.bicep' = {params: {}}"],
  ['#disable-next-line BCP1\nvar v = 1 // x', 'var v = 1'],
  ['#disable-diagnostics a\nvar v = 1\n#restore-diagnostics a', 'var v = 1'],
])('%j is a declaration', (source, tree) => {
  for (const text of [source, `${source}\n`, `\ufeff${source.replaceAll('\n', '\r\n')}\r\n`]) {
    const file = parseBicep(text);
    expect(faultsOf(text, file)).toEqual([]);
    expect(shown(file)).toEqual([tree]);
  }
});

test.each([
  ["using './main.bicep'", "using './main.bicep'"],
  ['using none', 'using none'],
  ["using 'br:x/y:1' with {\n  a: 1\n}", "using 'br:x/y:1' with {a: 1}"],
  ["extends './base.bicepparam'", "extends './base.bicepparam'"],
  ["param p = 'x'", "param p = 'x'"],
  ["param p = { a: readEnvironmentVariable('A', '') }", "param p = {a: readEnvironmentVariable('A', '')}"],
  ['param p = cidrSubnet(a, 24, 0)', 'param p = cidrSubnet(a, 24, 0)'],
  ["var v string = 'x'", "var v string = 'x'"],
  ["type t = 'a' | 'b'", "type t = ('a' | 'b')"],
  ["import { a } from 'x.bicep'", "import {a} from 'x.bicep'"],
  ['extensionConfig k8s with {\n  a: 1\n}', 'extensionConfig k8s with {a: 1}'],
  ['extension k8s', 'extension k8s'],
])('%j is a declaration of a parameter file', (source, tree) => {
  const file = parseBicepParameters(source);
  expect(faultsOf(source, file)).toEqual([]);
  expect(shown(file)).toEqual([tree]);
});

test.each([
  ['var v = a b', '1:11 a new line is expected here'],
  ['var v = 1,', '1:10 a new line is expected here'],
  ['var v =', '1:8 a value is expected here'],
  ['var v', '1:6 `=` is expected here'],
  ['var = 1', '1:5 the name of the variable is expected here'],
  ['var true = 1', '1:5 the name of the variable is expected here'],
  ['var v = !!a', '1:10 a value is expected here'],
  ['var v = a ? b', '1:14 `:` is expected here'],
  ['var v = a.', '1:11 the name of a property or function is expected here'],
  ['var v = a[', '1:11 a value is expected here'],
  ['var v = a[]', '1:11 a value is expected here'],
  ['var v = f(a,)', '1:13 a value is expected here'],
  ['var v = f(a b)', '1:13 `,` or `)` is expected here'],
  ['var v = f(\n  a\n  b\n)', '3:3 `,` is expected here'],
  ['var v = ()', '1:9 parentheses hold exactly one value'],
  ['var v = (a, b)', '1:9 parentheses hold exactly one value'],
  ['var v = [a b]', '1:12 a new line or a comma is expected here'],
  ['var v = { a 1 }', '1:13 `:` is expected here'],
  ['var v = { true: 1 }', '1:11 the name of a property is expected here'],
  ['var v = { a: 1 b: 2 }', '1:16 a new line or a comma is expected here'],
  ['var v = [for a in: c]', '1:18 a value is expected here'],
  ['var v = [for (a) in b: c]', '1:16 `,` is expected here'],
  ['var v = [for a of b: c]', '1:16 `in` is expected here'],
  ["var v = '${a b}'", '1:14 `}` is expected here'],
  ["var v = '${}'", '1:12 a value is expected here'],
  ["var v = 'a", '1:9 the string has no closing quote on its line'],
  ['var v = "a"', "1:9 strings stand in single quotes (`'`)"],
  ['param p', '1:8 a type is expected here'],
  ['param p string string', '1:16 a new line is expected here'],
  ['param p string {\n}', '1:16 a new line is expected here'],
  ["type t = 'a' |\n'b'", '1:15 a type is expected here'],
  ["resource r 'A/b@1' {\n}", '1:20 `=` is expected here'],
  ["resource 'A/b@1' = {}", '1:10 the symbolic name of the resource is expected here'],
  ["resource r 'A/b@1' = [for a in b: c]", '1:35 `{` is expected here'],
  ['resource r = {}', '1:12 a string is expected here'],
  ["resource r 'A/b@1' = if a {}", '1:25 `(` is expected here'],
  ['func f(a) string => a', '1:9 a type is expected here'],
  ["import a from 'x'", '1:8 `{` or `*` is expected here'],
  ["import { 'a' } from 'x'", '1:14 `as` is expected here'],
  ["import * from 'x'", '1:10 `as` is expected here'],
  ['foo', '1:1 a declaration is expected here'],
  ['@secure()', '1:10 a new line is expected after a decorator'],
  ['@secure()\n', '2:1 a declaration is expected here'],
  ['@secure() param p string', '1:11 a new line is expected after a decorator'],
  ["@discriminator('type'), type t = string", '1:23 a new line is expected after a decorator'],
  ["using 'a.bicep'", '1:1 a declaration is expected here'],
])('%j is faulty: %s', (source, fault) => {
  expect(faultsOf(source, parseBicep(source))[0]).toBe(fault);
});

test.each([
  ['param p string', '1:9 `=` is expected here'],
  ["resource r 'A/b@1' = {}", '1:1 a declaration is expected here'],
  ['using', '1:6 a string is expected here'],
])('%j is faulty in a parameter file: %s', (source, fault) => {
  expect(faultsOf(source, parseBicepParameters(source))[0]).toBe(fault);
});

test('a missing quote costs its own line', () => {
  const text = "param a string\nresource lb 'A/b@1' = {\n  name: 'lb\n  location: a\n}\nparam b int\n";
  const file = parseBicep(text);
  expect(faultsOf(text, file)).toEqual(['3:9 the string has no closing quote on its line']);
  expect(shown(file)).toEqual([
    'param a string',
    "resource lb 'A/b@1' = {name: 'lb', location: a}",
    'param b int',
  ]);
});

test('a property that cannot be read is missing, and those around it are there', () => {
  const text =
    "resource lb 'A/b@1' = {\n  name: 'lb'\n  sku: {\n    name: = 'x'\n    tier: 'y'\n  }\n  tags: t\n}\n";
  expect(shown(parseBicep(text))).toEqual([
    "resource lb 'A/b@1' = {name: 'lb', sku: {name: MISSING, tier: 'y'}, tags: t}",
  ]);
});

test('a brace that is never closed costs what follows in its declaration', () => {
  const text =
    "resource a 'A/b@1' = {\n  sku: {\n    name: 'x'\n  tags: t\n}\n\nvar v = 1\nresource b 'A/b@1' = {}\n";
  const file = parseBicep(text);
  expect(shown(file)).toEqual([
    "resource a 'A/b@1' = {sku: {name: 'x', tags: t}, MISSING}",
    'var v = 1',
    "resource b 'A/b@1' = {}",
  ]);
  expect(faultsOf(text, file)).toEqual(['7:1 `}` is expected here']);
});

test('a bracket that nobody opened costs the rest of its declaration', () => {
  expect(shown(parseBicep('var a = )\nvar b = 2\n'))).toEqual(['var a = MISSING', 'var b = 2']);
});

test('a declaration that cannot be read is marked where it stands', () => {
  const { declarations } = parseBicep('var a = 1\nbicep is nice\n  indented too\nvar b = 2\n');
  expect(declarations.map(show)).toEqual(['var a = 1', 'LOST', 'var b = 2']);
  expect(declarations[1]).toMatchObject({ start: 10, decorators: [] });
});

test('every node lies inside its text and around its parts', () => {
  const text =
    "@a()\nresource r 'A/b@1' = [for (x, i) in [1, 2]: if (x > i) {\n  name: 'a${x}'\n  p: f(x).q[?0]!\n}]\n";
  const spans = (value: unknown, outer: readonly [number, number]): boolean => {
    if (typeof value !== 'object' || value === null) return true;
    if (Array.isArray(value)) return value.every((item) => spans(item, outer));
    const { start, end } = value as { start?: number; end?: number };
    const inner: readonly [number, number] = [start ?? outer[0], end ?? outer[1]];
    const fits = inner[0] >= outer[0] && inner[1] <= outer[1] && inner[0] <= inner[1];
    return fits && Object.values(value).every((part) => spans(part, inner));
  };
  const { declarations } = parseBicep(text);
  expect(spans(declarations, [0, text.length])).toBe(true);
  expect(declarations.map(({ start, end }) => text.slice(start, end))).toEqual([text.trimEnd()]);
});

test.each([
  ['brackets', `var v = ${'['.repeat(10_000)}`],
  ['closed brackets', `var v = ${'['.repeat(10_000)}${']'.repeat(10_000)}`],
  ['parentheses', `var v = ${'('.repeat(10_000)}1${')'.repeat(10_000)}`],
  ['braces', `var v = ${'{a:'.repeat(10_000)}`],
  ['lambdas', `var v = f(${'x => '.repeat(10_000)}1)`],
  ['conditionals', `var v = ${'a ? b : '.repeat(10_000)}c`],
  ['holes', `var v = ${"'${".repeat(10_000)}`],
  ['loops', `var v = ${'[for a in b: '.repeat(10_000)}`],
  ['types', `type t = ${'{a: '.repeat(10_000)}`],
  ['type arguments', `type t = ${'a<'.repeat(10_000)}`],
  ['nested resources', `resource r 'a' = {\n${"  resource r 'a' = {\n".repeat(10_000)}`],
])('%s that nest 10,000 deep are a fault', (_name, text) => {
  const { faults, declarations } = parseBicep(`${text}\nvar after = 1\n`);
  expect(faults.map(({ message }) => message)).toContain('nothing may nest more than 200 levels deep');
  expect(declarations.map(show).at(-1)).toBe('var after = 1');
});

test.each([
  ['members', `var v = a${'.b'.repeat(10_000)}`],
  ['sums', `var v = a${' + b'.repeat(10_000)}`],
  ['marks', `type t = a${'!'.repeat(10_000)}`],
])('chains of 10,000 %s are a fault', (_name, text) => {
  const { faults } = parseBicep(`${text}\n`);
  expect(faults[0]?.message).toBe('no more than 400 operators may follow each other');
});

test('any text gives a tree, at once', () => {
  const pieces = [
    'param',
    'var',
    'resource',
    'x',
    "'a'",
    "'${",
    '}',
    '{',
    '[',
    ']',
    '(',
    ')',
    'for',
    'in',
    'if',
    ':',
    '=',
    '=>',
    '\n',
    ',',
    '.',
    '?',
    '??',
    '!',
    '|',
    '<',
    '>',
    '@',
    '...',
    '*',
    '1',
    ' ',
  ];
  const text = fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map((all) => all.join(' '));
  fc.assert(
    fc.property(text, (source) => {
      const files = [parseBicep(source), parseBicepParameters(source)];
      return files.every(({ declarations }) => shown({ declarations, faults: [], tokens: [] }).length >= 0);
    }),
    { numRuns: 3000 },
  );
});

test('a file of faults alone is read in linear time and tells the first hundred', () => {
  const text = 'var a = [ } \n'.repeat(40_000);
  const { faults, declarations } = parseBicep(text);
  expect(faults.length).toBe(100);
  expect(declarations.at(-1)?.kind).toBe('missing-declaration');
});
