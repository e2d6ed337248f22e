import { type JsonOutcome, parseJson } from '../../arm/parse-json.ts';
import type { Origin } from '../../text/origin.ts';
import { printable } from '../../text/printable.ts';
import type { Problem } from '../../text/problem.ts';
import type { Unknown } from '../../value/value.ts';
import { DEEPEST_EVALUATION, MOST_STEPS } from './limits.ts';
import { type ExpressionOutcome, parseExpression } from './parse-expression.ts';

/** Gives the text of a file, or why there is none; a path that leads nowhere is `undefined`. */
export type ReadFile = (path: string) => string | undefined;

/** What the evaluation of one root shares: its budget, its problems, and what was read and parsed already. */
export interface Session {
  /** Takes from the budget; false once it is used up, and from then on. */
  spend(steps: number): boolean;
  /** Runs one level deeper; undefined when there are too many levels. */
  nest<T>(run: () => T): T | undefined;
  /** Whether the budget was used up: what was evaluated after that is unknown. */
  isExhausted(): boolean;
  report(problem: Problem): void;
  /** Reports an expression that cannot be evaluated, and gives the unknown that stands for it. */
  fail(message: string, origin: Origin): Unknown;
  /** Without duplicates, in the order in which they were found. */
  problems(): readonly Problem[];
  expressionOf(text: string): ExpressionOutcome;
  /** A template beside the root; undefined when it is not there. */
  template(path: string): JsonOutcome | undefined;
}

export function createSession(readFile: ReadFile): Session {
  let steps = MOST_STEPS;
  let depth = 0;
  const problems = new Map<string, Problem>();
  const expressions = new Map<string, ExpressionOutcome>();
  const templates = new Map<string, JsonOutcome | undefined>();

  function report(problem: Problem): void {
    const key = `${JSON.stringify(problem.origin)} ${problem.message}`;
    if (!problems.has(key)) problems.set(key, problem);
  }

  return {
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
    isExhausted: () => steps < 0,
    report,
    fail(message, origin) {
      const shown = printable(message);
      report({ code: 'expression-not-evaluated', message: shown, origin, severity: 'warning' });
      return { kind: 'unknown', reason: { kind: 'unsupported', name: shown }, origin };
    },
    problems: () => [...problems.values()],
    expressionOf(text) {
      const known = expressions.get(text);
      if (known !== undefined) return known;
      const outcome = parseExpression(text);
      expressions.set(text, outcome);
      return outcome;
    },
    template(path) {
      if (templates.has(path)) return templates.get(path);
      const text = readFile(path);
      const outcome = text === undefined ? undefined : parseJson(text, path);
      templates.set(path, outcome);
      return outcome;
    },
  };
}
