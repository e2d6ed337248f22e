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
import type { Unknown } from '../../value/value.ts';
import { copiesOf } from './copy.ts';
import type { CopyFrame, Environment } from './environment.ts';
import { evaluate } from './evaluate.ts';
import { createInstance, type Instance } from './instance.ts';

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
  if (loop?.kind !== 'object') return instanceWithChildren(node, around, member);
  const copies = copiesOf(loop, around.env, evaluate, 'resource');
  if (copies.kind === 'open') {
    const { name, waitsFor } = copies;
    const expression = `copyindex('${around.label}${name.toLowerCase()}')`;
    const index: Unknown = { kind: 'unknown', reason: waitsFor.reason, origin: waitsFor.origin, expression };
    const frame: CopyFrame = { name: name.toLowerCase(), of: 'resource', index };
    return instanceWithChildren(node, inLoop(around, frame), member, { open: waitsFor });
  }
  return copies.frames.flatMap((frame, index) =>
    around.env.session.spend(1) ? instanceWithChildren(node, inLoop(around, frame), member, { index }) : [],
  );
}

function inLoop(around: Around, frame: CopyFrame): Around {
  return { ...around, env: { ...around.env, copies: [...around.env.copies, frame] } };
}

function instanceWithChildren(
  node: JsonObject,
  around: Around,
  member: JsonMember | undefined,
  iteration: { readonly index?: number; readonly open?: Unknown } = {},
): readonly Instance[] {
  const { env, scope, parent } = around;
  const { index, open } = iteration;
  const isLoop = index !== undefined || open !== undefined;
  const instance = createInstance({
    node,
    env,
    scope,
    origin: originOf(member ?? at(node, 'name') ?? at(node, 'type') ?? node),
    ...(parent === undefined ? {} : { parent }),
    ...(member === undefined ? {} : { symbol: isLoop ? `${member.name}[${index ?? '*'}]` : member.name }),
    ...(member !== undefined && isLoop ? { loop: member.name } : {}),
    ...(open === undefined ? {} : { open }),
  });
  return [instance, ...unrollResources(at(node, 'resources'), { ...around, parent: instance })];
}
