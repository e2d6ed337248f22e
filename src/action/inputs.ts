import { UsageError } from '../cli/usage-error.ts';
import { printable } from '../text/printable.ts';

/** What a workflow asks of the action. Paths are as they were given, from the working directory on. */
export interface Inputs {
  /** From the workspace; '' for the workspace itself. */
  readonly workingDirectory: string;
  readonly annotations: boolean;
  readonly summary: boolean;
  /** Undefined when no SARIF file is wanted. */
  readonly sarifFile?: string;
  /** The command with its options, without formats and operands. */
  readonly command: readonly string[];
  /** What is checked; each may begin with `-`. */
  readonly operands: readonly string[];
}

type Env = Readonly<Record<string, string | undefined>>;

/** Inputs that are options of the command line with the same name; those that may be several take one line for each. */
const OPTIONS = ['config', 'fail-on', 'baseline', 'source'] as const;
const LISTS = ['only', 'skip', 'parameters', 'var-file'] as const;

/**
 * The inputs as a runner hands them over: `INPUT_` and the name in capitals, with its hyphens
 * (https://docs.github.com/en/actions/reference/workflows-and-actions/metadata-syntax#inputs). An empty input is none.
 * Throws a UsageError for a switch that is neither true nor false, and for a plan beside paths.
 */
export function readInputs(env: Env): Inputs {
  const plan = textOf(env, 'plan');
  const paths = linesOf(env, 'paths');
  if (plan !== '' && paths.length > 0)
    throw new UsageError('the inputs `plan` and `paths` exclude each other');
  const sarifFile = textOf(env, 'sarif-file');
  return {
    workingDirectory: textOf(env, 'working-directory'),
    annotations: isOn(env, 'annotations', true),
    summary: isOn(env, 'summary', true),
    ...(sarifFile === '' ? {} : { sarifFile }),
    command: [
      plan === '' ? 'check' : 'gate',
      ...OPTIONS.flatMap((name) => optionOf(name, textOf(env, name))),
      ...optionOf('base', textOf(env, 'base-ref')),
      ...LISTS.flatMap((name) => linesOf(env, name).flatMap((value) => optionOf(name, value))),
      ...(isOn(env, 'strict', false) ? ['--strict'] : []),
    ],
    operands: plan === '' ? paths : [plan],
  };
}

function optionOf(name: string, value: string): readonly string[] {
  return value === '' ? [] : [`--${name}=${value}`];
}

function textOf(env: Env, name: string): string {
  return (env[`INPUT_${name.toUpperCase()}`] ?? '').trim();
}

function linesOf(env: Env, name: string): readonly string[] {
  return textOf(env, name)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** As in the core schema of YAML 1.2, which is what `core.getBooleanInput` takes. */
function isOn(env: Env, name: string, otherwise: boolean): boolean {
  const text = textOf(env, name);
  if (text === '') return otherwise;
  if (/^(?:true|True|TRUE)$/.test(text)) return true;
  if (/^(?:false|False|FALSE)$/.test(text)) return false;
  throw new UsageError(`the input \`${name}\` is true or false, not \`${printable(text, 60)}\``);
}
