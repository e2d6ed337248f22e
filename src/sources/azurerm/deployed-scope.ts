import { type DeploymentScope, deploymentScope, type KnownScope } from '../../arm/deployment-scope.ts';
import type { Origin } from '../../text/origin.ts';
import { asText, known, type Unknown, type Value } from '../../value/value.ts';
import type { TerraformInstance } from './instance.ts';
import { groupOf } from './resource-group.ts';
import type { RootIndex } from './root-index.ts';
import type { TemplateDeployment } from './template-deployment.ts';
import { onlySubscription } from './written-ids.ts';

/** What stands for the subscription of the default provider configuration. */
export const OWN_SUBSCRIPTION = 'subscription().subscriptionid';

/** Where templates that a root deploys go: what `resourceGroup()` and `subscription()` mean in them. */
export function createPlacement(
  index: RootIndex,
): (instance: TerraformInstance, deployment: TemplateDeployment) => DeploymentScope {
  const subscription = onlySubscription(index);

  return (instance, { level, name }) => {
    const { origin } = instance;
    const scope: KnownScope = {
      level,
      subscription: subscriptionOf(instance, subscription),
      deployment: name,
    };
    if (level !== 'resource-group') {
      const location = instance.attribute('location');
      return deploymentScope(location.kind === 'absent' ? scope : { ...scope, location }, origin);
    }
    const group = asText(groupOf(instance, index));
    if (group.kind === 'absent') return deploymentScope(scope, origin);
    const location = group.kind === 'known' ? locationOf(group.value, instance, index) : undefined;
    return deploymentScope(
      { ...scope, resourceGroup: named(group, instance), ...(location === undefined ? {} : { location }) },
      origin,
    );
  };
}

function subscriptionOf({ provider, origin }: TerraformInstance, only: string): Value {
  if (provider === undefined && only !== '') return known(only, origin);
  return unsettled(provider?.toLowerCase() ?? OWN_SUBSCRIPTION, origin);
}

/** Equal unknown names of resource groups are those of one resource group. */
function named(group: Value, { address }: TerraformInstance): Value {
  if (group.kind !== 'unknown' || group.expression !== undefined) return group;
  const [reference, ...others] = group.references ?? [];
  const isOne = reference !== undefined && others.length === 0 && group.open !== true;
  const expression = isOne ? `${reference.id}.${reference.property}` : `the resource group of ${address}`;
  return { ...group, expression };
}

function locationOf(name: string, { provider }: TerraformInstance, index: RootIndex): Value | undefined {
  const groups = index.ofKind(RESOURCE_GROUP).filter((group) => {
    const own = asText(group.attribute('name'));
    return (
      group.provider === provider && own.kind === 'known' && own.value.toLowerCase() === name.toLowerCase()
    );
  });
  const location = groups.length === 1 ? groups[0]?.attribute('location') : undefined;
  return location?.kind === 'absent' ? undefined : location;
}

const RESOURCE_GROUP = ['azurerm_resource_group', 'microsoft.resources/resourcegroups'];

function unsettled(expression: string, origin: Origin): Unknown {
  return { kind: 'unknown', reason: { kind: 'runtime', name: 'the subscription' }, origin, expression };
}
