import { createModel, type Model } from '../../model/model.ts';
import type { Gap, Resource } from '../../model/resource.ts';
import type { Problem } from '../../text/problem.ts';
import { createArmReferences } from './arm-references.ts';
import { ASSOCIATIONS } from './association-types.ts';
import { foldAssociations } from './associations.ts';
import { createAutoscaling } from './autoscale.ts';
import { problemOfAzapi, translateAzapi } from './azapi.ts';
import { createBodyLinks } from './azapi-links.ts';
import { readUpdates } from './azapi-updates.ts';
import { gapsOfInterfaces, gapsOfOutputs, gapsOfUntranslated } from './gaps.ts';
import type { TerraformRoot } from './instance.ts';
import { createLinks } from './links.ts';
import { createOwnBlocks } from './own-blocks.ts';
import { indexRoot } from './root-index.ts';
import { readTemplateDeployment, templateDeploymentOf } from './template-deployment.ts';
import type { Context } from './translator.ts';
import { TRANSLATORS } from './translators.ts';
import { readUnread } from './unread.ts';
import { createVersionedDefaults } from './versioned-defaults.ts';

/**
 * Translates a Terraform root into ARM-shaped resources, one per managed instance of a modelled type, in the order of
 * the source. Associations are folded into what they edit, and updates of azapi into what they change. Data sources stay
 * outside the model. Whatever may add to the network unseen becomes a gap; what cannot be read although it matters becomes
 * a problem as well.
 */
export function toModel(root: TerraformRoot): {
  readonly model: Model;
  readonly problems: readonly Problem[];
} {
  const context = createContext(root);
  const updates = readUpdates(context);
  const unread = readUnread(context.index);
  const resources: Resource[] = [];
  const gaps: Gap[] = [...context.folds.gaps, ...gapsOfOutputs(root, context), ...unread.gaps];
  const problems: Problem[] = [...updates.problems];
  for (const instance of root.instances) {
    if (instance.mode === 'data' || Object.hasOwn(ASSOCIATIONS, instance.type)) continue;
    const translate = TRANSLATORS.get(instance.type) ?? translateAzapi;
    const resource = translate(instance, context);
    if (resource === undefined) gaps.push(...gapsOfUntranslated(instance, context));
    else {
      const updated = unread.apply(updates.apply(resource));
      resources.push(updated);
      gaps.push(...gapsOfInterfaces(updated));
    }
    const problem = problemOfAzapi(instance);
    if (problem !== undefined) problems.push(problem);
    const deployment = templateDeploymentOf(instance);
    if (deployment !== undefined) {
      const reading = readTemplateDeployment(deployment, instance);
      gaps.push(...reading.gaps);
      problems.push(...reading.problems);
    }
  }
  return { model: createModel(resources, gaps), problems };
}

function createContext(root: TerraformRoot): Context {
  const index = indexRoot(root);
  const links = createLinks(index);
  const toArmReferences = createArmReferences(index, links);
  return {
    index,
    links,
    folds: foldAssociations(index, links),
    ownBlocks: createOwnBlocks(index, links),
    toArmReferences,
    versionedDefault: createVersionedDefaults(root),
    autoscaledBy: createAutoscaling(index, links),
    bodyLinks: createBodyLinks({ index, links, toArmReferences }),
  };
}
