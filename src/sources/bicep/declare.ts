import type { Declaration, Output } from '../../arm/declaration.ts';
import type { Gap } from '../../model/resource.ts';
import type { Origin } from '../../text/origin.ts';
import { field, type ObjectValue, type Value } from '../../value/value.ts';
import type { DeploymentInstance } from './deployment.ts';
import { type Collection, callAt, type ResourceInstance } from './environment.ts';
import { bothConditions, type EvaluatedModule } from './module.ts';
import { isAzureType, UNREADABLE_TYPE } from './resource.ts';

/** Types whose resources are, bring or hold the members of a pool: of them there may be more than are seen. */
const BRINGS_MEMBERS =
  /^microsoft\.(?:network\/(?:networkinterfaces|loadbalancers)|compute\/virtualmachinescalesets|containerservice|servicefabric|databricks|hdinsight|batch|redhatopenshift|apimanagement)(?:\/|$)/i;

/** Deployments inside a file: their templates are data here. */
const HOLDS_OTHERS = /^microsoft\.resources\/(?:deployments|deploymentstacks)$/i;

/** What a resource costs of the budget besides its expressions: the model holds all of them at once. */
const STEPS_OF_RESOURCE = 150;

const UNREADABLE = { kind: 'unsupported', name: 'a declaration that cannot be read' } as const;

/** What a deployment and its modules declare, in the order of the files. */
export interface Declarations {
  readonly declarations: readonly Declaration[];
  readonly gaps: readonly Gap[];
}

/** Unrolls a deployment: every resource of every iteration, and everything in its modules. */
export function declareAll(root: DeploymentInstance): Declarations {
  const declarations: Declaration[] = [];
  const gaps: Gap[] = [];
  let isCutOff = false;

  function declareDeployment(
    deployment: DeploymentInstance,
    condition: Value | undefined,
    builtIn?: Origin,
  ): void {
    const { file } = deployment;
    for (const declaration of file.syntax.declarations) {
      if (declaration.kind === 'missing-declaration' || file.duplicates.has(declaration)) {
        gaps.push({
          reason: UNREADABLE,
          origin: file.origin(declaration),
        });
      } else if (declaration.kind === 'resource') {
        const meaning = deployment.meaning(declaration.name.text);
        if (meaning?.kind === 'resource') declareResources(meaning.collection, condition, builtIn);
      } else if (declaration.kind === 'module') {
        const collection = deployment.modules(declaration.name.text);
        if (collection !== undefined) declareModules(collection, deployment, condition, builtIn);
      }
    }
  }

  function declareModules(
    collection: Collection<EvaluatedModule>,
    deployment: DeploymentInstance,
    outer: Value | undefined,
    builtIn: Origin | undefined,
  ): void {
    for (const module of collection.items()) declareModule(module, deployment, outer, builtIn);
    const open = collection.open();
    if (open === undefined) return;
    const { representative, waitsFor } = open;
    const seen = declarations.length;
    declareModule(representative, deployment, outer ?? waitsFor, builtIn);
    if (declarations.slice(seen).some(({ type }) => BRINGS_MEMBERS.test(type))) {
      gaps.push({ reason: waitsFor.reason, origin: representative.origin });
    }
  }

  function declareModule(
    module: EvaluatedModule,
    deployment: DeploymentInstance,
    outer: Value | undefined,
    builtIn: Origin | undefined,
  ): void {
    const call = { ...callAt({ start: 0, end: 0 }, deployment.environment), origin: module.origin };
    const condition = bothConditions(outer, module.condition(), call);
    if (isFalse(condition)) return;
    const content = module.content();
    if (content.kind === 'unavailable') {
      gaps.push({ reason: content.reason, origin: module.origin });
    } else if (content.kind === 'bicep') {
      const origin = builtIn ?? (content.builtIn === undefined ? undefined : module.origin);
      declareDeployment(content.deployment, condition, origin);
    } else {
      const template = content.content.declared();
      gaps.push(...template.gaps);
      for (const problem of content.content.problems()) deployment.session.report(problem);
      for (const declared of template.declarations) {
        const both = bothConditions(condition, declared.condition, call);
        if (isFalse(both)) continue;
        declarations.push(both === undefined ? declared : { ...declared, condition: both });
      }
    }
  }

  function declareResources(
    collection: Collection<ResourceInstance>,
    outer: Value | undefined,
    builtIn: Origin | undefined,
  ): void {
    for (const instance of collection.items()) declareResource(instance, outer, builtIn);
    const open = collection.open();
    if (open === undefined) return;
    const { representative, waitsFor } = open;
    const identity = representative.identity();
    const call = callAt(representative.declaration.name, {
      session: root.session,
      deployment: representative.deployment,
    });
    if ('kind' in identity || BRINGS_MEMBERS.test(identity.type)) {
      gaps.push({ reason: waitsFor.reason, origin: builtIn ?? call.origin });
    }
    declareResource(representative, outer ?? waitsFor, builtIn);
  }

  function declareResource(
    instance: ResourceInstance,
    outer: Value | undefined,
    builtIn: Origin | undefined,
  ): void {
    const { declaration, deployment } = instance;
    if (!root.session.spend(STEPS_OF_RESOURCE)) {
      if (!isCutOff) {
        const { reason, origin } = root.session.exhausted(deployment.file.origin(declaration.name));
        gaps.push({ reason, origin });
      }
      isCutOff = true;
      return;
    }
    const call = callAt(declaration.name, { session: root.session, deployment });
    const condition = bothConditions(outer, instance.condition(), call);
    if (isFalse(condition)) return;
    const identity = instance.identity();
    const origin = builtIn ?? call.origin;
    if ('kind' in identity) gaps.push({ reason: identity.reason, origin });
    else if (identity.type === UNREADABLE_TYPE) gaps.push({ reason: UNREADABLE, origin });
    else if (isAzureType(identity.type)) {
      const { type, apiVersion, fullName: name, id } = identity;
      const holds = HOLDS_OTHERS.test(type) && !declaration.existing && !isEmptyTemplate(instance.body());
      if (holds) gaps.push({ reason: { kind: 'unsupported', name: instance.address }, origin });
      declarations.push({
        type,
        ...(apiVersion === undefined ? {} : { apiVersion }),
        name,
        id,
        address: instance.address,
        body: instance.body(),
        ...(condition === undefined ? {} : { condition }),
        ...(declaration.existing ? { existing: true } : {}),
        origin,
      });
    }
    for (const name of instance.nestedNames) {
      const nested = instance.nested(name);
      if (nested !== undefined) declareResources(nested, outer, builtIn);
    }
  }

  declareDeployment(root, undefined);
  return { declarations, gaps };
}

/** The outputs of a root. */
export function outputsOf(root: DeploymentInstance): readonly Output[] {
  return [...root.file.outputs.values()].flatMap(({ name }) => {
    const value = root.output(name.text);
    return value === undefined ? [] : [{ name: name.text, value, origin: root.file.origin(name) }];
  });
}

function isFalse(condition: Value | undefined): boolean {
  return condition?.kind === 'known' && condition.value === false;
}

/** A template without resources, as modules use it to count how often they are used. */
function isEmptyTemplate(body: ObjectValue): boolean {
  const resources = field(body, 'properties', 'template', 'resources');
  return resources.kind === 'list' && resources.items.length === 0 && resources.more === undefined;
}
