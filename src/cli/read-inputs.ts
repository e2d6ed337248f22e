import { type Exclusion, findInputs, pathFrom } from '../engine/find-inputs.ts';
import type { Input } from '../engine/load-roots.ts';
import type { Problem } from '../text/problem.ts';
import { errorCode } from './error-code.ts';
import type { Io } from './io.ts';
import { quoted } from './nearest.ts';
import { UsageError } from './usage-error.ts';

/** What the operands of a command stand for. */
export interface Inputs {
  /** In the order of the operands, each once. */
  readonly inputs: readonly Input[];
  readonly problems: readonly Problem[];
}

const STDIN = '<stdin>';

/** The one plan of the gate: a file, which may turn out to be none, or standard input. */
export function readGateInput(operands: readonly string[], io: Io): Inputs {
  const [plan, ...rest] = operands;
  if (plan === undefined) throw new UsageError('`gate` needs a plan: a file, or - for standard input');
  if (rest.length > 0) throw new UsageError(`\`gate\` takes one plan, not ${operands.length}`);
  checkNotEmpty(plan);
  return plan === '-' ? readStdin(io) : { inputs: [{ path: pathFrom(io.cwd, plan) }], problems: [] };
}

/** Files and directories to search. Throws a UsageError for what does not exist. */
export function readInputs(operands: readonly string[], io: Io, exclude?: Exclusion): Inputs {
  const inputs = new Map<string, Input>();
  const problems: Problem[] = [];
  for (const operand of operands.length === 0 ? ['.'] : new Set(operands)) {
    checkNotEmpty(operand);
    const found = operand === '-' ? readStdin(io) : findInputs(operand, io.cwd, exclude);
    if (found === undefined) throw new UsageError(`${quoted(operand)} does not exist`);
    for (const input of found.inputs) if (!inputs.has(input.path)) inputs.set(input.path, input);
    problems.push(...found.problems);
  }
  return { inputs: [...inputs.values()], problems };
}

/** An empty path would stand for the working directory, which nobody means who writes "$PLAN". */
function checkNotEmpty(operand: string): void {
  if (operand === '') throw new UsageError('a path is empty');
}

function readStdin(io: Io): Inputs {
  try {
    return { inputs: [{ path: STDIN, bytes: io.readStdin() }], problems: [] };
  } catch (error) {
    const problem: Problem = {
      code: 'stdin-not-readable',
      message: `standard input cannot be read (${errorCode(error)})`,
      remedy: 'give the path of the JSON file of a plan',
      origin: { kind: 'json', path: STDIN, pointer: '' },
      severity: 'fatal',
    };
    return { inputs: [], problems: [problem] };
  }
}
