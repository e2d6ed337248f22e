import type { Origin } from '../../text/origin.ts';
import { absent, known, type Value } from '../../value/value.ts';
import type { TerraformInstance, TerraformRoot } from '../azurerm/instance.ts';
import { type VersionRange, versionRange } from '../azurerm/provider-version.ts';
import { type AttributeSource, pointerBelow, readAttribute } from './attributes.ts';
import { type ConfigurationReader, createConfigurationReader } from './configuration.ts';
import { type InstanceGroup, own, type PlanInstance, planInstances, type Scope } from './instances.ts';
import type { ConfigurationResource, Json, Plan } from './plan-format.ts';
import { createResolver, type Resolver } from './resolve-references.ts';

/**
 * What a checked plan leaves behind when it is applied. `path` is the plan file, for origins, which are JSON pointers into it.
 * Attributes are read when they are asked for. Instances are in the order of the plan, data sources that were read while
 * planning last, outputs in the order of the configuration.
 */
export function toTerraformRoot(plan: Plan, path: string): TerraformRoot {
  const { root, instances } = planInstances(plan);
  const resolver = createResolver(plan);
  const configuration = createConfigurationReader();
  const blockOf = blockFinder(configuration);
  return {
    instances: instances.map((instance): TerraformInstance => {
      const { address, type, mode, id, created, pointer, key, group } = instance;
      const block = blockOf(group);
      const provider = providerOf(block);
      const repetition = { key, forEach: block?.for_each_expression, peers: group.byKey };
      const place = { scope: group.scope, repetition };
      const source: AttributeSource = { instance, path, block, place, resolver, configuration };
      return {
        address,
        type,
        mode,
        id,
        created,
        ...(provider === undefined ? {} : { provider }),
        origin: { kind: 'json', path, pointer },
        attribute: (name) => readAttribute(source, name),
        names: () => namesOf(instance),
      };
    }),
    providers: { azurerm: constraintOn(plan, 'azurerm'), azapi: constraintOn(plan, 'azapi') },
    deleted: deletedBy(plan, path),
    outputs: outputsOf(plan, path, root, resolver),
  };
}

function namesOf({ values, unknown }: PlanInstance): readonly string[] {
  const later = typeof unknown === 'object' && unknown !== null ? Object.keys(unknown) : [];
  return [...new Set([...Object.keys(values), ...later])];
}

/** What the version constraints of all modules on a provider admit together. */
function constraintOn(plan: Plan, name: string): VersionRange {
  const configs = Object.values(plan.configuration.provider_config ?? {});
  return versionRange(
    configs.flatMap((config) => (config.name === name ? (config.version_constraint ?? []) : [])),
  );
}

/** Deleted instances know the scalars they had before; nothing else of them is asked for. */
function deletedBy(plan: Plan, path: string): readonly TerraformInstance[] {
  return plan.resource_changes.flatMap(({ address, type, mode, deposed, change }, index) => {
    const isDeleted = change.actions.length === 1 && change.actions[0] === 'delete';
    if (mode !== 'managed' || deposed !== undefined || !isDeleted) return [];
    const before = change.before ?? {};
    const pointer = `/resource_changes/${index}`;
    const attribute = (name: string): Value => {
      const value = own<Json>(before, name);
      const origin: Origin = { kind: 'json', path, pointer: pointerBelow(`${pointer}/change/before`, name) };
      return value === undefined || value === null || typeof value === 'object'
        ? absent(origin)
        : known(value, origin);
    };
    const id = attribute('id');
    return [
      {
        address,
        type,
        mode: 'managed',
        id: id.kind === 'known' ? String(id.value).toLowerCase() : `{${address.toLowerCase()}}`,
        created: false,
        origin: { kind: 'json', path, pointer },
        attribute,
        names: () => Object.keys(before),
      },
    ];
  });
}

/** The provider configuration of a resource; undefined for the default one of the root. */
function providerOf(block: ConfigurationResource | undefined): string | undefined {
  const key = block?.provider_config_key;
  return key === undefined || /^\w+$/.test(key) ? undefined : key;
}

type BlockOf = (group: InstanceGroup) => ConfigurationResource | undefined;

function blockFinder({ resource }: ConfigurationReader): BlockOf {
  const blocks = new Map<InstanceGroup, ConfigurationResource | undefined>();
  return (group) => {
    if (blocks.has(group)) return blocks.get(group);
    const block = resource(group.scope.module, group.mode, group.resource);
    blocks.set(group, block);
    return block;
  };
}

function outputsOf(plan: Plan, path: string, root: Scope, resolver: Resolver): TerraformRoot['outputs'] {
  const outputs = plan.configuration.root_module?.outputs ?? {};
  return Object.entries(outputs).map(([name, { expression }]) => {
    const pointer = pointerBelow('/configuration/root_module/outputs', name);
    const { references, open } = resolver.anyValue(expression ?? {}, { scope: root, repetition: undefined });
    return { name, origin: { kind: 'json', path, pointer }, references, open };
  });
}
