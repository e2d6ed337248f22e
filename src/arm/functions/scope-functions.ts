import type { Origin } from '../../text/origin.ts';
import { printable } from '../../text/printable.ts';
import { known, type ObjectValue, type Unknown, type Value } from '../../value/value.ts';
import { callText } from '../expression-text.ts';
import { objectBuilder } from '../object-builder.ts';
import { joinText } from '../partial-text.ts';
import { groupPieces, managementGroupPieces, subscriptionPieces } from '../resource-ids.ts';
import type { Call } from './call.ts';
import type { ArmFunction, FunctionTable } from './definition.ts';

type Args = readonly Value[];

/** Functions about where a deployment goes, and those whose answer only Azure has. */
export const SCOPE_FUNCTIONS: FunctionTable = {
  deployer: atDeployment('deployer', ['any...?']),
  deployment: {
    takes: [],
    run: (args, call) =>
      scopeObject('deployment', args, call, {
        name: call.scope.deployment,
        location: call.scope.level === 'resource-group' ? undefined : call.scope.location,
      }),
  },
  environment: atDeployment('environment', []),
  externalInput: atDeployment('externalInput', ['text', 'any?']),
  fail: { takes: ['text'], run: (args, call) => call.fail(onPurpose(args)) },
  managementGroup: {
    takes: ['text?'],
    lenient: true,
    run: (args, call) => {
      const group = args[0] ?? call.scope.managementGroup;
      return scopeObject('managementGroup', args, call, {
        id: joinText(managementGroupPieces(group, call), call),
        name: group,
        type: known('/providers/Microsoft.Management/managementGroups', call.origin),
      });
    },
  },
  newGuid: {
    takes: [],
    run: (_, call) => onlyOnce('newGuid', [known(placeOf(call.origin), call.origin)], call),
  },
  pickZones: atDeployment('pickZones', ['text', 'text', 'text', 'number?', 'number?']),
  providers: atDeployment('providers', ['text', 'text?']),
  resourceGroup: { takes: ['text?', 'text?'], lenient: true, run: resourceGroup },
  roleDefinitions: atDeployment('roleDefinitions', ['text']),
  subscription: {
    takes: ['text?'],
    lenient: true,
    run: (args, call) => {
      const subscription = args[0] ?? call.scope.subscription;
      return scopeObject('subscription', args, call, {
        id: joinText(subscriptionPieces(subscription, call), call),
        subscriptionId: subscription,
        tenantId: args.length === 0 ? call.scope.tenant : undefined,
      });
    },
  },
  tenant: {
    takes: [],
    run: (args, call) =>
      scopeObject('tenant', args, call, {
        id: joinText([known('/tenants/', call.origin), call.scope.tenant], call),
        tenantId: call.scope.tenant,
      }),
  },
  toLogicalZone: atDeployment('toLogicalZone', ['text', 'text', 'text']),
  toLogicalZones: atDeployment('toLogicalZones', ['text', 'text', 'list']),
  toPhysicalZone: atDeployment('toPhysicalZone', ['text', 'text', 'text']),
  toPhysicalZones: atDeployment('toPhysicalZones', ['text', 'text', 'list']),
  utcNow: { takes: ['text?'], run: (args, call) => onlyOnce('utcNow', args, call) },
};

function onPurpose([message]: Args): string {
  const isTold = message?.kind === 'known' && !message.sensitive;
  return `the template fails on purpose${isTold ? `: \`${printable(String(message.value), 120)}\`` : ''}`;
}

function resourceGroup(args: Args, call: Call): Value {
  const [first, second] = args;
  const group = second ?? first ?? call.scope.resourceGroup;
  const subscription = second === undefined ? call.scope.subscription : (first ?? call.scope.subscription);
  return scopeObject('resourceGroup', args, call, {
    id: joinText(groupPieces(subscription, group, call), call),
    name: group,
    type: known('Microsoft.Resources/resourceGroups', call.origin),
    location: args.length === 0 && call.scope.level === 'resource-group' ? call.scope.location : undefined,
  });
}

/** What is known of a scope; the rest of its properties only deployment settles. */
function scopeObject(
  name: string,
  args: Args,
  call: Call,
  fields: Readonly<Record<string, Value | undefined>>,
): ObjectValue {
  const builder = objectBuilder();
  for (const [field, value] of Object.entries(fields)) if (value !== undefined) builder.set(field, value);
  return { ...builder.build(call.origin), more: runtime(name, call, callText(name, args)) };
}

function atDeployment(name: string, takes: readonly string[]): ArmFunction {
  return { takes, run: (args, call) => runtime(name, call, callText(name, args)) };
}

function runtime(name: string, call: Call, expression: string | undefined): Unknown {
  return {
    kind: 'unknown',
    reason: { kind: 'runtime', name: `${name}()` },
    origin: call.origin,
    ...(expression === undefined ? {} : { expression }),
  };
}

/**
 * A value that each deployment makes once: the time, and for each place of the code an identifier. Two deployments that
 * one template starts have their own, so the expression names the deployment.
 */
function onlyOnce(name: string, args: Args, call: Call): Unknown {
  const { deployment, subscription, resourceGroup: group } = call.scope;
  return runtime(name, call, callText(name, [...args, deployment, subscription, group]));
}

/** A place in the code as text. */
function placeOf(origin: Origin): string {
  return origin.kind === 'json'
    ? `${origin.path}#${origin.pointer}`
    : `${origin.kind === 'text' ? `${origin.path}:${origin.line}:${origin.column}` : origin.name}`;
}
