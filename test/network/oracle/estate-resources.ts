import { type ArmResource, sub } from '../../support/arm-model.ts';
import type {
  PlainAdminRule,
  PlainBalancer,
  PlainConfiguration,
  PlainEstate,
  PlainFrontend,
  PlainInterface,
  PlainNetwork,
  PlainRule,
  PlainSide,
} from './plain-estate.ts';

/** The estate as an ARM template writes it. */
export function resourcesOf(estate: PlainEstate): readonly ArmResource[] {
  return [
    ...estate.networks.map((network) => networkResource(network)),
    ...estate.networks.flatMap(routeTables),
    ...estate.groups.map(({ name, rules }) => ({
      type: 'networkSecurityGroups',
      name,
      properties: { securityRules: rules.map(ruleOf) },
    })),
    ...estate.applicationGroups.map((name) => ({ type: 'applicationSecurityGroups', name })),
    ...estate.publicIps.map(({ name, sku, version }) => ({
      type: 'publicIPAddresses',
      name,
      ...(sku === undefined ? {} : { sku: { name: sku } }),
      properties: { publicIPAddressVersion: `IPv${version}` },
    })),
    ...estate.balancers.map(balancerResource),
    ...estate.interfaces.map(interfaceResource),
  ];
}

function networkResource({ name, space, peers, subnets }: PlainNetwork): ArmResource {
  return {
    type: 'virtualNetworks',
    name,
    location: REGION,
    properties: {
      addressSpace: { addressPrefixes: space },
      subnets: subnets.map((subnet) => ({
        name: subnet.name,
        properties: {
          ...(subnet.prefixes.length === 1
            ? { addressPrefix: subnet.prefixes[0] }
            : { addressPrefixes: subnet.prefixes }),
          ...groupOf(subnet.group),
          ...(subnet.routes === undefined ? {} : { routeTable: sub(`routeTables/${name}-${subnet.name}`) }),
        },
      })),
      virtualNetworkPeerings: peers.map(({ network }) => ({
        name: `to-${network}`,
        properties: {
          remoteVirtualNetwork: sub(`virtualNetworks/${network}`),
          allowVirtualNetworkAccess: true,
        },
      })),
    },
  };
}

function routeTables({ name, subnets }: PlainNetwork): readonly ArmResource[] {
  return subnets.flatMap(({ name: subnet, routes }) =>
    routes === undefined
      ? []
      : [
          {
            type: 'routeTables',
            name: `${name}-${subnet}`,
            properties: {
              routes: routes.map(({ prefix, hop }, index) => ({
                name: `route${index}`,
                properties: {
                  addressPrefix: prefix,
                  nextHopType: hop,
                  ...(hop === 'VirtualAppliance' ? { nextHopIpAddress: '10.200.0.4' } : {}),
                },
              })),
            },
          },
        ],
  );
}

function groupOf(name: string | undefined): Record<string, unknown> {
  return name === undefined ? {} : { networkSecurityGroup: sub(`networkSecurityGroups/${name}`) };
}

/** A security rule as it stands in the list of its group. */
export function ruleOf(rule: PlainRule): Record<string, unknown> {
  const [sourcePort, ...moreSourcePorts] = rule.sourcePorts;
  const [port, ...morePorts] = rule.destinationPorts;
  return {
    name: `${rule.direction}${rule.priority}`,
    properties: {
      priority: rule.priority,
      access: rule.access,
      direction: rule.direction,
      protocol: rule.protocol,
      ...sideOf('source', rule.source),
      ...sideOf('destination', rule.destination),
      ...(moreSourcePorts.length === 0
        ? { sourcePortRange: sourcePort }
        : { sourcePortRanges: rule.sourcePorts }),
      ...(morePorts.length === 0
        ? { destinationPortRange: port }
        : { destinationPortRanges: rule.destinationPorts }),
    },
  };
}

function sideOf(end: 'source' | 'destination', side: PlainSide): Record<string, unknown> {
  if ('groups' in side)
    return {
      [`${end}ApplicationSecurityGroups`]: side.groups.map((name) =>
        sub(`applicationSecurityGroups/${name}`),
      ),
    };
  const [prefix, ...more] = side.prefixes;
  return more.length === 0
    ? { [`${end}AddressPrefix`]: prefix }
    : { [`${end}AddressPrefixes`]: side.prefixes };
}

function interfaceResource({ name, group, scaleSet, configurations }: PlainInterface): ArmResource {
  const properties = {
    ...groupOf(group),
    ipConfigurations: configurations.map((configuration, index) => ({
      name: configuration.name,
      properties: { ...configurationOf(configuration), ...(index === 0 ? { primary: true } : {}) },
    })),
  };
  if (scaleSet === undefined) return { type: 'networkInterfaces', name, properties };
  return {
    type: 'virtualMachineScaleSets',
    name: scaleSet.name,
    sku: { capacity: scaleSet.capacity },
    properties: {
      virtualMachineProfile: { networkProfile: { networkInterfaceConfigurations: [{ name, properties }] } },
    },
  };
}

function configurationOf(configuration: PlainConfiguration): Record<string, unknown> {
  const child = (kind: string, path: string): { id: string } => {
    const [balancer, name] = path.split('/');
    return sub(`loadBalancers/${balancer}/${kind}/${name}`);
  };
  return {
    subnet: sub(`virtualNetworks/${configuration.network}/subnets/${configuration.subnet}`),
    privateIPAddressVersion: `IPv${configuration.version}`,
    ...(configuration.address === undefined
      ? {}
      : { privateIPAllocationMethod: 'Static', privateIPAddress: configuration.address }),
    loadBalancerBackendAddressPools: configuration.pools.map((path) => child('backendAddressPools', path)),
    ...(configuration.natRules.length === 0
      ? {}
      : {
          loadBalancerInboundNatRules: configuration.natRules.map((path) => child('inboundNatRules', path)),
        }),
    ...(configuration.natPools.length === 0
      ? {}
      : {
          loadBalancerInboundNatPools: configuration.natPools.map((path) => child('inboundNatPools', path)),
        }),
    applicationSecurityGroups: configuration.applicationGroups.map((name) =>
      sub(`applicationSecurityGroups/${name}`),
    ),
  };
}

function balancerResource(balancer: PlainBalancer): ArmResource {
  const own = (kind: string, name: string): { id: string } =>
    sub(`loadBalancers/${balancer.name}/${kind}/${name}`);
  return {
    type: 'loadBalancers',
    name: balancer.name,
    ...(balancer.sku === undefined ? {} : { sku: { name: balancer.sku } }),
    properties: {
      frontendIPConfigurations: balancer.frontends.map((frontend) => ({
        name: frontend.name,
        properties: frontendOf(frontend),
      })),
      backendAddressPools: balancer.pools.map(({ name, network, addresses }) => ({
        name,
        properties: {
          loadBalancerBackendAddresses: addresses.map((ipAddress, index) => ({
            name: `address${index}`,
            properties: {
              ipAddress,
              ...(network === undefined ? {} : { virtualNetwork: sub(`virtualNetworks/${network}`) }),
            },
          })),
        },
      })),
      probes: balancer.probes.map(({ name, protocol, port }) => ({
        name,
        properties: { protocol, port, ...(protocol === 'Tcp' ? {} : { requestPath: '/health' }) },
      })),
      loadBalancingRules: balancer.rules.map((rule) => ({
        name: rule.name,
        properties: {
          protocol: rule.protocol,
          frontendPort: rule.frontendPort,
          backendPort: rule.backendPort,
          enableFloatingIP: rule.floating,
          frontendIPConfiguration: own('frontendIPConfigurations', rule.frontend),
          backendAddressPool: own('backendAddressPools', rule.pool),
          ...(rule.probe === undefined ? {} : { probe: own('probes', rule.probe) }),
        },
      })),
      inboundNatRules: balancer.natRules.map((rule) => ({
        name: rule.name,
        properties: {
          protocol: rule.protocol,
          backendPort: rule.backendPort,
          enableFloatingIP: rule.floating,
          frontendIPConfiguration: own('frontendIPConfigurations', rule.frontend),
          ...(rule.pool === undefined
            ? { frontendPort: rule.frontendPort }
            : {
                frontendPortRangeStart: rule.frontendPort,
                frontendPortRangeEnd: rule.frontendPort + 99,
                backendAddressPool: own('backendAddressPools', rule.pool),
              }),
        },
      })),
      inboundNatPools: balancer.natPools.map((pool) => ({
        name: pool.name,
        properties: {
          protocol: pool.protocol,
          frontendPortRangeStart: 50_000,
          frontendPortRangeEnd: 50_099,
          backendPort: pool.backendPort,
          frontendIPConfiguration: own('frontendIPConfigurations', pool.frontend),
        },
      })),
    },
  };
}

function frontendOf(frontend: PlainFrontend): Record<string, unknown> {
  if (frontend.kind === 'public') return { publicIPAddress: sub(`publicIPAddresses/${frontend.publicIp}`) };
  return {
    subnet: sub(`virtualNetworks/${frontend.network}/subnets/${frontend.subnet}`),
    privateIPAddressVersion: `IPv${frontend.version}`,
    ...(frontend.address === undefined
      ? {}
      : { privateIPAllocationMethod: 'Static', privateIPAddress: frontend.address }),
  };
}

/** Where every network of an estate lies. */
const REGION = 'westeurope';

/** A network manager with these security admin rules, deployed, for one virtual network. */
export function adminResources(network: string, rules: readonly PlainAdminRule[]): readonly ArmResource[] {
  const group = 'networkManagers/nm/networkGroups/g';
  const configuration = 'networkManagers/nm/securityAdminConfigurations/c';
  const collection = `${configuration}/ruleCollections/rc`;
  const prefixes = (side: PlainSide): unknown =>
    ('prefixes' in side ? side.prefixes : []).map((addressPrefix) => ({
      addressPrefix,
      addressPrefixType:
        /^[a-z]/i.test(addressPrefix) && !addressPrefix.includes(':') ? 'ServiceTag' : 'IPPrefix',
    }));
  return [
    { type: 'networkManagers/nm/networkGroups', name: 'g', parent: sub('networkManagers/nm').id },
    {
      type: `${group}/staticMembers`,
      name: network,
      parent: sub(group).id,
      properties: { resourceId: sub(`virtualNetworks/${network}`).id },
    },
    {
      type: `${configuration}/ruleCollections`,
      name: 'rc',
      parent: sub(configuration).id,
      properties: { appliesToGroups: [{ networkGroupId: sub(group).id }] },
    },
    {
      type: 'networkManagers/nm/commits',
      name: 'deployed',
      parent: sub('networkManagers/nm').id,
      properties: {
        commitType: 'SecurityAdmin',
        targetLocations: [REGION],
        configurationIds: [sub(configuration)],
      },
    },
    ...rules.map((rule, index) => ({
      type: `${collection}/rules`,
      name: `admin${index}`,
      parent: sub(collection).id,
      properties: {
        priority: rule.priority,
        access: rule.access,
        direction: rule.direction,
        protocol: rule.protocol === '*' ? 'Any' : rule.protocol,
        sources: prefixes(rule.source),
        destinations: prefixes(rule.destination),
        sourcePortRanges: rule.sourcePorts.map((text) => (text === '*' ? '0-65535' : text)),
        destinationPortRanges: rule.destinationPorts.map((text) => (text === '*' ? '0-65535' : text)),
      },
    })),
  ];
}
