import type { Value } from '../../value/value.ts';
import {
  groupPieces,
  managementGroupPieces,
  resourceIdBelow,
  scopePieces,
  subscriptionPieces,
} from '../resource-ids.ts';
import { undecided } from '../undecided.ts';
import type { Call } from './call.ts';
import type { FunctionTable } from './definition.ts';

type Args = readonly Value[];
/** The pieces of the scope from the arguments before the type; undefined when there are too many. */
type Scope = (before: Args, call: Call) => Args | undefined;

/**
 * The functions that make resource ids. The type is the first argument that is written with a slash; what stands before
 * it names the scope. Unknown names and scopes stay parts of the id.
 */
export const ID_FUNCTIONS: FunctionTable = {
  extensionResourceId: {
    takes: ['text', 'text', 'text...'],
    lenient: true,
    run: ([scope, ...rest], call) =>
      make('extensionResourceId', rest, call, (before) =>
        before.length === 0 && scope !== undefined ? [scope] : undefined,
      ),
  },
  managementGroupResourceId: scoped('managementGroupResourceId', ([group, ...others], call) =>
    others.length > 0 ? undefined : managementGroupPieces(group ?? call.scope.managementGroup, call),
  ),
  resourceId: scoped('resourceId', resourceScope),
  subscriptionResourceId: scoped('subscriptionResourceId', ([subscription, ...others], call) =>
    others.length > 0 ? undefined : subscriptionPieces(subscription ?? call.scope.subscription, call),
  ),
  tenantResourceId: scoped('tenantResourceId', (before) => (before.length > 0 ? undefined : [])),
};

/**
 * `resourceId` depends on where it is called. In a resource group one argument before the type is the name of a group,
 * two are subscription and group; in a subscription one is the subscription; above, no scope gives an id of the tenant.
 */
function resourceScope(before: Args, call: Call): Args | undefined {
  const [first, second, ...others] = before;
  const { level, subscription, resourceGroup } = call.scope;
  if (others.length > 0) return undefined;
  if (first !== undefined && second !== undefined) return groupPieces(first, second, call);
  if (level === 'resource-group') return groupPieces(subscription, first ?? resourceGroup, call);
  if (first !== undefined) return subscriptionPieces(first, call);
  return level === 'subscription' ? scopePieces(call.scope, call) : [];
}

function scoped(name: string, scope: Scope): FunctionTable[string] {
  return { takes: ['text', 'text...'], lenient: true, run: (args, call) => make(name, args, call, scope) };
}

function make(name: string, args: Args, call: Call, scope: Scope): Value {
  const index = args.findIndex((arg) => arg.kind === 'known' && String(arg.value).includes('/'));
  const type = args[index];
  if (type?.kind !== 'known') {
    return args.some(({ kind }) => kind === 'unknown')
      ? undecided(name, args, call)
      : call.fail(`\`${name}\` has no resource type`);
  }
  const pieces = scope(args.slice(0, index), call);
  if (pieces === undefined) return call.fail(`\`${name}\` has too many arguments before the resource type`);
  const written = String(type.value).replace(/\/$/, '');
  const id = resourceIdBelow(pieces, written, args.slice(index + 1), call);
  const segments = written.split('/').length - 1;
  return id ?? call.fail(`\`${name}\` takes ${segments} names for this type, not ${args.length - index - 1}`);
}
