import type { Declared } from '../../arm/declaration.ts';
import type { DeploymentScope } from '../../arm/deployment-scope.ts';
import { at, type JsonNode, membersOf, originOf } from '../../arm/json-node.ts';
import { parseJson } from '../../arm/parse-json.ts';
import type { Problem } from '../../text/problem.ts';
import type { Value } from '../../value/value.ts';
import { declare } from './declare.ts';
import { createDeployment, type Deployment } from './deployment.ts';
import type { Arguments } from './parameters-file.ts';
import { createSession, type ReadFile, type Session } from './session.ts';

/** Where a template is deployed, for a caller that is no template itself. */
export interface TemplateContext {
  /** As reports show it. */
  readonly path: string;
  readonly scope: DeploymentScope;
  /** Stands before the symbolic names of its resources: `network.`. */
  readonly prefix: string;
  /** Tells what is not known in this deployment from what is not known in another, for example `network/`. */
  readonly label: string;
  /** Files beside the template, for linked templates. */
  readonly readFile: ReadFile;
}

/** A deployed template. Everything is evaluated when it is first asked for. */
export interface EvaluatedTemplate {
  readonly parameters: readonly string[];
  readonly outputs: readonly string[];
  /** The value of an output, undefined when there is no such output. */
  output(name: string): Value | undefined;
  /** Its resources, and those of the templates nested in it. */
  declared(): Declared;
  /** What was found so far. */
  problems(): readonly Problem[];
}

/**
 * Evaluates a template for a caller outside: a compiled module of a registry, or a JSON module. `parameters` gives values
 * by lower-case name; null, as in Bicep, asks for the default. The problem is fatal: the text is no JSON.
 */
export function evaluateTemplate(
  text: string,
  parameters: Arguments,
  context: TemplateContext,
): EvaluatedTemplate | { readonly problem: Problem } {
  const outcome = parseJson(text, context.path);
  if ('problem' in outcome) return outcome;
  const session = createSession(context.readFile);
  const deployment = deployRoot(outcome.root, parameters, context, session);
  return {
    parameters: membersOf(at(outcome.root, 'parameters')).map(({ name }) => name),
    outputs: membersOf(at(outcome.root, 'outputs')).map(({ name }) => name),
    output: (name) => deployment.output(name),
    declared() {
      const declared = declare(deployment, context.prefix);
      if (!session.isExhausted()) return declared;
      const origin = originOf(outcome.root);
      session.report({ code: 'template-too-large', message: TOO_LARGE, origin, severity: 'warning' });
      return {
        ...declared,
        gaps: [...declared.gaps, { reason: { kind: 'unsupported', name: context.path }, origin }],
      };
    },
    problems: session.problems,
  };
}

/** What is said of a template that uses up the budget. */
export const TOO_LARGE = 'the template describes more than any template that Azure takes';

/** A template without templates around it. */
export function deployRoot(
  template: JsonNode,
  given: Arguments,
  { scope, label }: Pick<TemplateContext, 'scope' | 'label'>,
  session: Session,
): Deployment {
  const file = template.file.path;
  return createDeployment({ session, template, given, scope, label, file, depth: 0, outside: () => [] });
}
