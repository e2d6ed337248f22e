import type { TerraformInstance } from '../../../src/sources/azurerm/instance.ts';
import { instance, openRef, partly, ref, translate } from '../../support/terraform-instance.ts';

const OTHERS: readonly TerraformInstance[] = [
  instance('azurerm_lb_backend_address_pool.p', { name: 'p' }),
  instance('azurerm_lb_nat_pool.n', { name: 'n' }),
  instance('azurerm_lb_nat_rule.r', { name: 'r' }),
  instance('azurerm_lb_probe.h', { name: 'h' }),
  instance('azurerm_subnet.s', { name: 's' }),
  instance('azurerm_network_security_group.g', { name: 'g' }),
  instance('azurerm_application_security_group.a', { name: 'a' }),
];

const IP_CONFIGURATION = {
  name: 'ip',
  primary: true,
  subnet_id: ref('azurerm_subnet.s.id'),
  load_balancer_backend_address_pool_ids: [ref('azurerm_lb_backend_address_pool.p.id')],
  application_security_group_ids: [ref('azurerm_application_security_group.a.id')],
};

const CONFIGURATION_IN_ARM = {
  primary: true,
  subnet: { id: '-> {azurerm_subnet.s}.id' },
  loadbalancerbackendaddresspools: [{ id: '-> {azurerm_lb_backend_address_pool.p}.id' }],
  applicationsecuritygroups: [{ id: '-> {azurerm_application_security_group.a}.id' }],
};

const PROFILE = 'virtualMachineProfile';
const INTERFACES = `${PROFILE}.networkProfile.networkInterfaceConfigurations`;

test('a Linux scale set has its interfaces, probe and capacity in the shape of ARM', () => {
  const { body } = translate(
    ...OTHERS,
    instance('azurerm_linux_virtual_machine_scale_set.v', {
      name: 'v',
      location: 'westeurope',
      sku: 'Standard_D2s_v5',
      instances: 6,
      zones: ['1', '2'],
      upgrade_mode: 'Rolling',
      overprovision: false,
      single_placement_group: true,
      health_probe_id: ref('azurerm_lb_probe.h.id'),
      custom_data: 'ZWNobw==',
      user_data: 'aGVsbG8=',
      network_interface: [
        {
          name: 'nic',
          primary: true,
          network_security_group_id: ref('azurerm_network_security_group.g.id'),
          enable_accelerated_networking: true,
          enable_ip_forwarding: false,
          ip_configuration: [
            {
              ...IP_CONFIGURATION,
              version: 'IPv4',
              load_balancer_inbound_nat_rules_ids: [ref('azurerm_lb_nat_pool.n.id')],
              public_ip_address: [{ name: 'pip', version: 'IPv4', public_ip_prefix_id: null }],
            },
          ],
        },
      ],
      extension: [
        { name: 'health', type: 'ApplicationHealthLinux', publisher: 'P', settings: '{"port":80}' },
      ],
    }),
  );
  expect(body('azurerm_linux_virtual_machine_scale_set.v')).toEqual({
    location: 'westeurope',
    sku: { name: 'Standard_D2s_v5', capacity: 6 },
    zones: ['1', '2'],
    properties: {
      orchestrationmode: 'Uniform',
      upgradepolicy: { mode: 'Rolling' },
      overprovision: false,
      singleplacementgroup: true,
      zonebalance: '~false',
      virtualmachineprofile: {
        networkprofile: {
          healthprobe: { id: '-> {azurerm_lb_probe.h}.id' },
          networkinterfaceconfigurations: [
            {
              name: 'nic',
              properties: {
                primary: true,
                networksecuritygroup: { id: '-> {azurerm_network_security_group.g}.id' },
                enableipforwarding: false,
                enableacceleratednetworking: true,
                ipconfigurations: [
                  {
                    name: 'ip',
                    properties: {
                      ...CONFIGURATION_IN_ARM,
                      privateipaddressversion: 'IPv4',
                      loadbalancerinboundnatpools: [{ id: '-> {azurerm_lb_nat_pool.n}.id' }],
                      publicipaddressconfiguration: {
                        name: 'pip',
                        properties: { publicipaddressversion: 'IPv4' },
                      },
                    },
                  },
                ],
              },
            },
          ],
        },
        storageprofile: { osdisk: { ostype: 'Linux' } },
        osprofile: {
          customdata: 'ZWNobw==',
          allowextensionoperations: '~true',
          linuxconfiguration: { provisionvmagent: '~true' },
        },
        userdata: 'aGVsbG8=',
        extensionprofile: {
          extensions: [
            {
              name: 'health',
              properties: {
                publisher: 'P',
                type: 'ApplicationHealthLinux',
                settings: { port: 80 },
                autoupgrademinorversion: '~true',
                enableautomaticupgrade: '~false',
              },
            },
          ],
        },
      },
    },
  });
});

test('the NAT rules of an IP configuration are NAT pools, in spite of the name', () => {
  const { properties } = translate(
    ...OTHERS,
    instance('azurerm_windows_virtual_machine_scale_set.v', {
      name: 'v',
      network_interface: [
        {
          name: 'nic',
          ip_configuration: [
            {
              name: 'ip',
              load_balancer_inbound_nat_rules_ids: [
                ref('azurerm_lb_nat_rule.r.id', 'azurerm_lb_nat_pool.n.id'),
              ],
            },
          ],
        },
      ],
    }),
  );
  expect(
    properties(
      'azurerm_windows_virtual_machine_scale_set.v',
      `${INTERFACES}.0.properties.ipConfigurations.0.properties`,
    ),
  ).toEqual({
    primary: '~false',
    privateipaddressversion: '~IPv4',
    loadbalancerinboundnatpools: [{ id: '-> {azurerm_lb_nat_pool.n}.id' }],
  });
});

test('a Flexible scale set has its own spellings, in azurerm 5 also for forwarding', () => {
  const { body } = translate(
    ...OTHERS,
    instance('azurerm_orchestrated_virtual_machine_scale_set.v', {
      name: 'v',
      sku_name: 'Standard_D4s_v5',
      instances: 4,
      platform_fault_domain_count: 1,
      upgrade_mode: 'Manual',
      user_data_base64: 'aGVsbG8=',
      os_profile: [{ custom_data: 'ZWNobw==' }],
      network_interface: [
        {
          name: 'nic',
          primary: true,
          ip_forwarding_enabled: true,
          accelerated_networking_enabled: true,
          ip_configuration: [{ ...IP_CONFIGURATION, version: 'IPv6' }],
        },
      ],
    }),
  );
  expect(body('azurerm_orchestrated_virtual_machine_scale_set.v')).toEqual({
    sku: { name: 'Standard_D4s_v5', capacity: 4 },
    properties: {
      orchestrationmode: 'Flexible',
      upgradepolicy: { mode: 'Manual' },
      platformfaultdomaincount: 1,
      zonebalance: '~false',
      virtualmachineprofile: {
        networkprofile: {
          networkinterfaceconfigurations: [
            {
              name: 'nic',
              properties: {
                primary: true,
                enableipforwarding: true,
                enableacceleratednetworking: true,
                ipconfigurations: [
                  {
                    name: 'ip',
                    properties: { ...CONFIGURATION_IN_ARM, privateipaddressversion: 'IPv6' },
                  },
                ],
              },
            },
          ],
        },
        storageprofile: {},
        osprofile: { customdata: 'ZWNobw==', allowextensionoperations: '~true' },
        userdata: 'aGVsbG8=',
      },
    },
  });
});

test('the legacy scale set has blocks of its own, in which unset is empty', () => {
  const { body } = translate(
    ...OTHERS,
    instance('azurerm_virtual_machine_scale_set.v', {
      name: 'v',
      upgrade_policy_mode: 'Manual',
      sku: [{ name: 'Standard_F2', tier: 'Standard', capacity: 2 }],
      health_probe_id: ref('azurerm_lb_probe.h.id'),
      os_profile: [{ computer_name_prefix: 'old', custom_data: '#!/bin/sh' }],
      storage_profile_image_reference: [
        { id: '', publisher: 'Canonical', offer: 'o', sku: 's', version: 'v' },
      ],
      network_profile: [
        {
          name: 'nics',
          primary: true,
          accelerated_networking: null,
          ip_forwarding: true,
          network_security_group_id: '',
          ip_configuration: [
            {
              ...IP_CONFIGURATION,
              load_balancer_inbound_nat_rules_ids: [],
              application_gateway_backend_address_pool_ids: [],
              public_ip_address_configuration: [],
            },
          ],
        },
      ],
    }),
  );
  expect(body('azurerm_virtual_machine_scale_set.v')).toEqual({
    sku: { name: 'Standard_F2', capacity: 2 },
    properties: {
      orchestrationmode: 'Uniform',
      upgradepolicy: { mode: 'Manual' },
      overprovision: '~true',
      singleplacementgroup: '~true',
      virtualmachineprofile: {
        networkprofile: {
          healthprobe: { id: '-> {azurerm_lb_probe.h}.id' },
          networkinterfaceconfigurations: [
            {
              name: 'nics',
              properties: {
                primary: true,
                enableipforwarding: true,
                enableacceleratednetworking: '~false',
                ipconfigurations: [
                  {
                    name: 'ip',
                    properties: { ...CONFIGURATION_IN_ARM, privateipaddressversion: '~IPv4' },
                  },
                ],
              },
            },
          ],
        },
        storageprofile: {
          imagereference: { publisher: 'Canonical', offer: 'o', sku: 's', version: 'v' },
        },
        osprofile: { customdata: 'IyEvYmluL3No' },
      },
    },
  });
});

test('pools that are unknown as a whole stay unknown, because they may be none', () => {
  const { properties } = translate(
    ...OTHERS,
    instance('azurerm_linux_virtual_machine_scale_set.v', {
      name: 'v',
      network_interface: [
        {
          name: 'nic',
          ip_configuration: [
            {
              name: 'ip',
              load_balancer_backend_address_pool_ids: openRef('azurerm_lb_backend_address_pool.p.id'),
            },
          ],
        },
      ],
    }),
  );
  expect(
    properties(
      'azurerm_linux_virtual_machine_scale_set.v',
      `${INTERFACES}.0.properties.ipConfigurations.0.properties.loadBalancerBackendAddressPools`,
    ),
  ).toBe('-> {azurerm_lb_backend_address_pool.p}.id | ?');
});

test('an extension on its own is a child of the scale set', () => {
  const { properties, parent, model } = translate(
    instance('azurerm_linux_virtual_machine_scale_set.v', { name: 'v' }),
    instance('azurerm_virtual_machine_scale_set_extension.e', {
      name: 'e',
      virtual_machine_scale_set_id: ref('azurerm_linux_virtual_machine_scale_set.v.id'),
      type: 'CustomScript',
      settings: '{"a":1}',
    }),
  );
  expect(model.ofType('microsoft.compute/virtualmachinescalesets/extensions')).toHaveLength(1);
  expect(parent('azurerm_virtual_machine_scale_set_extension.e')).toBe(
    '-> {azurerm_linux_virtual_machine_scale_set.v}.id',
  );
  expect(properties('azurerm_virtual_machine_scale_set_extension.e')).toEqual({
    type: 'CustomScript',
    settings: { a: 1 },
    autoupgrademinorversion: '~true',
    suppressfailures: '~false',
  });
});

test.each([
  ['azurerm_linux_virtual_machine_scale_set', '~0'],
  ['azurerm_orchestrated_virtual_machine_scale_set', undefined],
])('%s that does not say how many instances it has: %s', (type, capacity) => {
  const { body } = translate(instance(`${type}.v`, { name: 'v' }));
  expect(body(`${type}.v`)).toMatchObject({ sku: capacity === undefined ? {} : { capacity } });
});

test.each([
  ['that is on', { target_resource_id: ref('azurerm_linux_virtual_machine_scale_set.v.id') }, '?'],
  ['that cannot be followed', { target_resource_id: openRef() }, '?'],
  [
    'that is off',
    { enabled: false, target_resource_id: ref('azurerm_linux_virtual_machine_scale_set.v.id') },
    2,
  ],
  ['of another scale set', { target_resource_id: '/subscriptions/s/other' }, 2],
])('the number of instances beside an autoscale setting %s', (_, attributes, capacity) => {
  const { body } = translate(
    instance('azurerm_linux_virtual_machine_scale_set.v', { name: 'v', instances: 2 }),
    instance('azurerm_monitor_autoscale_setting.a', { name: 'a', ...attributes }),
  );
  expect(body('azurerm_linux_virtual_machine_scale_set.v')).toMatchObject({ sku: { capacity } });
});

test('an instance may have a public address of its own', () => {
  const { properties } = translate(
    instance('azurerm_public_ip_prefix.x', { name: 'x' }),
    instance('azurerm_orchestrated_virtual_machine_scale_set.v', {
      name: 'v',
      network_interface: [
        {
          name: 'nic',
          ip_configuration: [
            {
              name: 'ip',
              public_ip_address: [
                {
                  name: 'pip',
                  sku_name: 'Standard_Regional',
                  domain_name_label: 'web',
                  idle_timeout_in_minutes: 15,
                  public_ip_prefix_id: ref('azurerm_public_ip_prefix.x.id'),
                },
              ],
            },
          ],
        },
      ],
    }),
  );
  expect(
    properties(
      'azurerm_orchestrated_virtual_machine_scale_set.v',
      `${INTERFACES}.0.properties.ipConfigurations.0.properties.publicIPAddressConfiguration`,
    ),
  ).toEqual({
    name: 'pip',
    sku: { name: 'Standard', tier: 'Regional' },
    properties: {
      publicipaddressversion: '~IPv4',
      publicipprefix: { id: '-> {azurerm_public_ip_prefix.x}.id' },
      idletimeoutinminutes: 15,
      dnssettings: { domainnamelabel: 'web' },
    },
  });
});

test('a scale set keeps what runs in its instances and how they are replaced', () => {
  const { properties } = translate(
    instance('azurerm_linux_virtual_machine_scale_set.v', {
      name: 'v',
      extension_operations_enabled: false,
      gallery_application: [{ version_id: '/apps/one' }],
      automatic_instance_repair: [{ enabled: true }],
      zone_balance: true,
      extension: partly({ name: 'health', type: 'ApplicationHealthLinux' }),
    }),
  );
  expect(properties('azurerm_linux_virtual_machine_scale_set.v')).toMatchObject({
    upgradepolicy: { mode: '~Manual' },
    automaticrepairspolicy: { enabled: true },
    zonebalance: true,
    virtualmachineprofile: {
      osprofile: { allowextensionoperations: false },
      applicationprofile: { galleryapplications: [{ packagereferenceid: '/apps/one', order: '~0' }] },
      extensionprofile: {
        extensions: [
          { name: 'health', properties: expect.objectContaining({ type: 'ApplicationHealthLinux' }) },
          '...',
        ],
      },
    },
  });
});
