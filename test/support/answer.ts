import { policies } from '../../policies/index.ts';
import { check } from '../../src/engine/check.ts';
import { findInputs } from '../../src/engine/find-inputs.ts';
import type { Input } from '../../src/engine/load-roots.ts';
import { toJsonReport } from '../../src/report/json.ts';
import type { JsonFinding, JsonPath } from '../../src/report/json-report.ts';

/**
 * What Portcullis answers about one root, as one line for each path and finding, sorted. Left out is what depends on the
 * language: addresses, places, messages, and the names of what an unknown answer waits for.
 */
export async function answerOf(inputs: readonly Input[], cwd = process.cwd()): Promise<readonly string[]> {
  const report = await check(inputs, { policies, place: { cwd, roots: [cwd] } });
  const { roots, paths, findings } = toJsonReport(report, '0.0.0');
  expect(roots).toHaveLength(1);
  return [...paths.map(pathLine), ...findings.map(findingLine)].toSorted();
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
