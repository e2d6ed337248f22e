import type { DeploymentScope } from '../../arm/deployment-scope.ts';
import type { Call } from '../../arm/functions/call.ts';
import type { JsonNode } from '../../arm/json-node.ts';
import type { Unknown, Value } from '../../value/value.ts';
import type { Session } from './session.ts';

/** Where an expression is evaluated: what its functions mean there. */
export interface Environment {
  readonly session: Session;
  /** What `resourceGroup()`, `subscription()` and `resourceId()` go by. */
  readonly scope: DeploymentScope;
  readonly definitions: Definitions;
  /** Where `reference()` looks. */
  readonly resources: Resources;
  /** The path of the template, unless it stands inside another. */
  readonly file: string | undefined;
  /** The loops around the expression, the innermost last. */
  readonly copies: readonly CopyFrame[];
  /** The variables of the lambdas around it, by lower-case name. */
  readonly lambdas: ReadonlyMap<string, Value>;
}

/** What a template defines. Names are compared without case; undefined means that it does not define the name. */
export interface Definitions {
  parameter(name: string): Value | undefined;
  variable(name: string): Value | undefined;
  userFunction(name: string): UserFunction | undefined;
}

export interface UserFunction {
  readonly parameters: readonly string[];
  readonly body: JsonNode;
}

export interface CopyFrame {
  readonly name: string;
  /** `copyIndex()` without a name is that of the innermost resource or output, not of a property. */
  readonly of: 'resource' | 'property';
  readonly index: Value;
}

/** The resources a template can ask about. */
export interface Resources {
  /** What Azure returns for a resource: by symbolic name, name or id. Undefined where nothing is declared. */
  reference(target: Value, call: Call): Referenced | undefined;
  /** The same for every instance of a loop of resources, by symbolic name; `more` when their number is not known. */
  references(symbol: string): { readonly items: readonly Referenced[]; readonly more?: Unknown } | undefined;
  /** The id and name of a resource by its symbolic name. */
  info(name: Value): { readonly id: Value; readonly name: Value } | undefined;
}

/** The answer of Azure about a resource: with `full` everything, else its properties. */
export interface Referenced {
  readonly full: Value;
  readonly properties: Value;
}
