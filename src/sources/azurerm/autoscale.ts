import { linkOf } from '../../model/model.ts';
import { asBoolean, field, type Unknown, unknown, type Value } from '../../value/value.ts';
import { bodyOf } from './azapi-instance.ts';
import type { TerraformInstance } from './instance.ts';
import { SCALE_SET } from './kinds.ts';
import type { Links } from './links.ts';
import type { RootIndex } from './root-index.ts';

const SETTING = 'azurerm_monitor_autoscale_setting';
const AZAPI_SETTING = 'microsoft.insights/autoscalesettings';

/** Why the number of instances of a scale set is not the one that is written: an autoscale setting changes it. */
export type AutoscaledBy = (scaleSet: TerraformInstance) => Unknown | undefined;

export function createAutoscaling(index: RootIndex, links: Links): AutoscaledBy {
  let scaled: ReadonlyMap<string, Unknown> | undefined;

  function read(): ReadonlyMap<string, Unknown> {
    const byTarget = new Map<string, Unknown>();
    for (const instance of [...index.ofType(SETTING), ...index.ofType(AZAPI_SETTING)]) {
      const { enabled, target } = settingOf(instance);
      const isOn = asBoolean(enabled);
      if (isOn.kind === 'known' && !isOn.value) continue;
      const link = linkOf(links.link(target, SCALE_SET));
      const listed = link.kind === 'to' ? [link.id] : link.kind === 'one-of' ? link.ids : [];
      const isAny = link.kind === 'unknown' || (link.kind === 'one-of' && link.open);
      const ids = isAny ? index.ofKind(SCALE_SET).map(({ id }) => id) : listed;
      const reason = unknown({ kind: 'runtime', name: instance.address }, instance.origin);
      for (const id of ids) byTarget.set(id, reason);
    }
    return byTarget;
  }

  return ({ id }) => {
    scaled ??= read();
    return scaled.get(id);
  };
}

function settingOf(instance: TerraformInstance): { readonly enabled: Value; readonly target: Value } {
  if (instance.type === SETTING) {
    return {
      enabled: instance.attribute('enabled'),
      target: instance.attribute('target_resource_id'),
    };
  }
  const properties = field(bodyOf(instance), 'properties');
  return { enabled: field(properties, 'enabled'), target: field(properties, 'targetResourceUri') };
}
