# What a Kubernetes cluster of Azure writes: node pools on scale sets, a public and an internal load balancer, floating
# IP everywhere, a health check on the node port of each service, and an outbound rule with an address of its own.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 5.0" }
  }
}

provider "azurerm" {
  features {}
}

locals {
  ports = { http = 80, https = 443 }

  # Where kube-proxy says whether a node has an endpoint of the service (externalTrafficPolicy: Local).
  health_check_ports = { public = 32451, internal = 31877 }
}

resource "azurerm_resource_group" "nodes" {
  name     = "rg-nodes"
  location = "westeurope"
}

resource "azurerm_virtual_network" "nodes" {
  name                = "vnet-nodes"
  resource_group_name = azurerm_resource_group.nodes.name
  location            = azurerm_resource_group.nodes.location
  address_space       = ["10.61.0.0/16"]
}

resource "azurerm_subnet" "nodes" {
  name                 = "snet-nodes"
  resource_group_name  = azurerm_resource_group.nodes.name
  virtual_network_name = azurerm_virtual_network.nodes.name
  address_prefixes     = ["10.61.0.0/22"]
}

resource "azurerm_public_ip" "cluster" {
  for_each            = toset(["ingress", "egress"])
  name                = "pip-${each.key}"
  resource_group_name = azurerm_resource_group.nodes.name
  location            = azurerm_resource_group.nodes.location
  allocation_method   = "Static"
  sku                 = "Standard"
}

resource "azurerm_network_security_group" "nodes" {
  name                = "aks-agentpool-nsg"
  resource_group_name = azurerm_resource_group.nodes.name
  location            = azurerm_resource_group.nodes.location

  # Floating IP: packets still carry the address of the frontend.
  security_rule {
    name                       = "k8s-azure-lb_allow_IPv4_ingress"
    priority                   = 500
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    destination_port_ranges    = [for port in local.ports : tostring(port)]
    source_address_prefix      = "Internet"
    destination_address_prefix = azurerm_public_ip.cluster["ingress"].ip_address
  }
}

resource "azurerm_lb" "public" {
  name                = "kubernetes"
  resource_group_name = azurerm_resource_group.nodes.name
  location            = azurerm_resource_group.nodes.location
  sku                 = "Standard"

  dynamic "frontend_ip_configuration" {
    for_each = azurerm_public_ip.cluster

    content {
      name                 = frontend_ip_configuration.key
      public_ip_address_id = frontend_ip_configuration.value.id
    }
  }
}

resource "azurerm_lb_backend_address_pool" "public" {
  name            = "kubernetes"
  loadbalancer_id = azurerm_lb.public.id
}

resource "azurerm_lb_probe" "public" {
  name                = "ingress"
  loadbalancer_id     = azurerm_lb.public.id
  protocol            = "Http"
  port                = local.health_check_ports.public
  request_path        = "/healthz"
  interval_in_seconds = 5
}

resource "azurerm_lb_rule" "public" {
  for_each                       = local.ports
  name                           = "ingress-TCP-${each.value}"
  loadbalancer_id                = azurerm_lb.public.id
  frontend_ip_configuration_name = "ingress"
  protocol                       = "Tcp"
  frontend_port                  = each.value
  backend_port                   = each.value
  floating_ip_enabled            = true
  tcp_reset_enabled              = true
  disable_outbound_snat          = true
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.public.id]
  probe_id                       = azurerm_lb_probe.public.id
}

resource "azurerm_lb_outbound_rule" "public" {
  name                     = "aksOutboundRule"
  loadbalancer_id          = azurerm_lb.public.id
  protocol                 = "All"
  backend_address_pool_id  = azurerm_lb_backend_address_pool.public.id
  allocated_outbound_ports = 0

  frontend_ip_configuration {
    name = "egress"
  }
}

resource "azurerm_lb" "internal" {
  name                = "kubernetes-internal"
  resource_group_name = azurerm_resource_group.nodes.name
  location            = azurerm_resource_group.nodes.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                          = "ingress-internal"
    subnet_id                     = azurerm_subnet.nodes.id
    private_ip_address            = "10.61.3.250"
    private_ip_address_allocation = "Static"
  }
}

resource "azurerm_lb_backend_address_pool" "internal" {
  name            = "kubernetes"
  loadbalancer_id = azurerm_lb.internal.id
}

resource "azurerm_lb_probe" "internal" {
  name                = "ingress-internal"
  loadbalancer_id     = azurerm_lb.internal.id
  protocol            = "Http"
  port                = local.health_check_ports.internal
  request_path        = "/healthz"
  interval_in_seconds = 5
}

resource "azurerm_lb_rule" "internal" {
  for_each                       = local.ports
  name                           = "ingress-internal-TCP-${each.value}"
  loadbalancer_id                = azurerm_lb.internal.id
  frontend_ip_configuration_name = "ingress-internal"
  protocol                       = "Tcp"
  frontend_port                  = each.value
  backend_port                   = each.value
  floating_ip_enabled            = true
  tcp_reset_enabled              = true
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.internal.id]
  probe_id                       = azurerm_lb_probe.internal.id
}

resource "azurerm_linux_virtual_machine_scale_set" "nodes" {
  for_each            = { system = 3, user = 5 }
  name                = "aks-${each.key}-vmss"
  resource_group_name = azurerm_resource_group.nodes.name
  location            = azurerm_resource_group.nodes.location
  sku                 = "Standard_D4s_v5"
  instances           = each.value
  zones               = ["1", "2", "3"]
  admin_username      = "azureuser"
  source_image_id     = "/communityGalleries/example-golden/images/nodes/versions/latest"

  network_interface {
    name                      = "aks-nic"
    primary                   = true
    network_security_group_id = azurerm_network_security_group.nodes.id

    ip_configuration {
      name      = "ipconfig1"
      primary   = true
      subnet_id = azurerm_subnet.nodes.id

      load_balancer_backend_address_pool_ids = [
        azurerm_lb_backend_address_pool.public.id,
        azurerm_lb_backend_address_pool.internal.id,
      ]
    }
  }

  admin_ssh_key {
    username   = "azureuser"
    public_key = file("~/.ssh/id_rsa.pub")
  }

  os_disk {
    caching              = "ReadOnly"
    storage_account_type = "Premium_LRS"
  }
}
