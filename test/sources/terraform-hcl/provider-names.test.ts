import { instanceIn, rootOf } from './read-text.ts';

const FILES = {
  'main.tf': `
provider "azurerm" {
  features {}
}
provider "azurerm" {
  alias = "hub"
  features {}
}
resource "azurerm_lb" "default" {}
resource "azurerm_lb" "hub" {
  provider = azurerm.hub
}
resource "azurerm_lb" "each" {
  provider = azurerm.by_region["eu"]
}
module "inherits" { source = "./m" }
module "given" {
  source    = "./m"
  count     = 1
  providers = { azurerm = azurerm.hub }
}
module "aliased" {
  source    = "./aliased"
  providers = { azurerm.main = azurerm.hub }
}
module "own" {
  source   = "./own"
  for_each = toset(["a"])
}
`,
  'm/main.tf': 'resource "azurerm_lb" "x" {}\nmodule "n" { source = "../n" }\n',
  'n/main.tf': 'resource "azurerm_lb" "x" {}\n',
  'aliased/main.tf': 'resource "azurerm_lb" "x" {\n  provider = azurerm.main\n}\n',
  'own/main.tf': 'provider "azurerm" {\n  features {}\n}\nresource "azurerm_lb" "x" {}\n',
};

test.each([
  ['azurerm_lb.default', undefined],
  ['azurerm_lb.hub', 'azurerm.hub'],
  ['azurerm_lb.each', 'azurerm.by_region[*]'],
  ['module.inherits.azurerm_lb.x', undefined],
  ['module.inherits.module.n.azurerm_lb.x', undefined],
  ['module.given[0].azurerm_lb.x', 'azurerm.hub'],
  ['module.given[0].module.n.azurerm_lb.x', 'azurerm.hub'],
  ['module.aliased.azurerm_lb.x', 'azurerm.hub'],
  ['module.own["a"].azurerm_lb.x', 'module.own:azurerm'],
])('%s is made by %s', async (address, provider) => {
  expect(instanceIn(await rootOf(FILES), address).provider).toBe(provider);
});
