import { deploymentScope, type KnownScope } from '../../arm/deployment-scope.ts';
import { at, originOf } from '../../arm/json-node.ts';
import { parseJson } from '../../arm/parse-json.ts';
import { toModel } from '../../arm/to-model.ts';
import type { Model } from '../../model/model.ts';
import type { Problem } from '../../text/problem.ts';
import { declare } from './declare.ts';
import { deployRoot, TOO_LARGE } from './evaluate-template.ts';
import { type ParametersFile, readParameters, withCaller } from './parameters-file.ts';
import { createSession, type ReadFile } from './session.ts';
import { levelOf } from './target-scope.ts';

export interface ArmTemplateInput {
  /** As reports show it. Linked templates are looked for relative to it. */
  readonly path: string;
  readonly text: string;
  /** The values of a later file count before those of an earlier one. */
  readonly parameters?: readonly ParametersFile[];
  /** Gives the text of a linked template, or undefined when it is not there or may not be read. */
  readonly readFile: ReadFile;
  /** Whether a template that is not known deploys it, with values for any of its parameters. */
  readonly isCalled?: boolean;
  /** What is known of where the template is deployed. */
  readonly scope?: KnownScope;
}

export type ArmTemplateOutcome =
  | { readonly model: Model; readonly problems: readonly Problem[] }
  | { readonly problem: Problem };

/**
 * Reads an ARM template with its nested and linked templates into a model. What cannot be evaluated is unknown, and a
 * warning. The problem is fatal: the text is no template, or it is larger than any that Azure takes.
 */
export function readArmTemplate(input: ArmTemplateInput): ArmTemplateOutcome {
  const outcome = parseJson(input.text, input.path);
  if ('problem' in outcome) return outcome;
  const { root } = outcome;
  const origin = originOf({ file: root.file, start: root.start, end: root.start + 1 });
  const fatal = (code: string, message: string): ArmTemplateOutcome => ({
    problem: { code, message, origin, severity: 'fatal' },
  });
  if (at(root, 'resources') === undefined) return fatal('not-a-template', 'the file has no `resources`');
  try {
    const session = createSession(input.readFile);
    const { given: written, problems } = readParameters(input.parameters ?? [], root);
    const given = input.isCalled === true ? withCaller(written, root) : written;
    const level = levelOf(root);
    const scope = deploymentScope({ ...(level === undefined ? {} : { level }), ...input.scope }, origin);
    const deployment = deployRoot(root, given, { scope, label: '' }, session);
    const declared = { ...declare(deployment), outputs: deployment.outputList() };
    if (session.isExhausted()) return fatal('template-too-large', TOO_LARGE);
    const { model, problems: found } = toModel(declared);
    return { model, problems: [...problems, ...session.problems(), ...found] };
  } catch (error) {
    if (error instanceof RangeError) return fatal('template-too-large', TOO_LARGE);
    throw error;
  }
}
