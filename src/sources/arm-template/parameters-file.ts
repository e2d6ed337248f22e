import { dataOf } from '../../arm/json-data.ts';
import { at, type JsonNode, membersOf, originOf } from '../../arm/json-node.ts';
import { parseJson } from '../../arm/parse-json.ts';
import { printable } from '../../text/printable.ts';
import type { Problem } from '../../text/problem.ts';
import type { Unknown, Value } from '../../value/value.ts';

/** A parameters file: its path as a report shows it, and its text. */
export interface ParametersFile {
  readonly path: string;
  readonly text: string;
}

/** What a caller gives for a parameter, by lower-case name. */
export type Arguments = Pick<ReadonlyMap<string, () => Value>, 'get'>;

/**
 * The values of parameters files, of later files before those of earlier ones. A value is data, no expression; one that
 * stands in a key vault is not known. Parameters that the template does not have are problems, as Azure refuses them.
 */
export function readParameters(
  files: readonly ParametersFile[],
  template: JsonNode,
): { readonly given: Arguments; readonly problems: readonly Problem[] } {
  const given = new Map<string, () => Value>();
  const problems: Problem[] = [];
  const declared = new Set(membersOf(at(template, 'parameters')).map(({ name }) => name.toLowerCase()));
  for (const { path, text } of files) {
    const outcome = parseJson(text, path);
    if ('problem' in outcome) {
      problems.push({ ...outcome.problem, severity: 'warning' });
      continue;
    }
    for (const { name, value, ...place } of membersOf(at(outcome.root, 'parameters') ?? outcome.root)) {
      if (name.startsWith('$') || name.toLowerCase() === 'contentversion') continue;
      if (!declared.has(name.toLowerCase())) {
        const message = `the template has no parameter \`${printable(name)}\``;
        problems.push({
          code: 'parameter-not-declared',
          message,
          origin: originOf(place),
          severity: 'warning',
        });
      }
      const argument = argumentOf(name, value);
      if (argument !== undefined) given.set(name.toLowerCase(), () => argument);
    }
  }
  return { given, problems };
}

/** Parameters that get no value here may get any from a caller that is not seen; their defaults are not those of a deployment. */
export function withCaller(given: Arguments, template: JsonNode): Arguments {
  const open = new Map(
    membersOf(at(template, 'parameters')).map(({ name, ...place }): [string, () => Value] => {
      const reason = { kind: 'parameter', name } as const;
      return [name.toLowerCase(), () => ({ kind: 'unknown', reason, origin: originOf(place) })];
    }),
  );
  return { get: (name) => given.get(name) ?? open.get(name) };
}

/** The values of one parameters file by lower-case name, whatever they are for; undefined when it cannot be read. */
export function readParameterValues({ path, text }: ParametersFile): ReadonlyMap<string, Value> | undefined {
  const outcome = parseJson(text, path);
  if ('problem' in outcome) return undefined;
  const values = new Map<string, Value>();
  for (const { name, value } of membersOf(at(outcome.root, 'parameters') ?? outcome.root)) {
    const argument = name.startsWith('$') ? undefined : argumentOf(name, value);
    if (argument !== undefined) values.set(name.toLowerCase(), argument);
  }
  return values;
}

function argumentOf(name: string, node: JsonNode): Value | undefined {
  const value = at(node, 'value');
  if (value !== undefined) return dataOf(value);
  return at(node, 'reference') === undefined ? undefined : secretOf(name, node);
}

/** A value that stands in a key vault: each is another one. */
export function secretOf(name: string, node: JsonNode): Unknown {
  return { kind: 'unknown', reason: { kind: 'parameter', name }, origin: originOf(node) };
}
