import type { Declaration, Declared } from '../../arm/declaration.ts';
import type { ReadTemplate, TemplateContent } from '../../arm/template-reader.ts';
import { toModel } from '../../arm/to-model.ts';
import type { Gap } from '../../model/resource.ts';
import type { Origin } from '../../text/origin.ts';
import { printable } from '../../text/printable.ts';
import type { Problem } from '../../text/problem.ts';
import { asBoolean, known, type Unknown, type Value } from '../../value/value.ts';
import { armTypeOf } from './azapi-instance.ts';
import { createPlacement } from './deployed-scope.ts';
import type { TerraformInstance, TerraformRoot } from './instance.ts';
import { kindOf } from './kinds.ts';
import { createLinks } from './links.ts';
import { indexRoot, type RootIndex } from './root-index.ts';
import { templateArguments } from './template-arguments.ts';
import { type TemplateDeployment, templateDeploymentOf } from './template-deployment.ts';
import { toInstance, toUpdate } from './template-instance.ts';
import { templateText } from './template-text.ts';
import { type FoundDeployment, problemsOfMode, unreadTemplate } from './unread-templates.ts';

/** A root with what its template deployments declare. */
export interface DeployedTemplates {
  /** Each resource of a template is an instance like those of azapi; templates that cannot be read are unread parts. */
  readonly root: TerraformRoot;
  /** The ids of the deployments whose templates were read. */
  readonly read: ReadonlySet<string>;
  /** The instances that templates declare. */
  readonly declared: ReadonlySet<TerraformInstance>;
  readonly gaps: readonly Gap[];
  readonly problems: readonly Problem[];
}

/**
 * Reads the ARM templates that a root deploys. All of them together are one model, so that they can refer to each other; what
 * they refer to in the root itself is found as for any azapi resource. A template that is not known here can declare and
 * change anything: it is a gap, a part that is not read, and a problem.
 */
export function deployTemplates(
  root: TerraformRoot,
  readTemplate: ReadTemplate | undefined,
): DeployedTemplates {
  const found = root.instances.flatMap((instance): readonly FoundDeployment[] => {
    const deployment = instance.mode === 'managed' ? templateDeploymentOf(instance) : undefined;
    return deployment === undefined ? [] : [{ instance, deployment }];
  });
  if (found.length === 0) return { root, read: new Set(), declared: new Set(), gaps: [], problems: [] };

  const index = indexRoot(root);
  const scopeOf = createPlacement(index);
  const contents = found.map((each) => contentOf(each, scopeOf, readTemplate));
  const read = new Set(found.filter((_, position) => contents[position] !== undefined).map(idOf));
  const unread = found.filter(({ instance }) => !read.has(instance.id)).map(unreadTemplate);
  const made = instancesOf(found, contents);
  const { instances, problems } = withoutTwins(made.instances, index);
  return {
    root: {
      ...root,
      instances: [...root.instances, ...instances],
      unread: [...(root.unread ?? []), ...unread.map(({ part }) => part)],
    },
    read,
    declared: new Set(instances),
    gaps: [...made.gaps, ...unread.map(({ gap }) => gap), ...gapsOfOutputs(root, read)],
    problems: [
      ...made.problems,
      ...problems,
      ...unread.map(({ problem }) => problem),
      ...found.flatMap(problemsOfMode),
    ],
  };
}

function contentOf(
  { instance, deployment }: FoundDeployment,
  scopeOf: ReturnType<typeof createPlacement>,
  readTemplate: ReadTemplate | undefined,
): TemplateContent | undefined {
  const written = templateText(deployment.template);
  if (written === undefined || readTemplate === undefined) return undefined;
  const { address } = instance;
  const given = templateArguments(deployment);
  const content = readTemplate(
    written.text,
    { get: (name) => added(written.parameters, name) ?? given(name) },
    {
      path: address,
      scope: scopeOf(instance, deployment),
      prefix: '',
      label: `${address}/`,
      readFile: () => undefined,
    },
  );
  return 'problem' in content ? undefined : content;
}

function added(parameters: ReadonlyMap<string, Value>, name: string): (() => Value) | undefined {
  const value = parameters.get(name);
  return value === undefined ? undefined : () => value;
}

function instancesOf(
  found: readonly FoundDeployment[],
  contents: readonly (TemplateContent | undefined)[],
): Pick<DeployedTemplates, 'gaps' | 'problems'> & { readonly instances: readonly TerraformInstance[] } {
  const places = new Map(
    found.map(({ instance, deployment }) => [instance.address, deployment.template.origin]),
  );
  const relocate = (origin: Origin): Origin =>
    (origin.kind === 'text' ? places.get(origin.path) : undefined) ?? origin;
  const owners = new Map<string, TerraformInstance>();
  const declared = found.flatMap((each, position): readonly Declared[] => {
    const content = contents[position];
    if (content === undefined) return [];
    const { declarations, gaps } = content.declared();
    const own = declarations.map((declaration, number): Declaration => {
      const address = `${each.instance.address}/${declaration.address}`;
      const unique = owners.has(address) ? `${address}#${number}` : address;
      owners.set(unique, each.instance);
      return { ...declaration, ...conditionOf(declaration, each.deployment), address: unique };
    });
    return [{ declarations: own, gaps }];
  });
  const { model, problems } = toModel({
    declarations: declared.flatMap(({ declarations }) => declarations),
    gaps: declared.flatMap(({ gaps }) => gaps),
  });
  const instances = model.resources.flatMap((resource) => {
    const owner = owners.get(resource.address);
    return owner === undefined ? [] : [toInstance(resource, owner, relocate)];
  });
  const own = contents.flatMap((content) => content?.problems() ?? []);
  return {
    instances,
    gaps: model.gaps.map((gap) => ({ ...gap, origin: relocate(gap.origin) })),
    problems: [...own, ...problems].map((problem) => inTemplate(problem, relocate)),
  };
}

/** What the root declares itself, a template that declares it again changes. */
function withoutTwins(
  instances: readonly TerraformInstance[],
  index: RootIndex,
): Pick<DeployedTemplates, 'problems'> & { readonly instances: readonly TerraformInstance[] } {
  const links = createLinks(index);
  const problems: Problem[] = [];
  const settled = instances.map((instance) => {
    const { id, address, origin } = instance;
    const own = known(id, origin);
    const target = links.link(own, kindOf(armTypeOf(instance) ?? ''));
    if (target.kind === 'known' && index.byId(id) === undefined) return instance;
    problems.push({
      code: 'resource-declared-twice',
      message: `\`${printable(address)}\` is declared by the root as well, so what they say differently is not known`,
      origin,
      severity: 'warning',
    });
    return toUpdate(instance, target);
  });
  return { instances: settled, problems };
}

/** A resource is there when its deployment is and its own condition holds. */
function conditionOf(
  { condition }: Declaration,
  deployment: TemplateDeployment,
): { readonly condition?: Value } {
  const outer: Unknown | undefined = deployment.condition;
  if (outer === undefined) return condition === undefined ? {} : { condition };
  const own = condition === undefined ? undefined : asBoolean(condition);
  return { condition: own === undefined || (own.kind === 'known' && own.value) ? outer : own };
}

/** The text of a problem names the deployment in place of the file. */
function inTemplate(problem: Problem, relocate: (origin: Origin) => Origin): Problem {
  const { origin } = problem;
  const where = origin.kind === 'text' ? origin.path : '';
  return {
    ...problem,
    message: `${problem.message}, in the template that \`${printable(where)}\` deploys`,
    origin: relocate(origin),
    severity: 'warning',
  };
}

function idOf({ instance }: FoundDeployment): string {
  return instance.id;
}

/** What a template hands out, others may attach to. */
function gapsOfOutputs({ outputs }: TerraformRoot, read: ReadonlySet<string>): readonly Gap[] {
  return outputs
    .filter(({ references }) => references.some(({ id }) => read.has(id)))
    .map(({ name, origin }) => ({ reason: { kind: 'outside', name: `output.${name}` }, origin }));
}
