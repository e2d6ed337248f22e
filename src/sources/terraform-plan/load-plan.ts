import type { TerraformInstance, TerraformRoot } from '../azurerm/instance.ts';
import { pointerBelow, readAttribute } from './attributes.ts';
import { resourceFinder } from './configuration.ts';
import { groupOf, type PlanInstances, planInstances } from './instances.ts';
import type { Plan } from './plan-format.ts';
import { createResolver } from './resolve-references.ts';

/**
 * What a checked plan leaves behind when it is applied. `path` is the plan file, for origins, which are JSON pointers into it.
 * Attributes are read when they are asked for. Instances are in the order of the plan, data sources that were read while
 * planning last, outputs in the order of the configuration.
 */
export function toTerraformRoot(plan: Plan, path: string): TerraformRoot {
  const found = planInstances(plan);
  const resolver = createResolver(plan);
  const findResource = resourceFinder();

  const instances = found.instances.map((instance): TerraformInstance => {
    const { address, type, mode, id, created, scope, key } = instance;
    return {
      address,
      type,
      mode,
      id,
      created,
      origin: { kind: 'json', path, pointer: instance.pointer },
      attribute: (name) => {
        const block = findResource(scope.module, mode, instance.resource);
        const peers = groupOf(scope, mode, instance.resource)?.byKey ?? new Map();
        const place = { scope, repetition: { key, forEach: block?.for_each_expression, peers } };
        const body = block === undefined ? undefined : (block.expressions ?? {});
        return readAttribute({ instance, path, body, place, resolver }, name);
      },
    };
  });
  return { instances, outputs: outputsOf(plan, path, found, resolver) };
}

function outputsOf(
  plan: Plan,
  path: string,
  { root }: PlanInstances,
  resolver: ReturnType<typeof createResolver>,
): TerraformRoot['outputs'] {
  const outputs = plan.configuration.root_module?.outputs ?? {};
  return Object.entries(outputs).map(([name, { expression }]) => {
    const pointer = pointerBelow('/configuration/root_module/outputs', name);
    const { references, open } = resolver.anyValue(expression ?? {}, { scope: root, repetition: undefined });
    return { name, origin: { kind: 'json', path, pointer }, references, open };
  });
}
