import { evaluateTemplate } from '../../../src/sources/arm-template/evaluate-template.ts';
import { readArmTemplate } from '../../../src/sources/arm-template/read-arm-template.ts';
import { asText } from '../../../src/value/value.ts';
import { bodyOf, CONTEXT, dataIn, evaluateIn, readTemplate, resourceAt } from '../../support/arm-template.ts';

const parameters = {
  size: { type: 'int', defaultValue: 3 },
  Name: { type: 'string', defaultValue: 'web' },
  derived: { type: 'string', defaultValue: "[concat(parameters('NAME'), '-1')]" },
  required: { type: 'string' },
  optional: { type: 'string', nullable: true },
  viaType: { $ref: '#/definitions/maybe' },
  secret: { type: 'secureString', defaultValue: 's3cret' },
};
const definitions = { maybe: { type: 'string', nullable: true } };

test.each<[string, unknown]>([
  ["[parameters('size')]", 3],
  ["[parameters('name')]", 'web'],
  ["[parameters('derived')]", 'web-1'],
  ["[parameters('required')]", "?parameters('required')"],
  ["[parameters('optional')]", null],
  ["[parameters('viaType')]", null],
  ["[concat('a-', parameters('required'), '-b')]", "?concat('a-', parameters('required'), '-b')"],
])('%s is %s', (expression, expected) => {
  expect(dataIn(expression, { parameters, definitions })).toEqual(expected);
});

test('a parameter without a value names itself as the reason', () => {
  const { value } = evaluateIn("[parameters('required')]", { parameters });
  expect(value).toMatchObject({ reason: { kind: 'parameter', name: 'required' } });
});

test('what comes from a secure parameter is secret, however it is used', () => {
  const { value } = evaluateIn("[toUpper(concat('x', parameters('secret')))]", { parameters });
  expect(value).toMatchObject({ kind: 'known', value: 'XS3CRET', sensitive: true });
});

test('a value keeps the place of the literal that would have to change', () => {
  const text = `{
  "parameters": {
    "port": { "type": "int",
      "defaultValue": 8080 }
  },
  "variables": { "backend": "[parameters('port')]" },
  "resources": [],
  "outputs": { "it": { "type": "int", "value": "[variables('backend')]" } }
}`;
  const outcome = evaluateTemplate(text, new Map(), CONTEXT);
  const value = 'output' in outcome ? outcome.output('it') : undefined;
  expect(value?.origin).toEqual({
    kind: 'text',
    path: 'main.json',
    line: 4,
    column: 23,
    endLine: 4,
    endColumn: 27,
  });
});

test('a parameters file gives values that are data, wins over defaults, and null asks for the default', () => {
  const resource = {
    type: 'Microsoft.Storage/storageAccounts',
    name: 'sa',
    apiVersion: '2023-01-01',
    properties: { a: "[parameters('a')]", b: "[parameters('b')]", c: "[parameters('c')]" },
  };
  const { model, problems } = readTemplate(
    {
      parameters: {
        a: { type: 'string', defaultValue: 'default' },
        b: { type: 'string', defaultValue: 'default' },
        c: { type: 'string' },
      },
      resources: [resource],
    },
    {
      parameters: {
        A: { value: '[not an expression]' },
        b: { value: null },
        c: { reference: { keyVault: { id: '/subscriptions/x' }, secretName: 's' } },
        typo: { value: 1 },
      },
    },
  );
  expect(bodyOf(model, 'Microsoft.Storage/storageAccounts/sa')).toEqual({
    properties: { a: '[not an expression]', b: 'default', c: '?c' },
  });
  expect(problems.map(({ message }) => message)).toEqual(['the template has no parameter `typo`']);
});

test('the values of a later parameters file count', () => {
  const file = (value: string): { path: string; text: string } => ({
    path: `${value}.json`,
    text: JSON.stringify({ parameters: { name: { value } } }),
  });
  const outcome = readArmTemplate({
    path: 'main.json',
    text: JSON.stringify({
      parameters: { name: { type: 'string' } },
      resources: [{ type: 'A.B/c', name: "[parameters('name')]" }],
    }),
    parameters: [file('first'), file('second')],
    readFile: () => undefined,
  });
  const name = 'model' in outcome ? outcome.model.resources[0]?.name : undefined;
  expect(name && asText(name)).toMatchObject({ value: 'second' });
});

test.each<[string, unknown]>([
  ["[variables('plain')]", { a: [1, 'two', true, null] }],
  ["[variables('PLAIN').A[1]]", 'two'],
  ["[variables('list')]", ['disk1', 'disk2']],
  ["[variables('holder').inside]", [10, 11, 12]],
  ["[variables(concat('pla', 'in')).a[0]]", 1],
  ["[variables('chain')]", 'disk2'],
])('%s is %s', (expression, expected) => {
  const variables = {
    plain: { a: [1, 'two', true, null] },
    copy: [{ name: 'list', count: 2, input: "[concat('disk', copyIndex('list', 1))]" }],
    holder: { copy: [{ name: 'inside', count: 3, input: "[add(copyIndex('inside'), 10)]" }] },
    chain: "[last(variables('list'))]",
  };
  expect(dataIn(expression, { variables })).toEqual(expected);
});

test('functions of the user see their own parameters only', () => {
  const functions = [
    {
      namespace: 'contoso',
      members: {
        label: {
          parameters: [
            { name: 'prefix', type: 'string' },
            { name: 'n', type: 'int' },
          ],
          output: { type: 'string', value: "[concat(parameters('prefix'), '-', parameters('n'))]" },
        },
        twice: {
          parameters: [{ name: 'x', type: 'string' }],
          output: { type: 'string', value: "[concat(parameters('x'), contoso.label(parameters('x'), 2))]" },
        },
      },
    },
  ];
  const template = { functions, parameters: { prefix: { type: 'string', defaultValue: 'wrong' } } };
  expect(dataIn("[contoso.label('vm', 7)]", template)).toBe('vm-7');
  expect(dataIn("[Contoso.Twice('a')]", template)).toBe('aa-2');
});

test.each([
  ["[variables('a')]", { variables: { a: "[variables('b')]", b: "[variables('a')]" } }, 'refers to itself'],
  [
    "[parameters('a')]",
    { parameters: { a: { type: 'int', defaultValue: "[parameters('a')]" } } },
    'refers to itself',
  ],
  ["[variables('missing')]", {}, 'is not defined'],
  ["[parameters('missing')]", {}, 'is not defined'],
  ['[noSuchFunction(1)]', {}, 'there is no function'],
  ["[copyIndex('x')]", {}, 'outside the loop'],
  ["[concat('a']", {}, 'is expected'],
  ["[variables('o').missing]", { variables: { o: {} } }, 'no member'],
])('%s is unknown and a problem', (expression, template, message) => {
  const { value, problems } = evaluateIn(expression, template);
  expect(value).toMatchObject({ kind: 'unknown', reason: { kind: 'unsupported' } });
  expect(problems).toEqual([expect.stringContaining(message)]);
});

test('lambdas see their own variables and those around them', () => {
  const expression =
    "[map(createArray(1, 2), lambda('x', map(createArray(10, 20), lambda('y', add(lambdaVariables('x'), lambdaVariables('y'))))))]";
  expect(dataIn(expression)).toEqual([
    [11, 21],
    [12, 22],
  ]);
});

test('names of properties can be expressions, and one that is not known leaves the object open', () => {
  expect(dataIn({ "[concat('a', 'B')]": 1, plain: '[[literal]' })).toEqual({ aB: 1, plain: '[literal]' });
  expect(dataIn({ "[parameters('p')]": 1, b: 2 }, { parameters: { p: { type: 'string' } } })).toEqual({
    b: 2,
    '...': true,
  });
});

test('the address of a resource never shows a secret', () => {
  const { model } = readTemplate({
    parameters: { n: { type: 'securestring', defaultValue: 'hidden' } },
    resources: [{ type: 'Microsoft.Network/publicIPAddresses', name: "[parameters('n')]" }],
  });
  expect(resourceAt(model, 'Microsoft.Network/publicIPAddresses/{secret}').name).toMatchObject({
    sensitive: true,
  });
});
