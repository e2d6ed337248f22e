# Two network virtual appliances between the internet and a workload: what comes in passes a public load balancer with
# floating IP, what the workload sends out passes HA ports on an internal one.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}

locals {
  appliances    = toset(["a", "b"])
  trust_address = "10.31.1.10"
  probe_port    = 8117
  zones         = ["1", "2", "3"]
}

resource "azurerm_resource_group" "hub" {
  name     = "rg-hub"
  location = "westeurope"
}

resource "azurerm_virtual_network" "hub" {
  name                = "vnet-hub"
  resource_group_name = azurerm_resource_group.hub.name
  location            = azurerm_resource_group.hub.location
  address_space       = ["10.31.0.0/16"]
}

resource "azurerm_subnet" "hub" {
  for_each             = { untrust = "10.31.0.0/24", trust = "10.31.1.0/24", workload = "10.31.2.0/24" }
  name                 = "snet-${each.key}"
  resource_group_name  = azurerm_resource_group.hub.name
  virtual_network_name = azurerm_virtual_network.hub.name
  address_prefixes     = [each.value]
}

resource "azurerm_route_table" "workload" {
  name                          = "rt-workload"
  resource_group_name           = azurerm_resource_group.hub.name
  location                      = azurerm_resource_group.hub.location
  bgp_route_propagation_enabled = false

  route {
    name                   = "default"
    address_prefix         = "0.0.0.0/0"
    next_hop_type          = "VirtualAppliance"
    next_hop_in_ip_address = local.trust_address
  }
}

resource "azurerm_subnet_route_table_association" "workload" {
  subnet_id      = azurerm_subnet.hub["workload"].id
  route_table_id = azurerm_route_table.workload.id
}

resource "azurerm_network_security_group" "untrust" {
  name                = "nsg-untrust"
  resource_group_name = azurerm_resource_group.hub.name
  location            = azurerm_resource_group.hub.location

  security_rule {
    name                       = "AllowHttps"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    destination_port_range     = "443"
    source_address_prefix      = "Internet"
    destination_address_prefix = "*"
  }
}

resource "azurerm_network_security_group" "trust" {
  name                = "nsg-trust"
  resource_group_name = azurerm_resource_group.hub.name
  location            = azurerm_resource_group.hub.location

  security_rule {
    name                       = "AllowHub"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "*"
    source_port_range          = "*"
    destination_port_range     = "*"
    source_address_prefix      = "10.31.0.0/16"
    destination_address_prefix = "*"
  }
}

resource "azurerm_subnet_network_security_group_association" "untrust" {
  subnet_id                 = azurerm_subnet.hub["untrust"].id
  network_security_group_id = azurerm_network_security_group.untrust.id
}

resource "azurerm_subnet_network_security_group_association" "trust" {
  subnet_id                 = azurerm_subnet.hub["trust"].id
  network_security_group_id = azurerm_network_security_group.trust.id
}

resource "azurerm_public_ip" "edge" {
  for_each            = toset(["edge", "egress"])
  name                = "pip-${each.key}"
  resource_group_name = azurerm_resource_group.hub.name
  location            = azurerm_resource_group.hub.location
  allocation_method   = "Static"
  sku                 = "Standard"
  zones               = local.zones
}

resource "azurerm_lb" "edge" {
  name                = "lb-edge"
  resource_group_name = azurerm_resource_group.hub.name
  location            = azurerm_resource_group.hub.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                 = "edge"
    public_ip_address_id = azurerm_public_ip.edge["edge"].id
  }

  frontend_ip_configuration {
    name                 = "egress"
    public_ip_address_id = azurerm_public_ip.edge["egress"].id
  }
}

resource "azurerm_lb_backend_address_pool" "edge" {
  name            = "appliances"
  loadbalancer_id = azurerm_lb.edge.id
}

resource "azurerm_lb_probe" "edge" {
  name            = "appliance"
  loadbalancer_id = azurerm_lb.edge.id
  protocol        = "Tcp"
  port            = local.probe_port
}

resource "azurerm_lb_rule" "edge" {
  name                           = "https"
  loadbalancer_id                = azurerm_lb.edge.id
  frontend_ip_configuration_name = "edge"
  protocol                       = "Tcp"
  frontend_port                  = 443
  backend_port                   = 443
  floating_ip_enabled            = true
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.edge.id]
  probe_id                       = azurerm_lb_probe.edge.id
  disable_outbound_snat          = true
}

resource "azurerm_lb_outbound_rule" "edge" {
  name                     = "egress"
  loadbalancer_id          = azurerm_lb.edge.id
  protocol                 = "All"
  backend_address_pool_id  = azurerm_lb_backend_address_pool.edge.id
  allocated_outbound_ports = 16000

  frontend_ip_configuration {
    name = "egress"
  }
}

resource "azurerm_lb" "trust" {
  name                = "lb-trust"
  resource_group_name = azurerm_resource_group.hub.name
  location            = azurerm_resource_group.hub.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                          = "trust"
    subnet_id                     = azurerm_subnet.hub["trust"].id
    private_ip_address            = local.trust_address
    private_ip_address_allocation = "Static"
    zones                         = local.zones
  }
}

resource "azurerm_lb_backend_address_pool" "trust" {
  name            = "appliances"
  loadbalancer_id = azurerm_lb.trust.id
}

resource "azurerm_lb_probe" "trust" {
  name            = "appliance"
  loadbalancer_id = azurerm_lb.trust.id
  protocol        = "Tcp"
  port            = local.probe_port
}

resource "azurerm_lb_rule" "trust" {
  name                           = "ha-ports"
  loadbalancer_id                = azurerm_lb.trust.id
  frontend_ip_configuration_name = "trust"
  protocol                       = "All"
  frontend_port                  = 0
  backend_port                   = 0
  floating_ip_enabled            = true
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.trust.id]
  probe_id                       = azurerm_lb_probe.trust.id
}

resource "azurerm_network_interface" "untrust" {
  for_each              = local.appliances
  name                  = "nic-untrust-${each.key}"
  resource_group_name   = azurerm_resource_group.hub.name
  location              = azurerm_resource_group.hub.location
  ip_forwarding_enabled = true

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.hub["untrust"].id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface" "trust" {
  for_each              = local.appliances
  name                  = "nic-trust-${each.key}"
  resource_group_name   = azurerm_resource_group.hub.name
  location              = azurerm_resource_group.hub.location
  ip_forwarding_enabled = true

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.hub["trust"].id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_network_interface_backend_address_pool_association" "untrust" {
  for_each                = local.appliances
  network_interface_id    = azurerm_network_interface.untrust[each.key].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.edge.id
}

resource "azurerm_network_interface_backend_address_pool_association" "trust" {
  for_each                = local.appliances
  network_interface_id    = azurerm_network_interface.trust[each.key].id
  ip_configuration_name   = "ipconfig"
  backend_address_pool_id = azurerm_lb_backend_address_pool.trust.id
}

resource "azurerm_linux_virtual_machine" "appliance" {
  for_each            = local.appliances
  name                = "vm-nva-${each.key}"
  resource_group_name = azurerm_resource_group.hub.name
  location            = azurerm_resource_group.hub.location
  size                = "Standard_D4s_v5"
  zone                = each.key == "a" ? "1" : "2"
  admin_username      = "azureuser"

  network_interface_ids = [
    azurerm_network_interface.untrust[each.key].id,
    azurerm_network_interface.trust[each.key].id,
  ]

  admin_ssh_key {
    username   = "azureuser"
    public_key = file("~/.ssh/id_rsa.pub")
  }

  os_disk {
    caching              = "ReadWrite"
    storage_account_type = "Premium_LRS"
  }

  plan {
    publisher = "example-security"
    product   = "example-firewall"
    name      = "byol"
  }

  source_image_reference {
    publisher = "example-security"
    offer     = "example-firewall"
    sku       = "byol"
    version   = "11.1.0"
  }
}

resource "azurerm_network_interface" "workload" {
  name                = "nic-workload"
  resource_group_name = azurerm_resource_group.hub.name
  location            = azurerm_resource_group.hub.location

  ip_configuration {
    name                          = "ipconfig"
    subnet_id                     = azurerm_subnet.hub["workload"].id
    private_ip_address_allocation = "Dynamic"
  }
}

resource "azurerm_linux_virtual_machine" "workload" {
  name                  = "vm-workload"
  resource_group_name   = azurerm_resource_group.hub.name
  location              = azurerm_resource_group.hub.location
  size                  = "Standard_D2s_v5"
  admin_username        = "azureuser"
  network_interface_ids = [azurerm_network_interface.workload.id]

  admin_ssh_key {
    username   = "azureuser"
    public_key = file("~/.ssh/id_rsa.pub")
  }

  os_disk {
    caching              = "ReadWrite"
    storage_account_type = "Premium_LRS"
  }

  source_image_reference {
    publisher = "Canonical"
    offer     = "ubuntu-24_04-lts"
    sku       = "server"
    version   = "latest"
  }
}
