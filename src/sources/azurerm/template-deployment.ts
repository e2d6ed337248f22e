import type { ScopeLevel } from '../../arm/deployment-scope.ts';
import { asText, field, type Unknown, type Value } from '../../value/value.ts';
import { AZAPI_RESOURCE, armTypeOf, bodyOf } from './azapi-instance.ts';
import type { TerraformInstance, TerraformRoot } from './instance.ts';
import { fromJson } from './json-text.ts';

/** An ARM template that Terraform deploys, as far as it is known. */
export interface TemplateDeployment {
  readonly address: string;
  readonly name: Value;
  /** The template, an object where it is known; absent when it is that of a template spec. */
  readonly template: Value;
  /** `{ name: { value } }` or, in azurerm 2, `{ name: value }`; absent without any. */
  readonly parameters: Value;
  /** Whether it is deployed to a resource group or to something above. */
  readonly level: ScopeLevel;
  /** What the template is deployed to: the name of the resource group in `azurerm`, the id of the scope in `azapi`. */
  readonly scope: Value;
  /** Incremental or Complete. */
  readonly mode: Value;
  /** Why it is not certain that the deployment happens. */
  readonly condition?: Unknown;
}

const AZURERM = /^azurerm_(?:(resource_group|subscription|management_group|tenant)_)?template_deployment$/;

/** Whether a root deploys any ARM template. */
export function deploysTemplates({ instances }: TerraformRoot): boolean {
  return instances.some(
    (instance) => instance.mode === 'managed' && templateDeploymentOf(instance) !== undefined,
  );
}

/** The template deployment that an instance is; undefined for anything else. */
export function templateDeploymentOf(instance: TerraformInstance): TemplateDeployment | undefined {
  if (instance.type === AZAPI_RESOURCE && armTypeOf(instance) === 'microsoft.resources/deployments') {
    const properties = field(bodyOf(instance), 'properties');
    return {
      ...commonOf(instance),
      template: field(properties, 'template'),
      parameters: field(properties, 'parameters'),
      level: levelOfScope(instance.attribute('parent_id')),
      scope: instance.attribute('parent_id'),
      mode: field(properties, 'mode'),
    };
  }
  const written = AZURERM.exec(instance.type);
  if (written === null) return undefined;
  const isOld = instance.type === 'azurerm_template_deployment';
  const parameters = fromJson(instance.attribute(isOld ? 'parameters_body' : 'parameters_content'));
  return {
    ...commonOf(instance),
    template: fromJson(instance.attribute(isOld ? 'template_body' : 'template_content')),
    parameters: isOld && parameters.kind === 'absent' ? instance.attribute('parameters') : parameters,
    level: LEVELS[written[1] ?? ''] ?? 'resource-group',
    scope: instance.attribute('resource_group_name'),
    mode: instance.attribute('deployment_mode'),
  };
}

function commonOf({
  address,
  condition,
  attribute,
}: TerraformInstance): Pick<TemplateDeployment, 'address' | 'name' | 'condition'> {
  return { address, name: attribute('name'), ...(condition === undefined ? {} : { condition }) };
}

const LEVELS: Readonly<Record<string, ScopeLevel>> = {
  subscription: 'subscription',
  management_group: 'management-group',
  tenant: 'tenant',
};

/** The level that the id of a scope stands for; what is not known is a resource group, as nearly every one is. */
function levelOfScope(scope: Value): ScopeLevel {
  const id = asText(scope);
  if (id.kind !== 'known' || /\/resourcegroups\/[^/]+\/?$/i.test(id.value)) return 'resource-group';
  if (/^\/subscriptions\/[^/]+\/?$/i.test(id.value)) return 'subscription';
  return /\/managementgroups\/[^/]+\/?$/i.test(id.value) ? 'management-group' : 'tenant';
}
