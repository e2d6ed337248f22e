import type { Origin } from '../../text/origin.ts';
import type { Attribute } from './body.ts';
import { type Data, type Failure, isFailure, type Later } from './data.ts';
import type { Expression } from './expression.ts';
import type { FileAccess } from './file-access.ts';
import type { Pattern } from './functions/re2.ts';
import type { Parsed } from './parse-expression.ts';
import { unsupported } from './unknown.ts';

/** Where an expression is evaluated. */
export interface Environment {
  /** The value of the first name of a reference; undefined when there is no such name. */
  lookup(name: string): Data | undefined;
  readonly run: Run;
  /** Inside a template file, which may not name another one. */
  readonly isTemplate?: true;
}

/** What all evaluations of one root share. */
export interface Run {
  readonly files: FileAccess;
  /** The templates that have been parsed, by path. */
  readonly templates: Map<string, Parsed>;
  /** The regular expressions that have been compiled, by their text. */
  readonly patterns: Map<string, Pattern | Failure | Later>;
  evaluate(expression: Expression, environment: Environment): Data;
  /** The `yaml` package, when the root needs it. */
  readonly yaml: typeof import('yaml') | undefined;
  /** Takes units of work; false when the limit is reached. One unit is an expression, or an item that is made. */
  spend(units: number): boolean;
  /** Begins an expression, one level deeper; `leave` ends it. What is too deep or too much is not begun, but unknown. */
  enter(): Later | undefined;
  leave(): void;
  /** Sets where the expression is written that is evaluated now, and gives the place before. */
  moveTo(place: (() => Origin) | undefined): (() => Origin) | undefined;
  /** Tells what could not be evaluated, at the place that is evaluated. */
  report(code: string, message: string): void;
}

/** Deeper than people nest, and shallow enough for the stack of Node.js. */
const DEEPEST = 600;

const MOST_WORK = 4_000_000;

export function createRun(
  parts: Pick<Run, 'files' | 'yaml' | 'evaluate'>,
  report: (code: string, message: string, origin: Origin | undefined) => void,
): Run {
  let depth = 0;
  let work = 0;
  let here: (() => Origin) | undefined;
  const tooDeep: Later = unsupported('expressions that depend on each other too deeply');
  const tooMuch: Later = unsupported(`more than ${MOST_WORK / 1e6} million expressions`);
  const spend = (units: number): boolean => {
    work += units;
    return work <= MOST_WORK;
  };
  return {
    ...parts,
    templates: new Map(),
    patterns: new Map(),
    spend,
    enter() {
      if (!spend(1)) return tooMuch;
      if (depth >= DEEPEST) return tooDeep;
      depth += 1;
      return undefined;
    },
    leave() {
      depth -= 1;
    },
    moveTo(place) {
      const before = here;
      here = place;
      return before;
    },
    report: (code, message) => report(code, message, here?.()),
  };
}

/** The environment with further names, which hide those outside. */
export function bind(environment: Environment, names: Readonly<Record<string, Data>>): Environment {
  return {
    ...environment,
    lookup: (name) => (Object.hasOwn(names, name) ? names[name] : environment.lookup(name)),
  };
}

/** The value of an attribute. A failure gets its place, unless it has one. */
export function evaluateAttribute(attribute: Attribute, environment: Environment): Data {
  const { value, file } = attribute;
  const { run } = environment;
  const outside = run.moveTo(() => file.origin(attribute));
  const data = run.evaluate(value, environment);
  run.moveTo(outside);
  return isFailure(data) && data.origin === undefined ? { ...data, origin: file.origin(value) } : data;
}
