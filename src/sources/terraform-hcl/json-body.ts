import { type Node, type ParseError, parseTree } from 'jsonc-parser';
import type { Attribute, Block, Body, SourceFile } from './body.ts';
import type { Expression, Span } from './expression.ts';
import { parseExpression, parseTemplateText } from './parse-expression.ts';
import { originsIn, type ReadBody, syntaxProblem } from './read-hcl.ts';

/** The blocks of a file and how many labels each has. */
const TOP_LEVEL: Readonly<Record<string, number>> = {
  check: 1,
  data: 2,
  ephemeral: 2,
  import: 0,
  locals: 0,
  module: 1,
  moved: 0,
  output: 1,
  provider: 1,
  removed: 0,
  resource: 2,
  terraform: 0,
  variable: 1,
};

/**
 * Names that are blocks in the resources of azurerm that make a network (versions 3 to 5), and those of the language. In JSON
 * an object may be a block or a map; only the schema tells.
 */
const BLOCKS: ReadonlySet<string> = new Set(
  `additional_capabilities additional_unattend_config additional_unattend_content admin_ssh_key
  automatic_instance_repair boot_diagnostics certificate connection content data_disk ddos_protection_plan delegation
  diff_disk_settings extension frontend_ip_configuration gallery_application identity ip_configuration ip_tag lifecycle
  linux_configuration nat_ip_configuration network_interface network_profile os_disk os_profile os_profile_linux_config
  os_profile_secrets os_profile_windows_config plan private_dns_zone_group private_service_connection provisioner
  public_ip_address public_ip_address_configuration required_providers rolling_upgrade_policy route secret security_rule
  service_delegation service_endpoint sku source_image_reference ssh_keys storage_data_disk storage_image_reference
  storage_os_disk storage_profile_data_disk storage_profile_image_reference storage_profile_os_disk subnet
  termination_notification timeouts tunnel_interface validation windows_configuration winrm winrm_listener`.split(
    /\s+/,
  ),
);

const DEEPEST = 100;

/**
 * Reads a file in the JSON syntax of Terraform (`main.tf.json`): strings are templates, objects and lists of objects under the
 * name of a block are blocks.
 */
export function readJsonBody(path: string, text: string): ReadBody {
  const origin = originsIn(path, text);
  const file: SourceFile = { path, origin };
  const errors: ParseError[] = [];
  const refuse = (message: string, offset: number): ReadBody => ({
    problem: syntaxProblem(path, message, origin({ start: offset, end: offset + 1 })),
  });
  const deep = tooDeepAt(text);
  if (deep !== undefined) return refuse(`nested deeper than ${DEEPEST} levels`, deep);
  const root = parseTree(text, errors, { disallowComments: true });
  const [error] = errors;
  if (error !== undefined || root === undefined) return refuse('it is not JSON', error?.offset ?? 0);
  if (root.type !== 'object') return refuse('it is not a JSON object', root.offset);
  const blocks: Block[] = [];
  for (const { name, node, span } of propertiesOf(root)) {
    const labels = Object.hasOwn(TOP_LEVEL, name) ? (TOP_LEVEL[name] ?? 0) : undefined;
    if (labels !== undefined) blocks.push(...blocksIn(name, labels, node, span, file));
    else if (name !== '//') return refuse(`\`${name}\` is no block of Terraform`, span.start);
  }
  return { body: { attributes: [], blocks } };
}

/** Reads a file of variable values in JSON: nothing in it is a template. */
export function readJsonValues(path: string, text: string): ReadBody {
  const origin = originsIn(path, text);
  const errors: ParseError[] = [];
  const root =
    tooDeepAt(text) === undefined ? parseTree(text, errors, { disallowComments: true }) : undefined;
  if (root === undefined || errors.length > 0 || root.type !== 'object') {
    const offset = errors[0]?.offset ?? 0;
    const place = origin({ start: offset, end: offset + 1 });
    return { problem: syntaxProblem(path, 'it is not a JSON object', place) };
  }
  const file: SourceFile = { path, origin };
  const attributes = propertiesOf(root).map(({ name, node, span }): Attribute => {
    return { name, value: toExpression(node, literal), file, ...span };
  });
  return { body: { attributes, blocks: [] } };
}

function tooDeepAt(text: string): number | undefined {
  let depth = 0;
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]]/gs)) {
    if (token === '{' || token === '[') depth += 1;
    else if (token === '}' || token === ']') depth -= 1;
    if (depth > DEEPEST) return index;
  }
  return undefined;
}

interface Property {
  readonly name: string;
  readonly node: Node;
  /** From the name to the end of the value. */
  readonly span: Span;
}

function propertiesOf(object: Node): readonly Property[] {
  return (object.children ?? []).flatMap((property): readonly Property[] => {
    const [key, node] = property.children ?? [];
    if (key === undefined || node === undefined) return [];
    const span = { start: property.offset, end: property.offset + property.length };
    return [{ name: String(key.value), node, span }];
  });
}

/** The blocks below a type, one level per label; a list holds several. */
function blocksIn(
  type: string,
  labelCount: number,
  node: Node,
  span: Span,
  file: SourceFile,
  labels: readonly string[] = [],
): readonly Block[] {
  if (node.type === 'array') {
    return (node.children ?? []).flatMap((item) => {
      const own = { start: item.offset, end: item.offset + item.length };
      return blocksIn(type, labelCount, item, own, file, labels);
    });
  }
  if (node.type !== 'object') return [];
  if (labels.length < labelCount) {
    return propertiesOf(node)
      .filter(({ name }) => name !== '//')
      .flatMap((inner) => blocksIn(type, labelCount, inner.node, inner.span, file, [...labels, inner.name]));
  }
  const start = span.start;
  const end = node.offset > start ? node.offset : start + 1;
  return [{ type, labels, body: bodyIn(type, node, file), file, start, end }];
}

function bodyIn(type: string, node: Node, file: SourceFile): Body {
  const attributes: Attribute[] = [];
  const blocks: Block[] = [];
  for (const { name, node: value, span } of propertiesOf(node)) {
    if (name === '//') continue;
    if (name === 'dynamic') blocks.push(...blocksIn(name, 1, value, span, file));
    else if (isBlock(type, name, value)) blocks.push(...blocksIn(name, 0, value, span, file));
    else attributes.push({ name, value: toExpression(value, readerFor(type, name)), file, ...span });
  }
  return { attributes, blocks };
}

function isBlock(type: string, name: string, node: Node): boolean {
  if (type === 'locals' || type === 'module' || type === 'required_providers' || !BLOCKS.has(name))
    return false;
  if (node.type === 'object') return true;
  return node.type === 'array' && (node.children ?? []).every((item) => item.type === 'object');
}

type ReadText = (text: string) => Expression;

/** What a string means at its place: type constraints and references are expressions, most others templates. */
function readerFor(type: string, name: string): ReadText {
  const isReference = name === 'depends_on' || name === 'provider' || name === 'providers';
  if (type === 'variable' && name === 'type') return reference;
  if (type === 'variable' || (type === 'module' && name === 'source')) return literal;
  return isReference ? reference : template;
}

function literal(text: string): Expression {
  return { kind: 'literal', value: text, start: 0, end: 0 };
}

function reference(text: string): Expression {
  const parsed = parseExpression(text);
  return 'fault' in parsed ? literal(text) : parsed.expression;
}

function template(text: string): Expression {
  const parsed = parseTemplateText(text);
  return 'fault' in parsed ? literal(text) : parsed.expression;
}

function toExpression(node: Node, read: ReadText): Expression {
  const span = { start: node.offset, end: node.offset + node.length };
  if (node.type === 'array') {
    return { kind: 'tuple', items: (node.children ?? []).map((item) => toExpression(item, read)), ...span };
  }
  if (node.type === 'object') {
    const entries = propertiesOf(node).map(({ name, node: value }) => ({
      key: placed(read(name), span),
      value: toExpression(value, read),
    }));
    return { kind: 'object', entries, ...span };
  }
  if (node.type === 'string') return placed(read(String(node.value)), span);
  return { kind: 'literal', value: node.value as number | boolean | null, ...span };
}

/** The expression with all its parts at one place, because the text of a string is not the text of the file. */
function placed(expression: Expression, { start, end }: Span): Expression {
  const move = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(move);
    if (typeof value !== 'object' || value === null) return value;
    const moved = Object.fromEntries(Object.entries(value).map(([name, part]) => [name, move(part)]));
    return 'start' in moved ? { ...moved, start, end } : moved;
  };
  return move(expression) as Expression;
}
