// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Bicep writes the holes of its strings that way.
import { readBicep } from '../../../src/sources/bicep/read-bicep.ts';

const resource = (value: string): string =>
  `resource x 'Microsoft.Network/publicIPAddresses@2024-01-01' = {\n  name: 'n'\n  properties: { a: ${value} }\n}\n`;
const chain = (first: string, step: (name: string) => string, length: number): string =>
  `var a0 = ${first}\n${Array.from({ length }, (_, at) => `var a${at + 1} = ${step(`a${at}`)}\n`).join('')}`;
const files = (count: number, text: (next: string) => string): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`m${at}.bicep`, text(`m${at + 1}.bicep`)]));

const CASES: readonly (readonly [string, string, Record<string, string>, string])[] = [
  [
    'a text that doubles sixty times',
    chain("'x'", (a) => `'\${${a}}\${${a}}'`, 60) + resource('a60'),
    {},
    'a text is longer than 1 MiB',
  ],
  [
    'a list that doubles sixty times',
    chain('[1]', (a) => `[...${a}, ...${a}]`, 60) + resource('a60'),
    {},
    'a list has more than 100000 items',
  ],
  [
    'a tree that doubles sixty times',
    chain('[1]', (a) => `[${a}, ${a}]`, 60) + resource('string(a60)'),
    {},
    'a text is longer than 1 MiB',
  ],
  [
    'a range of a thousand million',
    resource('[for i in range(0, 1000000000): i]'),
    {},
    '`range` counts from 0 to 10000 items, not 1000000000',
  ],
  [
    'lambdas in lambdas',
    resource('map(range(0, 800), i => map(range(0, 800), j => map(range(0, 800), k => k)))'),
    {},
    'this root takes too many steps to evaluate for its size, so what is left is not decided',
  ],
  [
    'a function that calls itself',
    `func f(a int) int => f(a) + f(a)\n${resource('f(1)')}`,
    {},
    'the function `f` calls itself',
  ],
  [
    'ten thousand variables in a row',
    chain('1', (a) => a, 10_000) + resource('a10000'),
    {},
    'the variable `a9752` is defined through too many others',
  ],
  [
    'a loop over itself',
    "resource r 'A.B/c@1' = [for x in r: {\n  name: x.name\n}]\n",
    {},
    'an expression is defined through too many others',
  ],
  [
    'modules that use the next one twice',
    "module a 'm0.bicep' = {}\n",
    files(31, (next) => `module a '${next}' = {}\nmodule b '${next}' = {}\n`),
    'the module `a` is not available: `m30.bicep, one of too many modules`',
  ],
  [
    'resources by the thousand',
    Array.from(
      { length: 20 },
      (_, at) => `resource r${at} 'A.B/c@1' = [for i in range(0, 800): {\n  name: '${at}-\${i}'\n}]\n`,
    ).join(''),
    {},
    'this root takes too many steps to evaluate for its size, so what is left is not decided',
  ],
  [
    'deep YAML',
    resource("loadYamlContent('a.yaml')"),
    { 'a.yaml': `${'- '.repeat(100_000)}a` },
    'the file `a.yaml` cannot be read as YAML',
  ],
  [
    'deep JSON',
    resource("loadJsonContent('a.json')"),
    { 'a.json': '['.repeat(100_000) },
    'the file `a.json` cannot be read as JSON',
  ],
];

test.each(CASES)('%s ends as a problem', (_name, text, others, message) => {
  const { problems } = readBicep({ path: 'main.bicep', text, readFile: (path) => others[path] });
  expect(problems.map((problem) => problem.message)).toContain(message);
});

test('all files of a root together have a limit', () => {
  const big = `// ${'x'.repeat(900_000)}\n`;
  const text = Array.from({ length: 20 }, (_, at) => `module m${at} 'm${at}.bicep' = {}\n`).join('');
  const { problems, files: found } = readBicep({
    path: 'main.bicep',
    text,
    readFile: (path) => (path.endsWith('.bicep') ? big : undefined),
  });
  expect(problems[0]?.code).toBe('files-too-large');
  expect(found).toHaveLength(18);
});
