import type { Gap } from '../../model/resource.ts';
import { printable } from '../../text/printable.ts';
import type { Problem } from '../../text/problem.ts';
import { asText } from '../../value/value.ts';
import type { TerraformInstance, UnreadPart } from './instance.ts';
import type { TemplateDeployment } from './template-deployment.ts';

/** An instance that deploys a template. */
export interface FoundDeployment {
  readonly instance: TerraformInstance;
  readonly deployment: TemplateDeployment;
}

/** What a template that is not known here leaves open: it can declare anything, and change what it is given. */
export function unreadTemplate({ instance: { address, origin }, deployment }: FoundDeployment): {
  readonly gap: Gap;
  readonly part: UnreadPart;
  readonly problem: Problem;
} {
  const { template, parameters } = deployment;
  const isThere = template.kind === 'known' || template.kind === 'object';
  const what = isThere
    ? 'an ARM template that cannot be read here'
    : 'an ARM template that is not known here';
  return {
    gap: { reason: { kind: 'module', name: address }, origin },
    part: { address, origin, given: [parameters, template] },
    problem: {
      code: 'template-deployment-not-read',
      message: `\`${printable(address)}\` deploys ${what}`,
      remedy: 'check the template on its own',
      origin,
      severity: 'warning',
    },
  };
}

/** The mode `Complete` deletes what a resource group holds beside the template, whoever made it. */
export function problemsOfMode({ instance, deployment }: FoundDeployment): readonly Problem[] {
  const mode = asText(deployment.mode);
  if (mode.kind !== 'known' || mode.value.toLowerCase() !== 'complete') return [];
  const { address, origin } = instance;
  return [
    {
      code: 'template-deployment-complete',
      message: `\`${printable(address)}\` deletes what its resource group holds beside its template, which is not taken into account`,
      remedy: 'deploy it in the mode `Incremental`',
      origin,
      severity: 'warning',
    },
  ];
}
