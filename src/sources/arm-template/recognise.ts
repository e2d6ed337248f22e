import { at, type JsonNode, textOf } from '../../arm/json-node.ts';
import { parseJson } from '../../arm/parse-json.ts';

const TEMPLATE = /\/(?:subscription|managementgroup|tenant)?deploymenttemplate\.json#?$/i;
const PARAMETERS = /\/deploymentparameters\.json#?$/i;

/** Whether a text is an ARM template of any level, by the `$schema` it names. */
export function looksLikeArmTemplate(text: string): boolean {
  return schemaMatches(text, /deploymentTemplate\.json/i, TEMPLATE);
}

/** Whether a text is a parameters file for ARM templates, by the `$schema` it names. */
export function looksLikeParametersFile(text: string): boolean {
  return schemaMatches(text, /deploymentParameters\.json/i, PARAMETERS);
}

/** Most files do not hold the name at all, and most that do begin with it: only the others are read as JSON. */
function schemaMatches(text: string, hint: RegExp, schema: RegExp): boolean {
  if (!hint.test(text)) return false;
  const first = /^\ufeff?\s*\{\s*"\$schema"\s*:\s*"([^"\\]*)"/.exec(text)?.[1];
  if (first !== undefined) return schema.test(first);
  const outcome = parseJson(text, '');
  return 'root' in outcome && schema.test(schemaOf(outcome.root) ?? '');
}

function schemaOf(root: JsonNode): string | undefined {
  return textOf(at(root, '$schema'));
}
