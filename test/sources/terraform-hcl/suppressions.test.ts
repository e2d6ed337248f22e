import { hclSuppressionsOf } from '../../../src/sources/terraform-hcl/suppressions.ts';

/** `policy@line reason` */
function read(text: string): readonly string[] {
  return hclSuppressionsOf(text, 'main.tf').map(
    ({ policy, firstLine, lastLine, reason }) =>
      `${policy}@${firstLine}${firstLine === lastLine ? '' : `-${lastLine}`} ${reason}`,
  );
}

test('all three kinds of comments cover their own line behind code', () => {
  expect(
    read('a = 1 # portcullis:allow p x\nb = 1 // portcullis:allow p y\nc = 1 /* portcullis:allow p z */\n'),
  ).toEqual(['p@1 x', 'p@2 y', 'p@3 z']);
});

test('a comment on a line of its own covers the next line with code', () => {
  const text =
    '# portcullis:allow p x\n\n// more\n/* portcullis:allow q y\n   and more */\n\nresource "a" "b" {\n}\n';
  expect(read(text)).toEqual(['p@7 x', 'q@7 y\n   and more']);
});

test('a comment before code on its line covers that line', () => {
  expect(read('a = 1\n/* portcullis:allow p x */ b = 1\nc = 1\n')).toEqual(['p@2 x']);
});

test('comments inside of values count', () => {
  expect(read('a = [\n  # portcullis:allow p x\n  {\n    b = 1 # portcullis:allow q y\n  },\n]\n')).toEqual([
    'p@3 x',
    'q@4 y',
  ]);
});

test('what only looks like a comment allows nothing', () => {
  for (const text of [
    'a = "# portcullis:allow p x"\n',
    `a = "\${b("// portcullis:allow p x")}"\n`,
    'a = <<EOF\n# portcullis:allow p x\nEOF\n',
    'a = <<-EOF\n  /* portcullis:allow p x */\n  EOF\n',
    'resource "# portcullis:allow p x" "b" {}\n',
  ]) {
    expect(read(text)).toEqual([]);
  }
});

test('a byte order mark and line ends of Windows do not matter', () => {
  expect(read('\ufeff# portcullis:allow p x\r\n\r\na = 1\r\nb = 1 # portcullis:allow q y\r\n')).toEqual([
    'p@3 x',
    'q@4 y',
  ]);
});

test('a comment at the end of a file covers itself', () => {
  expect(read('a = 1\n# portcullis:allow p x')).toEqual(['p@2 x']);
});

test('a comment knows where it stands', () => {
  expect(hclSuppressionsOf('a = 1 # portcullis:allow p x\n', 'main.tf')[0]?.origin).toEqual({
    kind: 'text',
    path: 'main.tf',
    line: 1,
    column: 7,
    endLine: 1,
    endColumn: 29,
  });
});
