import type { Problem } from '../text/problem.ts';
import type { Value } from '../value/value.ts';
import type { Declared } from './declaration.ts';
import type { DeploymentScope } from './deployment-scope.ts';

/** An ARM template inside code of another language, evaluated as far as anyone asks. */
export interface TemplateContent {
  readonly outputs: readonly string[];
  output(name: string): Value | undefined;
  declared(): Declared;
  problems(): readonly Problem[];
}

/**
 * Evaluates ARM templates: what the source for them hands to sources of other languages. Parameters go by lower-case name;
 * `prefix` precedes addresses, `label` the names of parameters without a value. The problem says why the text is no template.
 */
export type ReadTemplate = (
  text: string,
  parameters: Pick<ReadonlyMap<string, () => Value>, 'get'>,
  context: {
    readonly path: string;
    readonly scope: DeploymentScope;
    readonly prefix: string;
    readonly label: string;
    readonly readFile: (path: string) => string | undefined;
  },
) => TemplateContent | { readonly problem: Problem };
