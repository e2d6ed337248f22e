import fc from 'fast-check';
import { buildNetwork, type Network } from '../../src/network/network.ts';
import type { Protocol } from '../../src/network/packets/packet.ts';
import type { Answer } from '../../src/network/question/question.ts';
import { modelOf } from '../support/arm-model.ts';
import { cases, seed } from '../support/property-runs.ts';
import { arbitraryEstate } from './oracle/arbitrary-estate.ts';
import { resourcesOf } from './oracle/estate-resources.ts';
import { masked } from './oracle/mask.ts';
import { randomFrom } from './oracle/random-world.ts';

interface Typed {
  readonly from: string;
  readonly to: string;
  readonly protocol: Protocol;
  readonly port: number;
}

/** Every pair of ends by name, at every port that a rule takes and at one that none does. */
function questionsOf(network: Network): readonly Typed[] {
  const machines = network.topology.interfaces.map(({ address, scaleSet }) => scaleSet?.address ?? address);
  const balancers = network.topology.loadBalancers.map(({ address }) => address);
  const ports = new Set([
    22,
    ...network.paths.flatMap(({ rule: { frontendPort: port } }) =>
      port.kind === 'known' && port.value > 0 ? [port.value] : [],
    ),
  ]);
  const protocols = ['tcp', 'udp'] as const;
  return ['internet', 'vnet', '8.8.8.8', '10.0.1.77', ...machines].flatMap((from) =>
    ['internet', ...balancers, ...machines].flatMap((to) =>
      [...ports].flatMap((port) => protocols.map((protocol) => ({ from, to, protocol, port }))),
    ),
  );
}

function answerTo(network: Network, { from, to, ...packet }: Typed): Answer | undefined {
  const [sender, receiver] = [network.findEnd(from), network.findEnd(to)];
  if ('names' in sender || 'names' in receiver) return undefined;
  return network.answer({ from: sender, to: receiver, ...packet });
}

function shown({ verdict, hops }: Answer): string {
  return `${verdict} by ${hops.at(-1)?.decidedBy?.name}`;
}

test('what is answered while parts of the estate are unknown is answered with all of them as well', () => {
  let decided = 0;
  fc.assert(
    fc.property(arbitraryEstate, fc.nat(), fc.integer({ min: 1, max: 4 }), (estate, worldSeed, holes) => {
      const resources = resourcesOf(estate);
      const whole = buildNetwork(modelOf(...resources));
      const partial = buildNetwork(modelOf(...masked(resources, randomFrom(worldSeed), holes)));
      for (const typed of questionsOf(whole)) {
        const [all, some] = [answerTo(whole, typed), answerTo(partial, typed)];
        if (all === undefined || some === undefined) continue;
        if (some.verdict === 'unknown') {
          if (some.waitsFor.length === 0)
            throw new Error(`${JSON.stringify(typed)} is unknown without a reason`);
          continue;
        }
        decided += 1;
        if (all.verdict !== 'unknown' && all.verdict !== some.verdict)
          throw new Error(`${JSON.stringify(typed)}: ${shown(some)}, but in the whole ${shown(all)}`);
      }
    }),
    { numRuns: cases(40), seed },
  );
  expect(decided).toBeGreaterThan(0);
}, 600_000);
