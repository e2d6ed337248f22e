import type { Gap } from '../../model/resource.ts';
import { printable } from '../../text/printable.ts';
import type { Problem } from '../../text/problem.ts';
import { field, type Unknown, type Value } from '../../value/value.ts';
import { AZAPI_RESOURCE, armTypeOf, bodyOf } from './azapi-instance.ts';
import type { TerraformInstance } from './instance.ts';
import { fromJson } from './json-text.ts';

/** An ARM template that Terraform deploys, as far as it is known. */
export interface TemplateDeployment {
  readonly address: string;
  readonly name: Value;
  /** The template, an object where it is known; absent when it is that of a template spec. */
  readonly template: Value;
  /** `{ name: { value } }` or, in azurerm 2, `{ name: value }`; absent without any. */
  readonly parameters: Value;
  /** What the template is deployed to: the name of the resource group in `azurerm`, the id of the scope in `azapi`. */
  readonly scope: Value;
  /** Incremental or Complete. */
  readonly mode: Value;
  /** Why it is not certain that the deployment happens. */
  readonly condition?: Unknown;
}

const AZURERM = /^azurerm_(?:(resource_group|subscription|management_group|tenant)_)?template_deployment$/;

/** The template deployment that an instance is; undefined for anything else. */
export function templateDeploymentOf(instance: TerraformInstance): TemplateDeployment | undefined {
  const { address, condition } = instance;
  const common = {
    address,
    name: instance.attribute('name'),
    ...(condition === undefined ? {} : { condition }),
  };
  if (instance.type === AZAPI_RESOURCE && armTypeOf(instance) === 'microsoft.resources/deployments') {
    const properties = field(bodyOf(instance), 'properties');
    return {
      ...common,
      template: field(properties, 'template'),
      parameters: field(properties, 'parameters'),
      scope: instance.attribute('parent_id'),
      mode: field(properties, 'mode'),
    };
  }
  if (!AZURERM.test(instance.type)) return undefined;
  const isOld = instance.type === 'azurerm_template_deployment';
  const parameters = fromJson(instance.attribute(isOld ? 'parameters_body' : 'parameters_content'));
  return {
    ...common,
    template: fromJson(instance.attribute(isOld ? 'template_body' : 'template_content')),
    parameters: isOld && parameters.kind === 'absent' ? instance.attribute('parameters') : parameters,
    scope: instance.attribute('resource_group_name'),
    mode: instance.attribute('deployment_mode'),
  };
}

/** What a template deployment adds to a root. */
export interface TemplateReading {
  readonly gaps: readonly Gap[];
  readonly problems: readonly Problem[];
}

/** Templates inside Terraform are not evaluated: they may hold anything, so there is a gap, and a problem that says so. */
export function readTemplateDeployment(
  { template }: TemplateDeployment,
  { address, origin }: TerraformInstance,
): TemplateReading {
  const what = template.kind === 'object' ? 'an ARM template' : 'an ARM template that is not known here';
  return {
    gaps: [{ reason: { kind: 'unsupported', name: address }, origin }],
    problems: [
      {
        code: 'template-deployment-not-read',
        message: `\`${printable(address)}\` deploys ${what}, which is not read`,
        remedy: 'check the template on its own',
        origin,
        severity: 'warning',
      },
    ],
  };
}
