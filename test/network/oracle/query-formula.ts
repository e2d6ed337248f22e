import { parsePrefix } from '../../../src/network/packets/address.ts';
import { EMPTY, type IntervalSet, unionAll } from '../../../src/network/packets/interval-set.ts';
import { parsePorts, protocolSet } from '../../../src/network/packets/packet.ts';
import type { Query } from '../../../src/network/reach.ts';
import type { PlainQuery } from './arbitrary-level.ts';
import { and, between, type Formula, or } from './packet-formula.ts';
import { prefixesFormula } from './rule-formula.ts';

/** The query as `reach` takes it. */
export function queryOf(query: PlainQuery): Query {
  const addresses = (texts: readonly string[]): IntervalSet =>
    unionAll(texts.map((text) => parsePrefix(text) ?? EMPTY));
  return {
    protocol: protocolSet(...query.protocols),
    source: addresses(query.sources),
    sourcePort: parsePorts(query.sourcePorts) ?? EMPTY,
    destination: addresses(query.destinations),
    destinationPort: parsePorts(query.destinationPorts) ?? EMPTY,
  };
}

/** The query as a formula. */
export function queryFormula({
  protocols,
  sources,
  sourcePorts,
  destinations,
  destinationPorts,
}: PlainQuery): Formula {
  const order = ['tcp', 'udp', 'icmp', 'esp', 'ah'];
  const ports = (variable: string, text: string): Formula => {
    const [low = '', high = low] = text.split('-');
    return between(variable, BigInt(low), BigInt(high), 16);
  };
  return and([
    or(protocols.map((name) => `(= p (_ bv${order.indexOf(name)} 3))`)),
    prefixesFormula('s', sources),
    ports('sp', sourcePorts),
    prefixesFormula('d', destinations),
    ports('dp', destinationPorts),
  ]);
}
