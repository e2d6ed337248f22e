import { createModel, type Model } from '../../model/model.ts';
import type { Gap, Resource } from '../../model/resource.ts';
import type { Problem } from '../../text/problem.ts';
import { createArmReferences } from './arm-references.ts';
import { ASSOCIATIONS } from './association-types.ts';
import { foldAssociations } from './associations.ts';
import { changedByAzapi, problemOfAzapi, withUnknownProperties } from './azapi.ts';
import { gapsOfOutputs, gapsOfUntranslated } from './gaps.ts';
import type { TerraformRoot } from './instance.ts';
import { createLinks } from './links.ts';
import { loadBalancerTranslators } from './load-balancer.ts';
import { natGatewayTranslators } from './nat-gateway.ts';
import { networkInterfaceTranslators } from './network-interface.ts';
import { createOwnBlocks } from './own-blocks.ts';
import { publicIpTranslators } from './public-ip.ts';
import { indexRoot } from './root-index.ts';
import { routeTableTranslators } from './route-table.ts';
import { scaleSetTranslators } from './scale-set.ts';
import { securityGroupTranslators } from './security-group.ts';
import { subnetTranslators } from './subnet.ts';
import type { Context, Translator } from './translator.ts';
import { createVersionedDefaults } from './versioned-defaults.ts';
import { virtualMachineTranslators } from './virtual-machine.ts';
import { virtualNetworkTranslators } from './virtual-network.ts';

const TRANSLATORS: ReadonlyMap<string, Translator> = new Map(
  Object.entries({
    ...loadBalancerTranslators,
    ...natGatewayTranslators,
    ...networkInterfaceTranslators,
    ...publicIpTranslators,
    ...routeTableTranslators,
    ...scaleSetTranslators,
    ...securityGroupTranslators,
    ...subnetTranslators,
    ...virtualMachineTranslators,
    ...virtualNetworkTranslators,
  }),
);

/**
 * Translates a Terraform root into ARM-shaped resources, one per managed instance of a modelled type, in the order of
 * the source. Associations are folded into what they edit. Data sources stay outside the model. Whatever may add to the
 * network unseen becomes a gap; a part of the network that is declared through azapi becomes a problem as well, and the
 * properties of what azapi changes are unknown.
 */
export function toModel(root: TerraformRoot): {
  readonly model: Model;
  readonly problems: readonly Problem[];
} {
  const index = indexRoot(root);
  const links = createLinks(index);
  const folds = foldAssociations(index, links);
  const context: Context = {
    index,
    links,
    folds,
    ownBlocks: createOwnBlocks(index, links),
    toArmReferences: createArmReferences(index, links),
    versionedDefault: createVersionedDefaults(root),
  };
  const changed = changedByAzapi(context);
  const resources: Resource[] = [];
  const gaps: Gap[] = [...folds.gaps, ...gapsOfOutputs(root, context)];
  const problems: Problem[] = [];
  for (const instance of root.instances) {
    if (instance.mode === 'data' || Object.hasOwn(ASSOCIATIONS, instance.type)) continue;
    const translate = TRANSLATORS.get(instance.type);
    if (translate !== undefined) {
      const resource = translate(instance, context);
      const change = changed.get(instance.id);
      resources.push(change === undefined ? resource : withUnknownProperties(resource, change));
      continue;
    }
    gaps.push(...gapsOfUntranslated(instance, context));
    const problem = problemOfAzapi(instance);
    if (problem !== undefined) problems.push(problem);
  }
  return { model: createModel(resources, gaps), problems };
}
