// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Bicep writes the holes of its strings that way.
import { evaluateText, read } from './plain.ts';

const UNKNOWN = 'param p string\nparam o object\nparam l array\nparam b bool\n';

test.each([
  ['1', 1],
  ['true', true],
  ['null', null],
  ["'a'", 'a'],
  ["'a${1}${true}b'", 'a1Trueb'],
  ["'''\n${x}\n'''", '${x}\n'],
  ["$'''${1}'''", '1'],
  ['[1, 2]', [1, 2]],
  ['[...[1, 2], 3]', [1, 2, 3]],
  ["{ a: 1, 'b-c': 2 }", { a: 1, 'b-c': 2 }],
  ["{ '${'a'}b': 1 }", { ab: 1 }],
  ['{ ...{ a: 1, b: 2 }, b: 3 }', { a: 1, b: 3 }],
  ['{ b: 3, ...{ a: 1, b: 2 } }', { b: 2, a: 1 }],
  ['1 + 2 * 3', 7],
  ['7 / 2', 3],
  ['7 % 4', 3],
  ['-3 + 1', -2],
  ['!true', false],
  ["'a' == 'A'", false],
  ["'a' =~ 'A'", true],
  ["'a' !~ 'A'", false],
  ["true ? 'a' : 'b'", 'a'],
  ["false || true ? 'a' : 'b'", 'a'],
  ['null ?? 1', 1],
  ['{ a: { b: 1 } }.a.b', 1],
  ["{ a: 1 }['a']", 1],
  ['{ A: 1 }.a', 1],
  ['[1, 2, 3][1]', 2],
  ['[1, 2, 3][^1]', 3],
  ['{ a: 1 }.?b', null],
  ['{ a: 1 }.?b ?? 2', 2],
  ['{ a: 1 }.?b.c.d', null],
  ["{ a: 1 }[?'b']", null],
  ['[1][?5]', null],
  ['[1][?^5]', null],
  ['{ a: { b: 1 } }.?a.b', 1],
  ['{ a: 1 }!.a', 1],
  ['[for i in range(0, 3): i * 2]', [0, 2, 4]],
  ["[for (x, i) in ['a', 'b']: '${x}${i}']", ['a0', 'b1']],
  ['[for x in [[1, 2], [3]]: [for y in x: y + 1]]', [[2, 3], [4]]],
  ['map([1, 2], x => x + 1)', [2, 3]],
  ['map([1, 2], (x, i) => x * i)', [0, 2]],
  ['filter([1, 2, 3], x => x > 1)', [2, 3]],
  ['reduce([1, 2, 3], 0, (a, x) => a + x)', 6],
  ['sort([2, 1], (a, b) => a < b)', [1, 2]],
  ["toObject(['a', 'b'], x => x, x => length(x))", { a: 1, b: 1 }],
  ['map(map([1], x => [x, 2]), y => map(y, z => z))', [[1, 2]]],
  ["sys.concat('a', 'b')", 'ab'],
  ['any(1)', 1],
  ['resourceGroup().name', 'rg'],
  ['subscription().subscriptionId', 'sub'],
  ["resourceId('A.B/c/d', 'x', 'y')", '/subscriptions/sub/resourceGroups/rg/providers/A.B/c/x/d/y'],
  ["cidrSubnet('10.0.0.0/16', 24, 1)", '10.0.1.0/24'],
])('%s is %j', (expression, expected) => {
  expect(evaluateText(expression)).toEqual(expected);
});

test.each([
  ['p', "?parameters('p')"],
  ["'a-${p}'", "?concat('a-', parameters('p'))"],
  ["'${p}' == p", true],
  ["'${p}${1}'", "?concat(parameters('p'), '1')"],
  ["'${b}' == b", "?equals(format('{0}', parameters('b')), parameters('b'))"],
  ['toLower(p)', "?tolower(parameters('p'))"],
  ['o.a.b', "?parameters('o').a.b"],
  ['o.?a', "?parameters('o').a"],
  ["b ? 'x' : 'x'", 'x'],
  ['b && false', false],
  ['b || true', true],
  ['{ a: p, b: 1 }.b', 1],
  ['{ a: 1, ...o }', { a: '?o', '…': true }],
  ['{ ...o, a: 1 }', { a: 1, '…': true }],
  ["{ '${p}': 1, b: 2 }", { b: 2, '…': true }],
  ['[1, ...l]', [1, '…']],
  ['[for x in l: 1]', ['…']],
  ['[for x in [p]: x]', ["?parameters('p')"]],
  ['length([p, p])', 2],
  ['empty([p])', false],
])('with parameters that have no value, %s is %j', (expression, expected) => {
  expect(evaluateText(expression, UNKNOWN)).toEqual(expected);
});

test.each([
  ['{ a: 1 }.b', 'expression-not-evaluated'],
  ['[1][3]', 'expression-not-evaluated'],
  ["1 + 'a'", 'expression-not-evaluated'],
  ['nothing', 'expression-not-evaluated: the name `nothing` is not declared'],
  ['nothing()', 'expression-not-evaluated: there is no function `nothing`'],
  ['[for x in 1: x]', 'expression-not-evaluated: a loop goes over a list'],
  ['[...1]', 'expression-not-evaluated: only a list can be spread into a list'],
  [
    '[for i in range(0, 801): i]',
    'expression-not-evaluated: a loop has 801 iterations; Azure takes up to 800',
  ],
  ['x => x', 'expression-not-evaluated: a lambda stands outside a call'],
])('%s fails once, and is unknown', (expression, problem) => {
  const { outputs, problems } = read(`output o object = ${expression}\noutput p object = { a: 1 }\n`);
  expect(problems).toEqual([expect.stringContaining(problem)]);
  expect(JSON.stringify(outputs.o)).toMatch(/\?|…/);
  expect(outputs.p).toEqual({ a: 1 });
});

test('a branch that is not taken is not evaluated', () => {
  expect(evaluateText("true ? 1 : fail('no')")).toBe(1);
  expect(evaluateText("false && fail('no')")).toBe(false);
  expect(evaluateText("1 ?? fail('no')")).toBe(1);
});

test('what fails where a condition is open is unknown, and no problem', () => {
  expect(evaluateText("b ? fail('no') : { a: 1 }.b", UNKNOWN)).toMatch(/^\?/);
  expect(evaluateText("b && fail('no')", UNKNOWN)).toMatch(/^\?/);
  expect(evaluateText('b ? x : 1', `${UNKNOWN}var x = fail('yes')\n`)).toMatch(/fails on purpose/);
});

test('variables may stand before what they are made of, and none is evaluated that nobody asks for', () => {
  expect(evaluateText('a', "var a = b + 1\nvar b = 2\nvar c = fail('no')\n")).toBe(3);
});

test('what refers to itself is unknown, and told', () => {
  const { problems } = read('var a = b\nvar b = a\noutput o int = a\n');
  expect(problems).toEqual(['expression-not-evaluated: the variable `a` refers to itself']);
});

test('functions see their arguments, and other functions', () => {
  const before = "func twice(x int) int => x * 2\nfunc name(a string, b int) string => '${a}-${twice(b)}'\n";
  expect(evaluateText("name('x', 3)", before)).toBe('x-6');
});

test('a local name hides a declared one', () => {
  expect(evaluateText('[for p in [1]: p]', 'var p = 7\n')).toEqual([1]);
  expect(evaluateText('map([1], p => p)', 'var p = 7\n')).toEqual([1]);
});

test('the index of a loop over a list that is not known has the name of the list', () => {
  const { resources } = read(
    "param names array\nresource a 'Microsoft.Network/publicIPAddresses@2024-01-01' = [for n in names: {\n  name: n\n}]\n",
  );
  expect(Object.keys(resources)).toEqual([
    "a[*] Microsoft.Network/publicIPAddresses ?parameters('names')[copyindex(parameters('names'))] if parameters('names')",
  ]);
});

test('a value knows where it is written', () => {
  const { root } = read('var port = 8080\nvar ports = { web: port }\noutput o int = ports.web\n');
  expect(root.outputs?.[0]?.value.origin).toEqual({
    kind: 'text',
    path: 'main.bicep',
    line: 1,
    column: 12,
    endLine: 1,
    endColumn: 16,
  });
});

test('content is loaded from beside the file', () => {
  const files = {
    'main.txt': 'text',
    'data.json': '{ "a": { "b": [1, 2] }, /* c */ "d": null, }',
    'data.yaml': 'a: 1\nb: [x, true]\n',
  };
  const text = `output t string = loadTextContent('./main.txt')
output b string = loadFileAsBase64('main.txt')
output j object = loadJsonContent('data.json')
output q int = loadJsonContent('data.json', 'a.b[1]')
output y object = loadYamlContent('data.yaml')
output n string = loadTextContent('../secret')
`;
  const { outputs, problems } = read(text, files);
  expect(outputs).toEqual({
    t: 'text',
    b: 'dGV4dA==',
    j: { a: { b: [1, 2] }, d: null },
    q: 2,
    y: { a: 1, b: ['x', true] },
    n: '?the content of ../secret',
  });
  expect(problems).toEqual(['file-not-available: the file `../secret` cannot be read']);
});
