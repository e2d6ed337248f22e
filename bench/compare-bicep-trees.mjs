/**
 * Compares our parser with that of the Bicep compiler, whose repository (Azure/bicep) holds a dump of the tree beside each of
 * its samples: in every pair of `main.bicep` and `main.syntax.bicep` below a folder, the nodes of each kind are counted.
 *
 *     npm run build && node bench/compare-bicep-trees.mjs FOLDER
 *
 * Samples whose folder names them invalid are left out: what a parser makes of an error is its own affair.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseBicep } from '../dist/src/sources/bicep/parser.js';

/** Our kinds, and what the compiler calls them. Names, types and tokens are told apart in other ways there. */
const KINDS = {
  array: ['ArraySyntax'],
  assert: ['AssertDeclarationSyntax'],
  binary: ['BinaryOperationSyntax'],
  boolean: ['BooleanLiteralSyntax'],
  call: ['FunctionCallSyntax'],
  decorator: ['DecoratorSyntax'],
  for: ['ForSyntax'],
  function: ['FunctionDeclarationSyntax'],
  if: ['IfConditionSyntax'],
  import: ['CompileTimeImportDeclarationSyntax'],
  'index-access': ['ArrayAccessSyntax'],
  integer: ['IntegerLiteralSyntax'],
  lambda: ['LambdaSyntax'],
  metadata: ['MetadataDeclarationSyntax'],
  'method-call': ['InstanceFunctionCallSyntax'],
  module: ['ModuleDeclarationSyntax'],
  'nested-access': ['ResourceAccessSyntax'],
  'non-null': ['NonNullAssertionSyntax'],
  null: ['NullLiteralSyntax'],
  object: ['ObjectSyntax'],
  output: ['OutputDeclarationSyntax'],
  parameter: ['ParameterDeclarationSyntax'],
  parenthesized: ['ParenthesizedExpressionSyntax'],
  property: ['ObjectPropertySyntax'],
  'property-access': ['PropertyAccessSyntax'],
  resource: ['ResourceDeclarationSyntax'],
  spread: ['SpreadExpressionSyntax'],
  string: ['StringSyntax'],
  'target-scope': ['TargetScopeSyntax'],
  ternary: ['TernaryOperationSyntax'],
  test: ['TestDeclarationSyntax'],
  type: ['TypeDeclarationSyntax'],
  unary: ['UnaryOperationSyntax'],
  variable: ['VariableAccessSyntax'],
  'variable-declaration': ['VariableDeclarationSyntax'],
};

function countOurs(text) {
  const counts = {};
  const pending = [parseBicep(text).declarations];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (next === null || typeof next !== 'object') continue;
    // The compiler has kinds of their own for what is literal in a type.
    if (next.kind === 'literal-type' || next.kind === 'resource-type') continue;
    if (typeof next.kind === 'string' && 'start' in next) counts[next.kind] = (counts[next.kind] ?? 0) + 1;
    pending.push(...Object.values(next).filter((value) => value !== undefined));
  }
  // The parentheses of a condition are a part of it here, and an expression there.
  counts.parenthesized = (counts.parenthesized ?? 0) + (counts.if ?? 0);
  return counts;
}

function countTheirs(dump) {
  const counts = {};
  for (const [, name] of dump.matchAll(/^\/\/@\[\d+:\d+\)[ │|├└─]*(\w+Syntax)\b/gm)) {
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('which folder?');
const dumps = readdirSync(folder, { recursive: true }).filter(
  (file) => path.basename(file) === 'main.syntax.bicep' && !/Invalid/i.test(file),
);
let same = 0;
let nodes = 0;
for (const dump of dumps.toSorted()) {
  const ours = countOurs(readFileSync(path.join(folder, path.dirname(dump), 'main.bicep'), 'utf8'));
  const theirs = countTheirs(readFileSync(path.join(folder, dump), 'utf8'));
  const differing = Object.entries(KINDS).flatMap(([kind, names]) => {
    const [our = 0, their] = [ours[kind], names.reduce((sum, name) => sum + (theirs[name] ?? 0), 0)];
    nodes += their;
    return our === their ? [] : [`${kind} ${our} instead of ${their}`];
  });
  if (differing.length === 0) same += 1;
  else process.stdout.write(`${path.dirname(dump)}: ${differing.join(', ')}\n`);
}
process.stdout.write(`${same} of ${dumps.length} trees have the same nodes, ${nodes} in all\n`);
