import { access, accessFromEnd, tryAccess } from '../../../src/arm/functions/access.ts';
import type { Lambda } from '../../../src/arm/functions/call.ts';
import { callOperator } from '../../../src/arm/functions/call-operator.ts';
import { interpolate } from '../../../src/arm/functions/format.ts';
import { decodedText } from '../../../src/value/encoded-text.ts';
import { known, type Reference, type Unknown, type Value } from '../../../src/value/value.ts';
import {
  CALL_ORIGIN,
  DATA_ORIGIN,
  evaluate,
  parameter,
  plain,
  result,
  testCall,
  toValue,
  withMore,
} from '../../support/arm-functions.ts';

const X = parameter('x');
const NAMED: Lambda = (item) => access(item ?? X, toValue('name'), testCall());

test.each<[string, readonly unknown[], unknown]>([
  // An unknown argument makes the result unknown; its expression is the call.
  ['toLower', [X], "{tolower(parameters('x'))}"],
  ['toLower', [evaluate('toLower', [X])], "{tolower(parameters('x'))}"],
  ['uniqueString', ['a', X], "{uniquestring('a', parameters('x'))}"],
  ['int', [X], "{int(parameters('x'))}"],
  ['length', [X], "{length(parameters('x'))}"],
  ['add', [1, X], "{add(1, parameters('x'))}"],
  ['cidrSubnet', ['10.0.0.0/16', 24, X], "{cidrsubnet('10.0.0.0/16', 24, parameters('x'))}"],
  ['contains', [X, "it's"], "{contains(parameters('x'), 'it''s')}"],
  ['not', [X], "{not(parameters('x'))}"],
  // Structure stays where it can.
  ['createArray', ['a', X], ['a', "{parameters('x')}"]],
  ['createObject', ['Name', X], { Name: "{parameters('x')}" }],
  ['array', [toValue(['a', X])], ['a', "{parameters('x')}"]],
  ['concat', [['a'], X, ['b']], ['a', 'b', '...x']],
  ['concat', [X, parameter('y')], "{concat(parameters('x'), parameters('y'))}"],
  ['union', [['a', X], ['a']], ['a', "{parameters('x')}", '...x']],
  ['union', [{ a: 1, b: { c: 1 } }, X], { a: '{x}', b: '{x}', '...': 'x' }],
  ['union', [X, { a: 1, b: { c: 1 } }], { a: 1, b: { c: 1, '...': 'x' }, '...': 'x' }],
  ['union', [{ a: 1 }, { a: X, b: X }], { a: '{x}', b: "{parameters('x')}" }],
  ['union', [{ a: null }, { a: X }], { a: "{parameters('x')}" }],
  ['startsWith', ['a', evaluate('format', ['ab{0}', X])], false],
  ['union', [{ a: 1 }, { a: null }], { a: '{what `union` makes of null}' }],
  ['shallowMerge', [[{ a: 1 }, X, { b: 2 }]], { a: '{x}', b: 2, '...': 'x' }],
  ['intersection', [['a', 'b'], X], ['...x']],
  ['first', [['a', X]], 'a'],
  ['last', [['a', X]], "{parameters('x')}"],
  ['flatten', [[['a'], X]], ['a', '...x']],
  ['take', [['a', 'b'], X], ['...x']],
  // Decided by what is known.
  ['contains', [['a', X], 'a'], true],
  ['contains', [['b', X], 'a'], "{contains(createarray('b', parameters('x')), 'a')}"],
  ['contains', [{ a: X }, 'A'], true],
  ['contains', [{ a: X }, X], "{contains(createobject('a', parameters('x')), parameters('x'))}"],
  ['empty', [[X]], false],
  ['empty', [{ a: X }], false],
  ['length', [[X, X]], 2],
  ['equals', [X, X], true],
  [
    'equals',
    [
      [X, 1],
      [X, 2],
    ],
    false,
  ],
  ['equals', [[X], [X, X]], false],
  ['equals', [X, 1], "{equals(parameters('x'), 1)}"],
  ['equals', [{ a: X }, { b: X }], false],
  ['indexOf', [['a', X], 'a'], 0],
  ['indexOf', [[X, 'a'], 'a'], "{indexof(createarray(parameters('x'), 'a'), 'a')}"],
  ['coalesce', [null, X], "{parameters('x')}"],
  ['coalesce', [X, 'a'], "{coalesce(parameters('x'), 'a')}"],
  ['and', [X, false], false],
  ['and', [X, true], "{parameters('x')}"],
  ['or', [X, true], true],
  ['or', [X, parameter('y')], "{or(parameters('x'), parameters('y'))}"],
  ['if', [X, 'a', 'a'], 'a'],
  ['if', [X, 'a', 'b'], "{if(parameters('x'), 'a', 'b')}"],
  ['if', [X, { a: 1, b: X, c: 3 }, { A: 1, b: X }], { a: 1, b: "{parameters('x')}", '...': 'x' }],
  ['if', [X, ['a', 'b'], ['a', 'c']], ['a', "{if(parameters('x'), 'b', 'c')}"]],
  ['if', [X, ['a', 'b'], ['b']], ['b', '...x']],
  ['if', [X, [], ['b']], ['...x']],
])('%s%j', (name, args, expected) => {
  expect(result(name, ...args)).toEqual(expected);
});

test.each<[string, readonly unknown[], unknown]>([
  ['length', [withMore(['a'])], '{rest}'],
  ['first', [withMore(['a'])], '{rest}'],
  ['last', [withMore(['a'])], '{rest}'],
  ['contains', [withMore(['a']), 'a'], true],
  ['contains', [withMore(['a']), 'b'], '{rest}'],
  ['contains', [withMore({ a: 1 }), 'A'], true],
  ['contains', [withMore({ a: 1 }), 'b'], '{rest}'],
  ['empty', [withMore(['a'])], false],
  ['empty', [withMore([])], '{rest}'],
  ['empty', [withMore({})], '{rest}'],
  ['indexOf', [withMore(['a']), 'a'], '{rest}'],
  ['indexFromEnd', [withMore(['a']), 1], '{rest}'],
  ['take', [withMore(['a', 'b']), 1], ['...rest']],
  ['take', [withMore(['a', 'b']), 0], []],
  ['skip', [withMore(['a', 'b']), 1], ['...rest']],
  ['skip', [withMore(['a', 'b']), 0], ['a', 'b', '...rest']],
  ['concat', [withMore(['a']), ['b']], ['a', 'b', '...rest']],
  ['union', [withMore(['a']), ['a', 'b']], ['a', 'b', '...rest']],
  ['union', [withMore({ a: 1 }), { b: 2 }], { a: 1, b: 2, '...': 'rest' }],
  ['union', [{ a: 1, b: 2 }, withMore({ b: 3 })], { a: '{rest}', b: 3, '...': 'rest' }],
  ['shallowMerge', [withMore([{ a: 1 }])], { a: '{rest}', '...': 'rest' }],
  ['intersection', [withMore(['a', 'b']), ['a', 'c']], ['a', '...rest']],
  ['intersection', [['a', 'c'], withMore(['a', 'b'])], ['a', '...rest']],
  ['intersection', [{ a: 1, b: 2 }, withMore({ a: 1 })], { a: 1, '...': 'rest' }],
  ['distinct', [withMore(['a', 'a'])], ['a', '...rest']],
  ['flatten', [withMore([['a'], withMore(['b'])])], ['a', 'b', '...rest']],
  ['max', [withMore([1])], '{rest}'],
  ['join', [withMore(['a']), ','], '{rest}'],
  ['items', [withMore({ a: 1 })], [{ key: 'a', value: 1 }, '...rest']],
  ['objectKeys', [withMore({ a: 1 })], ['a', '...rest']],
  ['equals', [withMore(['a']), ['b', 'c']], '{rest}'],
  ['equals', [withMore(['a', 'b']), ['a']], false],
  ['equals', [withMore({ a: 1 }), { a: 2 }], false],
  ['equals', [withMore({ a: 1 }), { b: 1 }], false],
  ['equals', [withMore({ a: 1 }), { a: 1 }], '{rest}'],
  ['string', [{ a: withMore(['b']) }], '{rest}'],
  ['tryGet', [withMore({ a: 1 }), 'a'], 1],
  ['tryGet', [withMore({ a: 1 }), 'B'], "{parameters('rest').b}"],
  ['tryGet', [withMore(['a']), 0], '{rest}'],
])('of a list or object that may have more: %s%j', (name, args, expected) => {
  expect(result(name, ...args)).toEqual(expected);
});

test('a lambda function keeps that there may be more, and a filter keeps what it cannot decide open', () => {
  const list = withMore([{ name: 'a' }]);
  const isA: Lambda = (item) => callOperator('==', [() => NAMED(item ?? X), () => toValue('a')], testCall());
  expect(plain(evaluate('map', [list], [NAMED]))).toEqual(['a', '...rest']);
  expect(plain(evaluate('filter', [[{ name: 'a' }, { name: X }, { name: 'b' }]], [isA]))).toEqual([
    { name: 'a' },
    '...x',
  ]);
  expect(plain(evaluate('toObject', [list], [NAMED]))).toEqual({ a: { name: 'a' }, '...': 'rest' });
  expect(plain(evaluate('groupBy', [[{ name: 'a' }, { name: X }]], [NAMED]))).toEqual({
    a: [{ name: 'a' }, '...x'],
    '...': 'x',
  });
  expect(plain(evaluate('reduce', [list, 0], [NAMED]))).toBe('{rest}');
  expect(
    plain(
      evaluate(
        'sort',
        [['b', 'a', X]],
        [(a, b) => callOperator('<', [() => a ?? X, () => b ?? X], testCall())],
      ),
    ),
  ).toEqual(['b', 'a', "{parameters('x')}", '...x']);
  expect(plain(evaluate('map', [X], [NAMED]))).toBe('{x}');
});

test('items that sort alike but differ have no settled order, and names made twice no settled value', () => {
  const byAge: Lambda = (a, b) =>
    callOperator(
      '<',
      [() => access(a ?? X, toValue('age'), testCall()), () => access(b ?? X, toValue('age'), testCall())],
      testCall(),
    );
  expect(
    plain(
      evaluate(
        'sort',
        [
          [
            { age: 1, name: 'a' },
            { age: 1, name: 'b' },
          ],
        ],
        [byAge],
      ),
    ),
  ).toEqual([{ age: 1, name: 'a' }, { age: 1, name: 'b' }, '...the order of items that sort alike']);
  expect(
    plain(
      evaluate(
        'toObject',
        [
          [
            { name: 'a', n: 1 },
            { name: 'a', n: 2 },
          ],
        ],
        [NAMED],
      ),
    ),
  ).toEqual({ a: '{a name that `toObject` makes twice}' });
});

test('an unknown result has the reason and the origin of what it waits for, a known one that of the call', () => {
  expect(evaluate('add', [1, X])).toMatchObject({
    reason: { kind: 'parameter', name: 'x' },
    origin: DATA_ORIGIN,
  });
  expect(evaluate('cidrSubnet', ['10.0.0.0/16', 24, 1]).origin).toBe(CALL_ORIGIN);
});

test('a value picked out of a list or object keeps its own origin, and a converted one too', () => {
  const origin = { kind: 'json', path: 'parameters.json', pointer: '/port' } as const;
  const value = known('80', origin);
  for (const picked of [
    evaluate('first', [[value]]),
    evaluate('last', [[value]]),
    evaluate('tryGet', [{ a: [value] }, 'a', 0]),
    evaluate('coalesce', [null, value]),
    evaluate('if', [true, value, 1]),
    evaluate('int', [value]),
    evaluate('toLower', [value]),
    evaluate('format', ['{0}', value]),
    access(evaluate('union', [{ a: 1 }, { a: value }]), toValue('a'), testCall()),
  ]) {
    expect(picked.origin).toBe(origin);
  }
});

test('a text keeps its literal parts, joins neighbours, and lies flat', () => {
  const inner = evaluate('format', ['a-{0}', X]);
  expect(evaluate('concat', ['<', inner, '>', '!', 5, true])).toMatchObject({
    kind: 'unknown',
    parts: ['<a-', { expression: "parameters('x')" }, '>!5True'],
    expression: "concat('<a-', parameters('x'), '>!5True')",
  });
});

test.each<[string, readonly unknown[], unknown]>([
  ['startsWith', ['lb-{0}', 'LB'], true],
  ['startsWith', ['lb-{0}', 'lc'], false],
  ['startsWith', ['lb-{0}', 'lb-web'], "{startswith(concat('lb-', parameters('x')), 'lb-web')}"],
  ['endsWith', ['{0}/web', '/WEB'], true],
  ['endsWith', ['{0}/web', 'db'], false],
  ['contains', ['{0}/web/{0}', '/web'], true],
  ['contains', ['{0}/web', 'db'], "{contains(concat(parameters('x'), '/web'), 'db')}"],
  ['indexOf', ['web/{0}', '/'], 3],
  ['empty', ['{0}/'], false],
  ['take', ['lb-{0}', 2], 'lb'],
  ['take', ['lb-{0}', 5], "{concat('lb-', take(parameters('x'), 2))}"],
  ['skip', ['lb-{0}', 3], "{parameters('x')}"],
  ['substring', ['lb-{0}', 0, 2], 'lb'],
  ['last', ['{0}-7'], '7'],
  ['first', ['7-{0}'], '7'],
  ['toUpper', ['lb-{0}'], "{concat('LB-', toupper(parameters('x')))}"],
  ['replace', ['a.{0}.b', '.', ''], "{concat('a', replace(parameters('x'), '.', ''), 'b')}"],
  ['replace', ['a.{0}', '..', ''], "{replace(concat('a.', parameters('x')), '..', '')}"],
  ['trim', [' a{0}b '], "{concat('a', parameters('x'), 'b')}"],
  ['split', ['a/{0}', '/'], "{split(concat('a/', parameters('x')), '/')}"],
  ['equals', ['lb-{0}', 'web'], false],
  ['equals', ['lb-{0}', 5], false],
  ['equals', ['{0}-{0}', 'ab'], false],
  ['equals', ['{0}xy{0}yx{0}', '-xyx-'], false],
  [
    'equals',
    ['{0}xy{0}yx{0}', '-xyyx-'],
    "{equals(concat(parameters('x'), 'xy', parameters('x'), 'yx', parameters('x')), '-xyyx-')}",
  ],
])('a text around an unknown: %s%j', (name, [template, ...args], expected) => {
  expect(result(name, evaluate('format', [template, X]), ...args)).toEqual(expected);
});

test('interpolation writes lists and objects as JSON, and one unknown alone as itself when it is a text', () => {
  const call = testCall();
  const text = (...values: readonly unknown[]): Value =>
    interpolate(
      values.map((value) => toValue(value)),
      call,
    );
  expect(plain(text('>', { a: [true] }, '<'))).toBe(">{'a':[true]}<");
  expect(text(reference('/a'))).toMatchObject({ expression: "resourceid('/a')" });
  expect(plain(text(X))).toBe("{format('{0}', parameters('x'))}");
  expect(plain(text(evaluate('toLower', [X])))).toBe("{tolower(parameters('x'))}");
  expect(text(evaluate('if', [X, reference('/a'), null]))).toMatchObject({
    references: [{ id: '/a' }],
    open: true,
  });
  expect(call.faults).toEqual([]);
});

test('split knows that what Azure makes up holds no slash', () => {
  const call = testCall();
  const id = evaluate('resourceId', ['Microsoft.Network/virtualNetworks', 'vnet'], [], call);
  expect(plain(evaluate('split', [id, '/']))).toEqual([
    '',
    'subscriptions',
    '{subscription().subscriptionid}',
    'resourceGroups',
    '{resourcegroup().name}',
    'providers',
    'Microsoft.Network',
    'virtualNetworks',
    'vnet',
  ]);
  expect(
    plain(evaluate('split', [evaluate('format', ['lb-{0}-{1}', evaluate('uniqueString', [X]), 'x']), '-'])),
  ).toEqual(['lb', "{uniquestring(parameters('x'))}", 'x']);
  expect(result('split', evaluate('format', ['{0}-x', evaluate('guid', [X])]), '-')).toMatch(/^\{split/);
  expect(result('split', evaluate('format', ['x{0}', evaluate('uniqueString', [X])]), 'xa')).toMatch(
    /^\{split/,
  );
});

test('an encoded text keeps what it was made of', () => {
  const script = evaluate('format', ['curl http://10.0.0.4:{0}/', X]);
  const encoded = evaluate('base64', [script]) as Unknown;
  expect(encoded).toMatchObject({
    expression: "base64(concat('curl http://10.0.0.4:', parameters('x'), '/'))",
    parts: [script],
  });
  expect(decodedText(encoded)).toEqual({ encoding: 'base64', text: script });
  expect(evaluate('base64ToString', [encoded])).toBe(script);
  expect(evaluate('base64ToString', [evaluate('base64ToString', [evaluate('base64', [encoded])])])).toBe(
    script,
  );
  expect(evaluate('dataUriToString', [evaluate('dataUri', [script])])).toBe(script);
  expect(evaluate('uriComponentToString', [evaluate('uriComponent', [script])])).toBe(script);
  expect(result('base64ToString', X)).toBe("{base64tostring(parameters('x'))}");
  // It is no text of which the parts are literal.
  expect(result('startsWith', encoded, 'curl')).toMatch(/^\{startswith/);
  expect(result('concat', '#', encoded)).toBe(
    "{concat('#', base64(concat('curl http://10.0.0.4:', parameters('x'), '/')))}",
  );
  expect(decodedText(script as Unknown)).toBeUndefined();
});

test('JSON text keeps its literal parts around what is unknown', () => {
  expect(evaluate('string', [{ Port: X, name: 'a"b' }])).toMatchObject({
    parts: ['{"Port":', { expression: "jsontext(parameters('x'))" }, ',"name":"a\\"b"}'],
  });
});

function reference(id: string): Unknown {
  return {
    kind: 'unknown',
    reason: { kind: 'runtime', name: id },
    origin: DATA_ORIGIN,
    references: [{ id, property: 'id' }],
    expression: `resourceid('${id}')`,
  };
}

test.each<[string, Value, Value, readonly Reference[], boolean]>([
  [
    'two ids',
    reference('/a'),
    reference('/b'),
    [
      { id: '/a', property: 'id' },
      { id: '/b', property: 'id' },
    ],
    false,
  ],
  ['an id and null', reference('/a'), toValue(null), [{ id: '/a', property: 'id' }], true],
  ['an id and a text', toValue('x'), reference('/b'), [{ id: '/b', property: 'id' }], true],
  [
    'two ids that are written',
    toValue('/subscriptions/S/resourceGroups/g/providers/Microsoft.Network/loadBalancers/A'),
    evaluate('resourceId', ['Microsoft.Network/loadBalancers', 'B']),
    [
      { id: '/subscriptions/s/resourcegroups/g/providers/microsoft.network/loadbalancers/a', property: 'id' },
      {
        id: '/subscriptions/{subscription().subscriptionid}/resourcegroups/{resourcegroup().name}/providers/microsoft.network/loadbalancers/b',
        property: 'id',
      },
    ],
    false,
  ],
])('a condition that is undecided between %s is a link to either', (_, a, b, references, open) => {
  const chosen = evaluate('if', [X, a, b]);
  expect(chosen).toMatchObject({ kind: 'unknown', reason: { name: 'x' }, references });
  expect('open' in chosen).toBe(open);
});

test('a member of an undecided conditional is that of each branch', () => {
  const call = testCall();
  const chosen = callOperator(
    '?:',
    [() => X, () => toValue({ id: reference('/a') }), () => toValue(null)],
    call,
  );
  expect(access(chosen, toValue('id'), call)).toMatchObject({
    references: [{ id: '/a', property: 'id' }],
    open: true,
  });
  expect(tryAccess(chosen, toValue('name'), call)).toMatchObject({ kind: 'absent' });
  expect(plain(evaluate('union', [{ a: 1, b: 2 }, evaluate('if', [X, { b: 3 }, {}])]))).toEqual({
    a: 1,
    b: "{if(parameters('x'), 3, 2)}",
  });
  expect(plain(evaluate('shallowMerge', [[{ a: 1 }, evaluate('if', [X, { c: 3 }, {}])]]))).toEqual({
    a: 1,
    '...': 'x',
  });
  const partly = evaluate('if', [X, { id: reference('/a'), port: 1 }, { port: 2 }]);
  expect(access(partly, toValue('id'), call)).toMatchObject({
    references: [{ id: '/a', property: 'id' }],
    open: true,
  });
  expect(plain(access(partly, toValue('port'), call))).toBe("{if(parameters('x'), 1, 2)}");
  let deep: Value = toValue({ a: 1 });
  for (let index = 0; index < 60; index += 1) {
    deep = evaluate('if', [
      parameter(`c${index}`),
      { ...deep, origin: CALL_ORIGIN },
      evaluate('if', [X, deep, null]),
    ]);
  }
  expect(access(deep, toValue('a'), call)).toMatchObject({ kind: 'unknown' });
  expect(call.faults).toEqual([]);
});

test.each<[unknown, unknown, unknown]>([
  [{ Name: 1 }, 'name', 1],
  [['a', 'b'], 1, 'b'],
  [X, 'Name', "{parameters('x').name}"],
  [X, 0, "{parameters('x')[0]}"],
  [X, 'a b', "{parameters('x')['a b']}"],
  [X, X, "{parameters('x')[parameters('x')]}"],
  [['a'], X, "{createarray('a')[parameters('x')]}"],
])('the member of %j at %j', (value, key, expected) => {
  const call = testCall();
  expect(plain(access(toValue(value), toValue(key), call))).toEqual(expected);
  expect(call.faults).toEqual([]);
});

test.each<[unknown, unknown, string]>([
  [{ a: 1 }, 'b', 'a value has no member `b`'],
  [['a'], 1, 'a value has no member `1`'],
  [['a'], -1, 'a value has no member `-1`'],
  ['text', 0, 'a text has no members named by a number'],
  [null, 'a', 'null has no members named by a text'],
  [{ a: 1 }, 0, 'an object has no members named by a number'],
])('a missing member of %j at %j fails', (value, key, message) => {
  const call = testCall();
  expect(access(toValue(value), toValue(key), call).kind).toBe('unknown');
  expect(call.faults).toEqual([message]);
});

test('a member that one of two unknown objects may have is named by neither', () => {
  const call = testCall();
  const one = evaluate('shallowMerge', [[X, { b: 1 }]]);
  const two = evaluate('shallowMerge', [[X, parameter('y')]]);
  expect(plain(access(one, toValue('a'), call))).toBe("{parameters('x').a}");
  expect(plain(access(two, toValue('a'), call))).toBe('{x}');
});

test('a position from the end that does not exist fails', () => {
  const call = testCall();
  expect(accessFromEnd(toValue(['a']), toValue(2), call).kind).toBe('unknown');
  expect(call.faults).toEqual(['a list has no item `2` from its end']);
});
