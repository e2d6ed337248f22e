import fc from 'fast-check';
import { ASSOCIATIONS } from '../../../src/sources/azurerm/association-types.ts';
import type { TerraformInstance } from '../../../src/sources/azurerm/instance.ts';
import { TRANSLATORS } from '../../../src/sources/azurerm/translators.ts';
import type { Value } from '../../../src/value/value.ts';
import { instance, openRef, partly, ref, textAround, translate } from '../../support/terraform-instance.ts';

const BALANCER = 'microsoft.network/loadbalancers';
const MANAGER = 'microsoft.network/networkmanagers';
const MACHINE = 'microsoft.compute/virtualmachines';
const SCALE_SET = 'microsoft.compute/virtualmachinescalesets';

/** The ARM type of what each type of the azurerm provider makes that packets and listeners depend on. */
const MAKES: Readonly<Record<string, string>> = {
  azurerm_lb: BALANCER,
  azurerm_lb_rule: `${BALANCER}/loadbalancingrules`,
  azurerm_lb_probe: `${BALANCER}/probes`,
  azurerm_lb_backend_address_pool: `${BALANCER}/backendaddresspools`,
  azurerm_lb_backend_address_pool_address: `${BALANCER}/backendaddresspools/backendaddresses`,
  azurerm_lb_nat_rule: `${BALANCER}/inboundnatrules`,
  azurerm_lb_nat_pool: `${BALANCER}/inboundnatpools`,
  azurerm_lb_outbound_rule: `${BALANCER}/outboundrules`,
  azurerm_network_interface: 'microsoft.network/networkinterfaces',
  azurerm_network_security_group: 'microsoft.network/networksecuritygroups',
  azurerm_network_security_rule: 'microsoft.network/networksecuritygroups/securityrules',
  azurerm_application_security_group: 'microsoft.network/applicationsecuritygroups',
  azurerm_virtual_network: 'microsoft.network/virtualnetworks',
  azurerm_subnet: 'microsoft.network/virtualnetworks/subnets',
  azurerm_virtual_network_peering: 'microsoft.network/virtualnetworks/virtualnetworkpeerings',
  azurerm_public_ip: 'microsoft.network/publicipaddresses',
  azurerm_public_ip_prefix: 'microsoft.network/publicipprefixes',
  azurerm_nat_gateway: 'microsoft.network/natgateways',
  azurerm_route_table: 'microsoft.network/routetables',
  azurerm_route: 'microsoft.network/routetables/routes',
  azurerm_private_link_service: 'microsoft.network/privatelinkservices',
  azurerm_linux_virtual_machine: MACHINE,
  azurerm_windows_virtual_machine: MACHINE,
  azurerm_virtual_machine: MACHINE,
  azurerm_availability_set: 'microsoft.compute/availabilitysets',
  azurerm_linux_virtual_machine_scale_set: SCALE_SET,
  azurerm_windows_virtual_machine_scale_set: SCALE_SET,
  azurerm_orchestrated_virtual_machine_scale_set: SCALE_SET,
  azurerm_virtual_machine_scale_set: SCALE_SET,
  azurerm_virtual_machine_extension: `${MACHINE}/extensions`,
  azurerm_virtual_machine_scale_set_extension: `${SCALE_SET}/extensions`,
  azurerm_network_manager_admin_rule: `${MANAGER}/securityadminconfigurations/rulecollections/rules`,
  azurerm_network_manager_admin_rule_collection: `${MANAGER}/securityadminconfigurations/rulecollections`,
  azurerm_network_manager_security_admin_configuration: `${MANAGER}/securityadminconfigurations`,
  azurerm_network_manager_deployment: `${MANAGER}/commits`,
  azurerm_network_manager_network_group: `${MANAGER}/networkgroups`,
  azurerm_network_manager_static_member: `${MANAGER}/networkgroups/staticmembers`,
};

/** The types that edit what others make, and have no object of their own in Azure. */
const EDITS: readonly string[] = [
  'azurerm_network_interface_backend_address_pool_association',
  'azurerm_network_interface_nat_rule_association',
  'azurerm_network_interface_security_group_association',
  'azurerm_network_interface_application_security_group_association',
  'azurerm_subnet_network_security_group_association',
  'azurerm_subnet_route_table_association',
  'azurerm_subnet_nat_gateway_association',
  'azurerm_nat_gateway_public_ip_association',
  'azurerm_nat_gateway_public_ip_prefix_association',
];

/** The types beside these that are left out, and why that changes no answer. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  azurerm_network_interface_application_gateway_backend_address_pool_association:
    'the pools of an application gateway are not those of a load balancer',
  azurerm_virtual_network_dns_servers: 'which server resolves names changes the way of no packet',
};

test('all types around load balancers are listed', () => {
  expect(Object.keys(MAKES).length + EDITS.length + Object.keys(LEFT_OUT).length).toBe(48);
});

test.each(Object.entries(MAKES))('%s makes a %s', (type, armType) => {
  const { model, problems } = translate(instance(`${type}.x`, { name: 'x' }));
  expect(model.resources.map((resource) => resource.type)).toEqual([armType]);
  expect(model.gaps).toEqual([]);
  expect(problems).toEqual([]);
});

test.each(EDITS)('%s is folded into what it edits', (type) => {
  expect(Object.hasOwn(ASSOCIATIONS, type)).toBe(true);
  expect(translate(instance(`${type}.x`, {})).model.resources).toEqual([]);
});

test.each(Object.entries(LEFT_OUT))('%s is left out, because %s', (type) => {
  const { model, problems } = translate(instance(`${type}.x`, { name: 'x' }));
  expect([model.resources, model.gaps, problems]).toEqual([[], [], []]);
});

test('no type is translated in two ways', () => {
  expect([...TRANSLATORS.keys()].filter((type) => Object.hasOwn(ASSOCIATIONS, type))).toEqual([]);
});

test.each([...TRANSLATORS.keys()])('%s of which nothing is known is a resource all the same', (type) => {
  const everything = { ...instance(`${type}.x`, {}), attribute: () => openRef() };
  const { model } = translate(everything);
  expect(model.resources).toHaveLength(1);
});

const TYPES = [
  ...TRANSLATORS.keys(),
  ...Object.keys(ASSOCIATIONS),
  'azapi_resource',
  'azapi_update_resource',
];
const ORIGIN = { kind: 'json', path: 'plan.json', pointer: '' } as const;

const AZAPI_TYPES = [
  'Microsoft.Network/loadBalancers@2024-05-01',
  'Microsoft.Network/virtualNetworks/subnets@2024-05-01',
  'Microsoft.Network/networkInterfaces@2024-05-01',
];

/** Any value in any place: scalars, references to anything, text around them, lists and objects of such, partly known. */
function valuesAbout(addresses: readonly string[]): fc.Arbitrary<Value> {
  const paths = addresses.flatMap((address) => [`${address}.id`, `${address}.`, `${address}.name`]);
  const scalar = fc.constantFrom(
    'a',
    '',
    'b',
    ...AZAPI_TYPES,
    '{"properties":{"subnet":{"id":1}}}',
    0,
    7,
    true,
  );
  const { value } = fc.letrec<{ value: Value }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      scalar.map((data): Value => ({ kind: 'known', value: data, origin: ORIGIN })),
      fc.constant<Value>({ kind: 'absent', origin: ORIGIN }),
      fc.subarray(paths, { maxLength: 3 }).map((some) => ref(...some)),
      fc.subarray(paths, { maxLength: 3 }).map((some) => openRef(...some)),
      fc.constantFrom(...paths).map((one) => textAround(ref(one), '/subnets/a')),
      fc
        .array(tie('value'), { maxLength: 2 })
        .map((items): Value => ({ kind: 'list', items, origin: ORIGIN })),
      fc.array(tie('value'), { maxLength: 2 }).map((items) => partly(...items)),
      fc
        .dictionary(
          fc.constantFrom('name', 'id', 'properties', 'subnet', 'subnet_id', 'ip_configuration'),
          tie('value'),
          {
            maxKeys: 3,
          },
        )
        .map(
          (fields): Value => ({ kind: 'object', fields: new Map(Object.entries(fields)), origin: ORIGIN }),
        ),
    ),
  }));
  return value;
}

function rootsOfAnything(): fc.Arbitrary<readonly TerraformInstance[]> {
  return fc
    .uniqueArray(fc.constantFrom(...TYPES, ...TYPES.map((type) => `data.${type}`)), {
      minLength: 1,
      maxLength: 6,
    })
    .chain((types) => {
      const addresses = types.map((type) => `${type}.x`);
      const values = valuesAbout(addresses);
      return fc.tuple(
        ...addresses.map((address) =>
          fc.infiniteStream(values).map((stream): TerraformInstance => {
            const read = new Map<string, Value>();
            const attribute = (name: string): Value => {
              const known = read.get(name) ?? stream.next().value;
              read.set(name, known);
              return known;
            };
            return { ...instance(address, {}), attribute };
          }),
        ),
      );
    });
}

test('nothing that a configuration can hold makes the translation fail', () => {
  fc.assert(
    fc.property(rootsOfAnything(), (instances) => {
      const { model } = translate(...instances);
      expect(new Set(model.resources.map(({ id }) => id)).size).toBe(model.resources.length);
    }),
    { numRuns: 300 },
  );
});
