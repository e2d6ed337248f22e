import type { Expression } from '../../../src/sources/arm-template/expression.ts';
import {
  isExpression,
  parseExpression,
  unescaped,
} from '../../../src/sources/arm-template/parse-expression.ts';

/** The expression as a nested list: `['concat', "'a'", 1]`, members as `['.', of, key]`. */
function shape(expression: Expression): unknown {
  switch (expression.kind) {
    case 'text':
      return `'${expression.value}'`;
    case 'number':
      return expression.value;
    case 'call':
      return [expression.name, ...expression.args.map(shape)];
    case 'member':
      return ['.', shape(expression.of), shape(expression.key)];
  }
}

test.each<[string, unknown]>([
  ["['abc']", "'abc'"],
  ["['it''s']", "'it's'"],
  ["['']", "''"],
  ['[null()]', ['null']],
  ["[parameters('a')]", ['parameters', "'a'"]],
  ["[ concat ( 'a' , 1 , -2 ) ]", ['concat', "'a'", 1, -2]],
  ["[variables('a').b.c]", ['.', ['.', ['variables', "'a'"], "'b'"], "'c'"]],
  ["[variables('a')[0]['x']]", ['.', ['.', ['variables', "'a'"], 0], "'x'"]],
  ["[variables('a')[copyIndex()].id]", ['.', ['.', ['variables', "'a'"], ['copyIndex']], "'id'"]],
  ["[contoso.unique('a')]", ['contoso.unique', "'a'"]],
  ["[variables('$fxv#0')]", ['variables', "'$fxv#0'"]],
  ["[reference('a').$schema]", ['.', ['reference', "'a'"], "'$schema'"]],
  ["[concat('(', ']')]", ['concat', "'('", "']'"]],
  ["[lambda('x', add(lambdaVariables('x'), 1))]", ['lambda', "'x'", ['add', ['lambdaVariables', "'x'"], 1]]],
  ["[concat('a',\n\t'b')]", ['concat', "'a'", "'b'"]],
])('%s parses', (text, expected) => {
  const outcome = parseExpression(text);
  expect('expression' in outcome ? shape(outcome.expression) : outcome).toEqual(expected);
});

test.each([
  ['[]', 1],
  ["[concat('a' 'b')]", 12],
  ["[concat('a',)]", 12],
  ["[concat('a']", 11],
  ["[concat('a)]", 8],
  ['[a.b]', 1],
  ["[variables('a').]", 16],
  ["[variables('a')[0]", 17],
  ["['a' 'b']", 5],
  ['[concat(]', 8],
])('%s is refused where it goes wrong', (text, offset) => {
  expect(parseExpression(text)).toMatchObject({ offset });
});

test('deep nesting is refused', () => {
  expect(parseExpression(`[${'f('.repeat(50_000)}${')'.repeat(50_000)}]`)).toMatchObject({
    message: 'there are more than 100 levels of nesting',
  });
  expect(parseExpression(`[f()${'[0]'.repeat(50_000)}]`)).toHaveProperty('message');
});

test.each([
  ["[parameters('a')]", true],
  ["[[parameters('a')]", false],
  ['[a', false],
  ['a]', false],
  ['', false],
])('whether %s is an expression: %s', (text, expected) => {
  expect(isExpression(text)).toBe(expected);
});

test.each([
  ['[[literal]', '[literal]'],
  ['[[no end', '[[no end'],
  ['plain', 'plain'],
])('%s stands for %s', (text, expected) => {
  expect(unescaped(text)).toBe(expected);
});
