import { known, type Value } from '../../value/value.ts';
import { type Cidr, describeCidr, hostOf, readCidr, subnetOf } from '../cidr.ts';
import { objectBuilder } from '../object-builder.ts';
import { unsupported } from '../undecided.ts';
import type { Call } from './call.ts';
import { type FunctionTable, numberAt, textAt } from './definition.ts';

type Args = readonly Value[];

/** Address arithmetic of both families (Bicep CIDR functions). */
export const NETWORK_FUNCTIONS: FunctionTable = {
  cidrHost: {
    takes: ['text', 'number'],
    run: (args, call) =>
      inRange(args, call, (range) => hostOf(range, numberAt(args, 1)), `no host ${numberAt(args, 1)}`),
  },
  cidrSubnet: {
    takes: ['text', 'number', 'number'],
    run: (args, call) => {
      const [length, index] = [numberAt(args, 1), numberAt(args, 2)];
      return inRange(
        args,
        call,
        (range) => subnetOf(range, length, index),
        `no subnet ${index} of length ${length}`,
      );
    },
  },
  parseCidr: {
    takes: ['text'],
    run: (args, call) => {
      const range = readCidr(textAt(args, 0));
      if (range === undefined) return call.fail('`parseCidr` takes an address range such as `10.0.0.0/16`');
      const parts = objectBuilder();
      for (const [name, part] of Object.entries(describeCidr(range)))
        parts.set(name, derived(part, args, call));
      return parts.build(call.origin);
    },
  },
};

function inRange(args: Args, call: Call, find: (range: Cidr) => string | undefined, missing: string): Value {
  const range = readCidr(textAt(args, 0));
  if (range === undefined) return call.fail('a text is no address range such as `10.0.0.0/16`');
  const found = find(range);
  return found === undefined ? call.fail(`an address range has ${missing}`) : known(found, call.origin);
}

/** A part of what an argument says is as secret as the argument. */
function derived(part: string | number | undefined, [source]: Args, call: Call): Value {
  if (part === undefined) return unsupported('the usable addresses of a range of two', call.origin);
  const value = known(part, call.origin);
  return source?.kind === 'known' && source.sensitive ? { ...value, sensitive: true } : value;
}
