import { readFiles } from './read-text.ts';

function times(count: number, write: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => write(index)).join('');
}

function resource(value: string): string {
  return `resource "test" "x" {\n  v = ${value}\n}\n`;
}

function locals(count: number, first: string, next: (index: number) => string): string {
  return `locals {\n  a0 = ${first}\n${times(count, (index) => `  a${index + 1} = ${next(index)}\n`)}}\n`;
}

const DOUBLE = (index: number) => `[local.a${index}, local.a${index}]`;

/** What it holds, its files, and the code and the beginning of the first problem. */
test.each<readonly [string, Readonly<Record<string, string>>, string, string]>([
  [
    '6 MB',
    { 'main.tf': `locals {\n  x = [${'"a",'.repeat(1_500_000)}]\n}\n` },
    'file-too-large',
    '`main.tf` is larger than 5 MB',
  ],
  [
    'a list of 4 MB',
    { 'main.tf': `locals {\n  x = [${'"a",'.repeat(1_000_000)}]\n}\n` },
    'file-too-large',
    '`main.tf` holds a block, argument or comment larger than 2 MB',
  ],
  [
    'two lists of 1.9 MB at once',
    { 'main.tf': `a = [${'{b=c},'.repeat(320_000)}]\nb = [${'{b=c},'.repeat(320_000)}]\n` },
    'file-too-large',
    '`main.tf` takes too',
  ],
  [
    'many lists of numbers',
    { 'main.tf': times(70, (index) => `a${index} = [${'1,'.repeat(30_000)}]\n`) },
    'file-too-large',
    '`main.tf` takes too long to read',
  ],
  [
    'a million blocks',
    { 'main.tf': 'a{}\n'.repeat(1_000_000) },
    'file-too-large',
    '`main.tf` takes too long to read',
  ],
  [
    'a small list of numbers',
    { 'main.tf': `x = [${'1,'.repeat(110_000)}]\n` },
    'file-too-large',
    '`main.tf` takes too long to read',
  ],
  [
    'a number of a million digits',
    { 'main.tf': 'x = 1e999999\n' },
    'file-too-large',
    '`main.tf` takes too long to read',
  ],
  [
    'labels without an end',
    { 'main.tf': `a ${'"b" '.repeat(90_000)}{}\n` },
    'hcl-syntax',
    '`main.tf` cannot be read: is nested too deeply',
  ],
  [
    '20,000 parentheses',
    { 'main.tf': resource(`${'('.repeat(20_000)}1${')'.repeat(20_000)}`) },
    'hcl-syntax',
    '`main.tf` cannot be read: nested deeper',
  ],
  [
    '5,000 blocks in each other',
    { 'main.tf': 'a {\n'.repeat(5_000) },
    'hcl-syntax',
    '`main.tf` cannot be read: blocks nested',
  ],
  [
    'strings in strings',
    { 'main.tf': resource(`"\${${'"${'.repeat(3_000)}`) },
    'hcl-syntax',
    '`main.tf` cannot be read: strings nested',
  ],
  [
    'a long chain of locals',
    { 'main.tf': locals(3_000, '1', (index) => `local.a${index} + 1`) + resource('local.a3000') },
    'not-evaluated',
    'Portcullis does not evaluate expressions that depend on each other',
  ],
  [
    'a circle of locals',
    { 'main.tf': `locals {\n  a = local.b\n  b = local.a\n}\n${resource('local.a')}` },
    'not-evaluated',
    'Portcullis does not evaluate a cycle',
  ],
  [
    'text that doubles',
    {
      'main.tf':
        locals(60, '"xxxxxxxxxx"', (index) => `"\${local.a${index}}\${local.a${index}}"`) +
        resource('local.a60'),
    },
    'not-evaluated',
    'Portcullis does not evaluate text longer than 1 MB',
  ],
  [
    'lists that double',
    {
      'main.tf':
        locals(60, '[1]', (index) => `concat(local.a${index}, local.a${index})`) +
        resource('length(local.a60)'),
    },
    'not-evaluated',
    'Portcullis does not evaluate lists of more than',
  ],
  [
    'lists that hold one list twice',
    { 'main.tf': locals(60, '[1]', DOUBLE) + resource('jsonencode(local.a60)') },
    'not-evaluated',
    'Portcullis does not evaluate values of more than',
  ],
  [
    'a billion numbers',
    { 'main.tf': resource('length(range(1000000000))') },
    'expression-refused',
    'Terraform would refuse this: `range` of more than 1024 numbers',
  ],
  [
    'a billion pairs',
    { 'main.tf': resource('length(setproduct(range(1000), range(1000), range(1000)))') },
    'not-evaluated',
    'Portcullis does not evaluate lists of more than 100000 items',
  ],
  [
    'a billion turns',
    {
      'main.tf': resource(
        'length([for a in range(1000) : [for b in range(1000) : [for c in range(1000) : a]]])',
      ),
    },
    'not-evaluated',
    'Portcullis does not evaluate values of more than',
  ],
  [
    'a template that names itself',
    { 'main.tf': resource('templatefile("a.tftpl", {})'), 'a.tftpl': `\${templatefile("a.tftpl", {})}` },
    'expression-refused',
    'Terraform would refuse this: a template file inside',
  ],
  [
    'a regular expression that repeats its repetitions',
    { 'main.tf': resource('regex("((a{1000}){1000}){1000}", "a")') },
    'expression-refused',
    'Terraform would refuse this: `((a{1000})',
  ],
  [
    'YAML that multiplies',
    {
      'main.tf': resource('yamldecode(file("a.yaml"))'),
      'a.yaml': `a: &a [x,x,x,x,x,x,x,x,x]\n${times(8, (index) => `${'bcdefghi'[index]}: &${'bcdefghi'[index]} [${`*${'abcdefgh'[index]},`.repeat(9)}]\n`)}`,
    },
    'expression-refused',
    'Terraform would refuse this: `yamldecode`',
  ],
  [
    'JSON nested 100,000 times',
    { 'main.tf': resource('jsondecode(file("a.json"))'), 'a.json': '['.repeat(100_000) },
    'expression-refused',
    'Terraform would refuse this: `jsondecode`',
  ],
  [
    'a width of a billion',
    { 'main.tf': resource('format("%999999999d", 1)') },
    'expression-refused',
    'Terraform would refuse this: `format` with a width',
  ],
  [
    'a billion instances',
    { 'main.tf': 'resource "test" "x" {\n  count = 1000000000\n}\n' },
    'not-evaluated',
    'Portcullis does not evaluate a count above 10000',
  ],
  [
    'instances times instances',
    {
      'main.tf': 'module "m" {\n  source = "./m"\n  count  = 200\n}\n',
      'm/main.tf': 'resource "test" "x" {\n  count = 200\n}\n',
    },
    'too-many-instances',
    'the configuration declares more than 10000 instances',
  ],
  [
    'modules that fan out',
    Object.fromEntries(
      Array.from({ length: 15 }, (_, index) => [
        index === 0 ? 'main.tf' : `m${index}/main.tf`,
        times(3, (call) => `module "c${call}" { source = "${index === 0 ? '.' : '..'}/m${index + 1}" }\n`),
      ]),
    ),
    'module-nesting',
    '`module.c0.c0',
  ],
])(
  '%s is a problem, and soon',
  async (_, files, code, message) => {
    const { problems } = await readFiles(files);
    expect(problems[0]).toMatchObject({ code, message: expect.stringContaining(message) });
    // Limits are processor time, which passes slowly on a busy machine.
  },
  240_000,
);
