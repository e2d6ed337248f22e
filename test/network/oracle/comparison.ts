import { buildNetwork } from '../../../src/network/network.ts';
import { type ArmResource, modelOf } from '../../support/arm-model.ts';
import { resourcesOf } from './estate-resources.ts';
import type { PlainClient, PlainEstate } from './plain-estate.ts';
import { randomFrom, worldOf } from './random-world.ts';
import { type SimulatedPath, simulate } from './simulator.ts';

/** One verdict of the network beside what the simulator says of the same packets. */
export interface Comparison {
  /** Name of the path and of the client. */
  readonly path: string;
  readonly member: string;
  readonly what: 'data' | 'probe' | 'data of all members' | 'probe of all members';
  /** The network's verdict. */
  readonly verdict: string;
  /** The simulator's verdicts in all worlds that were tried, without repetitions. */
  readonly simulated: readonly string[];
  /** What an unknown verdict waits for. */
  readonly reasons: readonly string[];
}

/**
 * Every verdict of `buildNetwork` on some resources, beside the simulator's on the estate in a number of random worlds.
 * The resources may tell less than the whole estate: what is decided all the same must hold for it.
 */
export function compare(
  estate: PlainEstate,
  seed: number,
  worlds: number,
  resources: readonly ArmResource[] = resourcesOf(estate),
  clients: readonly PlainClient[] = [],
): readonly Comparison[] {
  const random = randomFrom(seed);
  const runs = Array.from({ length: worlds }, () => simulate(estate, worldOf(estate, random), clients));
  const { paths } = buildNetwork(modelOf(...resources), {
    clients: clients.map(({ name, address }) => ({ name, addresses: [address] })),
  });
  return paths.flatMap((path) => {
    const ofPath = runs.map((run) =>
      run.filter((each) => each.path === path.name && each.client === path.client),
    );
    const reasonsOf = (waitsFor: readonly { reason: { kind: string; name: string } }[]): readonly string[] =>
      waitsFor.map(({ reason }) => `${reason.kind}: ${reason.name}`);
    const over = (select: (found: readonly SimulatedPath[]) => string | undefined): readonly string[] => [
      ...new Set(ofPath.map((found) => select(found) ?? 'not a member')),
    ];
    const name = `${path.name} for ${path.client}`;
    const whole = { path: name, member: '*', reasons: reasonsOf(path.waitsFor) };
    return [
      {
        ...whole,
        what: 'data of all members' as const,
        verdict: path.data,
        simulated: over((found) => summary(found.map(({ data }) => data))),
      },
      {
        ...whole,
        what: 'probe of all members' as const,
        verdict: path.probe,
        simulated: over((found) => summary(found.map(({ probe }) => probe))),
      },
      ...path.members.flatMap(({ member, data, probe }) => {
        const own = (select: (each: SimulatedPath) => string): readonly string[] =>
          over((found) => found.filter((each) => each.member === member.label).map(select)[0]);
        const common = { path: name, member: member.label };
        return [
          {
            ...common,
            what: 'data' as const,
            verdict: data.verdict,
            simulated: own((each) => each.data),
            reasons: reasonsOf(data.waitsFor),
          },
          {
            ...common,
            what: 'probe' as const,
            verdict: probe?.verdict ?? 'none',
            simulated: own((each) => each.probe),
            reasons: reasonsOf(probe?.waitsFor ?? []),
          },
        ];
      }),
    ];
  });
}

function summary(verdicts: readonly string[]): string {
  const [first] = verdicts;
  if (first === undefined) return 'no members';
  return verdicts.every((each) => each === first) ? first : 'partial';
}

/** The verdicts of the network that some world proves wrong. */
export function contradictions(rows: readonly Comparison[]): readonly Comparison[] {
  return rows.filter(
    ({ verdict, simulated }) =>
      verdict !== 'unknown' &&
      !simulated.includes('no members') &&
      !simulated.includes('not a member') &&
      simulated.some((each) => each !== verdict),
  );
}

/** Members that are none. */
export function strangers(rows: readonly Comparison[]): readonly Comparison[] {
  return rows.filter(({ simulated }) => simulated.includes('not a member'));
}

/** Undecided verdicts that do not say what they wait for. */
export function unexplained(rows: readonly Comparison[]): readonly Comparison[] {
  return rows.filter(({ verdict, reasons }) => verdict === 'unknown' && reasons.length === 0);
}

/** Undecided verdicts on which all worlds agree. */
export function needless(rows: readonly Comparison[]): readonly Comparison[] {
  return rows.filter(
    ({ verdict, member, simulated }) => verdict === 'unknown' && member !== '*' && simulated.length === 1,
  );
}
