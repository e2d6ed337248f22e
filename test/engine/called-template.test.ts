import { policies } from '../../policies/index.ts';
import { check } from '../../src/engine/check.ts';
import { findInputs } from '../../src/engine/find-inputs.ts';
import { folderOf } from '../support/cli.ts';

const SCHEMA = 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#';
const LINKING = {
  $schema: SCHEMA,
  resources: [
    {
      type: 'Microsoft.Resources/deployments',
      apiVersion: '2022-09-01',
      name: 'net',
      properties: { mode: 'Incremental', templateLink: { uri: "[parameters('url')]" } },
    },
  ],
  parameters: { url: { type: 'string' } },
};
const CALLED = {
  $schema: SCHEMA,
  parameters: {
    group: { type: 'string', defaultValue: '' },
    port: { type: 'string', defaultValue: '' },
  },
  resources: [
    {
      type: 'Microsoft.Network/networkSecurityGroups',
      apiVersion: '2023-09-01',
      name: "[parameters('group')]",
      properties: {
        securityRules: [
          {
            name: 'AllowSyslog',
            properties: {
              priority: 100,
              direction: 'Inbound',
              access: 'Allow',
              protocol: 'Udp',
              sourcePortRange: '*',
              sourceAddressPrefix: '*',
              destinationPortRange: "[parameters('port')]",
              destinationAddressPrefix: '*',
            },
          },
        ],
      },
    },
  ],
};

async function messagesOf(files: Readonly<Record<string, unknown>>): Promise<readonly string[]> {
  const texts = Object.entries(files).map(([name, data]) => [name, JSON.stringify(data)] as const);
  const folder = folderOf(Object.fromEntries(texts));
  const inputs = findInputs('.', folder)?.inputs ?? [];
  const { roots } = await check(inputs, { policies, place: { cwd: folder, roots: [folder] } });
  return roots.flatMap(({ findings }) => findings.map(({ message }) => message));
}

test('a template that another may call is not judged by its own empty defaults', async () => {
  expect(await messagesOf({ 'main.json': LINKING, 'nested/net.json': CALLED })).toEqual([]);
});

const MODULE = `variable "cidr" { default = null }
variable "port" { default = "22" }
resource "azurerm_network_security_group" "g" {
  name                = "nsg"
  location            = "westeurope"
  resource_group_name = "rg"
  security_rule {
    name                       = "AllowSsh"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    source_address_prefix      = var.cidr
    destination_port_range     = var.port
    destination_address_prefix = "*"
  }
}
`;

test('nor is a module of a library, but what is its own choice stays', async () => {
  const messages = async (file: string, module = MODULE): Promise<readonly string[]> => {
    const folder = folderOf({ [file]: module });
    const inputs = findInputs('.', folder)?.inputs ?? [];
    const { roots } = await check(inputs, { policies, place: { cwd: folder, roots: [folder] } });
    return roots.flatMap(({ findings }) => findings.map(({ message }) => message));
  };
  const refused = 'Azure refuses `AllowSsh` of `nsg`: it has no source';
  expect(await messages('main.tf')).toEqual([refused]);
  expect(await messages('modules/group/main.tf')).toEqual([]);
  const wrong = MODULE.replace('default = "22"', 'default = "ssh"');
  expect(await messages('modules/group/main.tf', wrong)).toEqual([
    'Azure refuses `AllowSsh` of `nsg`: its destination port `ssh` is no port and no range of ports from 0 to 65535',
  ]);
});

test('a template of its own is, and what has an empty name goes by its address', async () => {
  const [message = '', ...others] = await messagesOf({ 'nested/net.json': CALLED });
  expect(others).toEqual([]);
  expect(message).toMatch(/^Azure refuses `AllowSyslog` of `[^`]+`: it has no destination port$/);
});
