import type { Expression } from './plan-format.ts';

/** The key of an instance, or one step of a path into a value: an attribute name, a map key or a list index. */
export type Key = string | number;

/**
 * One mention of something in an expression. `path` is what was read of it, as far as the plan keeps it: a computed index
 * (`azurerm_subnet.main[each.key].id`) ends it. `text` is the mention as the plan writes it.
 *
 * - `resource`: without `key` all its instances, or its only one.
 * - `module`: without `output` any of its outputs, without `key` any of its instances.
 * - `nothing`: always known while planning (`path.module`, `terraform.workspace`).
 * - `other`: a plan does not say what it stands for (`local.x`).
 */
export type Mention =
  | {
      readonly to: 'resource';
      readonly text: string;
      readonly mode: 'managed' | 'data';
      /** `azurerm_subnet.main`, without `data.`. */
      readonly name: string;
      readonly key?: Key;
      readonly path: readonly Key[];
    }
  | { readonly to: 'variable'; readonly text: string; readonly name: string; readonly path: readonly Key[] }
  | {
      readonly to: 'module';
      readonly text: string;
      readonly call: string;
      readonly key?: Key;
      readonly output?: string;
      readonly path: readonly Key[];
    }
  | { readonly to: 'each-value'; readonly text: string; readonly path: readonly Key[] }
  | { readonly to: 'each-key' | 'count-index' | 'nothing' | 'other'; readonly text: string };

/** One step of an address or a reference: `.name` or `[key]`. */
type Step = { readonly name: string } | { readonly key: Key };

/**
 * What an expression mentions, in the order of its text, one entry for every time. Since format 0.2 a plan writes each
 * mention followed by its prefixes (`a.b.id`, `a.b`), which are left out here; in 0.1 (`prefixed` false) it writes
 * the object alone. How many prefixes follow is fixed by the kind of mention, so that a mention that happens to be
 * a prefix of the one before it is kept.
 */
export function mentionsOf(expression: Expression, prefixed: boolean): readonly Mention[] {
  const references = expression.references ?? [];
  const mentions: Mention[] = [];
  for (let index = 0; index < references.length; index += 1) {
    let text = references[index] ?? '';
    const mention = parseReference(text);
    mentions.push(mention);
    if (!prefixed) continue;
    for (let left = prefixesOf(mention); left > 0; left -= 1) {
      const next = references[index + 1];
      if (next === undefined || !isPrefix(next, text)) break;
      text = next;
      index += 1;
    }
  }
  return mentions;
}

/** The module calls on the way to a module instance, from the address the plan gives it; none for the root module. */
export function callsOf(moduleAddress: string): readonly { readonly call: string; readonly key?: Key }[] {
  const calls: { call: string; key?: Key }[] = [];
  const steps = stepsOf(moduleAddress) ?? [];
  for (let index = 0; index < steps.length; index += 1) {
    const step = steps[index];
    const last = calls.at(-1);
    if (step === undefined) continue;
    if ('key' in step) {
      if (last !== undefined) last.key = step.key;
    } else if (step.name === 'module') {
      const name = steps[index + 1];
      if (name !== undefined && 'name' in name) calls.push({ call: name.name });
      index += 1;
    }
  }
  return calls;
}

/** A path as Terraform writes it: `frontend_ip_configuration[0].private_ip_address`. */
export function formatPath(path: readonly Key[]): string {
  let text = '';
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`;
    else if (!/^[\p{L}_][\p{L}\p{N}_-]*$/u.test(step)) text += `[${JSON.stringify(step)}]`;
    else text += text === '' ? step : `.${step}`;
  }
  return text;
}

function parseReference(text: string): Mention {
  const steps = stepsOf(text);
  const [first, second, third] = steps ?? [];
  if (steps === undefined || first === undefined || !('name' in first)) return { to: 'other', text };
  const name = second !== undefined && 'name' in second ? second.name : undefined;
  switch (first.name) {
    case 'path':
    case 'terraform':
    case 'tofu':
    case 'self':
      return { to: 'nothing', text };
    case 'count':
      return { to: 'count-index', text };
    case 'each':
      if (name === 'key') return { to: 'each-key', text };
      return name === 'value' ? { to: 'each-value', text, path: pathFrom(steps, 2) } : { to: 'other', text };
    case 'var':
      if (name === undefined) return { to: 'other', text };
      return { to: 'variable', text, name, path: pathFrom(steps, 2) };
    case 'module': {
      if (name === undefined) return { to: 'other', text };
      const key = third !== undefined && 'key' in third ? third.key : undefined;
      const at = key === undefined ? 2 : 3;
      const output = steps[at];
      return {
        to: 'module',
        text,
        call: name,
        ...(key === undefined ? {} : { key }),
        ...(output !== undefined && 'name' in output ? { output: output.name } : {}),
        path: pathFrom(steps, at + 1),
      };
    }
    case 'data':
      if (third === undefined || !('name' in third) || name === undefined) return { to: 'other', text };
      return resourceFrom(text, 'data', `${name}.${third.name}`, steps, 3);
    case 'local':
    case 'ephemeral':
      return { to: 'other', text };
    default:
      if (name === undefined) return { to: 'other', text };
      return resourceFrom(text, 'managed', `${first.name}.${name}`, steps, 2);
  }
}

function resourceFrom(
  text: string,
  mode: 'managed' | 'data',
  name: string,
  steps: readonly Step[],
  at: number,
): Mention {
  const step = steps[at];
  const key = step !== undefined && 'key' in step ? step.key : undefined;
  const path = pathFrom(steps, key === undefined ? at : at + 1);
  return { to: 'resource', text, mode, name, ...(key === undefined ? {} : { key }), path };
}

function pathFrom(steps: readonly Step[], at: number): readonly Key[] {
  return steps.slice(at).map((step) => ('name' in step ? step.name : step.key));
}

/** How many prefixes the plan writes behind a mention: one per step read of it, and the object without its key. */
function prefixesOf(mention: Mention): number {
  switch (mention.to) {
    case 'resource':
      return mention.path.length + (mention.key === undefined ? 0 : 1);
    case 'module':
      // An output is followed by its module instance only, a module instance by its module.
      return mention.output === undefined ? (mention.key === undefined ? 0 : 1) : mention.path.length + 1;
    case 'variable':
    case 'each-value':
      return mention.path.length;
    case 'other':
      // `local.x.y`: the subject has two steps.
      return Math.max(0, (stepsOf(mention.text)?.length ?? 0) - 2);
    default:
      return 0;
  }
}

function isPrefix(short: string, long: string): boolean {
  return long.length > short.length && long.startsWith(short) && /[.[]/.test(long.charAt(short.length));
}

/** The steps of a traversal, or undefined where the text is none. */
function stepsOf(text: string): readonly Step[] | undefined {
  const token = /(?:^|\.)([^.[\]"]+)|\[(?:"((?:[^"\\]|\\.)*)"|(-?\d+))\]/gy;
  const steps: Step[] = [];
  while (token.lastIndex < text.length) {
    const match = token.exec(text);
    if (match === null) return undefined;
    const [, name, quoted, index] = match;
    if (name !== undefined) steps.push({ name });
    else steps.push({ key: quoted === undefined ? Number(index) : unquote(quoted) });
  }
  return steps;
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

function unquote(quoted: string): string {
  if (!/[\\$%]/.test(quoted)) return quoted;
  return quoted
    .replaceAll(/\\(?:u([0-9a-fA-F]{4})|U(00[01][0-9a-fA-F]{5})|(.))/gs, (whole, short, long, escaped) => {
      if (escaped !== undefined) return ESCAPES[escaped] ?? escaped;
      const point = Number.parseInt(short ?? long, 16);
      return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
    })
    .replaceAll(/([$%])\1\{/g, '$1{');
}
