import { looksLikeArmTemplate, looksLikeParametersFile } from '../sources/arm-template/recognise.ts';

/** What a file is to Portcullis, going by its name and, for JSON, by its content. */
export type FileKind =
  | 'terraform-plan'
  | 'terraform'
  | 'bicep'
  | 'bicep-parameters'
  | 'arm-template'
  | 'arm-parameters'
  | 'arm-what-if';

const TERRAFORM = /\.(?:tf|tofu)(?:\.json)?$/i;

/** The kind a name alone tells; `json` and `plan` names need a look at the content. */
export function kindOfName(name: string): FileKind | 'json' | undefined {
  const lower = name.toLowerCase();
  if (TERRAFORM.test(lower)) return 'terraform';
  if (lower.endsWith('.bicep')) return 'bicep';
  if (lower.endsWith('.bicepparam')) return 'bicep-parameters';
  return lower.endsWith('.json') || lower.endsWith('.jsonc') ? 'json' : undefined;
}

const KEYS_OF_PLANS = new Set([
  'action_invocations',
  'applyable',
  'complete',
  'configuration',
  'deferred_action_invocations',
  'deferred_changes',
  'errored',
  'output_changes',
  'planned_values',
  'prior_state',
  'relevant_attributes',
  'resource_changes',
  'resource_drift',
  'variables',
]);
const OTHER_KEYS = new Set(['checks', 'format_version', 'terraform_version', 'timestamp']);
const KEYS_OF_OTHERS = new Set(['provider_schemas', 'values']);

/**
 * The kind of a JSON text. `undecided`: the text is the beginning of a larger one, which has to be looked at whole. ARM files
 * are told by their `$schema`, plans and what-if results by the keys of the outermost object.
 */
export function kindOfJson(text: string, isWhole: boolean): FileKind | 'undecided' | undefined {
  if (/"\$schema"/i.test(text)) {
    if (looksLikeArmTemplate(text)) return 'arm-template';
    if (looksLikeParametersFile(text)) return 'arm-parameters';
  }
  const seen = new Set<string>();
  let hasKeyOfPlan = false;
  for (const key of topLevelKeys(text)) {
    const isFirst = seen.size === 0;
    seen.add(key);
    if (isWhatIf(seen)) return 'arm-what-if';
    const isOfPlan = KEYS_OF_PLANS.has(key);
    if (KEYS_OF_OTHERS.has(key)) return undefined;
    if (isFirst && !isOfPlan && !OTHER_KEYS.has(key) && !KEYS_OF_WHAT_IF.has(key)) return undefined;
    hasKeyOfPlan ||= isOfPlan;
    if (hasKeyOfPlan && seen.has('format_version') && seen.has('terraform_version')) return 'terraform-plan';
  }
  return isWhole || seen.size === 0 ? undefined : 'undecided';
}

const KEYS_OF_WHAT_IF = new Set(['changes', 'diagnostics', 'error', 'potentialChanges', 'status']);

/** The result of `what-if --no-pretty-print`, which the command prints with sorted keys. */
function isWhatIf(keys: ReadonlySet<string>): boolean {
  return keys.has('changes') && keys.has('status');
}

/** The keys of the outermost object as they are written, up to where the text ends or stops being JSON. */
function* topLevelKeys(text: string): Generator<string> {
  let depth = 0;
  let expectsKey = false;
  for (let offset = text.search(/\S/); offset !== -1 && offset < text.length; offset += 1) {
    const character = text[offset];
    if (depth === 0 && character !== '{') return;
    if (character === '"') {
      const end = stringEnd(text, offset);
      if (end === -1) return;
      if (expectsKey) yield text.slice(offset + 1, end);
      expectsKey = false;
      offset = end;
    } else if (character === '{' || character === '[') {
      depth += 1;
      expectsKey = depth === 1;
    } else if (character === '}' || character === ']') {
      depth -= 1;
      if (depth === 0) return;
    } else if (character === ',') {
      expectsKey = depth === 1;
    }
  }
}

/** Where the string that begins at `start` ends: the offset of its closing quote, or -1. */
function stringEnd(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let escapes = 0;
    while (text[end - 1 - escapes] === '\\') escapes += 1;
    if (escapes % 2 === 0) return end;
  }
  return -1;
}
