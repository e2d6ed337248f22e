import { rootOf } from './read-text.ts';

const LOCK = `
provider "registry.terraform.io/hashicorp/azurerm" {
  version     = "4.79.0"
  constraints = "~> 4.0"
}
`;

function settings(body: string): string {
  return `terraform {\n  required_providers {\n    ${body}\n  }\n}\n`;
}

const V4 = { azurerm: { from: [4, 0, 0], below: [5, 0, 0] } };

test.each([
  [
    'an object',
    { 'main.tf': settings('azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }') },
    V4,
  ],
  ['a text', { 'main.tf': settings('azurerm = "~> 4.0"') }, V4],
  [
    'another local name',
    { 'main.tf': settings('az = { source = "HashiCorp/azurerm", version = "~> 4.0" }') },
    V4,
  ],
  [
    'another provider',
    { 'main.tf': settings('azurerm = { source = "me/azurerm", version = "~> 4.0" }') },
    {},
  ],
  ['nothing', { 'main.tf': 'resource "azurerm_lb" "x" {}\n' }, {}],
  [
    'azapi',
    { 'main.tf': settings('azapi = { source = "Azure/azapi", version = ">= 2.5" }') },
    { azapi: { from: [2, 5, 0] } },
  ],
  [
    'all modules together',
    {
      'main.tf': `${settings('azurerm = ">= 3.0"')}module "m" { source = "./m" }\n`,
      'm/main.tf': settings('azurerm = "< 4.0"'),
    },
    { azurerm: { from: [3, 0, 0], below: [4, 0, 0] } },
  ],
  [
    'the lock file before all',
    { 'main.tf': settings('azurerm = ">= 3.0"'), '.terraform.lock.hcl': LOCK },
    { azurerm: { from: [4, 79, 0], below: [4, 79, 1] } },
  ],
])('%s says which releases a root admits', async (_, files, expected) => {
  expect((await rootOf(files)).providers).toEqual(expected);
});
