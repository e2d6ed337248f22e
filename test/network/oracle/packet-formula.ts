import type { IntervalSet } from '../../../src/network/packets/interval-set.ts';
import { PROTOCOLS } from '../../../src/network/packets/packet.ts';
import type { PacketSet } from '../../../src/network/packets/packet-set.ts';

/** A formula of SMT-LIB over one packet. */
export type Formula = string;

/**
 * One packet: `dk` and `sk` tell the kind of an address (0 IPv4, 1 an address without a number yet, 2 IPv6), `dv` and
 * `sv` its number, `p` the protocol by its place in the list of protocols, `dp` and `sp` the ports.
 */
export const DECLARATIONS: string = [
  ...['dk', 'sk'].map((name) => `(declare-const ${name} (_ BitVec 2))`),
  ...['dv', 'sv'].map((name) => `(declare-const ${name} (_ BitVec 128))`),
  '(declare-const p (_ BitVec 3))',
  ...['dp', 'sp'].map((name) => `(declare-const ${name} (_ BitVec 16))`),
  ...['d', 's'].map(
    (end) =>
      `(assert (or (= ${end}k #b10) (and (bvult ${end}k #b10) (bvult ${end}v (_ bv${2n ** 32n} 128)))))`,
  ),
  `(assert (bvult p (_ bv${PROTOCOLS.length} 3)))`,
].join('\n');

export function and(parts: readonly Formula[]): Formula {
  return parts.length === 0 ? 'true' : parts.length === 1 ? (parts[0] ?? '') : `(and ${parts.join(' ')})`;
}

export function or(parts: readonly Formula[]): Formula {
  return parts.length === 0 ? 'false' : parts.length === 1 ? (parts[0] ?? '') : `(or ${parts.join(' ')})`;
}

export function not(part: Formula): Formula {
  return `(not ${part})`;
}

/** A number between two others, both included. */
export function between(variable: string, low: bigint, high: bigint, bits: number): Formula {
  const parts: Formula[] = [];
  if (low === high) return `(= ${variable} (_ bv${low} ${bits}))`;
  if (low > 0n) parts.push(`(bvuge ${variable} (_ bv${low} ${bits}))`);
  if (high < 2n ** BigInt(bits) - 1n) parts.push(`(bvule ${variable} (_ bv${high} ${bits}))`);
  return and(parts);
}

const ORDER = ['destination', 'protocol', 'destinationPort', 'source', 'sourcePort'] as const;

/**
 * A packet set as definitions and the name of the one that says whether the packet belongs to it. It follows the
 * decision diagram of the set edge by edge; no operation on sets has a part in it.
 */
export function formulaOf(set: PacketSet, prefix: string): { definitions: string; name: string } {
  const names = new Map<PacketSet, string>();
  const definitions: string[] = [];
  const visit = (node: PacketSet, depth: number): string => {
    const dimension = ORDER[depth];
    if (dimension === undefined) return 'true';
    const known = names.get(node);
    if (known !== undefined) return known;
    const cases = node.edges.map((edge) =>
      and([labelFormula(dimension, edge.label), visit(edge.child, depth + 1)]),
    );
    const name = `${prefix}${names.size}`;
    names.set(node, name);
    definitions.push(`(define-fun ${name} () Bool ${or(cases)})`);
    return name;
  };
  const name = visit(set, 0);
  return { definitions: definitions.join('\n'), name };
}

/** The values of a label, as a formula over their dimension. */
export function labelFormula(dimension: (typeof ORDER)[number], label: IntervalSet): Formula {
  const ranges: Formula[] = [];
  for (let k = 0; k < label.length; k += 2) {
    const [low, end] = [BigInt(label[k] ?? 0), BigInt(label[k + 1] ?? 0)];
    ranges.push(rangeFormula(dimension, low, end - 1n));
  }
  return or(ranges);
}

/** Where the kinds of addresses begin in the address dimension: see src/network/packets/address.ts. */
const KINDS: readonly (readonly [first: bigint, last: bigint])[] = [
  [0n, 2n ** 32n - 1n],
  [2n ** 32n, 2n ** 33n - 1n],
  [2n ** 33n, 2n ** 33n + 2n ** 128n - 1n],
];

function rangeFormula(dimension: (typeof ORDER)[number], low: bigint, high: bigint): Formula {
  switch (dimension) {
    case 'protocol':
      return between('p', low, high, 3);
    case 'destinationPort':
      return between('dp', low, high, 16);
    case 'sourcePort':
      return between('sp', low, high, 16);
    default: {
      const end = dimension === 'source' ? 's' : 'd';
      return or(
        KINDS.flatMap(([first, last], kind) => {
          const [from, to] = [low > first ? low : first, high < last ? high : last];
          if (from > to) return [];
          return [and([`(= ${end}k (_ bv${kind} 2))`, between(`${end}v`, from - first, to - first, 128)])];
        }),
      );
    }
  }
}
