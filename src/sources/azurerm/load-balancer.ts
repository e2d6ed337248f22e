import { linkOf } from '../../model/model.ts';
import type { Resource } from '../../model/resource.ts';
import { absent, assumed, known, list, unknown, type Value } from '../../value/value.ts';
import {
  type Attributes,
  attributesOf,
  fieldsOf,
  isUntraced,
  mapBlocks,
  read,
  readIfWritten,
  readOr,
  subResource,
} from './attributes.ts';
import type { TerraformInstance } from './instance.ts';
import * as kinds from './kinds.ts';
import { skuOf } from './sku.ts';
import { type Context, child, type Translators, topLevel } from './translator.ts';
import { zonesOf } from './zones.ts';

const TYPE = 'microsoft.network/loadbalancers';
const FRONTENDS = 'azurerm_lb.frontend_ip_configuration';

/** `azurerm_lb` and what belongs to it by `loadbalancer_id`. The provider merges all of it into one ARM resource. */
export const loadBalancerTranslators: Translators = {
  azurerm_lb: loadBalancer,
  azurerm_lb_rule: (instance, context) =>
    child(instance, `${TYPE}/loadbalancingrules`, context.links.parentOf(instance), {
      ...forwarding(instance, context),
      ...backendPools(instance, context),
      probe: probeLink(instance, context),
      frontendPort: read(attributesOf(instance), 'frontend_port'),
      disableOutboundSnat: readOr(attributesOf(instance), false, 'disable_outbound_snat'),
      loadDistribution: readOr(attributesOf(instance), 'Default', 'load_distribution'),
    }),
  azurerm_lb_probe: (instance, context) => {
    const attributes = attributesOf(instance);
    return child(instance, `${TYPE}/probes`, context.links.parentOf(instance), {
      protocol: readOr(attributes, 'Tcp', 'protocol'),
      port: read(attributes, 'port'),
      requestPath: read(attributes, 'request_path'),
      intervalInSeconds: readOr(attributes, 15, 'interval_in_seconds'),
      numberOfProbes: readOr(attributes, 2, 'number_of_probes'),
      probeThreshold: readOr(attributes, 1, 'probe_threshold'),
      noHealthyBackendsBehavior: read(attributes, 'no_healthy_backends_behavior'),
    });
  },
  azurerm_lb_backend_address_pool: backendAddressPool,
  azurerm_lb_backend_address_pool_address: (instance, context) => {
    const { links } = context;
    const pool = links.link(instance.attribute('backend_address_pool_id'), kinds.POOL);
    return child(instance, `${TYPE}/backendaddresspools/backendaddresses`, pool, {
      ...backendAddress(attributesOf(instance), context),
    });
  },
  azurerm_lb_nat_rule: (instance, context) =>
    child(instance, `${TYPE}/inboundnatrules`, context.links.parentOf(instance), {
      ...forwarding(instance, context),
      frontendPort: read(attributesOf(instance), 'frontend_port'),
      ...portRange(instance),
      backendAddressPool: poolLink(instance, context),
    }),
  azurerm_lb_nat_pool: (instance, context) =>
    child(instance, `${TYPE}/inboundnatpools`, context.links.parentOf(instance), {
      ...forwarding(instance, context),
      ...portRange(instance),
    }),
  azurerm_lb_outbound_rule: (instance, context) => {
    const attributes = attributesOf(instance);
    const parent = context.links.parentOf(instance);
    return child(instance, `${TYPE}/outboundrules`, parent, {
      frontendIPConfigurations: mapBlocks(instance.attribute('frontend_ip_configuration'), (block) => {
        const id = frontendLink(parent, read(block, 'name'), context);
        return subResource(id) ?? id;
      }),
      backendAddressPool: subResource(
        context.links.link(
          read(attributes, 'backend_address_pool_id'),
          kinds.POOL,
          context.links.besides(instance),
        ),
      ),
      protocol: read(attributes, 'protocol'),
      allocatedOutboundPorts: readOr(attributes, 1024, 'allocated_outbound_ports'),
      idleTimeoutInMinutes: readOr(attributes, 4, 'idle_timeout_in_minutes'),
      enableTcpReset: readOr(attributes, false, 'tcp_reset_enabled', 'enable_tcp_reset'),
    });
  },
};

function loadBalancer(instance: TerraformInstance, context: Context): Resource {
  const { blocks, items } = context.index.parts(instance, FRONTENDS);
  const frontends = mapBlocks(blocks, (attributes, block, position) => {
    const part = items[position];
    return fieldsOf(
      {
        id: part === undefined ? undefined : known(part.id, block.origin),
        name: read(attributes, 'name'),
        zones: zonesOf(attributes),
        properties: frontendProperties(attributes, block, context),
      },
      block.origin,
    );
  });
  return topLevel(instance, TYPE, {
    sku: skuOf(instance, context),
    properties: fieldsOf({ frontendIPConfigurations: frontends }, instance.origin),
  });
}

function frontendProperties(attributes: Attributes, block: Value, context: Context): Value {
  const { links, toArmReferences } = context;
  const { subnet, publicIp } = settleScheme(
    read(attributes, 'subnet_id'),
    read(attributes, 'public_ip_address_id'),
    context,
  );
  const isSet = subnet.kind !== 'absent' || publicIp.kind !== 'absent';
  const readComputed = isSet ? readIfWritten : read;
  const prefix = links.optionalLink(readComputed(attributes, 'public_ip_prefix_id'), kinds.PUBLIC_IP_PREFIX);
  const gateway = 'gateway_load_balancer_frontend_ip_configuration_id';
  const isInternal = subnet.kind !== 'absent' && publicIp.kind === 'absent';
  const internalDefault = (value: Value, fallback: string): Value =>
    value.kind === 'absent' && isInternal ? assumed(fallback, block.origin) : value;
  return fieldsOf(
    {
      subnet: subResource(subnet),
      publicIPAddress: subResource(publicIp),
      publicIPPrefix: subResource(prefix),
      privateIPAddress: toArmReferences(read(attributes, 'private_ip_address')),
      privateIPAllocationMethod: internalDefault(
        readIfWritten(attributes, 'private_ip_address_allocation'),
        'Dynamic',
      ),
      privateIPAddressVersion: internalDefault(
        readIfWritten(attributes, 'private_ip_address_version'),
        'IPv4',
      ),
      gatewayLoadBalancer: subResource(
        links.optionalLink(readIfWritten(attributes, gateway), kinds.FRONTEND),
      ),
    },
    block.origin,
  );
}

/**
 * Whether a frontend is internal or public. Before azurerm 4.42 both attributes are computed, so a plan shows both as
 * unknown whichever is written: then it is the one that leads somewhere.
 */
function settleScheme(
  subnet: Value,
  publicIp: Value,
  { links }: Context,
): { readonly subnet: Value; readonly publicIp: Value } {
  const resolved = {
    subnet: links.optionalLink(subnet, kinds.SUBNET),
    publicIp: links.optionalLink(publicIp, kinds.PUBLIC_IP),
  };
  if (subnet.kind !== 'unknown' || publicIp.kind !== 'unknown') {
    if (isUntraced(subnet) && publicIp.kind === 'known')
      return { ...resolved, subnet: absent(subnet.origin) };
    if (isUntraced(publicIp) && subnet.kind === 'known')
      return { ...resolved, publicIp: absent(publicIp.origin) };
    return resolved;
  }
  const isPublic = isUntraced(subnet) && isTraced(resolved.publicIp);
  const isInternal = isUntraced(publicIp) && isTraced(resolved.subnet);
  const mayBeInternal = links.canPointTo(subnet, kinds.SUBNET);
  const mayBePublic = links.canPointTo(publicIp, kinds.PUBLIC_IP);
  const isUndecided = isPublic === isInternal && mayBeInternal === mayBePublic;
  if (isUndecided) {
    const isComputed = isUntraced(subnet) || isUntraced(publicIp);
    return isComputed ? { subnet: perhaps(resolved.subnet), publicIp: perhaps(resolved.publicIp) } : resolved;
  }
  return isPublic || !mayBeInternal
    ? { ...resolved, subnet: absent(subnet.origin) }
    : { ...resolved, publicIp: absent(publicIp.origin) };
}

function isTraced(link: Value): boolean {
  return link.kind === 'unknown' && link.open !== true && link.references !== undefined;
}

function perhaps(link: Value): Value {
  return link.kind === 'unknown' && link.references !== undefined ? { ...link, open: true } : link;
}

function backendAddressPool(instance: TerraformInstance, context: Context): Resource {
  const attributes = attributesOf(instance);
  const { links } = context;
  return child(instance, `${TYPE}/backendaddresspools`, links.parentOf(instance), {
    virtualNetwork: subResource(
      links.optionalLink(read(attributes, 'virtual_network_id'), kinds.VIRTUAL_NETWORK),
    ),
    syncMode: read(attributes, 'synchronous_mode'),
    loadBalancerBackendAddresses: addressBlocks(attributes),
    tunnelInterfaces: mapBlocks(instance.attribute('tunnel_interface'), (block, { origin }) =>
      fieldsOf(
        {
          identifier: read(block, 'identifier'),
          type: read(block, 'type'),
          protocol: read(block, 'protocol'),
          port: read(block, 'port'),
        },
        origin,
      ),
    ),
  });
}

/** Azurerm 2 has addresses as blocks of the pool. Its last releases accept them and send nothing. */
function addressBlocks(attributes: Attributes): Value {
  const blocks = read(attributes, 'backend_address');
  return blocks.kind === 'list'
    ? unknown({ kind: 'unsupported', name: 'backend_address blocks of azurerm 2' }, blocks.origin)
    : blocks;
}

function backendAddress(
  attributes: Attributes,
  { links, toArmReferences }: Context,
): Record<string, Value | undefined> {
  const frontend = read(attributes, 'backend_address_ip_configuration_id');
  return {
    ipAddress: toArmReferences(read(attributes, 'ip_address')),
    virtualNetwork: subResource(
      links.optionalLink(read(attributes, 'virtual_network_id'), kinds.VIRTUAL_NETWORK),
    ),
    loadBalancerFrontendIPConfiguration: subResource(links.optionalLink(frontend, kinds.FRONTEND)),
  };
}

/** What rules, NAT rules and NAT pools have in common. */
function forwarding(instance: TerraformInstance, context: Context): Record<string, Value | undefined> {
  const attributes = attributesOf(instance);
  const name = read(attributes, 'frontend_ip_configuration_name');
  return {
    frontendIPConfiguration: subResource(frontendLink(context.links.parentOf(instance), name, context)),
    protocol: read(attributes, 'protocol'),
    backendPort: read(attributes, 'backend_port'),
    enableFloatingIP: readOr(attributes, false, 'floating_ip_enabled', 'enable_floating_ip'),
    enableTcpReset: readOr(attributes, false, 'tcp_reset_enabled', 'enable_tcp_reset'),
    idleTimeoutInMinutes: readOr(attributes, 4, 'idle_timeout_in_minutes'),
  };
}

function portRange(instance: TerraformInstance): Record<string, Value> {
  const attributes = attributesOf(instance);
  return {
    frontendPortRangeStart: read(attributes, 'frontend_port_start'),
    frontendPortRangeEnd: read(attributes, 'frontend_port_end'),
  };
}

/** The frontend of a load balancer, by name. A name that is not known can be any of its frontends. */
function frontendLink(loadBalancer: Value, name: Value, { index }: Context): Value {
  if (name.kind === 'absent') return name;
  const parent = linkOf(loadBalancer);
  if (parent.kind === 'none') return loadBalancer;
  if (parent.kind === 'unknown') return parent.waitsFor;
  const ids = parent.kind === 'to' ? [parent.id] : parent.ids;
  let open = parent.kind === 'one-of' && parent.open;
  const frontends = ids.flatMap((id) => {
    if (name.kind === 'known') return [`${id}/frontendipconfigurations/${String(name.value).toLowerCase()}`];
    const owner = index.byId(id);
    const parts = owner === undefined ? undefined : index.parts(owner, FRONTENDS);
    if (parts?.complete !== true) open = true;
    return (parts?.items ?? []).map((part) => part.id);
  });
  const [only] = frontends;
  if (only !== undefined && frontends.length === 1 && !open && !only.startsWith('{')) {
    return known(only, name.origin);
  }
  const cause = name.kind === 'unknown' ? name : loadBalancer.kind === 'unknown' ? loadBalancer : undefined;
  const reason = cause?.reason ?? { kind: 'known-after-apply', name: 'frontend_ip_configuration_name' };
  if (only === undefined) return { kind: 'unknown', reason, origin: name.origin };
  return {
    kind: 'unknown',
    reason,
    origin: name.origin,
    references: frontends.map((id) => ({ id, property: 'id' })),
    ...(open ? { open } : {}),
  };
}

/** One pool stands in the singular property; the two of a Gateway load balancer, and an unknown list, in the plural. */
function backendPools(instance: TerraformInstance, { links }: Context): Record<string, Value | undefined> {
  const attributes = attributesOf(instance);
  const several = read(attributes, 'backend_address_pool_ids');
  const single = read(attributes, 'backend_address_pool_id');
  const written =
    several.kind === 'absent' && single.kind !== 'absent' ? list([single], single.origin) : several;
  const pools = links.linkList(written, kinds.POOL, links.besides(instance));
  if (pools.kind === 'list' && pools.items.length === 1 && pools.more === undefined)
    return { backendAddressPool: pools.items[0] };
  return { backendAddressPools: pools };
}

function poolLink(instance: TerraformInstance, { links }: Context): Value | undefined {
  const value = read(attributesOf(instance), 'backend_address_pool_id');
  return subResource(links.optionalLink(value, kinds.POOL, links.besides(instance)));
}

function probeLink(instance: TerraformInstance, { links }: Context): Value | undefined {
  const value = read(attributesOf(instance), 'probe_id');
  return subResource(links.optionalLink(value, kinds.PROBE, links.besides(instance)));
}
