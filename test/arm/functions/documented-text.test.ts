import { evaluate, plain, result, testCall } from '../../support/arm-functions.ts';

const fails = expect.stringMatching(/^faults: /);

test.each([
  // Bicep string functions (learn.microsoft.com, bicep-functions-string), one row for each documented output.
  ['base64', ['one, two, three'], 'b25lLCB0d28sIHRocmVl'],
  ['base64ToString', ['b25lLCB0d28sIHRocmVl'], 'one, two, three'],
  ['contains', ['OneTwoThree', 'e'], true],
  ['contains', ['OneTwoThree', 'z'], false],
  ['dataUriToString', ['data:;base64,SGVsbG8sIFdvcmxkIQ=='], 'Hello, World!'],
  ['empty', [''], true],
  ['endsWith', ['abcdef', 'ef'], true],
  ['endsWith', ['abcdef', 'F'], true],
  ['endsWith', ['abcdef', 'e'], false],
  ['first', ['One Two Three'], 'O'],
  [
    'format',
    ['{0}, {1}. Formatted number: {2:N0}', 'Hello', 'User', 8175133],
    'Hello, User. Formatted number: 8,175,133',
  ],
  ['format', ['objectToFormat: {0}', { prop: 'value' }], "objectToFormat: {'prop':'value'}"],
  ['indexOf', ['test', 't'], 0],
  ['indexOf', ['abcdef', 'CD'], 2],
  ['indexOf', ['abcdef', 'z'], -1],
  ['join', [['one', 'two', 'three'], ','], 'one,two,three'],
  ['join', [['one', 'two', 'three'], ';'], 'one;two;three'],
  ['last', ['One Two Three'], 'e'],
  ['lastIndexOf', ['test', 't'], 3],
  ['lastIndexOf', ['abcdef', 'AB'], 0],
  ['length', ['One Two Three'], 13],
  ['padLeft', ['123', 10, '0'], '0000000123'],
  ['replace', ['123-123-1234', '-', ''], '1231231234'],
  ['replace', ['123-123-1234', '1234', 'xxxx'], '123-123-xxxx'],
  ['skip', ['one two three', 4], 'two three'],
  ['split', ['one,two,three', ','], ['one', 'two', 'three']],
  ['split', ['one;two,three', [',', ';']], ['one', 'two', 'three']],
  ['startsWith', ['abcdef', 'ab'], true],
  ['startsWith', ['abcdef', 'A'], true],
  ['startsWith', ['abcdef', 'e'], false],
  ['string', [{ valueA: 10, valueB: 'Example Text' }], '{"valueA":10,"valueB":"Example Text"}'],
  ['string', [["'a'", '"b"', '\\c\\']], '["\'a\'","\\"b\\"","\\\\c\\\\"]'],
  ['string', [5], '5'],
  ['string', ['foo " \' \\'], 'foo " \' \\'],
  ['substring', ['one two three', 4, 3], 'two'],
  ['substring', ['1234567890', 0, 11], fails],
  ['take', ['one two three', 2], 'on'],
  ['toLower', ['One Two Three'], 'one two three'],
  ['toUpper', ['One Two Three'], 'ONE TWO THREE'],
  ['trim', ['    one two three   '], 'one two three'],
  ['uri', ['http://contoso.org/firstpath', 'myscript.sh'], 'http://contoso.org/myscript.sh'],
  ['uri', ['http://contoso.org/firstpath/', 'myscript.sh'], 'http://contoso.org/firstpath/myscript.sh'],
  [
    'uri',
    ['http://contoso.org/firstpath/azuredeploy.json', 'myscript.sh'],
    'http://contoso.org/firstpath/myscript.sh',
  ],
  [
    'uri',
    ['http://contoso.org/firstpath/azuredeploy.json/', 'myscript.sh'],
    'http://contoso.org/firstpath/azuredeploy.json/myscript.sh',
  ],
  [
    'uri',
    ['http://contoso.com/resources/', 'nested/azuredeploy.json'],
    'http://contoso.com/resources/nested/azuredeploy.json',
  ],
  [
    'uriComponent',
    ['http://contoso.com/resources/nested/azuredeploy.json'],
    'http%3A%2F%2Fcontoso.com%2Fresources%2Fnested%2Fazuredeploy.json',
  ],
  [
    'uriComponentToString',
    ['http%3A%2F%2Fcontoso.com%2Fresources%2Fnested%2Fazuredeploy.json'],
    'http://contoso.com/resources/nested/azuredeploy.json',
  ],
])('the string functions page: %s%j', (name, args, expected) => {
  expect(result(name, ...args)).toEqual(expected);
});

test.each([
  // Azure/bicep, FunctionResolverTests.cs: the compiler folds literals with the deployment engine itself.
  ['base64', [' Fizz '], 'IEZpenog'],
  ['base64ToString', ['IEZpenog'], ' Fizz '],
  ['dataUri', [' Fizz '], 'data:text/plain;charset=utf-8;base64,IEZpenog'],
  ['dataUriToString', ['data:text/plain;charset=utf-8;base64,IEZpenog'], ' Fizz '],
  ['first', ['Fizz'], 'F'],
  ['last', ['Fizz'], 'z'],
  ['toLower', [' Fizz '], ' fizz '],
  ['toUpper', [' Fizz '], ' FIZZ '],
  ['trim', [' Fizz '], 'Fizz'],
  ['uriComponent', [' Fizz '], '%20Fizz%20'],
  ['uriComponentToString', ['%20Fizz%20'], ' Fizz '],
  ['uniqueString', ['snap', 'crackle', 'pop'], 'byghxckddilkc'],
  ['guid', ['foo', 'bar', 'baz'], '2ed86837-7c7c-5eaa-9864-dd077fd19b0d'],
  ['replace', ['foot', 't', 'd'], 'food'],
  ['format', ['{0}/{1}/{2}/{3}', 1, 2, 3, true], '1/2/3/True'],
  ['padLeft', ['00', 5, ' '], '   00'],
  ['length', ['table'], 5],
  ['length', [[1, 2, 3, 4, 5]], 5],
  ['uri', ['https://github.com/another/repo', '/Azure/bicep'], 'https://github.com/Azure/bicep'],
  ['substring', ['foot', 0, 3], 'foo'],
  ['take', ['foot', 3], 'foo'],
  ['skip', ['foot', 3], 't'],
  ['empty', ['non-empty string'], false],
  ['contains', ['foot', 'foo'], true],
  ['indexOf', ['food', 'o'], 1],
  ['lastIndexOf', ['food', 'o'], 2],
  ['startsWith', ['food', 'foo'], true],
  ['endsWith', ['foot', 't'], true],
  ['min', [10, 4, 1, 6], 1],
  ['max', [10, 4, 1, 6], 10],
  ['split', ['fizz,buzz,pop', ','], ['fizz', 'buzz', 'pop']],
  ['take', [['fizz', 'buzz', 'pop'], 2], ['fizz', 'buzz']],
  ['contains', [['fizz', 'buzz', 'pop'], 'fizz'], true],
  [
    'intersection',
    [
      ['fizz', 'buzz', 'pop'],
      ['snap', 'crackle', 'pop'],
    ],
    ['pop'],
  ],
  ['union', [['fizz', 'buzz'], ['pop']], ['fizz', 'buzz', 'pop']],
  ['first', [['fizz', 'buzz', 'pop']], 'fizz'],
  ['first', [[]], null],
  ['last', [['fizz', 'buzz', 'pop']], 'pop'],
  ['last', [[]], null],
  ['indexOf', [['fizz', 'buzz', 'pop', 'fizz'], 'fizz'], 0],
  ['lastIndexOf', [['fizz', 'buzz', 'pop', 'fizz'], 'fizz'], 3],
  ['min', [[10, 4, 1, 6]], 1],
  ['max', [[10, 4, 1, 6]], 10],
  ['join', [['foo', 'bar', 'baz'], '/'], 'foo/bar/baz'],
  ['join', [['abc', 123, true], '/'], 'abc/123/True'],
  // Azure/bicep, baselines_bicepparam/Expressions: parameters.bicepparam and the parameters.json it compiles to.
  ['any', ['foo'], 'foo'],
  ['array', [[]], []],
  ['base64ToJson', ['eyJoaSI6ICJ0aGVyZSJ9'], { hi: 'there' }],
  ['bool', [true], true],
  ['concat', [['abc'], ['def']], ['abc', 'def']],
  ['dataUriToString', ['data:text/plain;charset=utf-8;base64,YWJj'], 'abc'],
  ['dateTimeFromEpoch', [1680224438], '2023-03-31T01:00:38Z'],
  ['dateTimeAdd', ['2023-03-31T01:00:38Z', 'P1D'], '2023-04-01T01:00:38Z'],
  ['dateTimeToEpoch', ['2023-03-31T01:00:38Z'], 1680224438],
  ['flatten', [[['abc'], ['def']]], ['abc', 'def']],
  ['format', ['->{0}<-', 123], '->123<-'],
  ['guid', ['asdf'], '228d27cc-6fdb-5934-b7ac-1efccebade04'],
  ['int', [123], 123],
  [
    'intersection',
    [
      [1, 2, 3],
      [2, 3, 4],
    ],
    [2, 3],
  ],
  [
    'items',
    [{ foo: 'abc', bar: 123 }],
    [
      { key: 'bar', value: 123 },
      { key: 'foo', value: 'abc' },
    ],
  ],
  ['lastIndexOf', ['abcba', 'b'], 3],
  ['padLeft', [13, 5], '   13'],
  ['range', [0, 3], [0, 1, 2]],
  ['substring', ['asdfasf', 3], 'fasf'],
  ['toLower', ['AiKInIniIN'], 'aikininiin'],
  ['union', [{ abc: 'def' }, { def: 'ghi' }], { abc: 'def', def: 'ghi' }],
  ['uniqueString', ['asd', 'asdf', 'asdf'], 'iizpqit7ih3cc'],
  ['uri', ['https://github.com', 'Azure/bicep'], 'https://github.com/Azure/bicep'],
  ['uriComponent', ['UB*8h 0+=_)9h9n'], 'UB%2A8h%200%2B%3D_%299h9n'],
  ['uriComponentToString', ['%20%25%20'], ' % '],
])("what Azure's own engine gives: %s%j", (name, args, expected) => {
  expect(result(name, ...args)).toEqual(expected);
});

test.each([
  // Azure/PSRule.Rules.Azure, FunctionTests.cs.
  ['concat', ['left', '-', 'right'], 'left-right'],
  ['split', ['This is a test', [' ']], ['This', 'is', 'a', 'test']],
  ['replace', ['This is a test', 'i', 'b'], 'Thbs bs a test'],
  ['skip', ['one two three', 13], ''],
  ['skip', ['one two three', -100], 'one two three'],
  ['take', ['one two three', -100], ''],
  ['padLeft', ['123', 10], '       123'],
  ['padLeft', [10, '10'], fails],
  [
    'buildUri',
    [{ scheme: 'https', host: 'example.com', port: 1234, path: '/foo/bar' }],
    'https://example.com:1234/foo/bar',
  ],
  ['buildUri', [{ scheme: 'https', host: 'example.com' }], 'https://example.com/'],
  [
    'buildUri',
    [{ scheme: 'https', host: 'example.com', path: '/foo/bar', query: '?a=1&b=2' }],
    'https://example.com/foo/bar?a=1&b=2',
  ],
  [
    'parseUri',
    ['https://example.com:1234/foo/bar'],
    { scheme: 'https', host: 'example.com', port: 1234, path: '/foo/bar' },
  ],
  ['parseUri', ['https://example.com/'], { scheme: 'https', host: 'example.com', port: null }],
  [
    'parseUri',
    ['https://example.com/foo/bar?a=1&b=2'],
    { scheme: 'https', host: 'example.com', port: null, path: '/foo/bar', query: '?a=1&b=2' },
  ],
  ['dataUriToString', ['data:,SGVsbG8sIFdvcmxkIQ=='], 'SGVsbG8sIFdvcmxkIQ=='],
  ['dataUriToString', ['SGVsbG8sIFdvcmxkIQ=='], fails],
  ['json', ["{'a': 'b'}"], { a: 'b' }],
  ['json', ["''"], ''],
  ['json', ['null'], null],
  ['uniqueString', ['One', 2, 'Three'], fails],
  ['toLower', [2], fails],
  ['substring', ['This is a test', 10], 'test'],
  // PSRule.Rules.Azure issue 793: `string(true())` is `True`.
  ['string', [true], 'True'],
  ['string', [false], 'False'],
])('the tests of PSRule: %s%j', (name, args, expected) => {
  expect(result(name, ...args)).toEqual(expected);
});

test.each([
  // Azure/bicep, EvaluationTests.cs, String_expressions_are_evaluated_successfully.
  [
    '>{0}<>{1}<>{2}<>{3}<>{4}<',
    [false, 12948, 'hello!', { a: 'b', '!c': 2 }, [true, 2893, 'abc']],
    ">False<>12948<>hello!<>{'a':'b','!c':2}<>[true,2893,'abc']<",
  ],
  // .NET composite formatting and standard numeric format strings (learn.microsoft.com/dotnet/standard/base-types).
  ['{{{0}}}', ['x'], '{x}'],
  ['{0:D2}-{1:D3}', [7, 1234], '07-1234'],
  ['{0:d5}', [-7], '-00007'],
  ['{0:X}{0:x4}', [255], 'FF00ff'],
  ['{0:N}', [-1234567], '-1,234,567.00'],
  ['{0:F1}', [12], '12.0'],
  ['{0:G}', [12], '12'],
  ['{0:000}', [7], '007'],
  ['[{0,5}|{1,-5}]', [42, 'ab'], '[   42|ab   ]'],
  ['{0:D2}', ['text'], 'text'],
  ['{1}{0}{1}', ['a', 'b'], 'bab'],
  ['{0}', [null], ''],
  ['{0:E2}', [5], fails],
  ['{0:X}', [-1], fails],
  ['{1}', ['only one'], fails],
  ['{', [], fails],
  ['}', [], fails],
])('format(%j) of %j', (template, args, expected) => {
  expect(result('format', template, ...args)).toEqual(expected);
});

test.each(['toLower', 'TOLOWER', 'sys.toLower'])('%s names the function whatever its case', (name) => {
  expect(plain(evaluate(name, ['A']))).toBe('a');
});

test.each([
  ['toLower', [], '`toLower` takes 1 argument, not 0'],
  ['toLower', ['a', 'b'], '`toLower` takes 1 argument, not 2'],
  ['join', ['a', 'b'], 'argument 1 of `join` is a text, not a list'],
  ['padLeft', ['a'], '`padLeft` takes 2 to 3 arguments, not 1'],
  ['guid', [], '`guid` takes at least 1 argument, not 0'],
  ['map', [[]], '`map` takes 1 lambda, not 0'],
])('a call of %s with the arguments %j fails once and says why', (name, args, message) => {
  const call = testCall();
  expect(evaluate(name, args, [], call)).toMatchObject({ kind: 'unknown', reason: { kind: 'unsupported' } });
  expect(call.faults).toEqual([message]);
});
