import type { Model } from '../model/model.ts';
import type { TerraformRoot } from '../sources/azurerm/instance.ts';
import { deploysTemplates } from '../sources/azurerm/template-deployment.ts';
import { toModel } from '../sources/azurerm/to-model.ts';
import type { Problem } from '../text/problem.ts';

/** The model of a Terraform root. The source for ARM templates is loaded for roots that deploy any. */
export async function translateTerraform(
  root: TerraformRoot,
): Promise<{ readonly model: Model; readonly problems: readonly Problem[] }> {
  if (!deploysTemplates(root)) return toModel(root);
  const { evaluateTemplate } = await import('../sources/arm-template/evaluate-template.ts');
  return toModel(root, evaluateTemplate);
}
