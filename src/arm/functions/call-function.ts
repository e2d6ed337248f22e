import type { Value } from '../../value/value.ts';
import { MOST_ITEMS, MOST_TEXT } from '../limits.ts';
import { holdsSecret, undecided } from '../undecided.ts';
import type { Call, Lambda } from './call.ts';
import { CONVERT_FUNCTIONS } from './convert-functions.ts';
import { DATE_FUNCTIONS } from './date-functions.ts';
import { type ArmFunction, described, type FunctionTable, kindOf } from './definition.ts';
import { ENCODE_FUNCTIONS } from './encode-functions.ts';
import { ID_FUNCTIONS } from './id-functions.ts';
import { LAMBDA_FUNCTIONS } from './lambda-functions.ts';
import { LIST_FUNCTIONS } from './list-functions.ts';
import { LOGIC_FUNCTIONS } from './logic-functions.ts';
import { NETWORK_FUNCTIONS } from './network-functions.ts';
import { OBJECT_FUNCTIONS } from './object-functions.ts';
import { SCOPE_FUNCTIONS } from './scope-functions.ts';
import { TEXT_FUNCTIONS } from './text-functions.ts';

const TABLES: readonly FunctionTable[] = [
  CONVERT_FUNCTIONS,
  DATE_FUNCTIONS,
  ENCODE_FUNCTIONS,
  ID_FUNCTIONS,
  LAMBDA_FUNCTIONS,
  LIST_FUNCTIONS,
  LOGIC_FUNCTIONS,
  NETWORK_FUNCTIONS,
  OBJECT_FUNCTIONS,
  SCOPE_FUNCTIONS,
  TEXT_FUNCTIONS,
];

interface Named extends ArmFunction {
  readonly name: string;
}

const FUNCTIONS: ReadonlyMap<string, Named> = new Map(
  TABLES.flatMap((table) =>
    Object.entries(table).map(([name, definition]) => [name.toLowerCase(), { ...definition, name }] as const),
  ),
);

/** The names of all functions, as the documentation writes them. */
export const FUNCTION_NAMES: readonly string[] = [...FUNCTIONS.values()].map(({ name }) => name).sort();

/**
 * Calls a function of the ARM template language or its Bicep spelling; names are compared without case, and `sys.` and
 * `az.` in front are left out. The lambdas stand apart from the other arguments, in the order in which they are written.
 * Undefined: no such function. A call with arguments of the wrong kind or number fails; arguments and results above the
 * limits of `limits.ts` do too.
 *
 * What only the source knows is not here: parameters, variables, copyIndex, reference, list*, load*, symbolic names,
 * user functions. `if`, `and`, `or` and `coalesce` work here on evaluated arguments; `callOperator` takes them lazily.
 */
export function callFunction(
  name: string,
  args: readonly Value[],
  call: Call,
  lambdas: readonly Lambda[] = [],
): Value | undefined {
  const definition = FUNCTIONS.get(name.toLowerCase().replace(/^(?:sys|az)\./, ''));
  if (definition === undefined) return undefined;
  const fault = misfit(definition, args, lambdas);
  if (fault !== undefined) return call.fail(fault);
  if (!definition.lenient && args.some(({ kind }) => kind === 'unknown')) {
    return undecided(definition.name, lambdas.length === 0 ? args : [...args, ...HIDDEN], call);
  }
  const result = definition.run(args, call, lambdas);
  const size = sizeFault(result);
  if (size !== undefined) return call.fail(size);
  const mayHide = result.kind === 'known' && !result.sensitive && definition.picks !== true;
  return mayHide && holdsSecret(args) ? { ...result, sensitive: true } : result;
}

/** A lambda has no expression, so a call with one has none either. */
const HIDDEN: readonly Value[] = [
  {
    kind: 'unknown',
    reason: { kind: 'unsupported', name: 'a lambda' },
    origin: { kind: 'platform', name: 'lambda', docs: '' },
  },
];

function misfit(
  { name, takes, lambdas }: Named,
  args: readonly Value[],
  given: readonly Lambda[],
): string | undefined {
  const [least, most] = lambdas ?? [0, 0];
  if (given.length < least || given.length > most) {
    return `\`${name}\` takes ${counted(least, most, 'lambda')}, not ${given.length}`;
  }
  const required = takes.filter((kinds) => !kinds.endsWith('?')).length;
  const isOpen = takes.at(-1)?.includes('...') ?? false;
  if (args.length < required || (!isOpen && args.length > takes.length)) {
    const count = isOpen
      ? `at least ${counted(required, required, 'argument')}`
      : counted(required, takes.length, 'argument');
    return `\`${name}\` takes ${count}, not ${args.length}`;
  }
  for (const [index, arg] of args.entries()) {
    const kinds = (takes[Math.min(index, takes.length - 1)] ?? '').replace(/[.?]+$/, '').split('|');
    const kind = kindOf(arg);
    if (kind === 'unknown' || kinds.includes('any') || kinds.includes(kind)) continue;
    return `argument ${index + 1} of \`${name}\` is ${described(arg)}, not a ${kinds.join(' or ')}`;
  }
  return undefined;
}

function counted(least: number, most: number, what: string): string {
  return least === most ? `${least} ${what}${least === 1 ? '' : 's'}` : `${least} to ${most} ${what}s`;
}

function sizeFault(value: Value): string | undefined {
  if (value.kind === 'known' && typeof value.value === 'string' && value.value.length > MOST_TEXT)
    return 'a text is longer than 1 MiB';
  if (value.kind === 'list' && value.items.length > MOST_ITEMS)
    return `a list has more than ${MOST_ITEMS} items`;
  if (value.kind === 'object' && value.fields.size > MOST_ITEMS)
    return `an object has more than ${MOST_ITEMS} fields`;
  return undefined;
}
