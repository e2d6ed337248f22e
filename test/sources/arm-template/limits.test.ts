import { readArmTemplate } from '../../../src/sources/arm-template/read-arm-template.ts';
import { type Template, templateText } from '../../support/arm-template.ts';

const LB = 'Microsoft.Network/loadBalancers';

function chain(count: number, first: unknown, next: (previous: string) => unknown): Record<string, unknown> {
  const entries = Array.from({ length: count }, (_, index) => [
    `v${index + 1}`,
    next(`variables('v${index}')`),
  ]);
  return { v0: first, ...Object.fromEntries(entries) };
}

const using = (variables: Record<string, unknown>, value: unknown): Template => ({
  variables,
  resources: [{ type: LB, name: 'lb', properties: { value, ask: `[reference('lb').nothing]` } }],
});

const nestedLoops = (): unknown => {
  const loop = (name: string, input: unknown): unknown => ({ copy: [{ name, count: 800, input }] });
  return loop('a', loop('b', loop('c', "[copyIndex('c')]")));
};

const RECURSIVE = {
  namespace: 'n',
  members: {
    f: {
      parameters: [{ name: 'x', type: 'int' }],
      output: { type: 'int', value: "[add(n.f(add(parameters('x'), 1)), n.f(add(parameters('x'), 2)))]" },
    },
  },
};

const HOSTILE: readonly [string, Template | string][] = [
  [
    'a text doubled 60 times',
    using(
      chain(60, 'x'.repeat(50), (v) => `[concat(${v}, ${v})]`),
      "[variables('v60')]",
    ),
  ],
  [
    'a list doubled 60 times',
    using(
      chain(60, ['x'], (v) => `[concat(${v}, ${v})]`),
      "[variables('v60')]",
    ),
  ],
  [
    'an object doubled 60 times',
    using(
      chain(60, {}, (v) => ({ a: `[${v}]`, b: `[${v}]` })),
      "[variables('v60')]",
    ),
  ],
  [
    'its text',
    using(
      chain(60, {}, (v) => ({ a: `[${v}]`, b: `[${v}]` })),
      "[string(variables('v60'))]",
    ),
  ],
  [
    'elements doubled 60 times',
    {
      variables: chain(60, {}, (v) => ({
        probes: ['a', 'b'].map((name) => ({ name, properties: `[${v}]` })),
      })),
      resources: [{ type: LB, name: 'lb', properties: "[variables('v60')]" }],
    },
  ],
  [
    'a chain of 20,000 variables',
    using(
      chain(20_000, 1, (v) => `[${v}]`),
      "[variables('v20000')]",
    ),
  ],
  ['a function that calls itself twice', { ...using({}, '[n.f(1)]'), functions: [RECURSIVE] }],
  [
    'a map of a map of ranges',
    using({}, "[map(range(0, 10000), lambda('x', map(range(0, 10000), lambda('y', 1))))]"),
  ],
  [
    'long texts in a loop',
    using({}, { copy: [{ name: 'a', count: 800, input: "[padLeft(copyIndex('a'), 1000000, 'x')]" }] }),
  ],
  ['expressions inside each other', using({}, `[${'concat('.repeat(20_000)}'x'${')'.repeat(20_000)}]`)],
  [
    'a template that links to itself',
    {
      resources: Array.from({ length: 4 }, (_, index) => ({
        type: 'Microsoft.Resources/deployments',
        name: `d${index}`,
        properties: { templateLink: { relativePath: 'main.json' } },
      })),
    },
  ],
  ['brackets without end', `{"resources": ${'['.repeat(200_000)}`],
  ['nothing but a number', '1'],
  ['an empty file', ''],
];

test.each(HOSTILE)('%s ends within seconds, with a problem or without', (_, template) => {
  const text = typeof template === 'string' ? template : templateText(template);
  const start = process.cpuUsage();
  const outcome = readArmTemplate({ path: 'main.json', text, readFile: () => text });
  const { user } = process.cpuUsage(start);
  expect(user / 1e6).toBeLessThan(3);
  expect('problem' in outcome ? outcome.problem.severity : outcome.model.resources.length).toBeDefined();
});

test('a template that is too large for Azure is fatal', () => {
  const text = templateText(using({}, nestedLoops()));
  expect(readArmTemplate({ path: 'main.json', text, readFile: () => undefined })).toMatchObject({
    problem: {
      code: 'template-too-large',
      severity: 'fatal',
      origin: { path: 'main.json', line: 1, column: 1 },
    },
  });
});

test.each([
  ['{"a": 1}', 'not-a-template'],
  ['[]', 'not-a-template'],
  ['{', 'json-not-readable'],
])('%s is fatal: %s', (text, code) => {
  expect(readArmTemplate({ path: 'main.json', text, readFile: () => undefined })).toMatchObject({
    problem: { code, severity: 'fatal' },
  });
});
