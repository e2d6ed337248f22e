import type { AzureTypes } from '../arm/types/shape.ts';
import { type GuestEvidence, readGuest } from '../guest/read-guest.ts';
import type { IpConfiguration, NetworkInterface } from '../model/azure/network-interface.ts';
import type { Machine } from '../model/azure/virtual-machine.ts';
import type { Model } from '../model/model.ts';
import type { Problem } from '../text/problem.ts';
import { createAddressBook } from './address-book.ts';
import { createClientFinder, type DeclaredClient } from './clients.ts';
import { createCompiler } from './compiler.ts';
import { type Egress, egressOf } from './egress.ts';
import { type GuardingRule, guardingRules } from './idle-rules.ts';
import { createJudge } from './judge.ts';
import { type LevelConflict, levelConflict } from './level-conflict.ts';
import { createMemberReader, type Members } from './members.ts';
import { otherClients } from './other-clients.ts';
import type { Path } from './path.ts';
import { buildPaths } from './paths.ts';
import { answer } from './question/answer.ts';
import { type End, findEnd, type NotFound } from './question/ends.ts';
import type { Answer, Question } from './question/question.ts';
import { createReturnReader, type ReturnPath } from './return-path.ts';
import { dataDependence, probeDependence, type TagDependence } from './tag-dependence.ts';
import { buildTopology, type Topology } from './topology.ts';
import { type UnevenMember, unevenMembers } from './uneven-members.ts';

/** What the resources of a root mean for packets. */
export interface Network {
  readonly topology: Topology;
  readonly paths: readonly Path[];
  /** The paths whose rule names the pool with this lower-case id. */
  pathsOfPool(id: string): readonly Path[];
  /** Everybody in the pool with this lower-case id. */
  membersOfPool(id: string): Members;
  /** Why the probe of a path is open, if that is for what a service tag holds alone. */
  probeDependenceOf(path: Path): TagDependence | undefined;
  /** Why it is open whether clients get in, if that is for what `VirtualNetwork` holds beside a default route alone. */
  dataDependenceOf(path: Path): TagDependence | undefined;
  /** Where the replies of the members of a path go. */
  returnPathsOf(path: Path): readonly ReturnPath[];
  /** The members that fare worse with a path than it does as a whole. */
  unevenMembersOf(path: Path, what: 'data' | 'probe'): readonly UnevenMember[];
  /** Where the groups of subnet and interface let in different clients of a path. */
  levelConflictOf(path: Path): LevelConflict | undefined;
  /** Who certainly gets in on a path that is closed to the virtual network. */
  otherClientsOf(path: Path): ReturnType<typeof otherClients>;
  /** The custom inbound rules of the groups before the members of all paths. */
  guardingRules(): readonly GuardingRule[];
  /** How a machine reaches the internet. */
  egressOf(networkInterface: NetworkInterface, ipConfiguration: IpConfiguration): Egress;
  /** What the code shows of the inside of a machine. */
  guestOf(machine: Machine): GuestEvidence;
  /** The sender or receiver of a packet that a word names. */
  findEnd(word: string): End | NotFound;
  /** What happens to one packet. */
  answer(question: Question): Answer;
  /** What is known of resource types besides what Portcullis knows by itself. */
  readonly types: AzureTypes | undefined;
  /** Rules and addresses that Azure would not accept. */
  readonly problems: readonly Problem[];
}

export interface NetworkOptions {
  /** Who sends packets besides the internet and the virtual network. */
  readonly clients?: readonly DeclaredClient[];
  /** What is known of resource types besides what Portcullis knows by itself. */
  readonly types?: AzureTypes;
}

export function buildNetwork(model: Model, { clients = [], types }: NetworkOptions = {}): Network {
  const topology = buildTopology(model);
  const book = createAddressBook();
  const { compile, problems } = createCompiler(book);
  const judge = createJudge(book, compile);
  const readMembers = createMemberReader(topology);
  const { paths, supposing } = buildPaths({
    topology,
    book,
    judge,
    compile,
    clients: createClientFinder(topology, book, clients),
    readMembers,
  });
  const byPool = indexByPool(paths);
  return {
    topology,
    paths,
    pathsOfPool: (id) => byPool.get(id) ?? [],
    membersOfPool: (id) => readMembers.ofPools([{ kind: 'to', id }]),
    probeDependenceOf: (path) => probeDependence(path, supposing),
    dataDependenceOf: (path) => dataDependence(path, supposing),
    returnPathsOf: createReturnReader(topology, book),
    unevenMembersOf: (path, what) => unevenMembers(book, path, what),
    levelConflictOf: (path) => levelConflict(book, path),
    otherClientsOf: (path) => otherClients(topology, book, path),
    guardingRules: () => guardingRules(book, paths),
    egressOf: (networkInterface, ipConfiguration) => egressOf(topology, networkInterface, ipConfiguration),
    guestOf: createGuestReader(),
    findEnd: (word) => findEnd(topology, word),
    answer: (question) => answer({ topology, paths, book, compile }, question),
    types,
    problems: problems(),
  };
}

function indexByPool(paths: readonly Path[]): ReadonlyMap<string, readonly Path[]> {
  const index = new Map<string, Path[]>();
  for (const path of paths) {
    for (const link of path.pools) {
      for (const id of link.kind === 'to' ? [link.id] : link.kind === 'one-of' ? link.ids : []) {
        const known = index.get(id);
        if (known === undefined) index.set(id, [path]);
        else known.push(path);
      }
    }
  }
  return index;
}

/** Reads each machine once, and only when somebody asks. */
function createGuestReader(): (machine: Machine) => GuestEvidence {
  const read = new Map<Machine, GuestEvidence>();
  return (machine) => {
    const known = read.get(machine);
    if (known !== undefined) return known;
    const evidence = readGuest(machine);
    read.set(machine, evidence);
    return evidence;
  };
}
