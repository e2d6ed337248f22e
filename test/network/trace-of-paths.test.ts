import fc from 'fast-check';
import { buildNetwork, type Network } from '../../src/network/network.ts';
import type { Protocol } from '../../src/network/packets/packet.ts';
import type { Path } from '../../src/network/path.ts';
import { modelOf } from '../support/arm-model.ts';
import { cases, seed } from '../support/property-runs.ts';
import { arbitraryEstate } from './oracle/arbitrary-estate.ts';
import { resourcesOf } from './oracle/estate-resources.ts';
import { masked } from './oracle/mask.ts';
import { randomFrom } from './oracle/random-world.ts';

/** A packet that only one rule of its frontend can take, or nothing. */
function packetOf(path: Path, paths: readonly Path[]): { protocol: Protocol; port: number } | undefined {
  const { rule, frontend } = path;
  const rivals = paths.filter(
    (other) => other.frontend === frontend && other.clientKind === path.clientKind && other !== path,
  );
  if (rivals.length > 0 || rule.protocol.kind !== 'known' || rule.frontendPort.kind !== 'known')
    return undefined;
  const protocol = { tcp: 'tcp', udp: 'udp', all: 'tcp' } as const;
  const named = rule.protocol.value.toLowerCase();
  if (named !== 'tcp' && named !== 'udp' && named !== 'all') return undefined;
  return { protocol: protocol[named], port: rule.frontendPort.value === 0 ? 4444 : rule.frontendPort.value };
}

/** What `trace` says of a packet to a path, where it contradicts what the path says. */
function contradiction(network: Network, path: Path): string | undefined {
  const { frontend, loadBalancer, clientKind, data, probe } = path;
  const packet = packetOf(path, network.paths);
  if (packet === undefined || frontend === undefined) return undefined;
  if (clientKind !== 'internet' && clientKind !== 'vnet') return undefined;
  const answer = network.answer({
    from: { kind: clientKind === 'internet' ? 'internet' : 'vnet' },
    to: { kind: 'frontends', label: path.name, balancer: loadBalancer, frontends: [frontend] },
    ...packet,
  });
  const { verdict } = answer;
  const isWrong =
    (data === 'open' && probe !== 'blocked' && verdict === 'dropped') ||
    (data === 'blocked' && verdict === 'delivered');
  if (isWrong) return `${path.name}: ${data} for ${path.client}, but ${verdict}`;
  return verdict === 'unknown' && answer.waitsFor.length === 0
    ? `${path.name}: unknown without a reason`
    : undefined;
}

test('trace says of packets to a frontend what the paths say, also with parts unknown', () => {
  let compared = 0;
  fc.assert(
    fc.property(arbitraryEstate, fc.nat(), fc.integer({ min: 0, max: 3 }), (estate, worldSeed, holes) => {
      const network = buildNetwork(modelOf(...masked(resourcesOf(estate), randomFrom(worldSeed), holes)));
      for (const path of network.paths) {
        compared += 1;
        const found = contradiction(network, path);
        if (found !== undefined) throw new Error(found);
      }
    }),
    { numRuns: cases(200), seed },
  );
  expect(compared).toBeGreaterThan(0);
}, 600_000);
