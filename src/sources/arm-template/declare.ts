import type { Declaration, Declared } from '../../arm/declaration.ts';
import type { Call } from '../../arm/functions/call.ts';
import { callOperator } from '../../arm/functions/call-operator.ts';
import type { Gap } from '../../model/resource.ts';
import { asBoolean, type Value } from '../../value/value.ts';
import { DEPLOYMENT, type DeployedResource, type Deployment } from './deployment.ts';
import type { Instance } from './instance.ts';

/** Types of which an open number of instances can change what a network does. */
const MATTERS = /^microsoft\.(network|compute|resources\/deployments)(\/|$)/i;

/** What stands around the resources of a nested template. */
interface Around {
  /** Before the symbolic names: `network.`. */
  readonly prefix: string;
  readonly conditions: readonly Value[];
}

/** All resources of a deployment and of those nested in it, in the order of the source, with what cannot be seen. */
export function declare(root: Deployment, prefix = ''): Declared {
  const declarations: Declaration[] = [];
  const gaps: Gap[] = [];

  function visit(deployment: Deployment, around: Around): void {
    for (const resource of deployment.resources()) {
      const { instance } = resource;
      if (!instance.env.session.spend(1)) return;
      const conditions = conditionsOf(instance, around);
      if (conditions.some(isNever)) continue;
      if (instance.open !== undefined && MATTERS.test(instance.type))
        gaps.push({ reason: instance.open.reason, origin: instance.origin });
      if (instance.type.toLowerCase() === DEPLOYMENT) visitNested(resource, { ...around, conditions });
      else declarations.push(declarationOf(instance, around.prefix, conditions));
    }
  }

  function visitNested({ instance, nested }: DeployedResource, around: Around): void {
    const deployment = nested();
    if (deployment === undefined) return;
    if ('waitsFor' in deployment) {
      gaps.push({ reason: deployment.waitsFor.reason, origin: deployment.waitsFor.origin });
      return;
    }
    const prefix = instance.symbol === undefined ? around.prefix : `${around.prefix}${instance.symbol}.`;
    visit(deployment, { ...around, prefix });
  }

  visit(root, { prefix, conditions: [] });
  return { declarations, gaps };
}

/** The conditions that are not known to hold: those around the resource, its own, and that its loop reaches it. */
function conditionsOf(instance: Instance, { conditions }: Around): readonly Value[] {
  const own = instance.condition();
  const all = own === undefined ? conditions : [...conditions, own];
  const open = instance.open === undefined ? all : [...all, instance.open];
  return open.filter((condition) => !isAlways(condition));
}

function declarationOf(instance: Instance, prefix: string, conditions: readonly Value[]): Declaration {
  const { type, origin, existing, symbol } = instance;
  const name = instance.name();
  const apiVersion = instance.apiVersion();
  const condition = bothOf(conditions, instance);
  return {
    type,
    ...(apiVersion === undefined ? {} : { apiVersion }),
    name,
    id: instance.id(),
    address: symbol === undefined ? `${type}/${displayed(name)}` : `${prefix}${symbol}`,
    body: instance.body(),
    ...(condition === undefined ? {} : { condition }),
    ...(existing ? { existing } : {}),
    origin,
  };
}

function bothOf(conditions: readonly Value[], { env, origin }: Instance): Value | undefined {
  const [first, ...rest] = conditions;
  if (first === undefined || rest.length === 0) return first;
  const call: Call = { origin, scope: env.scope, fail: (message) => env.session.fail(message, origin) };
  return callOperator(
    'and',
    conditions.map((condition) => () => condition),
    call,
  );
}

function isAlways(condition: Value): boolean {
  const value = asBoolean(condition);
  return value.kind === 'known' && value.value;
}

function isNever(condition: Value): boolean {
  const value = asBoolean(condition);
  return value.kind === 'known' && !value.value;
}

/** A name as a person reads it, with what is not known in braces. */
function displayed(name: Value): string {
  if (name.kind === 'known') return name.sensitive ? '{secret}' : String(name.value);
  if (name.kind !== 'unknown') return '{name}';
  if (name.parts === undefined) return `{${shortened(name.expression ?? name.reason.name)}}`;
  return name.parts.map((part) => (typeof part === 'string' ? part : displayed(part))).join('');
}

const LONGEST_SHOWN = 40;

/** An expression of a readable length: the name of its function when it is longer. */
function shortened(expression: string): string {
  if (expression.length <= LONGEST_SHOWN) return expression;
  const name = /^[\w.]+(?=\()/.exec(expression)?.[0];
  return name === undefined ? `${expression.slice(0, LONGEST_SHOWN)}…` : `${name}(…)`;
}
