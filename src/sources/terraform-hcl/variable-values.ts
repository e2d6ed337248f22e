import type { Origin } from '../../text/origin.ts';
import { printable } from '../../text/printable.ts';
import type { Problem } from '../../text/problem.ts';
import type { Body } from './body.ts';
import { type Data, isFailure } from './data.ts';
import { type Files, joinPath } from './files.ts';
import { fromJson } from './functions/data-formats.ts';
import type { Hcl2json } from './hcl2json.ts';
import { readJsonValues } from './json-body.ts';
import { readText, startOf } from './load-module.ts';
import { parseExpression } from './parse-expression.ts';
import { readHcl } from './read-hcl.ts';
import type { EvaluateConstant } from './type-constraint.ts';

/** Where values of the root's variables come from, besides the files that Terraform reads by itself. */
export interface VariableInputs {
  /** What `TF_VAR_*` of the environment say, by the name of the variable. */
  readonly environment?: Readonly<Record<string, string>>;
  /** `-var-file` and `-var`, in the order they are given. Paths are relative to the directory of the reader. */
  readonly options?: readonly (
    | { readonly file: string }
    | { readonly name: string; readonly text: string }
  )[];
  /** Values that are known to hold, such as those a plan was made with. They win. */
  readonly given?: Readonly<Record<string, unknown>>;
}

/** The value a variable of the root is given: data, or text whose meaning depends on the type of the variable. */
export type Assigned = { readonly origin: Origin } & ({ readonly data: Data } | { readonly text: string });

export interface AssignedVariables {
  readonly values: ReadonlyMap<string, Assigned>;
  readonly files: readonly string[];
  readonly problems: readonly Problem[];
}

const AUTOMATIC = /\.auto\.tfvars(?:\.json)?$/;

/**
 * The values of the root's variables in Terraform's order of precedence: environment, `terraform.tfvars`,
 * `terraform.tfvars.json`, `*.auto.tfvars` and `*.auto.tfvars.json` in the order of their names, options as they are given.
 */
export async function assignVariables(
  directory: string,
  inputs: VariableInputs,
  files: Files,
  hcl2json: Hcl2json | undefined,
  evaluate: EvaluateConstant,
): Promise<AssignedVariables> {
  const values = new Map<string, Assigned>();
  const read: string[] = [];
  const problems: Problem[] = [];
  const outside: Origin = { kind: 'text', path: 'TF_VAR', line: 1, column: 1, endLine: 1, endColumn: 1 };
  for (const [name, text] of Object.entries(inputs.environment ?? {})) {
    values.set(name, { text, origin: { ...outside, path: `TF_VAR_${name}` } });
  }

  const readValues = async (path: string): Promise<void> => {
    read.push(path);
    const body = await readBody(path, files, hcl2json);
    if ('problem' in body) {
      problems.push(body.problem);
      return;
    }
    for (const { name, value, file, start, end } of body.attributes) {
      const data = evaluate(value);
      const origin = file.origin({ start, end });
      if (isFailure(data)) problems.push(notAValue(name, origin));
      else values.set(name, { data, origin });
    }
  };

  const names = (files.list(directory) ?? []).map(({ name }) => name);
  const standard = ['terraform.tfvars', 'terraform.tfvars.json'].filter((name) => names.includes(name));
  for (const name of [...standard, ...names.filter((name) => AUTOMATIC.test(name)).sort()]) {
    await readValues(directory === '' ? name : `${directory}/${name}`);
  }
  for (const option of inputs.options ?? []) {
    if ('text' in option)
      values.set(option.name, { text: option.text, origin: { ...outside, path: '-var' } });
    else {
      const path = joinPath('', option.file);
      if (path === undefined) problems.push(outsideRoot(option.file));
      else await readValues(path);
    }
  }
  for (const [name, value] of Object.entries(inputs.given ?? {})) {
    const data = fromJson(value);
    if (data !== undefined) values.set(name, { data, origin: { ...outside, path: `var.${name}` } });
  }
  return { values, files: read, problems };
}

async function readBody(
  path: string,
  files: Files,
  hcl2json: Hcl2json | undefined,
): Promise<Body | { readonly problem: Problem }> {
  const text = readText(path, files);
  if (typeof text !== 'string') return text;
  const label = files.label?.(path) ?? path;
  const read = path.endsWith('.json') ? readJsonValues(label, text) : await readHcl(label, text, hcl2json);
  return 'problem' in read ? read : read.body;
}

function notAValue(name: string, origin: Origin): Problem {
  return {
    code: 'variable-value-not-constant',
    message: `the value of \`${printable(name)}\` is not a constant`,
    origin,
    severity: 'warning',
  };
}

function outsideRoot(path: string): Problem {
  return {
    code: 'file-outside-root',
    message: `the file \`${printable(path, 80)}\` lies outside what may be read`,
    origin: startOf(path),
    severity: 'fatal',
  };
}

/**
 * What the text of an option or of the environment means: for a variable of a collection an expression, else the text
 * itself. Undefined when it is no expression.
 */
export function valueOfText(
  text: string,
  isExpression: boolean,
  evaluate: EvaluateConstant,
): Data | undefined {
  if (!isExpression) return text;
  const parsed = parseExpression(text);
  if ('fault' in parsed) return undefined;
  const data = evaluate(parsed.expression);
  return isFailure(data) ? undefined : data;
}
