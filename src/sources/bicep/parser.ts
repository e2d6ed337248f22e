import { type Cursor, createCursor } from './cursor.ts';
import type { Expression, Missing, Name, ObjectLiteral, Span, StringLiteral } from './expression-syntax.ts';
import { createExpressionParser } from './parse-expression.ts';
import { createTypeParser } from './parse-type.ts';
import { scan } from './scan.ts';
import type {
  Conditional,
  Declaration,
  DeclarationBody,
  Decorator,
  ExtensionDeclaration,
  FunctionDeclaration,
  FunctionParameter,
  ImportDeclaration,
  ImportedSymbol,
  ResourceDeclaration,
  SyntaxFile,
} from './syntax.ts';

type Decorated = { readonly start: number; readonly decorators: readonly Decorator[] };
type Keywords = ReadonlyMap<string, (at: Decorated) => Declaration>;

/**
 * Parses a `.bicep` file. It always gives a tree: a fault costs the element, or the declaration, in which it stands, and
 * reading goes on at the next one. The time is linear in the length of the text.
 */
export function parseBicep(text: string): SyntaxFile {
  return parse(text, (parsers) => parsers.template);
}

/** Parses a `.bicepparam` file in the same manner. */
export function parseBicepParameters(text: string): SyntaxFile {
  return parse(text, (parsers) => parsers.parameters);
}

function parse(text: string, select: (parsers: ReturnType<typeof keywordParsers>) => Keywords): SyntaxFile {
  const { tokens, faults } = scan(text);
  const cursor = createCursor(text, tokens);
  const parsers = keywordParsers(cursor);
  const declarations = readDeclarations(cursor, parsers.decorators, select(parsers));
  const all = [...faults, ...cursor.faults].sort((a, b) => a.start - b.start);
  return { declarations, faults: all.filter((fault, at) => fault.start !== all[at - 1]?.start), tokens };
}

function readDeclarations(
  cursor: Cursor,
  decorators: () => readonly Decorator[],
  keywords: Keywords,
): readonly Declaration[] {
  const declarations: Declaration[] = [];
  while (true) {
    cursor.skipNewlines();
    if (cursor.is('end')) {
      const { start, end } = cursor.peek();
      if (cursor.isCutOff()) declarations.push({ kind: 'missing-declaration', decorators: [], start, end });
      return declarations;
    }
    const { start } = cursor.peek();
    const column = cursor.lineStartColumn() ?? 0;
    const declaration = cursor.recover(
      () => {
        const at = { start, decorators: decorators() };
        const keyword = cursor.is('identifier') ? keywords.get(cursor.textOf(cursor.peek())) : undefined;
        if (keyword === undefined) return cursor.fail('a declaration is expected here');
        cursor.next();
        return keyword(at);
      },
      new Set(['newline']),
    );
    const isComplete = declaration !== undefined && (cursor.is('newline') || cursor.is('end'));
    if (declaration !== undefined) declarations.push(declaration);
    if (isComplete) continue;
    if (declaration !== undefined) cursor.fault('a new line is expected here');
    if (cursor.peek().start === start) cursor.next();
    cursor.skipToDeclaration(column);
    if (declaration !== undefined) continue;
    declarations.push({ kind: 'missing-declaration', decorators: [], start, end: cursor.lastEnd() });
  }
}

function keywordParsers(cursor: Cursor): {
  readonly template: Keywords;
  readonly parameters: Keywords;
  readonly decorators: () => readonly Decorator[];
} {
  const { peek, is, next, accept, expect, fail } = cursor;
  const expressions = createExpressionParser(cursor);
  const { expression, object, string } = expressions;
  const types = createTypeParser(cursor, expressions);
  const missing = (span: Span): Missing => ({ kind: 'missing', ...span });
  const END_OF_LINE = new Set(['newline'] as const);

  /** The node of a declaration, whose span includes its decorators. */
  function node<T extends object>({ start, decorators }: Decorated, rest: T): T & Decorated & Span {
    return { ...rest, decorators, start, end: cursor.lastEnd() };
  }

  /** A part of a declaration; when it cannot be read, what is left of the line is skipped. */
  function part<T>(parsePart: () => T): T | Missing {
    const { start } = peek();
    return cursor.recover(parsePart, END_OF_LINE) ?? missing({ start, end: cursor.lastEnd() });
  }

  function value(): Expression {
    return part(() => {
      expect('=');
      return expression();
    });
  }

  function word(expected: string): void {
    if (!cursor.isWord(expected)) fail(`\`${expected}\` is expected here`);
    next();
  }

  function body(resource?: () => ResourceDeclaration): DeclarationBody {
    const whole = (): ObjectLiteral => object(resource);
    const wholeOrIf = (): ObjectLiteral | Conditional =>
      cursor.isWord('if') ? conditional(resource) : whole();
    return part<DeclarationBody>(() => {
      expect('=');
      const first = cursor.peekPastNewlines();
      if (first.kind === 'identifier' && cursor.textOf(first) === 'if') cursor.skipNewlines();
      if (is('[')) return expressions.forLoop(wholeOrIf);
      if (!is('{') && !cursor.isWord('if')) fail('`{`, `[for …]` or `if (…)` is expected here');
      return wholeOrIf();
    });
  }

  function conditional(resource?: () => ResourceDeclaration): Conditional {
    const { start } = next();
    expect('(');
    cursor.skipNewlines();
    const condition = expression();
    cursor.skipNewlines();
    expect(')');
    const read = part(() => object(resource));
    return { kind: 'if', condition, body: read, start, end: cursor.lastEnd() };
  }

  function resource(at: Decorated): ResourceDeclaration {
    const name = cursor.name('the symbolic name of the resource');
    const type = is('string-left') ? string() : part(string);
    const existing = cursor.isWord('existing');
    if (existing) next();
    return node(at, { kind: 'resource' as const, name, type, existing, value: body(nestedResource) });
  }

  function nestedResource(): ResourceDeclaration {
    return cursor.nest(() => {
      const { start } = peek();
      const at = { start, decorators: types.decorators() };
      word('resource');
      return resource(at);
    });
  }

  function functionDeclaration(at: Decorated): FunctionDeclaration {
    const name = cursor.name('the name of the function');
    expect('(');
    const parameters = expressions.commaList<FunctionParameter>({
      close: ')',
      parse: functionParameter,
      missing: (span) => ({ name: { kind: 'name', text: '', ...span }, type: missing(span), ...span }),
      trailing: true,
    });
    const returns = part(types.type);
    const read = part(() => {
      expect('=>');
      cursor.skipNewlines();
      return expression();
    });
    return node(at, { kind: 'function' as const, name, parameters, returns, body: read });
  }

  function functionParameter(): FunctionParameter {
    const name = cursor.name('the name of a parameter');
    return { name, type: types.type(), start: name.start, end: cursor.lastEnd() };
  }

  function variable(at: Decorated): Declaration {
    const name = cursor.name('the name of the variable');
    const type = is('=') || is('newline') || is('end') ? {} : { type: part(types.type) };
    return node(at, { kind: 'variable-declaration' as const, name, ...type, value: value() });
  }

  function typeDeclaration(at: Decorated): Declaration {
    const name = cursor.name('the name of the type');
    const type = part(() => {
      expect('=');
      return types.type();
    });
    return node(at, { kind: 'type' as const, name, value: type });
  }

  function parameter(at: Decorated): Declaration {
    const name = cursor.name('the name of the parameter');
    const type = part(types.type);
    const found = is('=') ? { default: value() } : {};
    return node(at, { kind: 'parameter' as const, name, type, ...found });
  }

  /** A string after the keyword names an extension, as it did before `extension` was a word. */
  function importOrExtension(at: Decorated): Declaration {
    return is('string') || is('string-left') ? extension(at) : importDeclaration(at);
  }

  function importDeclaration(at: Decorated): ImportDeclaration {
    let symbols: readonly ImportedSymbol[] = [];
    let namespace: { namespace?: Name } = {};
    if (accept('*')) {
      word('as');
      namespace = { namespace: cursor.name('the name of the namespace') };
    } else if (is('{')) {
      const { items } = expressions.elements<ImportedSymbol>('{', importedSymbol, (span) => ({
        name: { kind: 'name', text: '', ...span },
        ...span,
      }));
      symbols = items;
    } else fail('`{` or `*` is expected here');
    const path = part(() => {
      word('from');
      return string();
    });
    return node(at, { kind: 'import' as const, symbols, ...namespace, path });
  }

  function importedSymbol(): ImportedSymbol {
    const { start } = peek();
    const name = is('string') ? string() : cursor.name('the name of what is imported');
    let alias: { alias?: Name } = {};
    if (cursor.isWord('as')) {
      next();
      alias = { alias: cursor.name('a name') };
    } else if (name.kind === 'string') cursor.fault('`as` is expected here');
    return { name, ...alias, start, end: cursor.lastEnd() };
  }

  function extension(at: Decorated): ExtensionDeclaration {
    const specification = is('identifier') ? cursor.name('an extension') : part(string);
    let rest: { configuration?: ObjectLiteral | Missing; alias?: Name } = withClause();
    if (cursor.isWord('as')) {
      next();
      rest = { ...rest, alias: cursor.name('a name') };
    }
    return node(at, { kind: 'extension' as const, specification, ...rest });
  }

  function withClause(): { configuration?: ObjectLiteral | Missing } {
    if (!cursor.isWord('with')) return {};
    next();
    return { configuration: part(() => object()) };
  }

  function using(at: Decorated): Declaration {
    let path: StringLiteral | 'none' | Missing = 'none';
    if (cursor.isWord('none')) next();
    else path = part(string);
    return node(at, { kind: 'using' as const, path, ...withClause() });
  }

  const template: Readonly<Record<string, (at: Decorated) => Declaration>> = {
    targetScope: (at) => node(at, { kind: 'target-scope' as const, value: value() }),
    metadata: (at) =>
      node(at, { kind: 'metadata' as const, name: cursor.name('the name of the metadata'), value: value() }),
    param: parameter,
    var: variable,
    type: typeDeclaration,
    func: functionDeclaration,
    resource,
    module: (at) =>
      node(at, {
        kind: 'module' as const,
        name: cursor.name('the symbolic name of the module'),
        path: is('string-left') ? string() : part(string),
        value: body(),
      }),
    output: (at) =>
      node(at, {
        kind: 'output' as const,
        name: cursor.name('the name of the output'),
        type: part(types.type),
        value: value(),
      }),
    test: (at) =>
      node(at, {
        kind: 'test' as const,
        name: cursor.name('the name of the test'),
        path: part(string),
        value: part(() => {
          expect('=');
          return object();
        }),
      }),
    assert: (at) =>
      node(at, { kind: 'assert' as const, name: cursor.name('the name of the assertion'), value: value() }),
    import: importOrExtension,
    extension,
    provider: extension,
  };

  const parameters: typeof template = {
    using,
    extends: (at) => node(at, { kind: 'extends' as const, path: part(string) }),
    param: (at) =>
      node(at, {
        kind: 'parameter-assignment' as const,
        name: cursor.name('the name of the parameter'),
        value: value(),
      }),
    var: variable,
    type: typeDeclaration,
    import: importDeclaration,
    extension,
    extensionConfig: (at) => {
      const name = cursor.name('the name of the extension');
      const configuration = part(() => {
        word('with');
        return object();
      });
      return node(at, { kind: 'extension-configuration' as const, name, configuration });
    },
  };

  return {
    template: new Map(Object.entries(template)),
    parameters: new Map(Object.entries(parameters)),
    decorators: types.decorators,
  };
}
