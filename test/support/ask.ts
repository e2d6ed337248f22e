import { buildNetwork } from '../../src/network/network.ts';
import type { Protocol } from '../../src/network/packets/packet.ts';
import type { Answer } from '../../src/network/question/question.ts';
import { known, type Unknown, unknown, type Value } from '../../src/value/value.ts';
import { type ArmResource, sub } from './arm-model.ts';
import { type EstateOptions, estate } from './estate.ts';

/** One packet in the estate of the golden vectors. */
export interface Asked {
  readonly estate: EstateOptions;
  readonly from: string;
  readonly to: string;
  readonly port?: number;
  readonly protocol?: Protocol;
}

export function ask({ estate: options, from, to, port = 80, protocol = 'tcp' }: Asked): Answer {
  const network = buildNetwork(estate(options));
  const [sender, receiver] = [network.findEnd(from), network.findEnd(to)];
  if ('names' in sender || 'names' in receiver) throw new Error(`nothing is called ${from} or ${to}`);
  return network.answer({ from: sender, to: receiver, protocol, port });
}

/** The verdict, and what decided last or what the answer waits for. */
export function said(asked: Asked): string {
  const { verdict, hops, waitsFor } = ask(asked);
  if (verdict === 'unknown') return `unknown: ${waitsFor.map(({ reason }) => reason.name).join(', ')}`;
  return `${verdict}: ${hops.at(-1)?.decidedBy?.name}`;
}

/** Every hop and the verdict: `lb: allow by lb/r (load-balancer)`. */
export function story(asked: Asked): readonly string[] {
  const { verdict, hops, waitsFor, decisive } = ask(asked);
  const lines = hops.map(({ at, stage, decidedBy }) =>
    decidedBy === undefined
      ? `${at}: undecided (${stage})`
      : `${at}: ${decidedBy.effect} by ${decidedBy.name} (${stage})`,
  );
  const why = decisive === undefined ? '' : ` by ${decisive.name}`;
  const names = waitsFor.map(({ reason }) => `${reason.kind} ${reason.name}`);
  return [...lines, [`${verdict}${why}`, ...names].join(': ')];
}

const ORIGIN = { kind: 'json', path: 'test.json', pointer: '/parameters/later' } as const;

/** A value that waits for the parameter `later`; with paths it is the id of one of these. */
export function later(...paths: readonly string[]): Unknown {
  const value = unknown({ kind: 'parameter', name: 'later' }, ORIGIN);
  if (paths.length === 0) return value;
  return { ...value, references: paths.map((path) => ({ ...sub(path), property: 'id' })) };
}

/** The id of one of these resources, or of something else, or none. */
export function perhaps(...paths: readonly string[]): Unknown {
  return { ...later(...paths), open: true };
}

export function secret(value: string | number): Value {
  return { ...known(value, ORIGIN), sensitive: true };
}

/** An interface with one IP configuration that is in no pool, in the subnet of the estate unless told otherwise. */
export function client(name: string, ipConfiguration: Record<string, unknown> = {}): ArmResource {
  const properties = { subnet: sub('virtualNetworks/vnet/subnets/snet'), ...ipConfiguration };
  return { type: 'networkInterfaces', name, properties: { ipConfigurations: [{ name: 'ip', properties }] } };
}

/** Another subnet in the network of the estate. */
export function subnetOf(name: string, properties: Record<string, unknown>): ArmResource {
  const parent = sub('virtualNetworks/vnet').id;
  return { type: 'virtualNetworks/vnet/subnets', name, parent, properties };
}

export function routeTable(name: string, ...routes: readonly Record<string, unknown>[]): ArmResource {
  return {
    type: 'routeTables',
    name,
    properties: { routes: routes.map((properties, index) => ({ name: `route${index}`, properties })) },
  };
}
