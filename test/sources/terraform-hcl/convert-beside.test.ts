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

test('pieces give their answers in order, up to the first that is refused', async () => {
  const long = `a = [${'b,'.repeat(20_000)}]\n`;
  expect(await hcl2json.convertPieces(['a = 1\n', long, 'c = 3\n'])).toEqual([
    { json: { a: 1 } },
    { json: { a: expect.any(Array) } },
    { json: { c: 3 } },
  ]);
  // The second is refused long before the first.
  expect(await hcl2json.convertPieces([`${long}x = \n`, 'y = \n', 'z = 1\n'])).toMatchObject([
    { message: 'invalid expression', line: 2 },
  ]);
});

test('what ends a Go runtime is a problem of its text alone', async () => {
  const labels = `a ${'"b" '.repeat(90_000)}{}\n`;
  expect(await hcl2json.convert(labels)).toMatchObject({ message: 'is nested too deeply' });
  expect(await hcl2json.convert('a = 1\n')).toEqual({ json: { a: 1 } });
  expect(await hcl2json.convertPieces([labels])).toMatchObject([{ message: 'is nested too deeply' }]);
});

test('numbers that take long do not keep the main thread', async () => {
  let glances = 0;
  const timer = setInterval(() => {
    glances += 1;
  }, 50);
  expect(await hcl2json.convert('a = -1e999999\n')).toEqual({ tooMuch: 'takes too long to read' });
  clearInterval(timer);
  expect(glances).toBeGreaterThan(20);
});
