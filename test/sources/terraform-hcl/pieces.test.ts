import { hcl2json } from '../../../src/sources/terraform-hcl/hcl2json.ts';
import { piecesOf, unequalLabels } from '../../../src/sources/terraform-hcl/pieces.ts';
import { readHcl } from '../../../src/sources/terraform-hcl/read-hcl.ts';
import { type ScannedBody, scanBody } from '../../../src/sources/terraform-hcl/scan-body.ts';
import { instanceIn, read, rootOf } from './read-text.ts';

function bodyOf(text: string): ScannedBody {
  const scanned = scanBody(text);
  if ('fault' in scanned) throw new Error(scanned.fault.message);
  return scanned.body;
}

function rules(count: number): string {
  const rule = (index: number) => `
/* Rule ${index}: "{ */
resource "azurerm_network_security_rule" "rule_${index}" { # <<EOT
  name        = "rule-${index}"
  priority    = ${100 + index}
  description = <<-EOT
    }
    resource "a" "b" {
  EOT
}
`;
  return `# at the beginning\n${Array.from({ length: count }, (_, index) => rule(index)).join('')}# at the end`;
}

test('pieces hold every character and every block, in their order', () => {
  const text = `a = 1\n${rules(2_000)}\nb = 2\n`;
  const body = bodyOf(text);
  const pieces = piecesOf(text, body);
  expect(pieces.length).toBeGreaterThan(4);
  expect(pieces.map((piece) => piece.text).join('')).toBe(text);
  expect(pieces.flatMap((piece) => piece.body.blocks)).toEqual(body.blocks);
  expect(pieces.flatMap((piece) => piece.body.attributes)).toEqual(body.attributes);
  for (const piece of pieces) expect(text.startsWith(piece.text, piece.start)).toBe(true);
});

test('what is large is a piece of its own', () => {
  const text = `a = 1\nb = "${'x'.repeat(100_000)}"\nc = 2\n`;
  expect(piecesOf(text, bodyOf(text)).map((piece) => piece.body.attributes.map(({ name }) => name))).toEqual([
    ['a'],
    ['b'],
    ['c'],
  ]);
});

test.each([
  ['a {}\na "x" {}\n', 'a'],
  ['a "x" "y" {}\na "x" {}\n', 'a'],
  ['a "x" {}\na "y" {}\nb {}\n', undefined],
])('labels of %j', async (text, type) => {
  expect(unequalLabels(bodyOf(text).blocks)?.type).toBe(type);
  expect('json' in (await hcl2json.convert(text))).toBe(type === undefined);
});

test('a file of 3 MB is read as if it were small', async () => {
  const text = rules(20_000);
  expect(text.length).toBeGreaterThan(3 * 1024 * 1024);
  const read = await readHcl('main.tf', text, hcl2json);
  expect(read).toHaveProperty('body');
  expect(JSON.stringify(read)).toBe(JSON.stringify(await readHcl('main.tf', text, undefined)));
});

test('a large file gives its instances', async () => {
  const root = await rootOf(rules(9_000).replaceAll('description', `${'\n'.repeat(150)}  description`));
  expect(root.instances).toHaveLength(9_000);
  expect(read(root, 'azurerm_network_security_rule.rule_8999', 'priority')).toBe(9_099);
  expect(instanceIn(root, 'azurerm_network_security_rule.rule_8999').type).toBe(
    'azurerm_network_security_rule',
  );
});

test('the first place that is not HCL is told, wherever its piece is', async () => {
  const bad = 'resource "a" "b" {\n  x = { for = 1 }\n}\n';
  const text = `${rules(1_500)}\n${bad}${rules(1_500)}\n${bad}`;
  const line = text.slice(0, text.indexOf('for = 1')).split('\n').length;
  expect(await readHcl('main.tf', text, hcl2json)).toMatchObject({
    problem: { code: 'hcl-syntax', severity: 'fatal', origin: { line } },
  });
});
