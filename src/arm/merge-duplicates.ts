import { printable } from '../text/printable.ts';
import type { Problem } from '../text/problem.ts';
import type { Unknown, Value } from '../value/value.ts';
import type { Declaration } from './declaration.ts';
import { equality } from './equality.ts';
import { choose } from './functions/choose.ts';
import type { IdPattern } from './id-pattern.ts';

/** A declaration with its id read. `condition` is there while it is open whether the resource will exist. */
export interface Identified {
  readonly declaration: Declaration;
  readonly pattern: IdPattern;
  readonly condition?: Unknown;
}

/**
 * One declaration per id. Azure applies declarations one after the other and each replaces the one before, so the later
 * one holds; where it is open whether the later one is deployed, what they do not agree on is unknown. Only what the later
 * one changes is a problem.
 */
export function mergeDuplicates(declared: readonly Identified[]): {
  readonly declared: readonly Identified[];
  readonly problems: readonly Problem[];
} {
  const byId = new Map<string, Identified>();
  const problems: Problem[] = [];
  for (const later of declared) {
    const { text } = later.pattern;
    const earlier = byId.get(text);
    if (earlier === undefined) {
      byId.set(text, later);
      continue;
    }
    if (later.condition === undefined && changes(earlier, later))
      problems.push(declaredTwice(later.declaration));
    byId.set(text, merge(earlier, later));
  }
  return { declared: [...byId.values()], problems };
}

/** Whether the later declaration says something else about what packets meet. */
function changes({ declaration: earlier }: Identified, { declaration: later }: Identified): boolean {
  return MEETS_PACKETS.test(later.type) && equality(earlier.body, later.body).is !== 'true';
}

const MEETS_PACKETS = /^microsoft\.(?:network|compute)\//i;

function merge(earlier: Identified, later: Identified): Identified {
  if (later.condition === undefined) return later;
  const body: Value = choose({
    condition: later.condition,
    whenTrue: later.declaration.body,
    whenFalse: earlier.declaration.body,
  });
  const declaration =
    body.kind === 'object' ? { ...later.declaration, body } : { ...later.declaration, body: emptied(later) };
  const merged = { declaration, pattern: later.pattern };
  return earlier.condition === undefined ? merged : { ...merged, condition: later.condition };
}

function emptied({ declaration, condition }: Identified): Declaration['body'] {
  return { ...declaration.body, fields: new Map(), ...(condition === undefined ? {} : { more: condition }) };
}

function declaredTwice({ address, origin }: Declaration): Problem {
  return {
    code: 'resource-declared-twice',
    message: `\`${printable(address)}\` has the id of a resource that is declared before; the later declaration is used`,
    origin,
    severity: 'warning',
  };
}
