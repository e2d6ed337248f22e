import type { TerraformInstance } from '../../../src/sources/azurerm/instance.ts';
import { field } from '../../../src/value/value.ts';
import {
  instance,
  openRef,
  partly,
  ref,
  secret,
  textAround,
  translate,
  unsetVariable,
} from '../../support/terraform-instance.ts';

type Attributes = NonNullable<Parameters<typeof instance>[1]>;

const NIC_A = instance('azurerm_network_interface.a', { name: 'a' });
const NIC_B = instance('azurerm_network_interface.b', { name: 'b' });
const NIC_C = instance('azurerm_network_interface.c', { name: 'c' });

function machine(attributes: Attributes, type = 'azurerm_linux_virtual_machine'): TerraformInstance {
  return instance(`${type}.m`, { name: 'm', ...attributes });
}

function customDataOf(attributes: Attributes, type?: string): unknown {
  const vm = machine(attributes, type);
  return translate(vm).properties(vm.address, 'osProfile.customData');
}

test('a machine has its size, image, place and data in the shape of ARM', () => {
  const vm = machine({
    location: 'westeurope',
    size: 'Standard_B2s',
    zone: '2',
    computer_name: 'web',
    custom_data: 'ZWNobw==',
    user_data: 'aGVsbG8=',
    availability_set_id: ref('azurerm_availability_set.s.id'),
    network_interface_ids: [ref('azurerm_network_interface.a.id')],
    source_image_reference: [{ publisher: 'Canonical', offer: 'ubuntu', sku: 'server', version: 'latest' }],
    plan: [{ name: 'byol', product: 'vmseries', publisher: 'paloalto' }],
  });
  expect(
    translate(vm, NIC_A, instance('azurerm_availability_set.s', { name: 's' })).body(vm.address),
  ).toEqual({
    location: 'westeurope',
    zones: ['2'],
    plan: { name: 'byol', product: 'vmseries', publisher: 'paloalto' },
    properties: {
      hardwareprofile: { vmsize: 'Standard_B2s' },
      storageprofile: {
        imagereference: { publisher: 'Canonical', offer: 'ubuntu', sku: 'server', version: 'latest' },
        osdisk: { ostype: 'Linux' },
      },
      osprofile: {
        computername: 'web',
        customdata: 'ZWNobw==',
        allowextensionoperations: '~true',
        linuxconfiguration: { provisionvmagent: '~true' },
      },
      userdata: 'aGVsbG8=',
      networkprofile: {
        networkinterfaces: [{ id: '-> {azurerm_network_interface.a}.id', properties: { primary: true } }],
      },
      availabilityset: { id: '-> {azurerm_availability_set.s}.id' },
    },
  });
});

test('of several interfaces the first is primary', () => {
  const vm = machine({
    network_interface_ids: [ref('azurerm_network_interface.b.id'), ref('azurerm_network_interface.a.id')],
  });
  expect(translate(vm, NIC_A, NIC_B).properties(vm.address, 'networkProfile.networkInterfaces')).toEqual([
    { id: '-> {azurerm_network_interface.b}.id', properties: { primary: true } },
    { id: '-> {azurerm_network_interface.a}.id', properties: { primary: false } },
  ]);
});

test('interfaces whose order is lost are all there, and none is marked as primary', () => {
  const either = ref('azurerm_network_interface.a.id', 'azurerm_network_interface.b.id');
  const vm = machine({ network_interface_ids: [either, either] });
  expect(
    translate(vm, NIC_A, NIC_B, NIC_C).properties(vm.address, 'networkProfile.networkInterfaces'),
  ).toEqual([{ id: '-> {azurerm_network_interface.a}.id' }, { id: '-> {azurerm_network_interface.b}.id' }]);
});

test('interfaces of which there may be more are not ordered', () => {
  const vm = machine({ network_interface_ids: partly(ref('azurerm_network_interface.a.id')) });
  expect(translate(vm, NIC_A).properties(vm.address, 'networkProfile.networkInterfaces')).toEqual([
    { id: '-> {azurerm_network_interface.a}.id' },
    '...',
  ]);
});

test('the legacy machine says which interface is primary', () => {
  const vm = machine(
    {
      network_interface_ids: [ref('azurerm_network_interface.a.id'), ref('azurerm_network_interface.b.id')],
      primary_network_interface_id: ref('azurerm_network_interface.b.id'),
    },
    'azurerm_virtual_machine',
  );
  expect(translate(vm, NIC_A, NIC_B).properties(vm.address, 'networkProfile.networkInterfaces')).toEqual([
    { id: '-> {azurerm_network_interface.a}.id', properties: { primary: false } },
    { id: '-> {azurerm_network_interface.b}.id', properties: { primary: true } },
  ]);
});

test('interfaces that are unknown as a whole stay unknown', () => {
  const vm = machine({ network_interface_ids: openRef() });
  expect(translate(vm, NIC_A).properties(vm.address, 'networkProfile.networkInterfaces')).toBe('?');
});

test('a Windows machine says so', () => {
  const vm = machine({ size: 'x' }, 'azurerm_windows_virtual_machine');
  expect(translate(vm).properties(vm.address, 'storageProfile.osDisk.osType')).toBe('Windows');
});

test('the legacy machine has its own spellings', () => {
  const vm = machine(
    {
      vm_size: 'Standard_D1',
      zones: ['1'],
      network_interface_ids: [ref('azurerm_network_interface.a.id')],
      storage_image_reference: [{ id: '', publisher: 'Canonical', offer: 'o', sku: 's', version: 'latest' }],
      os_profile: [{ computer_name: 'old', custom_data: 'echo' }],
    },
    'azurerm_virtual_machine',
  );
  expect(translate(vm, NIC_A).body(vm.address)).toEqual({
    zones: ['1'],
    properties: {
      hardwareprofile: { vmsize: 'Standard_D1' },
      storageprofile: {
        imagereference: { publisher: 'Canonical', offer: 'o', sku: 's', version: 'latest' },
      },
      osprofile: { computername: 'old', customdata: 'echo' },
      networkprofile: {
        networkinterfaces: [{ id: '-> {azurerm_network_interface.a}.id', properties: { primary: true } }],
      },
    },
  });
});

const LEGACY = 'azurerm_virtual_machine';

test.each([
  ['plain text is encoded', '#!/bin/sh', 'IyEvYmluL3No'],
  ['base64 stays as it is', 'IyEvYmluL3No', 'IyEvYmluL3No'],
  ['base64 with line breaks stays as it is', 'IyEv\nYmluL3No\n', 'IyEv\nYmluL3No\n'],
  ['a hash of it is unknown', 'da39a3ee5e6b4b0d3255bfef95601890afd80709', '?'],
])('custom data of the legacy machine: %s', (_, data, expected) => {
  expect(customDataOf({ os_profile: [{ custom_data: data }] }, LEGACY)).toBe(expected);
});

test('custom data of other machines is base64 whatever it looks like', () => {
  expect(customDataOf({ custom_data: 'not base64!' })).toBe('not base64!');
});

test('custom data keeps being secret', () => {
  const vm = machine({ os_profile: [{ custom_data: secret('#!/bin/sh') }] }, LEGACY);
  const body = translate(vm).model.byId(vm.id)?.body;
  expect(body && field(body, 'properties', 'osProfile', 'customData')).toMatchObject({
    value: 'IyEvYmluL3No',
    sensitive: true,
  });
});

test('the settings of an extension are the object that the JSON text spells', () => {
  const { properties, parent } = translate(
    machine({}),
    instance('azurerm_virtual_machine_extension.e', {
      name: 'e',
      virtual_machine_id: ref('azurerm_linux_virtual_machine.m.id'),
      publisher: 'Microsoft.Azure.Extensions',
      type: 'CustomScript',
      type_handler_version: '2.1',
      settings: '{"commandToExecute":"run","list":[1,true,null],"nested":{"a":"b"}}',
      protected_settings: 'not json',
    }),
  );
  expect(parent('azurerm_virtual_machine_extension.e')).toBe('-> {azurerm_linux_virtual_machine.m}.id');
  expect(properties('azurerm_virtual_machine_extension.e')).toEqual({
    publisher: 'Microsoft.Azure.Extensions',
    type: 'CustomScript',
    typehandlerversion: '2.1',
    settings: { commandtoexecute: 'run', list: [1, true, undefined], nested: { a: 'b' } },
    protectedsettings: 'not json',
    suppressfailures: '~false',
  });
});

test('settings that are nested too deeply stay text', () => {
  const text = `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`;
  const { properties } = translate(
    instance('azurerm_virtual_machine_extension.e', { name: 'e', settings: text }),
  );
  expect(properties('azurerm_virtual_machine_extension.e', 'settings')).toBe(text);
});

test('the parts of secret settings are secret', () => {
  const { model } = translate(
    instance('azurerm_virtual_machine_extension.e', {
      name: 'e',
      protected_settings: secret('{"key":"value"}'),
    }),
  );
  const body = model.resources[0]?.body;
  expect(body && field(body, 'properties', 'protectedSettings', 'key')).toMatchObject({
    value: 'value',
    sensitive: true,
  });
});

test('unknown settings refer to the frontend whose address they hold', () => {
  const { properties } = translate(
    instance('azurerm_lb.l', { frontend_ip_configuration: [{ name: 'fe' }] }),
    instance('azurerm_virtual_machine_extension.e', {
      name: 'e',
      settings: ref('azurerm_lb.l.frontend_ip_configuration[0].private_ip_address'),
    }),
  );
  expect(properties('azurerm_virtual_machine_extension.e', 'settings')).toBe(
    '-> {azurerm_lb.l}/frontendipconfigurations/fe.privateIPAddress',
  );
});

test('the settings of an extension are known around a part that is not', () => {
  const { properties } = translate(
    instance('azurerm_virtual_machine_extension.e', {
      name: 'e',
      settings: textAround('{"commandToExecute":"serve ', unsetVariable('port'), '","port":8080}'),
    }),
  );
  expect(properties('azurerm_virtual_machine_extension.e', 'settings')).toEqual({
    commandtoexecute: '?',
    port: 8080,
  });
});

test('an extension keeps what decides whether and when it runs', () => {
  const { properties } = translate(
    instance('azurerm_virtual_machine_extension.e', {
      name: 'e',
      auto_upgrade_minor_version: true,
      automatic_upgrade_enabled: false,
      failure_suppression_enabled: true,
      provision_after_extensions: ['first'],
      protected_settings_from_key_vault: [{ secret_url: 'https://v/s', source_vault_id: '/vaults/v' }],
    }),
  );
  expect(properties('azurerm_virtual_machine_extension.e')).toEqual({
    autoupgrademinorversion: true,
    enableautomaticupgrade: false,
    suppressfailures: true,
    provisionafterextensions: ['first'],
    protectedsettingsfromkeyvault: { secreturl: 'https://v/s', sourcevault: { id: '/vaults/v' } },
  });
});

test('a run command is a child of its machine', () => {
  const { properties, parent, model } = translate(
    machine({}),
    instance('azurerm_virtual_machine_run_command.c', {
      name: 'c',
      virtual_machine_id: ref('azurerm_linux_virtual_machine.m.id'),
      source: [{ script: 'nginx -g "listen 8080;"' }],
      parameter: [{ name: 'mode', value: 'fast' }],
      run_as_user: 'web',
    }),
  );
  expect(model.ofType('Microsoft.Compute/virtualMachines/runCommands')).toHaveLength(1);
  expect(parent('azurerm_virtual_machine_run_command.c')).toBe('-> {azurerm_linux_virtual_machine.m}.id');
  expect(properties('azurerm_virtual_machine_run_command.c')).toEqual({
    source: { script: 'nginx -g "listen 8080;"' },
    parameters: [{ name: 'mode', value: 'fast' }],
    runasuser: 'web',
  });
});

test('gallery applications come from blocks and from assignments', () => {
  const { properties } = translate(
    machine({ gallery_application: [{ version_id: '/apps/one', order: 1 }] }),
    instance('azurerm_gallery_application_version.two', { name: 'two' }),
    instance('azurerm_virtual_machine_gallery_application_assignment.x', {
      virtual_machine_id: ref('azurerm_linux_virtual_machine.m.id'),
      gallery_application_version_id: ref('azurerm_gallery_application_version.two.id'),
    }),
  );
  expect(properties('azurerm_linux_virtual_machine.m', 'applicationProfile.galleryApplications')).toEqual([
    { packagereferenceid: '/apps/one', order: 1 },
    { packagereferenceid: '-> {azurerm_gallery_application_version.two}.id' },
  ]);
});

test('a machine says when nothing runs in it from outside', () => {
  const vm = machine({ allow_extension_operations: false, provision_vm_agent: false });
  expect(translate(vm).properties(vm.address, 'osProfile')).toEqual({
    allowextensionoperations: false,
    linuxconfiguration: { provisionvmagent: false },
  });
});

const WINDOWS_IN_ARM = {
  provisionvmagent: true,
  winrm: { listeners: [{ protocol: 'Http' }] },
  additionalunattendcontent: [{ settingname: 'FirstLogonCommands', content: '<xml/>' }],
};

test.each([
  [
    'azurerm_windows_virtual_machine',
    {
      provision_vm_agent: true,
      winrm_listener: [{ protocol: 'Http', certificate_url: '' }],
      additional_unattend_content: [{ setting: 'FirstLogonCommands', content: '<xml/>' }],
    },
    'osProfile',
  ],
  [
    'azurerm_windows_virtual_machine_scale_set',
    {
      provision_vm_agent: true,
      winrm_listener: [{ protocol: 'Http' }],
      additional_unattend_content: [{ setting: 'FirstLogonCommands', content: '<xml/>' }],
    },
    'virtualMachineProfile.osProfile',
  ],
  [
    'azurerm_orchestrated_virtual_machine_scale_set',
    {
      os_profile: [
        {
          windows_configuration: [
            {
              provision_vm_agent: true,
              winrm_listener: [{ protocol: 'Http' }],
              additional_unattend_content: [{ setting: 'FirstLogonCommands', content: '<xml/>' }],
            },
          ],
        },
      ],
    },
    'virtualMachineProfile.osProfile',
  ],
  [
    'azurerm_virtual_machine',
    {
      os_profile_windows_config: [
        {
          provision_vm_agent: true,
          winrm: [{ protocol: 'Http' }],
          additional_unattend_config: [
            { pass: 'oobeSystem', setting_name: 'FirstLogonCommands', content: '<xml/>' },
          ],
        },
      ],
      os_profile_linux_config: [],
    },
    'osProfile',
  ],
])('%s keeps the remote management and the first commands of Windows', (type, attributes, where) => {
  const vm = machine(attributes, type);
  expect(translate(vm).properties(vm.address, `${where}.windowsConfiguration`)).toEqual(WINDOWS_IN_ARM);
  expect(translate(vm).properties(vm.address, `${where}.linuxConfiguration`)).toBeUndefined();
});

test('a machine from a disk has no image, and a machine from an image is not taken for one', () => {
  const attached = machine({ os_managed_disk_id: '/disks/d' });
  expect(translate(attached).properties(attached.address, 'storageProfile')).toEqual({
    osdisk: { ostype: 'Linux', createoption: '~Attach', manageddisk: { id: '/disks/d' } },
  });
  const existing = machine({ os_managed_disk_id: '/disks/d', source_image_id: '/images/i' });
  expect(translate(existing).properties(existing.address, 'storageProfile')).toEqual({
    imagereference: { id: '/images/i' },
    osdisk: { ostype: 'Linux' },
  });
});

test.each([
  [{ storage_os_disk: [{ create_option: 'FromImage', os_type: 'Windows' }] }, 'Windows'],
  [{ os_profile_linux_config: [{ disable_password_authentication: true }] }, '~Linux'],
  [{ os_profile_windows_config: [{}], os_profile_linux_config: [] }, '~Windows'],
  [{ storage_os_disk: [{ create_option: 'Attach', os_type: openRef() }] }, undefined],
])('the system of a legacy machine is read from %j', (attributes, system) => {
  const vm = machine(attributes, 'azurerm_virtual_machine');
  expect(translate(vm).properties(vm.address, 'storageProfile.osDisk.osType')).toBe(system);
});

test.each([
  [{}, 'Aligned', '~5'],
  [{ managed: true, platform_update_domain_count: 3 }, 'Aligned', 3],
  [{ managed: false }, 'Classic', '~5'],
])('an availability set with %j is %s', (attributes, name, updateDomains) => {
  const { body } = translate(instance('azurerm_availability_set.s', { name: 's', ...attributes }));
  expect(body('azurerm_availability_set.s')).toMatchObject({
    sku: { name: 'managed' in attributes ? name : `~${name}` },
    properties: { platformupdatedomaincount: updateDomains, platformfaultdomaincount: '~3' },
  });
});
