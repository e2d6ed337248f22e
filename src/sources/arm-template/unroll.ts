import type { DeploymentScope } from '../../arm/deployment-scope.ts';
import {
  at,
  itemsOf,
  type JsonMember,
  type JsonNode,
  type JsonObject,
  membersOf,
  originOf,
  textOf,
} from '../../arm/json-node.ts';
import type { Unknown, Value } from '../../value/value.ts';
import { copiesOf } from './copy.ts';
import type { CopyFrame, Environment } from './environment.ts';
import { evaluate } from './evaluate.ts';
import { createInstance, type Instance, type Loop } from './instance.ts';

/** Where resources stand. */
interface Around {
  readonly env: Environment;
  readonly scope: DeploymentScope;
  /** Tells the loops of one nested template from those of another. */
  readonly label: string;
  readonly parent?: Instance;
}

/**
 * The resources of a template with their loops unrolled, children after their parents. A loop of which the count is not
 * known gives one instance that stands for all.
 */
export function unrollResources(resources: JsonNode | undefined, around: Around): readonly Instance[] {
  const symbolic = membersOf(resources).flatMap((member) =>
    member.value.kind === 'object' ? unrollOne(member.value, around, member) : [],
  );
  const listed = itemsOf(resources).flatMap((node) =>
    node.kind === 'object' ? unrollOne(node, around) : [],
  );
  return [...symbolic, ...listed];
}

/** Resources of Bicep extensions, such as Microsoft Graph, are none of Azure Resource Manager. */
function isForeign(node: JsonObject): boolean {
  return at(node, 'import') !== undefined || at(node, 'extension') !== undefined;
}

function unrollOne(node: JsonObject, around: Around, member?: JsonMember): readonly Instance[] {
  if (isForeign(node) || textOf(at(node, 'type')) === undefined) return [];
  const loop = at(node, 'copy');
  if (loop?.kind !== 'object') return withChildren(node, around, instanceOf(node, around, member));
  const copies = copiesOf(loop, around.env, evaluate, 'resource');
  const name = (textOf(at(loop, 'name')) ?? '').toLowerCase();
  const inLoop = (index: Value): Around => {
    const frame: CopyFrame = { name, of: 'resource', index };
    return { ...around, env: { ...around.env, copies: [...around.env.copies, frame] } };
  };
  const iterate = (index: Value, open?: Unknown): readonly Instance[] => {
    const inner = inLoop(index);
    const symbolic =
      member === undefined
        ? undefined
        : { symbol: member.name, at: (other: Value) => instanceOf(node, inLoop(other), member, other) };
    return withChildren(node, inner, instanceOf(node, inner, member, index, symbolic, open));
  };
  if (copies.kind === 'open') {
    const { reason, origin } = copies.waitsFor;
    const expression = `copyindex('${around.label}${name}')`;
    return iterate({ kind: 'unknown', reason, origin, expression }, copies.waitsFor);
  }
  return copies.frames.flatMap(({ index }) => (around.env.session.spend(1) ? iterate(index) : []));
}

function withChildren(node: JsonObject, around: Around, instance: Instance): readonly Instance[] {
  return [instance, ...unrollResources(at(node, 'resources'), { ...around, parent: instance })];
}

function instanceOf(
  node: JsonObject,
  { env, scope, parent }: Around,
  member?: JsonMember,
  index?: Value,
  loop?: Loop,
  open?: Unknown,
): Instance {
  const suffix = index === undefined ? '' : `[${index.kind === 'known' ? index.value : '*'}]`;
  return createInstance({
    node,
    env,
    scope,
    origin: originOf(member ?? at(node, 'name') ?? at(node, 'type') ?? node),
    ...(parent === undefined ? {} : { parent }),
    ...(member === undefined ? {} : { symbol: `${member.name}${suffix}` }),
    ...(loop === undefined ? {} : { loop }),
    ...(open === undefined ? {} : { open }),
  });
}
