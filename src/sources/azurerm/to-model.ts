import type { ReadTemplate } from '../../arm/template-reader.ts';
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
import { deployTemplates } from './deployed-templates.ts';
import { gapsOfInterfaces, gapsOfOutputs, gapsOfUntranslated } from './gaps.ts';
import type { TerraformRoot } from './instance.ts';
import { createLinks } from './links.ts';
import { createOwnBlocks } from './own-blocks.ts';
import { indexRoot } from './root-index.ts';
import type { Context } from './translator.ts';
import { TRANSLATORS } from './translators.ts';
import { readUnread } from './unread.ts';
import { createVersionedDefaults } from './versioned-defaults.ts';

/**
 * Translates a Terraform root into ARM-shaped resources, one per managed instance of a modelled type, in the order of
 * the source. Associations are folded into what they edit, and updates of azapi into what they change. Data sources stay
 * outside the model; what ARM templates declare that the root deploys is in it, when `readTemplate` can read them. Whatever may add to the network unseen becomes a gap; what cannot be read although it matters becomes
 * a problem as well.
 */
export function toModel(
  written: TerraformRoot,
  readTemplate?: ReadTemplate,
): { readonly model: Model; readonly problems: readonly Problem[] } {
  const templates = deployTemplates(written, readTemplate);
  const { root } = templates;
  const context = createContext(root);
  const updates = readUpdates(context);
  const unread = readUnread(context.index);
  const resources: Resource[] = [];
  const gaps: Gap[] = [
    ...templates.gaps,
    ...context.folds.gaps,
    ...gapsOfOutputs(root, context),
    ...unread.gaps,
  ];
  const problems: Problem[] = [...templates.problems, ...updates.problems];
  for (const instance of root.instances) {
    if (instance.mode === 'data' || Object.hasOwn(ASSOCIATIONS, instance.type)) continue;
    if (templates.read.has(instance.id)) continue;
    const translate = TRANSLATORS.get(instance.type) ?? translateAzapi;
    const resource = translate(instance, context);
    if (resource === undefined) gaps.push(...gapsOfUntranslated(instance, context));
    else {
      const updated = unread.apply(updates.apply(resource));
      resources.push(updated);
      gaps.push(...gapsOfInterfaces(updated));
    }
    const problem = templates.declared.has(instance) ? undefined : problemOfAzapi(instance);
    if (problem !== undefined) problems.push(problem);
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
