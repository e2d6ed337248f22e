import type { Value } from '../../../src/value/value.ts';
import {
  block,
  change,
  constant,
  created,
  instanceOf,
  kept,
  linksOf,
  refs,
  rootOf,
  type TinyPlan,
} from './tiny-plan.ts';

/** A value without its origins, as plain data. */
function plain(value: Value): unknown {
  switch (value.kind) {
    case 'known':
      return value.value;
    case 'list':
      return value.items.map(plain);
    case 'object':
      return Object.fromEntries([...value.fields].map(([name, item]) => [name, plain(item)]));
    default:
      return value.kind;
  }
}

/** An attribute of the only instance of `azurerm_x.a`. */
function read(name: string, after: object, unknown: object = {}, expressions?: object): Value {
  const resources = expressions === undefined ? [] : [block('azurerm_x.a', { ...expressions })];
  const root = rootOf({
    resource_changes: [
      created('azurerm_x.a', { ...after }, { ...unknown }),
      created('azurerm_y.b'),
      created('azurerm_y.c'),
    ],
    configuration: {
      resources: [...resources, block('azurerm_y.b', {}), block('azurerm_y.c', {})],
    },
  });
  return instanceOf(root, 'azurerm_x.a').attribute(name);
}

test.each([
  ['text', 'text'],
  ['', ''],
  [0, 0],
  [false, false],
  [null, 'absent'],
  [[], []],
  [{}, {}],
  [
    ['a', 'b'],
    ['a', 'b'],
  ],
  [{ Name: 'x', none: null }, { name: 'x' }],
  [
    [{ name: 'x', inner: [{ port: 1 }] }, null],
    [{ name: 'x', inner: [{ port: 1 }] }, 'absent'],
  ],
])('a planned %j is read as %j', (after, expected) => {
  expect(plain(read('v', { v: after }))).toEqual(expected);
});

test('an attribute that the plan does not have is absent, whatever its name', () => {
  for (const name of ['v', 'constructor', '__proto__', 'toString'])
    expect(plain(read(name, {}))).toBe('absent');
});

test('every part knows where it is in the plan', () => {
  const value = read('blocks', { blocks: [{ 'a/b~c': ['x'] }] });
  const pointers: string[] = [];
  const visit = (part: Value): void => {
    if (part.origin.kind === 'json') pointers.push(part.origin.pointer);
    if (part.kind === 'list') part.items.forEach(visit);
    if (part.kind === 'object') [...part.fields.values()].forEach(visit);
  };
  visit(value);
  expect(pointers).toEqual([
    '/resource_changes/0/change/after/blocks',
    '/resource_changes/0/change/after/blocks/0',
    '/resource_changes/0/change/after/blocks/0/a~1b~0c',
    '/resource_changes/0/change/after/blocks/0/a~1b~0c/0',
  ]);
});

test.each([[true], [{ secret: true }], [{ secret: { key: true } }], [{ secret: { key: [true] } }]])(
  'what is secret is marked: %j',
  (sensitive) => {
    const { instances } = rootOf({
      resource_changes: [
        change('azurerm_x.a', ['create'], { after: { secret: { key: ['s'] } }, after_sensitive: sensitive }),
      ],
    });
    expect(instances[0]?.attribute('secret')).toMatchObject({
      fields: new Map([
        [
          'key',
          expect.objectContaining({ items: [expect.objectContaining({ value: 's', sensitive: true })] }),
        ],
      ]),
    });
  },
);

test('what is not secret is not marked', () => {
  const { instances } = rootOf({
    resource_changes: [
      change('azurerm_x.a', ['create'], {
        after: { l: ['a', 'b'] },
        after_sensitive: { l: [false, true], other: true },
      }),
    ],
  });
  const value = instances[0]?.attribute('l');
  expect(
    value?.kind === 'list' && value.items.map((item) => item.kind === 'known' && item.sensitive),
  ).toEqual([undefined, true]);
});

test.each([
  '<sensitive>',
  '(sensitive value)',
  '(sensitive)',
  '[REDACTED]',
  'REDACTED',
  '***',
  '<redacted>',
  '<sensitive-value>',
])('the placeholder %j is not taken for a value', (placeholder) => {
  expect(read('v', { v: placeholder })).toMatchObject({
    kind: 'unknown',
    reason: { kind: 'unsupported', name: 'a value the plan has redacted' },
  });
});

test.each(['*', '**', 'sensitive', '<any>', '(default)', 'redacted-names'])('%j is a value', (value) => {
  expect(plain(read('v', { v: value }))).toBe(value);
});

test('a value that the block does not write is one that the provider filled in', () => {
  const isAssumed = (name: string, expressions?: object): boolean => {
    const value = read(name, { v: 1 }, {}, expressions);
    return value.kind === 'known' && value.assumed === true;
  };
  expect(isAssumed('v', { other: constant(1) })).toBe(true);
  expect(isAssumed('v', { v: constant(1) })).toBe(false);
  expect(isAssumed('v', { v: refs('var.v') })).toBe(false);
  expect(isAssumed('v')).toBe(false);
});

test('a write-only attribute, null in every plan, is what the configuration says', () => {
  const hidden = (expressions: object): Value => read('group_id_wo', { group_id_wo: null }, {}, expressions);
  expect(linksOf(hidden({ group_id_wo: refs('azurerm_y.b.id') }))).toEqual(['azurerm_y.b.id']);
  expect(hidden({ group_id_wo: refs('local.group') })).toMatchObject({ kind: 'unknown', open: true });
  const either = ['azurerm_y.b.id', 'azurerm_y.c.id'];
  expect(linksOf(hidden({ group_id_wo: refs(...either) }))).toEqual([...either, 'open']);
  expect(hidden({ group_id_wo: constant('/groups/g') })).toMatchObject({ kind: 'known', value: '/groups/g' });
  expect(hidden({ group_id_wo: constant(null) }).kind).toBe('absent');
  expect(hidden({}).kind).toBe('absent');
});

test('an unknown attribute refers to what its expression mentions', () => {
  expect(read('v', {}, { v: true }, { v: refs('azurerm_y.b.id') })).toEqual({
    kind: 'unknown',
    reason: { kind: 'known-after-apply', name: 'azurerm_y.b.id' },
    references: [{ id: '{azurerm_y.b}', property: 'id' }],
    origin: { kind: 'json', path: 'plan.json', pointer: '/resource_changes/0/change/after/v' },
  });
});

test.each([
  ['no argument', {}],
  ['a null', { v: constant(null) }],
  ['another argument', { w: refs('azurerm_y.b.id') }],
])('an unknown attribute with %s is computed, so nobody wrote it', (_, expressions) => {
  expect(plain(read('v', {}, { v: true }, expressions))).toBe('absent');
});

test('without its resource block, nothing is said about an unknown attribute', () => {
  const value = read('v', {}, { v: true });
  expect(value).toMatchObject({
    kind: 'unknown',
    reason: { kind: 'known-after-apply', name: 'azurerm_x.a.v' },
    open: true,
  });
  expect(linksOf(value)).toEqual(['open']);
});

test('a function of nothing is unknown', () => {
  expect(linksOf(read('v', {}, { v: true }, { v: {} }))).toEqual(['open']);
});

test('unknown parts of lists and objects are found where the values are not', () => {
  const value = read(
    'v',
    { v: [{ known: 1 }, null, 'x'] },
    { v: [{ hidden: true }, true, false] },
    { v: refs('azurerm_y.b.id') },
  );
  expect(plain(value)).toEqual([{ known: 1, hidden: 'unknown' }, 'unknown', 'x']);
});

test('a part that is unknown as a whole, in an object whose planned value is null, is unknown', () => {
  expect(plain(read('v', { v: null }, { v: [{ a: true }] }, { v: refs('azurerm_y.b') }))).toEqual([
    { a: 'unknown' },
  ]);
});

// Nested blocks.

const A = refs('azurerm_y.b.id');
const B = refs('azurerm_y.c.id');

/** The links of `target` in each block `part`. */
function blockLinks(type: string, items: readonly object[], blocks: unknown): readonly (readonly string[])[] {
  const unknown = items.map(() => ({ target: true }));
  const value = read(
    type,
    { [type]: items },
    { [type]: unknown },
    blocks === undefined ? {} : { [type]: blocks },
  );
  if (value.kind !== 'list') throw new Error(value.kind);
  return value.items.map((item) =>
    linksOf(item.kind === 'object' ? (item.fields.get('target') ?? { ...item, kind: 'absent' }) : item),
  );
}

test('a single block is the single item', () => {
  expect(blockLinks('part', [{}], [{ target: A }])).toEqual([['azurerm_y.b.id']]);
});

test('an argument that the matching block does not have is not written', () => {
  expect(blockLinks('part', [{ name: 'n' }], [{ name: constant('n') }])).toEqual([['absent']]);
});

test('blocks of a list are matched by position where there are as many', () => {
  expect(blockLinks('part', [{}, {}], [{ target: A }, { target: B }])).toEqual([
    ['azurerm_y.b.id'],
    ['azurerm_y.c.id'],
  ]);
});

test('blocks are matched by name where there are dynamic ones', () => {
  const items = [{ name: 'dynamic' }, { name: 'b' }, { name: 'a' }];
  const blocks = [
    { name: constant('a'), target: A },
    { name: constant('b'), target: B },
  ];
  expect(blockLinks('part', items, blocks)).toEqual([['open'], ['azurerm_y.c.id'], ['azurerm_y.b.id']]);
});

test('blocks without order are matched by name, and the last one by what is left', () => {
  const items = [{ name: 'b' }, { name: 'computed-a' }];
  const blocks = [
    { name: refs('var.x'), target: A },
    { name: constant('b'), target: B },
  ];
  expect(blockLinks('extension', items, blocks)).toEqual([['azurerm_y.c.id'], ['azurerm_y.b.id']]);
});

test('blocks without order and without names are not matched', () => {
  expect(blockLinks('network_profile', [{}, {}], [{ target: A }, { target: B }])).toEqual([
    ['open'],
    ['open'],
  ]);
});

test('a name that stands twice matches nothing', () => {
  const items = [{ name: 'a' }, { name: 'a' }, { name: 'c' }];
  expect(blockLinks('part', items, [{ name: constant('a'), target: A }])).toEqual([
    ['open'],
    ['open'],
    ['open'],
  ]);
});

test('blocks of a list whose names contradict their positions are matched by name', () => {
  const items = [{ name: 'b' }, { name: 'a' }];
  const blocks = [
    { name: constant('a'), target: A },
    { name: constant('b'), target: B },
  ];
  expect(blockLinks('part', items, blocks)).toEqual([['azurerm_y.c.id'], ['azurerm_y.b.id']]);
});

test('a single block is not an item with another name', () => {
  expect(blockLinks('part', [{ name: 'dynamic' }], [{ name: constant('a'), target: A }])).toEqual([['open']]);
});

test('dynamic blocks alone leave everything open', () => {
  expect(blockLinks('part', [{ name: 'a' }, { name: 'b' }], undefined)).toEqual([['open'], ['open']]);
});

test('blocks in blocks are matched as well', () => {
  const value = read(
    'outer',
    { outer: [{ inner: [{ name: 'x' }] }] },
    { outer: [{ inner: [{ target: true, computed: true }] }] },
    { outer: [{ inner: [{ name: constant('x'), target: A }] }] },
  );
  expect(plain(value)).toEqual([{ inner: [{ name: 'x', target: 'unknown' }] }]);
});

test.each(['security_rule', 'subnet', 'route'])(
  '%s blocks have the references of all of them and stay open',
  (type) => {
    expect(blockLinks(type, [{ name: 'n' }], refs('azurerm_y.b.id', 'azurerm_y.c.id'))).toEqual([
      ['azurerm_y.b.id', 'azurerm_y.c.id', 'open'],
    ]);
  },
);

test('what the provider computes in a constant argument is not written', () => {
  expect(blockLinks('subnet', [{ name: 'n' }], constant([{ name: 'n', target: null }]))).toEqual([
    ['absent'],
  ]);
});

test.each(['security_rule', 'subnet', 'route', 'identity', 'extension'])(
  '%s that is unknown as a whole and not written is computed',
  (type) => {
    expect(plain(read(type, {}, { [type]: true }, {}))).toBe('absent');
  },
);

test.each(['frontend_ip_configuration', 'ip_configuration', 'network_interface'])(
  '%s that is unknown as a whole and not written is a dynamic block',
  (type) => {
    expect(linksOf(read(type, {}, { [type]: true }, {}))).toEqual(['open']);
  },
);

test('a security rule in which everything is unknown stands for any number of rules', () => {
  const value = read(
    'security_rule',
    {
      security_rule: [
        { description: '', source_port_ranges: [] },
        { name: 'known', access: 'Allow' },
      ],
    },
    { security_rule: [{ name: true, access: true, source_port_ranges: [] }, {}] },
    {},
  );
  expect(plain(value)).toEqual(['unknown', { name: 'known', access: 'Allow' }]);
  expect(value.kind === 'list' && value.items.map(linksOf)).toEqual([['open'], ['object']]);
});

// Lists of references.

test.each([
  [
    'one mention for each item',
    [true, true],
    refs('azurerm_y.b.id', 'azurerm_y.c.id'),
    [['azurerm_y.b.id'], ['azurerm_y.c.id']],
  ],
  [
    'a known item between them',
    [true, false, true],
    refs('azurerm_y.b.id', 'azurerm_y.c.id'),
    [['azurerm_y.b.id'], ['known'], ['azurerm_y.c.id']],
  ],
  [
    'more mentions than items',
    [true],
    refs('azurerm_y.b.id', 'azurerm_y.c.id'),
    [['azurerm_y.b.id', 'azurerm_y.c.id']],
  ],
  [
    'fewer mentions than items',
    [true, true],
    refs('azurerm_y.b.id'),
    [['azurerm_y.b.id'], ['azurerm_y.b.id']],
  ],
  [
    'something unseen',
    [true, true],
    refs('azurerm_y.b.id', 'azurerm_y.c.id', 'local.x'),
    [
      ['azurerm_y.b.id', 'azurerm_y.c.id', 'open'],
      ['azurerm_y.b.id', 'azurerm_y.c.id', 'open'],
    ],
  ],
])('items of a list with %s', (_, unknown, expression, expected) => {
  const after = unknown.map((isUnknown) => (isUnknown ? null : 'x'));
  const value = read('ids', { ids: after }, { ids: unknown }, { ids: expression });
  expect(value.kind === 'list' && value.items.map(linksOf)).toEqual(expected);
});

test('each item of a list names what it waits for', () => {
  const value = read(
    'ids',
    { ids: [null, null] },
    { ids: [true, true] },
    { ids: refs('azurerm_y.b.id', 'azurerm_y.c.id') },
  );
  expect(
    value.kind === 'list' && value.items.map((item) => item.kind === 'unknown' && item.reason.name),
  ).toEqual(['azurerm_y.b.id', 'azurerm_y.c.id']);
});

/** A plan with a list that is unknown as a whole; `azurerm_y.b` exists already. */
function wholeList(expression: object, sensitive: object | undefined): TinyPlan {
  const entry = change('azurerm_x.a', ['create'], {
    after: {},
    after_unknown: { ids: true },
    ...(sensitive === undefined ? { after_sensitive: null } : { after_sensitive: sensitive }),
  });
  return {
    resource_changes: [entry, kept('azurerm_y.b', { id: '/b' }), created('azurerm_y.c')],
    configuration: { resources: [block('azurerm_x.a', { ids: expression })] },
  };
}

test.each([
  ['a list keeps what is known', { ids: [] }, ['/b.id', 'azurerm_y.c.id', 'open']],
  ['a list of an old plan is told by its name', undefined, ['/b.id', 'azurerm_y.c.id', 'open']],
  ['a text does not', {}, ['azurerm_y.c.id']],
])('of what is unknown as a whole, %s', (_, sensitive, expected) => {
  const root = rootOf(wholeList(refs('azurerm_y.b.id', 'azurerm_y.c.id'), sensitive));
  expect(linksOf(instanceOf(root, 'azurerm_x.a').attribute('ids'))).toEqual(expected);
});

test('a list that is unknown as a whole and depends on one thing alone is not open', () => {
  const root = rootOf(wholeList(refs('azurerm_y.c.id'), { ids: [] }));
  expect(linksOf(instanceOf(root, 'azurerm_x.a').attribute('ids'))).toEqual(['azurerm_y.c.id']);
});

// Arguments the provider fills in when they are null.

/** The links of a frontend of azurerm_lb, of which `after` is known and the rest unknown. */
function frontend(target: object, subnet: object, after: object = {}): readonly (readonly string[])[] {
  const names = ['public_ip_address_id', 'subnet_id'];
  const unknown = Object.fromEntries(names.filter((name) => !(name in after)).map((name) => [name, true]));
  const root = rootOf({
    resource_changes: [
      created(
        'azurerm_lb.a',
        { frontend_ip_configuration: [{ name: 'f', ...after }] },
        { frontend_ip_configuration: [unknown] },
      ),
      created('azurerm_public_ip.p'),
      created('azurerm_subnet.s'),
    ],
    configuration: {
      resources: [
        block('azurerm_lb.a', { frontend_ip_configuration: [{ name: constant('f'), ...target, ...subnet }] }),
      ],
    },
  });
  const value = instanceOf(root, 'azurerm_lb.a').attribute('frontend_ip_configuration');
  const item = value.kind === 'list' ? value.items[0] : undefined;
  const fields = item?.kind === 'object' ? item.fields : new Map<string, Value>();
  return names.map((name) => {
    const field = fields.get(name);
    return field === undefined ? ['absent'] : linksOf(field);
  });
}

test('of two unknown targets of a frontend, the one that is not written is absent', () => {
  expect(frontend({ public_ip_address_id: refs('azurerm_public_ip.p.id') }, {})).toEqual([
    ['azurerm_public_ip.p.id'],
    ['absent'],
  ]);
});

test('a target of a frontend that a condition can make null is open', () => {
  expect(
    frontend(
      { public_ip_address_id: refs('var.public', 'azurerm_public_ip.p.id') },
      { subnet_id: refs('var.public', 'azurerm_subnet.s.id') },
    ),
  ).toEqual([
    ['azurerm_public_ip.p.id', 'open'],
    ['azurerm_subnet.s.id', 'open'],
  ]);
});

test('it is not open where a null beside it shows that the provider does not fill in', () => {
  expect(
    frontend(
      { public_ip_address_id: refs('var.public', 'azurerm_public_ip.p.id') },
      { subnet_id: refs('var.public', 'azurerm_subnet.s.id') },
      { subnet_id: null },
    ),
  ).toEqual([['azurerm_public_ip.p.id'], ['absent']]);
});

test('it is absent where its expression depends on known things alone', () => {
  expect(
    frontend(
      { public_ip_address_id: refs('var.public', 'azurerm_public_ip.off[0].id') },
      { subnet_id: refs('azurerm_subnet.s.id') },
    ),
  ).toEqual([['absent'], ['azurerm_subnet.s.id']]);
});

test('other arguments are unknown where their expression depends on known things alone', () => {
  expect(linksOf(read('name', {}, { name: true }, { name: refs('var.prefix') }))).toEqual(['open']);
});
