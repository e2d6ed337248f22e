import { dataOf } from '../../arm/json-data.ts';
import { at, membersOf, originOf } from '../../arm/json-node.ts';
import { parseJson } from '../../arm/parse-json.ts';
import { printable } from '../../text/printable.ts';
import type { Problem } from '../../text/problem.ts';
import type { Value } from '../../value/value.ts';

/** A `*.parameters.json` file: its path as a report shows it, and its text. */
export interface JsonParameters {
  readonly path: string;
  readonly text: string;
}

/**
 * The values in parameter files, by lower-case name; those of later files go before those of earlier ones. What stands in a
 * key vault is not known. Parameters that are not among `declared` are problems, as Azure refuses them.
 */
export function readJsonParameters(
  files: readonly JsonParameters[],
  declared: ReadonlySet<string>,
): { readonly values: ReadonlyMap<string, () => Value>; readonly problems: readonly Problem[] } {
  const values = new Map<string, () => Value>();
  const problems: Problem[] = [];
  for (const { path, text } of files) {
    const outcome = parseJson(text, path);
    if ('problem' in outcome) {
      problems.push({ ...outcome.problem, severity: 'warning' });
      continue;
    }
    for (const { name, value, ...place } of membersOf(at(outcome.root, 'parameters'))) {
      const lower = name.toLowerCase();
      if (!declared.has(lower)) {
        const message = `the file has no parameter \`${printable(name)}\``;
        problems.push({
          code: 'parameter-not-declared',
          message,
          origin: originOf(place),
          severity: 'warning',
        });
      }
      const given = at(value, 'value');
      const data: Value =
        given === undefined
          ? { kind: 'unknown', reason: { kind: 'parameter', name }, origin: originOf(place) }
          : dataOf(given);
      values.set(lower, () => data);
    }
  }
  return { values, problems };
}
