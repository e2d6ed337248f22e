import { scan } from '../../../src/sources/bicep/scan.ts';
import { readSuppressions } from '../../../src/sources/bicep/suppressions.ts';

const read = (text: string): readonly unknown[] =>
  readSuppressions(text, scan(text).tokens, 'main.bicep').map(({ origin: _origin, ...rest }) => rest);

test('a comment behind code covers its line', () => {
  expect(
    read(
      'var a = 1 // portcullis:allow nsg-blocks-probe until=2027-01-31 the probe is in another tool\nvar b = 2\n',
    ),
  ).toEqual([
    {
      kind: 'comment',
      policy: 'nsg-blocks-probe',
      firstLine: 1,
      lastLine: 1,
      until: '2027-01-31',
      reason: 'the probe is in another tool',
    },
  ]);
});

test('comments of their own cover the next line with code', () => {
  const text =
    'var a = {\n  // portcullis:allow p one\n  /* portcullis:allow q two */\n\n  // more\n  b: 1\n}\n';
  expect(read(text)).toEqual([
    { kind: 'comment', policy: 'p', firstLine: 6, lastLine: 6, reason: 'one' },
    { kind: 'comment', policy: 'q', firstLine: 6, lastLine: 6, reason: 'two' },
  ]);
});

test('a comment without policy or reason says so', () => {
  expect(read('var a = 1 // portcullis:allow\n')).toEqual([
    { kind: 'comment', policy: '', firstLine: 1, lastLine: 1, reason: '' },
  ]);
  expect(read('var a = 1 // portcullis:allow p\n')).toMatchObject([{ policy: 'p', reason: '' }]);
  expect(read('var a = 1 // portcullis: allow p\n')).toEqual([]);
});

test('a directive covers the next line, for every name in it', () => {
  expect(read('#disable-next-line p BCP081 // why\nvar a = 1\n')).toEqual([
    { kind: 'directive', policy: 'p', firstLine: 2, lastLine: 2, reason: '' },
    { kind: 'directive', policy: 'BCP081', firstLine: 2, lastLine: 2, reason: '' },
  ]);
});

test('a block of lines ends where it is restored, or with the file', () => {
  const text = 'var a = 1\n#disable-diagnostics p q\nvar b = 1\n#restore-diagnostics p\nvar c = 1\n';
  expect(read(text)).toEqual([
    { kind: 'directive', policy: 'p', firstLine: 2, lastLine: 4, reason: '' },
    { kind: 'directive', policy: 'q', firstLine: 2, lastLine: 6, reason: '' },
  ]);
});

test('a suppression knows where it is written', () => {
  const text = 'var a = 1 // portcullis:allow p x\n';
  expect(readSuppressions(text, scan(text).tokens, 'main.bicep')[0]?.origin).toEqual({
    kind: 'text',
    path: 'main.bicep',
    line: 1,
    column: 11,
    endLine: 1,
    endColumn: 34,
  });
});

test('a comment before decorators covers them and the first line of the declaration', () => {
  const text = [
    '// portcullis:allow p one',
    "@description('''",
    '  // no comment',
    "''')",
    '@metadata({',
    '  a: [1]',
    '})',
    '',
    '// portcullis:allow q two',
    '@batchSize(1) // portcullis:allow r three',
    "resource a 'b@c' = {",
    '}',
  ].join('\n');
  expect(read(text)).toEqual([
    { kind: 'comment', policy: 'p', firstLine: 2, lastLine: 11, reason: 'one' },
    { kind: 'comment', policy: 'q', firstLine: 10, lastLine: 11, reason: 'two' },
    { kind: 'comment', policy: 'r', firstLine: 10, lastLine: 10, reason: 'three' },
  ]);
  expect(read('// portcullis:allow p x\n@secure()')).toMatchObject([{ firstLine: 2, lastLine: 2 }]);
});
