import { instance, partly, ref, translate } from '../../support/terraform-instance.ts';

const MANAGER = 'azurerm_network_manager';

const ESTATE = [
  instance(`${MANAGER}.m`, {
    name: 'm',
    location: 'westeurope',
    scope: [{ subscription_ids: ['/subscriptions/s'] }],
    scope_accesses: ['SecurityAdmin'],
  }),
  instance(`${MANAGER}_network_group.g`, { name: 'g', network_manager_id: ref(`${MANAGER}.m.id`) }),
  instance(`${MANAGER}_static_member.s`, {
    name: 's',
    network_group_id: ref(`${MANAGER}_network_group.g.id`),
    target_virtual_network_id: ref('azurerm_virtual_network.v.id'),
  }),
  instance('azurerm_virtual_network.v', { name: 'v' }),
  instance(`${MANAGER}_security_admin_configuration.c`, {
    name: 'c',
    network_manager_id: ref(`${MANAGER}.m.id`),
    apply_on_network_intent_policy_based_services: ['None'],
  }),
  instance(`${MANAGER}_admin_rule_collection.r`, {
    name: 'r',
    security_admin_configuration_id: ref(`${MANAGER}_security_admin_configuration.c.id`),
    network_group_ids: [ref(`${MANAGER}_network_group.g.id`)],
  }),
  instance(`${MANAGER}_admin_rule.deny`, {
    name: 'deny',
    admin_rule_collection_id: ref(`${MANAGER}_admin_rule_collection.r.id`),
    action: 'Deny',
    direction: 'Inbound',
    priority: 1,
    protocol: 'Tcp',
    source_port_ranges: ['0-65535'],
    destination_port_ranges: ['22', '3389'],
    source: [{ address_prefix: 'Internet', address_prefix_type: 'ServiceTag' }],
    destination: [{ address_prefix: '*', address_prefix_type: 'IPPrefix' }],
  }),
  instance(`${MANAGER}_deployment.d`, {
    network_manager_id: ref(`${MANAGER}.m.id`),
    location: 'westeurope',
    scope_access: 'SecurityAdmin',
    configuration_ids: [ref(`${MANAGER}_security_admin_configuration.c.id`)],
  }),
];

test('a manager, its group and its configuration have the types of ARM and name their parents', () => {
  const { model, parent, body } = translate(...ESTATE);
  const prefix = 'microsoft.network/networkmanagers';
  expect(model.resources.map(({ type }) => type)).toEqual([
    prefix,
    `${prefix}/networkgroups`,
    `${prefix}/networkgroups/staticmembers`,
    'microsoft.network/virtualnetworks',
    `${prefix}/securityadminconfigurations`,
    `${prefix}/securityadminconfigurations/rulecollections`,
    `${prefix}/securityadminconfigurations/rulecollections/rules`,
    `${prefix}/commits`,
  ]);
  expect(parent(`${MANAGER}_network_group.g`)).toBe(`-> {${MANAGER}.m}.id`);
  expect(parent(`${MANAGER}_static_member.s`)).toBe(`-> {${MANAGER}_network_group.g}.id`);
  expect(parent(`${MANAGER}_security_admin_configuration.c`)).toBe(`-> {${MANAGER}.m}.id`);
  expect(parent(`${MANAGER}_admin_rule_collection.r`)).toBe(
    `-> {${MANAGER}_security_admin_configuration.c}.id`,
  );
  expect(parent(`${MANAGER}_admin_rule.deny`)).toBe(`-> {${MANAGER}_admin_rule_collection.r}.id`);
  expect(parent(`${MANAGER}_deployment.d`)).toBe(`-> {${MANAGER}.m}.id`);
  expect(body(`${MANAGER}.m`)).toEqual({
    location: 'westeurope',
    properties: {
      networkmanagerscopes: { subscriptions: ['/subscriptions/s'] },
      networkmanagerscopeaccesses: ['SecurityAdmin'],
    },
  });
});

test('an admin rule has its match and says which groups it applies to and where it is deployed', () => {
  const { body, properties } = translate(...ESTATE);
  expect(body(`${MANAGER}_admin_rule.deny`)).toEqual({
    kind: 'Custom',
    properties: {
      access: 'Deny',
      direction: 'Inbound',
      priority: 1,
      protocol: 'Tcp',
      sourceportranges: ['0-65535'],
      destinationportranges: ['22', '3389'],
      sources: [{ addressprefix: 'Internet', addressprefixtype: 'ServiceTag' }],
      destinations: [{ addressprefix: '*', addressprefixtype: 'IPPrefix' }],
    },
  });
  expect(properties(`${MANAGER}_admin_rule_collection.r`)).toEqual({
    appliestogroups: [{ networkgroupid: `-> {${MANAGER}_network_group.g}.id` }],
  });
  expect(properties(`${MANAGER}_static_member.s`)).toEqual({
    resourceid: '-> {azurerm_virtual_network.v}.id',
  });
  expect(properties(`${MANAGER}_security_admin_configuration.c`)).toEqual({
    applyonnetworkintentpolicybasedservices: ['None'],
  });
  expect(properties(`${MANAGER}_deployment.d`)).toEqual({
    committype: 'SecurityAdmin',
    targetlocations: ['westeurope'],
    configurationids: [{ id: `-> {${MANAGER}_security_admin_configuration.c}.id` }],
  });
});

test('groups that are only partly known stay so', () => {
  const { properties } = translate(
    ...ESTATE,
    instance(`${MANAGER}_admin_rule_collection.open`, {
      name: 'open',
      network_group_ids: partly(ref(`${MANAGER}_network_group.g.id`)),
    }),
  );
  expect(properties(`${MANAGER}_admin_rule_collection.open`, 'appliesToGroups')).toEqual([
    { networkgroupid: `-> {${MANAGER}_network_group.g}.id` },
    '...',
  ]);
});

test('a connectivity configuration has its hub and its groups', () => {
  const { properties } = translate(
    ...ESTATE,
    instance(`${MANAGER}_connectivity_configuration.h`, {
      name: 'h',
      network_manager_id: ref(`${MANAGER}.m.id`),
      connectivity_topology: 'HubAndSpoke',
      hub: [
        {
          resource_id: ref('azurerm_virtual_network.v.id'),
          resource_type: 'Microsoft.Network/virtualNetworks',
        },
      ],
      applies_to_group: [
        { group_connectivity: 'None', network_group_id: ref(`${MANAGER}_network_group.g.id`) },
      ],
    }),
  );
  expect(properties(`${MANAGER}_connectivity_configuration.h`)).toEqual({
    connectivitytopology: 'HubAndSpoke',
    isglobal: '~false',
    deleteexistingpeering: '~false',
    hubs: [
      {
        resourceid: '-> {azurerm_virtual_network.v}.id',
        resourcetype: 'Microsoft.Network/virtualNetworks',
      },
    ],
    appliestogroups: [
      {
        networkgroupid: `-> {${MANAGER}_network_group.g}.id`,
        groupconnectivity: 'None',
        isglobal: '~false',
        usehubgateway: '~false',
      },
    ],
  });
});

test('a routing configuration has collections and rules', () => {
  const { properties, parent } = translate(
    ...ESTATE,
    instance(`${MANAGER}_routing_configuration.c2`, {
      name: 'c',
      network_manager_id: ref(`${MANAGER}.m.id`),
    }),
    instance(`${MANAGER}_routing_rule_collection.r2`, {
      name: 'r',
      routing_configuration_id: ref(`${MANAGER}_routing_configuration.c2.id`),
      network_group_ids: [ref(`${MANAGER}_network_group.g.id`)],
      bgp_route_propagation_enabled: false,
    }),
    instance(`${MANAGER}_routing_rule.all`, {
      name: 'all',
      rule_collection_id: ref(`${MANAGER}_routing_rule_collection.r2.id`),
      destination: [{ type: 'AddressPrefix', address: '0.0.0.0/0' }],
      next_hop: [{ type: 'VirtualAppliance', address: '10.0.0.4' }],
    }),
  );
  expect(parent(`${MANAGER}_routing_rule.all`)).toBe(`-> {${MANAGER}_routing_rule_collection.r2}.id`);
  expect(properties(`${MANAGER}_routing_rule_collection.r2`)).toEqual({
    appliesto: [{ networkgroupid: `-> {${MANAGER}_network_group.g}.id` }],
    disablebgproutepropagation: true,
  });
  expect(properties(`${MANAGER}_routing_rule.all`)).toEqual({
    destination: { type: 'AddressPrefix', destinationaddress: '0.0.0.0/0' },
    nexthop: { nexthoptype: 'VirtualAppliance', nexthopaddress: '10.0.0.4' },
  });
});

test('a policy on network data can fill every group', () => {
  const policy = (mode: string): ReturnType<typeof instance> =>
    instance('azurerm_policy_definition.p', { name: 'p', mode });
  expect(translate(...ESTATE, policy('All')).model.gaps).toEqual([]);
  expect(translate(...ESTATE, policy('Microsoft.Network.Data')).model.gaps).toEqual([
    {
      id: `{${MANAGER}_network_group.g}`,
      reason: { kind: 'unsupported', name: 'azurerm_policy_definition.p' },
      origin: { kind: 'json', path: 'plan.json', pointer: '/azurerm_policy_definition.p' },
    },
  ]);
});
