import { bicepTypes } from './bicep-types.ts';
import { compileShapes } from './compile-shapes.ts';
import { defineTypes, type PartTable, type TypeTable } from './define-types.ts';
import { commonTypes } from './modelled/common.ts';
import { loadBalancerParts, loadBalancerTypes } from './modelled/load-balancer.ts';
import { natGatewayTypes } from './modelled/nat-gateway.ts';
import { networkInterfaceParts, networkInterfaceTypes } from './modelled/network-interface.ts';
import { privateLinkServiceTypes } from './modelled/private-link-service.ts';
import { publicIpTypes } from './modelled/public-ip.ts';
import { routeTableTypes } from './modelled/route-table.ts';
import { securityGroupParts, securityGroupTypes } from './modelled/security-group.ts';
import { virtualMachineTypes } from './modelled/virtual-machine.ts';
import { virtualNetworkTypes } from './modelled/virtual-network.ts';
import type { AzureTypes, ResourceShape } from './shape.ts';

/** The last API version the tables cover, by lower-case namespace: bicep-types-az of 2026-08-20. */
const LATEST: Readonly<Record<string, string>> = {
  'microsoft.network': '2025-09-01',
  'microsoft.compute': '2026-04-01',
};

const TABLES: TypeTable = {
  ...commonTypes,
  ...loadBalancerTypes,
  ...natGatewayTypes,
  ...networkInterfaceTypes,
  ...privateLinkServiceTypes,
  ...publicIpTypes,
  ...routeTableTypes,
  ...securityGroupTypes,
  ...virtualMachineTypes,
  ...virtualNetworkTypes,
};

const PARTS: PartTable = { ...loadBalancerParts, ...networkInterfaceParts, ...securityGroupParts };

let modelled: AzureTypes | undefined;

/**
 * The resource types Portcullis reads, as Portcullis describes them: one description for all API versions, in which each
 * property knows its first and last one. Built at the first call.
 */
export function modelledTypes(): AzureTypes {
  modelled ??= buildModelledTypes();
  return modelled;
}

function buildModelledTypes(): AzureTypes {
  const library = bicepTypes();
  const { types, resources, historyOf } = defineTypes(library, TABLES, PARTS);
  const shapeAt = compileShapes(library, { types, historyOf });
  const found = new Map<string, ResourceShape>();

  function shapeOf(type: string): ResourceShape | undefined {
    const known = found.get(type);
    if (known !== undefined) return known;
    const index = resources.get(type);
    const resource = index === undefined ? undefined : types[index];
    if (resource === undefined || resource.type !== library.TypeBaseKind.ResourceType) return undefined;
    const latest = LATEST[type.slice(0, type.indexOf('/'))];
    const shape: ResourceShape = {
      name: resource.name,
      isWritable: resource.writableScopes !== library.ScopeType.None,
      body: shapeAt(resource.body.index),
      ...(latest === undefined ? {} : { latest }),
    };
    found.set(type, shape);
    return shape;
  }

  return {
    find(type, apiVersion) {
      const shape = shapeOf(type.toLowerCase());
      const writableSince = shape === undefined ? undefined : PARTS[shape.name];
      if (shape === undefined || writableSince === undefined || apiVersion === undefined) return shape;
      return { ...shape, isWritable: shape.isWritable && apiVersion >= writableSince };
    },
  };
}
