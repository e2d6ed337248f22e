# A market: a public web tier on a scale set, and a data tier behind an internal load balancer.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 5.0" }
    random  = { source = "hashicorp/random", version = "~> 3.6" }
  }
}

provider "azurerm" {
  features {}
}

locals {
  image   = "/communityGalleries/example-golden/images/ubuntu/versions/latest"
  subnets = { web = "10.60.1.0/24", data = "10.60.2.0/24" }
}

resource "azurerm_resource_group" "market" {
  name     = "rg-market"
  location = "swedencentral"
}

resource "azurerm_virtual_network" "market" {
  name                = "vnet-market"
  resource_group_name = azurerm_resource_group.market.name
  location            = azurerm_resource_group.market.location
  address_space       = ["10.60.0.0/16"]
}

resource "azurerm_subnet" "tier" {
  for_each             = local.subnets
  name                 = "snet-${each.key}"
  resource_group_name  = azurerm_resource_group.market.name
  virtual_network_name = azurerm_virtual_network.market.name
  address_prefixes     = [each.value]
}

resource "azurerm_public_ip" "market" {
  for_each            = toset(["web", "egress"])
  name                = "pip-${each.key}"
  resource_group_name = azurerm_resource_group.market.name
  location            = azurerm_resource_group.market.location
  allocation_method   = "Static"
}

resource "azurerm_nat_gateway" "egress" {
  name                = "ng-egress"
  resource_group_name = azurerm_resource_group.market.name
  location            = azurerm_resource_group.market.location
}

resource "azurerm_nat_gateway_public_ip_association" "egress" {
  nat_gateway_id       = azurerm_nat_gateway.egress.id
  public_ip_address_id = azurerm_public_ip.market["egress"].id
}

resource "azurerm_subnet_nat_gateway_association" "egress" {
  for_each       = azurerm_subnet.tier
  subnet_id      = each.value.id
  nat_gateway_id = azurerm_nat_gateway.egress.id
}

resource "random_integer" "feed_port" {
  min = 9000
  max = 9999
}

module "web_nsg" {
  source              = "./modules/security-group"
  name                = "nsg-web"
  resource_group_name = azurerm_resource_group.market.name
  location            = azurerm_resource_group.market.location

  rules = {
    AllowHttps = { priority = 100, source = "Internet", port = "8443" }
    AllowFeed  = { priority = 110, source = "Internet", port = random_integer.feed_port.result }
    AllowProbe = { priority = 200, source = "AzureLoadBalancer", protocol = "*" }
    DenyRest   = { priority = 4096, access = "Deny", protocol = "*" }
  }
}

module "data_nsg" {
  source              = "./modules/security-group"
  name                = "nsg-data"
  resource_group_name = azurerm_resource_group.market.name
  location            = azurerm_resource_group.market.location

  rules = {
    AllowPostgres = { priority = 100, source = "10.60.0.0/16", port = "5432" }
    AllowSyslog   = { priority = 110, source = "10.60.0.0/16", port = "514", protocol = "Udp" }
    AllowProbe    = { priority = 200, source = "AzureLoadBalancer", protocol = "*" }
    DenyRest      = { priority = 4096, access = "Deny", protocol = "*" }
  }
}

module "data_nic_nsg" {
  source              = "./modules/security-group"
  name                = "nsg-data-nic"
  resource_group_name = azurerm_resource_group.market.name
  location            = azurerm_resource_group.market.location

  rules = {
    AllowPostgres = { priority = 100, source = "10.60.0.0/16", port = "5432" }
    AllowSyslog   = { priority = 110, source = "10.60.0.0/16", port = "514", protocol = "Udp" }
    DenyRest      = { priority = 4096, access = "Deny", protocol = "*" }
  }
}

resource "azurerm_subnet_network_security_group_association" "web" {
  subnet_id                 = azurerm_subnet.tier["web"].id
  network_security_group_id = module.web_nsg.id
}

resource "azurerm_subnet_network_security_group_association" "data" {
  subnet_id                 = azurerm_subnet.tier["data"].id
  network_security_group_id = module.data_nsg.id
}

resource "azurerm_lb" "web" {
  name                = "lb-web"
  resource_group_name = azurerm_resource_group.market.name
  location            = azurerm_resource_group.market.location

  frontend_ip_configuration {
    name                 = "public"
    public_ip_address_id = azurerm_public_ip.market["web"].id
  }
}

resource "azurerm_lb_backend_address_pool" "web" {
  name            = "web"
  loadbalancer_id = azurerm_lb.web.id
}

resource "azurerm_lb_probe" "web" {
  for_each        = { https = 8443, feed = 9443 }
  name            = each.key
  loadbalancer_id = azurerm_lb.web.id
  protocol        = "Tcp"
  port            = each.value
}

resource "azurerm_lb_rule" "web" {
  for_each                       = { https = 443, feed = 9000 }
  name                           = each.key
  loadbalancer_id                = azurerm_lb.web.id
  frontend_ip_configuration_name = "public"
  protocol                       = "Tcp"
  frontend_port                  = each.value
  backend_port                   = azurerm_lb_probe.web[each.key].port
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.web.id]
  probe_id                       = azurerm_lb_probe.web[each.key].id
}

resource "azurerm_linux_virtual_machine_scale_set" "web" {
  name                = "vmss-web"
  resource_group_name = azurerm_resource_group.market.name
  location            = azurerm_resource_group.market.location
  sku                 = "Standard_D2s_v5"
  instances           = 3
  admin_username      = "azureuser"
  source_image_id     = local.image

  network_interface {
    name    = "nic"
    primary = true

    ip_configuration {
      name                                   = "ipconfig"
      primary                                = true
      subnet_id                              = azurerm_subnet.tier["web"].id
      load_balancer_backend_address_pool_ids = [azurerm_lb_backend_address_pool.web.id]
    }
  }

  admin_ssh_key {
    username   = "azureuser"
    public_key = file("~/.ssh/id_rsa.pub")
  }

  os_disk {
    caching              = "ReadWrite"
    storage_account_type = "Premium_LRS"
  }
}

resource "azurerm_lb" "data" {
  name                = "lb-data"
  resource_group_name = azurerm_resource_group.market.name
  location            = azurerm_resource_group.market.location

  frontend_ip_configuration {
    name                          = "internal"
    subnet_id                     = azurerm_subnet.tier["data"].id
    private_ip_address            = "10.60.2.10"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "data" {
  name            = "data"
  loadbalancer_id = azurerm_lb.data.id
}

resource "azurerm_lb_probe" "postgres" {
  name            = "postgres"
  loadbalancer_id = azurerm_lb.data.id
  protocol        = "Tcp"
  port            = 5432
}

resource "azurerm_lb_rule" "postgres" {
  name                           = "postgres"
  loadbalancer_id                = azurerm_lb.data.id
  frontend_ip_configuration_name = "internal"
  protocol                       = "Tcp"
  frontend_port                  = 5432
  backend_port                   = 5432
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.data.id]
  probe_id                       = azurerm_lb_probe.postgres.id
}

resource "azurerm_lb_rule" "syslog" {
  name                           = "syslog"
  loadbalancer_id                = azurerm_lb.data.id
  frontend_ip_configuration_name = "internal"
  protocol                       = "Udp"
  frontend_port                  = 514
  backend_port                   = 514
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.data.id]
}

resource "azurerm_network_interface" "data" {
  count               = 2
  name                = "nic-data-${count.index}"
  resource_group_name = azurerm_resource_group.market.name
  location            = azurerm_resource_group.market.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.tier["data"].id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_security_group_association" "data" {
  count                     = 2
  network_interface_id      = azurerm_network_interface.data[count.index].id
  network_security_group_id = module.data_nic_nsg.id
}

resource "azurerm_network_interface_backend_address_pool_association" "data" {
  count                   = 2
  network_interface_id    = azurerm_network_interface.data[count.index].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.data.id
}

resource "azurerm_linux_virtual_machine" "data" {
  count                 = 2
  name                  = "vm-data-${count.index}"
  resource_group_name   = azurerm_resource_group.market.name
  location              = azurerm_resource_group.market.location
  size                  = "Standard_E4s_v5"
  admin_username        = "azureuser"
  network_interface_ids = [azurerm_network_interface.data[count.index].id]
  source_image_id       = local.image

  admin_ssh_key {
    username   = "azureuser"
    public_key = file("~/.ssh/id_rsa.pub")
  }

  os_disk {
    caching              = "ReadWrite"
    storage_account_type = "Premium_LRS"
  }
}
