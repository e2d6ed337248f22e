import type { Expression } from '../../../src/sources/bicep/expression-syntax.ts';
import type { Declaration, DeclarationBody, Decorator } from '../../../src/sources/bicep/syntax.ts';
import type { TypeExpression } from '../../../src/sources/bicep/type-syntax.ts';

type Member = Extract<Expression, { kind: 'object' }>['members'][number];
type Shown =
  | Expression
  | TypeExpression
  | Declaration
  | Decorator
  | DeclarationBody
  | Member
  | { readonly kind: 'spread'; readonly value: Expression };

/** Prints a tree with a bracket around everything that is put together, so that a test sees what belongs to what. */
export function show(node: Shown): string {
  switch (node.kind) {
    case 'missing':
      return 'MISSING';
    case 'missing-declaration':
      return 'LOST';
    case 'null':
      return 'null';
    case 'boolean':
    case 'integer':
      return String(node.value);
    case 'string':
      return `'${node.segments.map((text, at) => text + (node.holes[at] === undefined ? '' : `\${${show(node.holes[at])}}`)).join('')}'`;
    case 'spread':
      return `...${show(node.value)}`;
    case 'array':
      return `[${all(node.items)}]`;
    case 'object':
      return `{${all(node.members)}}`;
    case 'property':
      return `${node.key.kind === 'name' ? node.key.text : show(node.key)}: ${show(node.value)}`;
    case 'variable':
      return node.name;
    case 'call':
      return `${node.name.text}(${all(node.arguments)})`;
    case 'method-call':
      return `(${show(node.base)}.${node.name.text}(${all(node.arguments)}))`;
    case 'property-access':
      return `(${show(node.base)}.${node.safe ? '?' : ''}${node.name.text})`;
    case 'index-access':
      return `(${show(node.base)}[${node.safe ? '?' : ''}${node.fromEnd ? '^' : ''}${show(node.index)}])`;
    case 'nested-access':
      return `(${show(node.base)}::${node.name.text})`;
    case 'non-null':
      return `(${show(node.base)}!)`;
    case 'unary':
      return `(${node.operator}${show(node.operand)})`;
    case 'binary':
      return `(${show(node.left)} ${node.operator} ${show(node.right)})`;
    case 'ternary':
      return `(${show(node.condition)} ? ${show(node.whenTrue)} : ${show(node.whenFalse)})`;
    case 'lambda':
      return `((${node.parameters.map(({ text }) => text).join(', ')}) => ${show(node.body)})`;
    case 'parenthesized':
      return show(node.inner);
    case 'for': {
      const index = node.index === undefined ? '' : `, ${node.index.text}`;
      return `[for ${node.item.text}${index} in ${show(node.source)}: ${show(node.body)}]`;
    }
    case 'if':
      return `if ${show(node.condition)} ${show(node.body)}`;
    case 'decorator':
      return `@${show(node.expression)}`;
    case 'type-name':
      return node.name;
    case 'parameterized-type':
      return `${node.base === undefined ? '' : `${show(node.base)}.`}${node.name.text}<${all(node.arguments)}>`;
    case 'literal-type':
      return show(node.value);
    case 'object-type':
      return `{${node.members
        .map(({ decorators, key, type }) => {
          const name = key === '*' ? key : key.kind === 'name' ? key.text : show(key);
          return `${decorators.map((decorator) => `${show(decorator)} `).join('')}${name}: ${show(type)}`;
        })
        .join(', ')}}`;
    case 'tuple-type':
      return `[${node.items.map(({ type }) => show(type)).join(', ')}]`;
    case 'array-type':
      return `(${show(node.item)}[])`;
    case 'type-member':
      return `(${show(node.base)}.${node.name.text})`;
    case 'type-index':
      return `(${show(node.base)}[${node.index === undefined ? '*' : show(node.index)}])`;
    case 'unary-type':
      return `(${node.operator}${show(node.operand)})`;
    case 'nullable-type':
      return `(${show(node.base)}?)`;
    case 'non-nullable-type':
      return `(${show(node.base)}!)`;
    case 'union-type':
      return `(${node.members.map(show).join(' | ')})`;
    case 'parenthesized-type':
      return show(node.inner);
    case 'resource-type':
      return `resource${node.type === undefined ? '' : ` ${show(node.type)}`}`;
    default:
      return node.decorators.map((decorator) => `${show(decorator)} `).join('') + showDeclaration(node);
  }
}

function showDeclaration(node: Exclude<Declaration, { kind: 'missing-declaration' }>): string {
  switch (node.kind) {
    case 'target-scope':
      return `targetScope = ${show(node.value)}`;
    case 'metadata':
    case 'assert':
      return `${node.kind} ${node.name.text} = ${show(node.value)}`;
    case 'parameter':
      return `param ${node.name.text} ${show(node.type)}${node.default === undefined ? '' : ` = ${show(node.default)}`}`;
    case 'variable-declaration':
      return `var ${node.name.text}${node.type === undefined ? '' : ` ${show(node.type)}`} = ${show(node.value)}`;
    case 'output':
      return `output ${node.name.text} ${show(node.type)} = ${show(node.value)}`;
    case 'type':
      return `type ${node.name.text} = ${show(node.value)}`;
    case 'function': {
      const parameters = node.parameters.map(({ name, type }) => `${name.text} ${show(type)}`).join(', ');
      return `func ${node.name.text}(${parameters}) ${show(node.returns)} => ${show(node.body)}`;
    }
    case 'resource': {
      const existing = node.existing ? ' existing' : '';
      return `resource ${node.name.text} ${show(node.type)}${existing} = ${show(node.value)}`;
    }
    case 'module':
    case 'test':
      return `${node.kind} ${node.name.text} ${show(node.path)} = ${show(node.value)}`;
    case 'import': {
      const symbols = node.symbols.map(({ name, alias }) => {
        const original = name.kind === 'name' ? name.text : show(name);
        return alias === undefined ? original : `${original} as ${alias.text}`;
      });
      const what = node.namespace === undefined ? `{${symbols.join(', ')}}` : `* as ${node.namespace.text}`;
      return `import ${what} from ${show(node.path)}`;
    }
    case 'extension': {
      const name = node.specification.kind === 'name' ? node.specification.text : show(node.specification);
      const configuration = node.configuration === undefined ? '' : ` with ${show(node.configuration)}`;
      return `extension ${name}${configuration}${node.alias === undefined ? '' : ` as ${node.alias.text}`}`;
    }
    case 'using': {
      const path = node.path === 'none' ? 'none' : show(node.path);
      return `using ${path}${node.configuration === undefined ? '' : ` with ${show(node.configuration)}`}`;
    }
    case 'extends':
      return `extends ${show(node.path)}`;
    case 'parameter-assignment':
      return `param ${node.name.text} = ${show(node.value)}`;
    case 'extension-configuration':
      return `extensionConfig ${node.name.text} with ${show(node.configuration)}`;
  }
}

function all(nodes: readonly Shown[]): string {
  return nodes.map(show).join(', ');
}
