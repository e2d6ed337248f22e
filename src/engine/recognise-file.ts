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

/** The kind that a name alone tells; what is `json` has to be looked at. Undefined for other names, those of saved plans too. */
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

const TEMPLATE = /\/(?:subscription|managementgroup|tenant)?deploymenttemplate\.json#?$/i;
const PARAMETERS = /\/deploymentparameters\.json#?$/i;

/**
 * The kind of a JSON text, comments allowed, by the keys of its outermost object: ARM files by their `$schema`. `undecided`:
 * the text is the beginning of a larger one, which has to be looked at whole.
 */
export function kindOfJson(text: string, isWhole: boolean): FileKind | 'undecided' | undefined {
  const seen = new Set<string>();
  let hasKeyOfPlan = false;
  const mayBeArm = /deployment(?:template|parameters)\.json/i.test(text);
  for (const { key, value } of topLevelKeys(text)) {
    const isFirst = seen.size === 0;
    seen.add(key);
    if (key.toLowerCase() === '$schema' && value !== undefined) {
      if (TEMPLATE.test(value)) return 'arm-template';
      return PARAMETERS.test(value) ? 'arm-parameters' : undefined;
    }
    if (isWhatIf(seen)) return 'arm-what-if';
    const isOfPlan = KEYS_OF_PLANS.has(key);
    if (KEYS_OF_OTHERS.has(key)) return undefined;
    const isNone = isFirst && !isOfPlan && !OTHER_KEYS.has(key) && !KEYS_OF_WHAT_IF.has(key);
    if (isNone && !mayBeArm) return undefined;
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

interface TopLevelKey {
  readonly key: string;
  /** The value, when it is a string. */
  readonly value: string | undefined;
}

/** The keys of the outermost object as they are written, up to where the text ends or stops being JSON. */
function* topLevelKeys(text: string): Generator<TopLevelKey> {
  let depth = 0;
  let expectsKey = false;
  for (let offset = 0; offset < text.length; offset += 1) {
    const character = text[offset] ?? '';
    if (character.trim() === '') continue;
    if (character === '/') {
      const end = commentEnd(text, offset);
      if (end === -1) return;
      offset = end - 1;
      continue;
    }
    if (depth === 0 && character !== '{') return;
    if (character === '"') {
      const end = stringEnd(text, offset);
      if (end === -1) return;
      if (expectsKey) yield { key: text.slice(offset + 1, end), value: stringAfter(text, end + 1) };
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

function stringAfter(text: string, offset: number): string | undefined {
  const [start] = /^\s*:\s*(?=")/.exec(text.slice(offset, offset + 64)) ?? [];
  if (start === undefined) return undefined;
  const from = offset + start.length;
  const end = stringEnd(text, from);
  return end === -1 ? undefined : text.slice(from + 1, end);
}

/** Where a comment that begins at `start` ends, or -1 for what is no comment. */
function commentEnd(text: string, start: number): number {
  const isLine = text.startsWith('//', start);
  if (!isLine && !text.startsWith('/*', start)) return -1;
  const end = text.indexOf(isLine ? '\n' : '*/', start + 2);
  return end === -1 ? text.length : end + (isLine ? 1 : 2);
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
