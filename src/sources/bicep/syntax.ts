import type {
  Expression,
  ForLoop,
  Missing,
  Name,
  ObjectLiteral,
  Span,
  StringLiteral,
} from './expression-syntax.ts';
import type { Fault, Token } from './token.ts';
import type { TypeExpression } from './type-syntax.ts';

/** `@name`, `@name(arguments)`, `@namespace.name(arguments)` */
export interface Decorator extends Span {
  readonly kind: 'decorator';
  readonly expression: Expression;
}

interface Declared extends Span {
  readonly decorators: readonly Decorator[];
}

export interface TargetScopeDeclaration extends Declared {
  readonly kind: 'target-scope';
  readonly value: Expression;
}

export interface MetadataDeclaration extends Declared {
  readonly kind: 'metadata';
  readonly name: Name;
  readonly value: Expression;
}

export interface ParameterDeclaration extends Declared {
  readonly kind: 'parameter';
  readonly name: Name;
  readonly type: TypeExpression;
  readonly default?: Expression;
}

export interface VariableDeclaration extends Declared {
  readonly kind: 'variable-declaration';
  readonly name: Name;
  readonly type?: TypeExpression;
  readonly value: Expression;
}

export interface OutputDeclaration extends Declared {
  readonly kind: 'output';
  readonly name: Name;
  readonly type: TypeExpression;
  readonly value: Expression;
}

export interface TypeDeclaration extends Declared {
  readonly kind: 'type';
  readonly name: Name;
  readonly value: TypeExpression;
}

export interface FunctionParameter extends Span {
  readonly name: Name;
  readonly type: TypeExpression;
}

export interface FunctionDeclaration extends Declared {
  readonly kind: 'function';
  readonly name: Name;
  readonly parameters: readonly FunctionParameter[];
  readonly returns: TypeExpression;
  readonly body: Expression;
}

/** `if (condition) body` */
export interface Conditional extends Span {
  readonly kind: 'if';
  readonly condition: Expression;
  readonly body: ObjectLiteral | Missing;
}

/** What stands after the `=` of a resource or a module. */
export type DeclarationBody =
  | ObjectLiteral
  | Conditional
  | ForLoop<ObjectLiteral | Conditional | Missing>
  | Missing;

export interface ResourceDeclaration extends Declared {
  readonly kind: 'resource';
  readonly name: Name;
  readonly type: StringLiteral | Missing;
  readonly existing: boolean;
  readonly value: DeclarationBody;
}

export interface ModuleDeclaration extends Declared {
  readonly kind: 'module';
  readonly name: Name;
  readonly path: StringLiteral | Missing;
  readonly value: DeclarationBody;
}

export interface TestDeclaration extends Declared {
  readonly kind: 'test';
  readonly name: Name;
  readonly path: StringLiteral | Missing;
  readonly value: ObjectLiteral | Missing;
}

export interface AssertDeclaration extends Declared {
  readonly kind: 'assert';
  readonly name: Name;
  readonly value: Expression;
}

export interface ImportedSymbol extends Span {
  readonly name: Name | StringLiteral;
  /** The name it has in this file, where it differs. */
  readonly alias?: Name;
}

/** `import { a, b as c } from 'path'` with `symbols`, `import * as name from 'path'` with `namespace` */
export interface ImportDeclaration extends Declared {
  readonly kind: 'import';
  readonly symbols: readonly ImportedSymbol[];
  readonly namespace?: Name;
  readonly path: StringLiteral | Missing;
}

/** `extension name with {} as alias`, also spelled `import 'name@version'` and `provider` */
export interface ExtensionDeclaration extends Declared {
  readonly kind: 'extension';
  readonly specification: Name | StringLiteral | Missing;
  readonly configuration?: ObjectLiteral | Missing;
  readonly alias?: Name;
}

/** `using 'path'`, and `using none` with the path `none` */
export interface UsingDeclaration extends Declared {
  readonly kind: 'using';
  readonly path: StringLiteral | 'none' | Missing;
  readonly configuration?: ObjectLiteral | Missing;
}

export interface ExtendsDeclaration extends Declared {
  readonly kind: 'extends';
  readonly path: StringLiteral | Missing;
}

export interface ParameterAssignment extends Declared {
  readonly kind: 'parameter-assignment';
  readonly name: Name;
  readonly value: Expression;
}

export interface ExtensionConfiguration extends Declared {
  readonly kind: 'extension-configuration';
  readonly name: Name;
  readonly configuration: ObjectLiteral | Missing;
}

/** A declaration that could not be read at all. */
export interface MissingDeclaration extends Declared {
  readonly kind: 'missing-declaration';
}

export type Declaration =
  | TargetScopeDeclaration
  | MetadataDeclaration
  | ParameterDeclaration
  | VariableDeclaration
  | OutputDeclaration
  | TypeDeclaration
  | FunctionDeclaration
  | ResourceDeclaration
  | ModuleDeclaration
  | TestDeclaration
  | AssertDeclaration
  | ImportDeclaration
  | ExtensionDeclaration
  | UsingDeclaration
  | ExtendsDeclaration
  | ParameterAssignment
  | ExtensionConfiguration
  | MissingDeclaration;

/** A parsed file. `tokens` has everything, comments and directives too. */
export interface SyntaxFile {
  readonly declarations: readonly Declaration[];
  readonly faults: readonly Fault[];
  readonly tokens: readonly Token[];
}
