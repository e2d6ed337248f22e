import { policies } from '../../policies/index.ts';
import { check } from '../../src/engine/check.ts';
import { findInputs } from '../../src/engine/find-inputs.ts';
import type { Input } from '../../src/engine/load-roots.ts';
import { toJsonReport } from '../../src/report/json.ts';
import type { JsonFinding, JsonPath } from '../../src/report/json-report.ts';

/** What Portcullis answers about one root, without what depends on the language: addresses, places, what it waits for. */
export interface Answer {
  /** One line for each path and finding, sorted. */
  readonly lines: readonly string[];
  /** What each finding says: its message and remedy, and the packet that shows it; sorted. */
  readonly words: readonly string[];
}

export async function answerOf(inputs: readonly Input[], cwd = process.cwd()): Promise<Answer> {
  const report = await check(inputs, { policies, place: { cwd, roots: [cwd] } });
  const { roots, paths, findings } = toJsonReport(report, '0.0.0');
  expect(roots).toHaveLength(1);
  return {
    lines: [...paths.map(pathLine), ...findings.map(findingLine)].toSorted(),
    words: findings.map(wordsOf).toSorted(),
  };
}

/** The inputs below a folder, as the command line finds them. */
export function inputsBelow(folder: string, cwd = process.cwd()): readonly Input[] {
  return findInputs(folder, cwd)?.inputs ?? [];
}

function pathLine(path: JsonPath): string {
  const { rule, kind, scheme, protocol, frontendPort, backendPort, client, diagnosis, members } = path;
  const each = members.map(({ member, data, probe }) => `${member} ${data}/${probe}`).toSorted();
  const how = `${kind} ${scheme} ${protocol} ${frontendPort}->${backendPort} from ${client}`;
  const verdict = `data ${path.data}, probe ${path.probe}, ${diagnosis ?? 'no diagnosis'}`;
  return `${rule} (${how}): ${verdict}; ${each.join(', ')}${path.membersComplete ? '' : ', perhaps more'}`;
}

function findingLine({ policy, status, severity, confidence, subject, diagnosis }: JsonFinding): string {
  const about = [subject.name, ...(subject.client === undefined ? [] : [`from ${subject.client}`])];
  return `${severity} ${policy} ${status} ${confidence}: ${about.join(' ')}, ${diagnosis ?? 'no diagnosis'}`;
}

function wordsOf({ message, remedy, related, evidence }: JsonFinding): string {
  // azurerm takes custom data for a secret, of which nothing is quoted; templates do not.
  const notes = related.map((each) => each.message).filter((note) => !/^its custom data says /.test(note));
  const hops = evidence?.hops.map(({ at, stage, decidedBy }) => {
    const { name, priority, effect } = decidedBy ?? {};
    return { at, stage, name, priority, effect };
  });
  // An address that Azure allocates is that of a resource, whose name depends on the language.
  const packet = JSON.stringify(evidence?.packet)?.replace(/the address of [^,]+,/, 'an address,');
  return JSON.stringify({ message, remedy, notes, packet, hops });
}
