import type { Reference } from '../../value/value.ts';
import { isKnownAt, type PlanInstance } from './instances.ts';
import { formatPath, type Key } from './references.ts';

/** What an expression may be a copy of. */
export interface Resolution {
  readonly candidates: readonly Candidate[];
  /** Those of the candidates. */
  readonly references: readonly Reference[];
  /** It may also come from something that a plan does not show. */
  readonly open: boolean;
  /** It depends on one thing alone, so nothing chooses between that thing and another, or none. */
  readonly single: boolean;
  /** The first unknown thing it depends on: `module.net.azurerm_subnet.main.id`. */
  readonly waitsFor: string | undefined;
}

/** One property that an expression may be a copy of. */
export interface Candidate {
  readonly reference: Reference;
  /** The plan knows its value. */
  readonly known: boolean;
  /** How a person writes it: `module.net.azurerm_subnet.main.id`. */
  readonly text: string;
}

/** The resolution of an expression that depends on nothing but what is known while planning. */
export const NOTHING: Resolution = resolution([], false, true, undefined);

/** The resolution of something a plan does not show. */
export function unresolved(waitsFor: string | undefined): Resolution {
  return resolution([], true, false, waitsFor);
}

/** The property of one instance. `single` says that it is certainly this one. */
export function copyOf(instance: PlanInstance, path: readonly Key[], single: boolean): Resolution {
  const property = formatPath(path);
  const known = isKnownAt(instance, path);
  const text = `${instance.address}${property === '' ? '' : `.${property}`}`;
  return resolution(
    [{ reference: { id: instance.id, property }, known, text }],
    false,
    single,
    known ? undefined : text,
  );
}

/** A part of any of several instances; `text` is how the expression writes them. */
export function copyOfAny(instances: Iterable<PlanInstance>, text: string): Resolution {
  const candidates: Candidate[] = [];
  for (const instance of instances) {
    candidates.push({ reference: { id: instance.id, property: '' }, known: isKnownAt(instance, []), text });
  }
  return resolution(candidates, false, false, candidates.every(({ known }) => known) ? undefined : text);
}

/** Makes one resolution of several. */
export interface Joiner {
  /**
   * Of what one expression mentions; `single` says that all but one of them are its index. Parts that have more than
   * 1,000 candidates together end as open without candidates, so that a thousand instances do not list a thousand each.
   */
  mentions(parts: readonly Resolution[], single: boolean): Resolution;
  /** Of things of which the value is one. */
  alternatives(parts: readonly Resolution[]): Resolution;
}

const MOST_TOGETHER = 1_000;

/**
 * Joins resolutions and gives the same object for the same mentions, so that the instances of a resource share their
 * candidates.
 *
 * With `keepKnown` false it leaves out what an unknown value cannot come from: everything, when all that the expression
 * depends on is known, because then it would be known as well; and what is known, when all that is unknown is the same
 * property, because then these are alternatives. Otherwise something unknown may be a condition that chooses
 * between things that are known, and all of them stay.
 */
export function createJoiner(keepKnown: boolean): Joiner {
  const pairs = new Map<Resolution, Map<Resolution, Resolution>>();
  const singles = new Map<Resolution, Resolution>();
  const others = new Map<Resolution, Resolution>();

  const merge = (left: Resolution, right: Resolution): Resolution => {
    const byRight = pairs.get(left) ?? new Map<Resolution, Resolution>();
    pairs.set(left, byRight);
    const isShort = left.candidates.length + right.candidates.length <= MOST_TOGETHER;
    const merged =
      byRight.get(right) ?? (isShort ? union([left, right]) : unresolved(left.waitsFor ?? right.waitsFor));
    byRight.set(right, merged);
    return merged;
  };

  return {
    mentions(parts, single) {
      const [first, ...further] = parts.filter((part) => part !== NOTHING);
      if (first === undefined) return NOTHING;
      const merged = further.reduce(merge, first);
      const done = single ? singles : others;
      const joined = done.get(merged) ?? reduced(merged, keepKnown, single && merged.single);
      done.set(merged, joined);
      return joined;
    },
    alternatives(parts) {
      return reduced(union(parts), keepKnown, false);
    },
  };
}

function union(parts: readonly Resolution[]): Resolution {
  const candidates = new Map<string, Candidate>();
  for (const candidate of parts.flatMap((part) => part.candidates)) {
    const { property, id } = candidate.reference;
    candidates.set(`${property} ${id}`, candidate);
  }
  const { waitsFor } = parts.find((part) => part.waitsFor !== undefined) ?? NOTHING;
  const open = parts.some((part) => part.open);
  return resolution([...candidates.values()], open, false, waitsFor);
}

function reduced(whole: Resolution, keepKnown: boolean, single: boolean): Resolution {
  const { candidates, open, waitsFor } = whole;
  if (!keepKnown && !open) {
    const unknown = candidates.filter(({ known }) => !known);
    const properties = new Set(unknown.map(({ reference }) => reference.property));
    if (properties.size === 0) return NOTHING;
    if (properties.size === 1 && unknown.length < candidates.length) {
      return resolution(unknown, open, single, waitsFor);
    }
  }
  return single === whole.single ? whole : resolution(candidates, open, single, waitsFor);
}

function resolution(
  candidates: readonly Candidate[],
  open: boolean,
  single: boolean,
  waitsFor: string | undefined,
): Resolution {
  return { candidates, references: candidates.map(({ reference }) => reference), open, single, waitsFor };
}
