import type { Bound } from './packets/interval-set.ts';
import type { Filter } from './reach.ts';
import type { CompiledRule } from './security-rules.ts';

/**
 * Where an address stands among the destinations of all rules. No rule tells addresses with the same answer apart, except
 * by who owns them.
 */
export function destinationCell(
  address: Bound,
  filters: readonly Filter[],
  adminRules: readonly CompiledRule[],
): string {
  const lists = filters.flatMap((filter) => (filter !== 'none' && 'rules' in filter ? [filter.rules] : []));
  return [...lists, adminRules].map((rules) => countUpTo(edgesOf(rules), address)).join(' ');
}

const edges = new WeakMap<readonly CompiledRule[], readonly Bound[]>();

function edgesOf(rules: readonly CompiledRule[]): readonly Bound[] {
  const known = edges.get(rules);
  if (known !== undefined) return known;
  const all = rules.flatMap(({ destination }) => [...destination.must, ...destination.may]);
  const sorted = [...new Set(all)].sort((a, b) => (a < b ? -1 : 1));
  edges.set(rules, sorted);
  return sorted;
}

/** How many of the sorted bounds are not above `bound`. */
function countUpTo(sorted: readonly Bound[], bound: Bound): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const at = sorted[middle];
    if (at !== undefined && at <= bound) low = middle + 1;
    else high = middle;
  }
  return low;
}
