import type { Expression } from './expression.ts';

/** Arguments of which the last ones are the segments of one name. */
export interface SplitNames {
  readonly before: readonly Expression[];
  readonly name: Expression;
  readonly count: number;
}

/**
 * Compiled Bicep takes the name of an existing child, `'${vnet}/${subnet}'`, apart where it needs an id:
 * `resourceId('.../subnets', split(name, '/')[0], split(name, '/')[1])`. Bicep has checked that the name has as many
 * segments as the type, so the segments are known by what is written in the name, although its parts may not be.
 * Undefined when the arguments have another form.
 */
export function splitNames(args: readonly Expression[]): SplitNames | undefined {
  const last = args.at(-1);
  if (last === undefined) return undefined;
  const name = splitName(last, undefined);
  if (name === undefined) return undefined;
  const written = JSON.stringify(name);
  let first = args.length - 1;
  const indexes = [indexOf(last)];
  for (let arg = args[first - 1]; arg !== undefined && splitName(arg, written); arg = args[first - 1]) {
    indexes.unshift(indexOf(arg));
    first -= 1;
  }
  if (indexes.length < 2 || indexes.some((index, position) => index !== position)) return undefined;
  return { before: args.slice(0, first), name, count: indexes.length };
}

/** The name in `split(name, '/')[index]`, when it is the one that is written. */
function splitName(arg: Expression, written: string | undefined): Expression | undefined {
  if (arg.kind !== 'member' || arg.of.kind !== 'call' || arg.of.name.toLowerCase() !== 'split')
    return undefined;
  const [name, separator, ...others] = arg.of.args;
  if (name === undefined || separator?.kind !== 'text' || separator.value !== '/' || others.length > 0)
    return undefined;
  return written === undefined || JSON.stringify(name) === written ? name : undefined;
}

function indexOf(arg: Expression): number | undefined {
  return arg.kind === 'member' && arg.key.kind === 'number' ? arg.key.value : undefined;
}
