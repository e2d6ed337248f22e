import { change, created, instanceOf, kept, rootOf } from './tiny-plan.ts';

const ID = '/subscriptions/S/resourceGroups/RG/providers/Microsoft.Network/virtualNetworks/v/subnets/A';

test.each([
  [['create'], { created: true }],
  [['delete', 'create'], { created: true }],
  [['create', 'delete'], { created: true }],
  [['create', 'forget'], { created: true }],
  [['update'], { created: false }],
  [['no-op'], { created: false }],
])('%j leaves an instance behind', (actions, expected) => {
  const { instances } = rootOf({ resource_changes: [change('azurerm_subnet.a', actions, {})] });
  expect(instances).toEqual([
    expect.objectContaining({ address: 'azurerm_subnet.a', mode: 'managed', ...expected }),
  ]);
});

test.each([[['delete']], [['forget']]])('%j leaves nothing behind', (actions) => {
  const { instances } = rootOf({ resource_changes: [change('azurerm_subnet.a', actions, { after: null })] });
  expect(instances).toEqual([]);
});

test('a replaced object that waits for its deletion is not the instance', () => {
  const deposed = {
    ...change('azurerm_subnet.a', ['no-op'], { after: { id: '/old' } }),
    deposed: '0a1b2c3d',
  };
  const { instances } = rootOf({ resource_changes: [deposed, created('azurerm_subnet.a')] });
  expect(instances.map(({ address, id }) => [address, id])).toEqual([
    ['azurerm_subnet.a', '{azurerm_subnet.a}'],
  ]);
});

test('a moved instance goes by its new address', () => {
  const moved = { ...kept('azurerm_subnet.b["x"]', { id: ID }), previous_address: 'azurerm_subnet.a[0]' };
  expect(rootOf({ resource_changes: [moved] }).instances).toEqual([
    expect.objectContaining({ address: 'azurerm_subnet.b["x"]', id: ID.toLowerCase() }),
  ]);
});

test('an id that is known is in lower case, an unknown one is the address in braces', () => {
  const { instances } = rootOf({
    resource_changes: [
      kept('azurerm_subnet.a', { id: ID }),
      created('module.app["Web"].azurerm_subnet.a[0]'),
      change('azurerm_subnet.c', ['delete', 'create'], { after: {}, after_unknown: { id: true } }),
      change('azurerm_subnet.d', ['update'], { after: { id: '<sensitive>' } }),
    ],
  });
  expect(instances.map(({ id }) => id)).toEqual([
    '/subscriptions/s/resourcegroups/rg/providers/microsoft.network/virtualnetworks/v/subnets/a',
    '{module.app["web"].azurerm_subnet.a[0]}',
    '{azurerm_subnet.c}',
    '{azurerm_subnet.d}',
  ]);
});

test('addresses that differ in case alone have different ids', () => {
  const { instances } = rootOf({
    resource_changes: [created('azurerm_subnet.a["Web"]'), created('azurerm_subnet.a["web"]')],
  });
  expect(new Set(instances.map(({ id }) => id)).size).toBe(2);
});

test('origins point into the file', () => {
  const { instances } = rootOf({
    resource_changes: [
      change('azurerm_subnet.gone', ['delete'], { after: null }),
      created('azurerm_subnet.a', { name: 'a' }),
    ],
  });
  expect(instances.map(({ origin }) => origin)).toEqual([
    { kind: 'json', path: 'plan.json', pointer: '/resource_changes/1' },
  ]);
  expect(instances[0]?.attribute('name').origin).toEqual({
    kind: 'json',
    path: 'plan.json',
    pointer: '/resource_changes/1/change/after/name',
  });
});

function priorState(): { values: object } {
  return {
    values: {
      root_module: {
        resources: [
          {
            address: 'azurerm_subnet.old',
            mode: 'managed',
            type: 'azurerm_subnet',
            name: 'old',
            values: { id: '/old' },
          },
          {
            address: 'data.azurerm_subnet.read',
            mode: 'data',
            type: 'azurerm_subnet',
            name: 'read',
            values: { id: ID, name: 'read' },
            sensitive_values: { name: true },
          },
        ],
        child_modules: [
          {
            address: 'module.net["x"]',
            resources: [
              {
                address: 'module.net["x"].data.azurerm_subnet.read[1]',
                mode: 'data',
                type: 'azurerm_subnet',
                name: 'read',
                index: 1,
                values: { name: 'inner' },
              },
            ],
          },
        ],
      },
    },
  };
}

test('data sources that were read while planning come from the prior state, managed resources do not', () => {
  const root = rootOf({ resource_changes: [created('azurerm_lb.a')], prior_state: priorState() });
  expect(root.instances.map(({ address, mode, created: isNew }) => [address, mode, isNew])).toEqual([
    ['azurerm_lb.a', 'managed', true],
    ['data.azurerm_subnet.read', 'data', false],
    ['module.net["x"].data.azurerm_subnet.read[1]', 'data', false],
  ]);
  const outer = instanceOf(root, 'data.azurerm_subnet.read');
  expect(outer.id).toBe(ID.toLowerCase());
  expect(outer.attribute('name')).toEqual({
    kind: 'known',
    value: 'read',
    sensitive: true,
    origin: {
      kind: 'json',
      path: 'plan.json',
      pointer: '/prior_state/values/root_module/resources/1/values/name',
    },
  });
  const inner = instanceOf(root, 'module.net["x"].data.azurerm_subnet.read[1]');
  expect(inner.attribute('name').origin).toEqual({
    kind: 'json',
    path: 'plan.json',
    pointer: '/prior_state/values/root_module/child_modules/0/resources/0/values/name',
  });
});

test('a data source that is read during the apply is unknown, whatever the prior state says of it', () => {
  const root = rootOf({
    resource_changes: [
      change('data.azurerm_subnet.read', ['read'], {
        after: { name: 'a' },
        after_unknown: { id: true, address_prefixes: true },
      }),
    ],
    prior_state: priorState(),
    configuration: { resources: [] },
  });
  expect(root.instances.map(({ address, mode, id }) => [address, mode, id])).toEqual([
    ['data.azurerm_subnet.read', 'data', '{data.azurerm_subnet.read}'],
    ['module.net["x"].data.azurerm_subnet.read[1]', 'data', '{module.net["x"].data.azurerm_subnet.read[1]}'],
  ]);
  expect(instanceOf(root, 'data.azurerm_subnet.read').attribute('address_prefixes')).toEqual({
    kind: 'unknown',
    reason: { kind: 'known-after-apply', name: 'data.azurerm_subnet.read.address_prefixes' },
    origin: { kind: 'json', path: 'plan.json', pointer: '/resource_changes/0/change/after/address_prefixes' },
  });
});

test('a plan without resources is an empty root', () => {
  const any = { from: [0, 0, 0] };
  expect(rootOf({})).toEqual({
    instances: [],
    deleted: [],
    outputs: [],
    providers: { azurerm: any, azapi: any },
  });
});

test('the version constraints of all modules on a provider hold together', () => {
  const { providers } = rootOf({
    provider_config: {
      azurerm: { name: 'azurerm', version_constraint: '>= 3.0, < 5.0.0' },
      'module.app:azurerm': { name: 'azurerm', module_address: 'module.app', version_constraint: '~> 4.0' },
      azapi: { name: 'azapi' },
    },
  });
  expect(providers).toEqual({ azurerm: { from: [4, 0, 0], below: [5, 0, 0] }, azapi: { from: [0, 0, 0] } });
});

test('an instance names its provider configuration unless it is the default one', () => {
  const configured = (provider_config_key: string): string | undefined =>
    rootOf({
      resource_changes: [created('azurerm_subnet.a')],
      configuration: {
        resources: [
          {
            address: 'azurerm_subnet.a',
            mode: 'managed',
            type: 'azurerm_subnet',
            name: 'a',
            provider_config_key,
          },
        ],
      },
    }).instances[0]?.provider;
  expect(configured('azurerm')).toBeUndefined();
  expect(configured('azurerm.hub')).toBe('azurerm.hub');
  expect(configured('module.web:azurerm')).toBe('module.web:azurerm');
});
