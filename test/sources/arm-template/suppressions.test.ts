import { templateSuppressionsOf } from '../../../src/sources/arm-template/suppressions.ts';

function read(text: string): readonly string[] {
  return templateSuppressionsOf(text, 'main.json').map(
    ({ policy, firstLine, reason }) => `${policy}@${firstLine} ${reason}`,
  );
}

test('comments cover their own line behind code, else the next line with code', () => {
  const text = `{
  // portcullis:allow p x
  // more
  "a": 1, // portcullis:allow q y
  /* portcullis:allow r z */ "b": [
    /* portcullis:allow s w
       */

    2
  ]
}`;
  expect(read(text)).toEqual(['p@4 x', 'q@4 y', 'r@5 z', 's@9 w']);
});

test('what only looks like a comment, in a text, allows nothing', () => {
  expect(read('{ "a": "// portcullis:allow p x",\n"b": "\\" /* portcullis:allow p x */" }')).toEqual([]);
  expect(read('{ "a": "https://example.com" } // portcullis:allow p x')).toEqual(['p@1 x']);
});

test('a byte order mark and line ends of Windows do not matter', () => {
  expect(read('\ufeff// portcullis:allow p x\r\n{\r\n"a": 1 // portcullis:allow q y\r\n}\r\n')).toEqual([
    'p@2 x',
    'q@3 y',
  ]);
});
