import type { Origin } from '../../text/origin.ts';
import { printable } from '../../text/printable.ts';
import type { Problem } from '../../text/problem.ts';
import type { Unknown, Value } from '../../value/value.ts';
import {
  type BicepFile,
  fileTooLarge,
  type OpenBicepFile,
  openBicepFile,
  problemsOfSyntax,
} from './bicep-file.ts';
import {
  CHARACTERS_OF_A_STEP,
  DEEPEST_EVALUATION,
  MOST_CHARACTERS_OF_ROOT,
  MOST_MODULES,
  MOST_PROBLEMS,
  MOST_STEPS,
} from './limits.ts';

/** Gives the text of a file; undefined when there is none, or when it may not be read. */
export type ReadFile = (path: string) => string | undefined;

/** What the evaluation of one root shares: its budget, its problems, and what was read and parsed already. */
export interface Session {
  /** Takes from the budget; false once it is used up, and from then on. */
  spend(steps: number): boolean;
  /** Runs one level deeper; undefined when there are too many levels. */
  nest<T>(run: () => T): T | undefined;
  /** Counts one module instance; false when there are too many. */
  countModule(): boolean;
  /** Stands for what is not evaluated any more once the budget is used up. */
  exhausted(origin: Origin): Unknown;
  report(problem: Problem): void;
  /**
   * Runs something that may not be needed at all, because a condition is open: what fails in it is unknown and not told.
   * What it is the first to ask for by name is told as ever.
   */
  tentatively<T>(run: () => T): T;
  certainly<T>(run: () => T): T;
  /** Reports an expression that cannot be evaluated, and gives the unknown that stands for it. */
  fail(message: string, origin: Origin): Unknown;
  /** Without duplicates, in the order in which they were found. */
  problems(): readonly Problem[];
  /** The text of any file; undefined when it cannot be had. */
  read(path: string): string | undefined;
  /** A parsed file, whose faults are reported once; undefined when it cannot be had. */
  open(path: string): BicepFile | undefined;
  /** Environment variables, where whoever started this lets them be read. */
  readonly readVariable: ReadVariable | undefined;
  /** Takes a file that was read already. */
  adopt(file: BicepFile): void;
  bicepFiles(): readonly BicepFile[];
  /** Everything read, in the order of reading. */
  files(): readonly string[];
}

/** Gives the value of an environment variable, or undefined when there is none. */
export type ReadVariable = (name: string) => string | undefined;

export function createSession(
  readFile: ReadFile,
  readVariable?: ReadVariable,
  openFile: OpenBicepFile = openBicepFile,
): Session {
  let steps = MOST_STEPS;
  let depth = 0;
  let modules = 0;
  let characters = 0;
  let isTentative = false;
  const problems = new Map<string, Problem>();
  const texts = new Map<string, string | undefined>();
  const parsed = new Map<string, BicepFile | undefined>();

  function report(problem: Problem): void {
    const key = `${JSON.stringify(problem.origin)} ${problem.message}`;
    const hasRoom = problems.size < MOST_PROBLEMS || problem.severity === 'fatal';
    if (hasRoom && !problems.has(key)) problems.set(key, problem);
  }

  function read(path: string): string | undefined {
    if (texts.has(path)) return texts.get(path);
    let text = characters > MOST_CHARACTERS_OF_ROOT ? undefined : readFile(path);
    characters += text?.length ?? 0;
    if (characters > MOST_CHARACTERS_OF_ROOT) {
      text = undefined;
      const message = `the files of this root have more than ${MOST_CHARACTERS_OF_ROOT} characters together`;
      const origin = { kind: 'text', path, line: 1, column: 1, endLine: 1, endColumn: 1 } as const;
      report({ code: 'files-too-large', message, origin, severity: 'warning' });
    }
    texts.set(path, text);
    return text;
  }

  function admit(file: BicepFile): void {
    steps += Math.floor(file.text.length / CHARACTERS_OF_A_STEP);
    parsed.set(file.path, file);
    for (const problem of problemsOfSyntax(file)) report(problem);
  }

  function withTentative<T>(value: boolean, run: () => T): T {
    const before = isTentative;
    isTentative = value;
    try {
      return run();
    } finally {
      isTentative = before;
    }
  }

  return {
    tentatively: (run) => withTentative(true, run),
    certainly: (run) => withTentative(false, run),
    spend(cost) {
      steps -= cost;
      return steps >= 0;
    },
    nest(run) {
      if (depth >= DEEPEST_EVALUATION) return undefined;
      depth += 1;
      try {
        return run();
      } finally {
        depth -= 1;
      }
    },
    countModule() {
      modules += 1;
      return modules <= MOST_MODULES;
    },
    exhausted(origin) {
      const name = 'an evaluation that takes too many steps';
      const message =
        'this root takes too many steps to evaluate for its size, so what is left is not decided';
      const first = [...problems.values()].some(({ code }) => code === 'evaluation-too-long');
      if (!first) report({ code: 'evaluation-too-long', message, origin, severity: 'warning' });
      return { kind: 'unknown', reason: { kind: 'unsupported', name }, origin };
    },
    report,
    fail(message, origin) {
      const shown = printable(message);
      if (!isTentative) {
        report({ code: 'expression-not-evaluated', message: shown, origin, severity: 'warning' });
      }
      return { kind: 'unknown', reason: { kind: 'unsupported', name: shown }, origin };
    },
    problems: () => [...problems.values()],
    readVariable,
    read,
    adopt(file) {
      texts.set(file.path, file.text);
      admit(file);
    },
    bicepFiles: () => [...parsed.values()].filter((file) => file !== undefined),
    open(path) {
      if (parsed.has(path)) return parsed.get(path);
      const text = read(path);
      const file = text === undefined ? undefined : openFile(path, text);
      if (text !== undefined && file === undefined) report({ ...fileTooLarge(path), severity: 'warning' });
      if (file === undefined) parsed.set(path, file);
      else admit(file);
      return file;
    },
    files: () => [...texts].filter(([, text]) => text !== undefined).map(([path]) => path),
  };
}

/**
 * Evaluates once, when first asked. What is asked for while it is being evaluated refers to itself: that is unknown, and
 * a problem. `what` names it in messages: ``the variable `x` ``.
 */
export function lazily<T = Value>(
  session: Session,
  what: string,
  origin: () => Origin,
  evaluate: () => T,
): () => T | Unknown {
  let state: 'waiting' | 'running' | 'done' = 'waiting';
  let result: T | Unknown | undefined;
  return () => {
    if (state === 'done' && result !== undefined) return result;
    if (state === 'running') return session.fail(`${what} refers to itself`, origin());
    state = 'running';
    result =
      session.nest(() => session.certainly(evaluate)) ??
      session.fail(`${what} is defined through too many others`, origin());
    state = 'done';
    return result;
  };
}

/** Takes the size of what was built from the budget, so that small expressions cannot build without end. */
export function charged(session: Session, value: Value, origin: Origin): Value {
  return session.spend(sizeOf(value)) ? value : session.exhausted(origin);
}

function sizeOf(value: Value): number {
  switch (value.kind) {
    case 'known':
      return typeof value.value === 'string' ? value.value.length / 32 : 0;
    case 'list':
      return value.items.length;
    case 'object':
      return value.fields.size;
    default:
      return 0;
  }
}
