import { hcl2json } from '../../../src/sources/terraform-hcl/hcl2json.ts';

test('a large file is converted beside the main thread, and gives the same', async () => {
  const text = `locals {\n${'  # a comment that makes it long\n'.repeat(12_000)}  a = 1\n}\n`;
  expect(text.length).toBeGreaterThan(256 * 1024);
  expect(await hcl2json.convert(text)).toEqual({ json: { locals: [{ a: 1 }] } });
  expect(await hcl2json.convert(`${text}}`)).toMatchObject({ line: 12_004, column: 1 });
});

test('says where and why a text is not HCL', async () => {
  expect(await hcl2json.convert('a {\n  b = \n}\n')).toEqual({
    message: 'invalid expression',
    line: 2,
    column: 7,
  });
});
