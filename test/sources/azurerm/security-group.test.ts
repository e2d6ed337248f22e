import { toModel } from '../../../src/sources/azurerm/to-model.ts';
import { asItems, asText, field } from '../../../src/value/value.ts';
import { instance, openRef, ref, root, translate } from '../../support/terraform-instance.ts';

/** As Terraform writes a rule inside the set: what nobody set is empty (azurerm-mapping, rule 4). */
const IN_SET = {
  description: '',
  source_port_range: '',
  source_port_ranges: [],
  destination_port_range: '',
  destination_port_ranges: [],
  source_address_prefix: '',
  source_address_prefixes: [],
  destination_address_prefix: '',
  destination_address_prefixes: [],
  source_application_security_group_ids: [],
  destination_application_security_group_ids: [],
};

test('an inline rule has only what somebody set', () => {
  const { body } = translate(
    instance('azurerm_network_security_group.g', {
      name: 'g',
      location: 'westeurope',
      security_rule: [
        {
          ...IN_SET,
          name: 'Web',
          priority: 100,
          direction: 'Inbound',
          access: 'Allow',
          protocol: 'Tcp',
          source_port_range: '*',
          destination_port_ranges: ['80', '443'],
          source_address_prefix: 'Internet',
          destination_application_security_group_ids: [ref('azurerm_application_security_group.web.id')],
        },
      ],
    }),
    instance('azurerm_application_security_group.web', { name: 'web' }),
  );
  expect(body('azurerm_network_security_group.g')).toEqual({
    location: 'westeurope',
    properties: {
      securityrules: [
        {
          name: 'Web',
          properties: {
            priority: 100,
            direction: 'Inbound',
            access: 'Allow',
            protocol: 'Tcp',
            sourceportrange: '*',
            destinationportranges: ['80', '443'],
            sourceaddressprefix: 'Internet',
            destinationapplicationsecuritygroups: [{ id: '-> {azurerm_application_security_group.web}.id' }],
          },
        },
      ],
    },
  });
});

test('a separate rule is a child of the group it names', () => {
  const { properties, model } = translate(
    instance('azurerm_network_security_group.g', { name: 'g', resource_group_name: 'rg' }),
    instance('azurerm_network_security_rule.r', {
      name: 'Deny',
      resource_group_name: 'rg',
      network_security_group_name: 'g',
      description: 'no',
      priority: 4096,
      direction: 'Inbound',
      access: 'Deny',
      protocol: '*',
      source_port_ranges: ['1-10'],
      destination_port_range: '*',
      source_address_prefixes: ['10.0.0.0/8'],
      destination_address_prefixes: ['10.1.0.0/16'],
      source_application_security_group_ids: null,
    }),
  );
  const [rule] = model.ofType('Microsoft.Network/networkSecurityGroups/securityRules');
  expect(rule?.parent).toMatchObject({
    references: [{ id: '{azurerm_network_security_group.g}', property: 'id' }],
  });
  expect(properties('azurerm_network_security_rule.r')).toEqual({
    description: 'no',
    priority: 4096,
    direction: 'Inbound',
    access: 'Deny',
    protocol: '*',
    sourceportranges: ['1-10'],
    destinationportrange: '*',
    sourceaddressprefixes: ['10.0.0.0/8'],
    destinationaddressprefixes: ['10.1.0.0/16'],
  });
});

test('a group without rules has none', () => {
  const { properties } = translate(
    instance('azurerm_network_security_group.g', { name: 'g', security_rule: [] }),
  );
  expect(properties('azurerm_network_security_group.g')).toEqual({});
});

test('rules of an unknown number stay unknown, as a whole or as an item', () => {
  const { properties } = translate(
    instance('azurerm_network_security_group.all', { name: 'a', security_rule: openRef() }),
    instance('azurerm_network_security_group.some', {
      name: 's',
      security_rule: [{ name: 'one', priority: 100 }, openRef()],
    }),
  );
  expect(properties('azurerm_network_security_group.all', 'securityRules')).toBe('?');
  expect(properties('azurerm_network_security_group.some', 'securityRules')).toEqual([
    { name: 'one', properties: { priority: 100 } },
    '?',
  ]);
});

test('a group that exists lists separate rules among its blocks, where they may be stale', () => {
  const id = '/subscriptions/s/resourcegroups/rg/providers/microsoft.network/networksecuritygroups/g';
  const { properties } = translate(
    instance(
      'azurerm_network_security_group.g',
      {
        name: 'g',
        resource_group_name: 'rg',
        security_rule: [
          { name: 'Own', priority: 100 },
          { name: 'SEPARATE', priority: 200 },
        ],
      },
      { id },
    ),
    instance('azurerm_network_security_rule.r', {
      name: 'separate',
      resource_group_name: 'rg',
      network_security_group_name: 'g',
      priority: 300,
    }),
  );
  expect(properties('azurerm_network_security_group.g', 'securityRules')).toEqual([
    { name: 'Own', properties: { priority: 100 } },
  ]);
});

test('an application security group is a resource without properties', () => {
  const { model, body } = translate(
    instance('azurerm_application_security_group.a', { name: 'a', location: 'x' }),
  );
  expect(model.ofType('microsoft.network/applicationsecuritygroups')).toHaveLength(1);
  expect(body('azurerm_application_security_group.a')).toEqual({ location: 'x' });
});

test('a rule that the apply deletes is gone, although the state of the group still lists it', () => {
  const id = '/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/networkSecurityGroups/g';
  const rule = (name: string): Record<string, unknown> => ({
    ...IN_SET,
    name,
    priority: 100,
    direction: 'Inbound',
  });
  const group = instance(
    'azurerm_network_security_group.g',
    { name: 'g', resource_group_name: 'rg', security_rule: [rule('Kept'), rule('Gone')] as never },
    { id },
  );
  const gone = instance(
    'azurerm_network_security_rule.gone',
    { name: 'gone', resource_group_name: 'rg', network_security_group_name: 'g' },
    { id: `${id}/securityRules/gone` },
  );
  const { model } = toModel(root([group], [], [gone]));
  const rules = asItems(
    field(model.byId(id)?.body ?? group.attribute('none'), 'properties', 'securityRules'),
  ).items;
  expect(rules.map((each) => asText(field(each, 'name')))).toMatchObject([{ value: 'Kept' }]);
});
