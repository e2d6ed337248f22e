import {
  type Data,
  failure,
  isFailure,
  isLater,
  isMapping,
  isPrimitive,
  isSecret,
  isSequence,
  isThing,
  type Later,
  listOf,
  mapping,
  tuple,
} from '../data.ts';
import { LONGEST_TEXT, numberText, textOf } from '../text.ts';
import { asObject, derive, unknownsIn, unsupported, wholeOf } from '../unknown.ts';
import { merged } from './strings.ts';

const DEEPEST = 64;

/** Parsed JSON or YAML as data; undefined when it is nested too deeply. Dates are text, as they are written. */
export function fromJson(value: unknown, depth = 0): Data | undefined {
  if (depth > DEEPEST) return undefined;
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) {
    const items: Data[] = [];
    for (const item of value) {
      const data = fromJson(item, depth + 1);
      if (data === undefined) return undefined;
      items.push(data);
    }
    return tuple(items);
  }
  const entries: [string, Data][] = [];
  for (const [name, item] of Object.entries(value)) {
    const data = fromJson(item, depth + 1);
    if (data === undefined) return undefined;
    entries.push([name, data]);
  }
  return mapping(entries);
}

/**
 * JSON as `jsonencode` writes it: keys sorted, no spaces, `<`, `>` and `&` escaped. Unknown values stand in it as parts
 * (with quotes around them, because nearly all are text).
 */
export function writeJson(value: Data): Data {
  const parts: (string | Later)[] = [];
  let failed: Data | undefined;
  let secret = false;
  let length = 0;
  write(value, 0);
  if (failed !== undefined) return failed;
  const text = textOf(merged(parts));
  return secret && !isFailure(text) && !isSecret(text) ? { kind: 'secret', value: text } : text;

  function add(part: string): void {
    length += part.length;
    if (length <= LONGEST_TEXT) parts.push(part);
    else failed ??= unsupported('text longer than 1 MB');
  }

  function write(data: Data, depth: number): void {
    if (depth > DEEPEST) failed ??= failure('`jsonencode` of something nested too deeply');
    if (failed !== undefined) return;
    if (isFailure(data)) failed = data;
    else if (isSecret(data)) {
      secret = true;
      write(data.value, depth);
    } else if (isLater(data)) writeLater(data);
    else if (isThing(data)) writeLater(data.closed ? derive(unknownsIn(asObject(data))) : wholeOf(data));
    else if (isPrimitive(data)) add(jsonScalar(data));
    else if (isSequence(data))
      writeItems('[', ']', data.items, data.more?.why, (item) => write(item, depth + 1));
    else {
      writeItems('{', '}', [...data.entries], data.more?.why, ([name, item]) => {
        add(`${jsonScalar(name)}:`);
        write(item, depth + 1);
      });
    }
  }

  function writeItems<T>(
    open: string,
    close: string,
    items: readonly T[],
    more: Later | undefined,
    writeItem: (item: T) => void,
  ): void {
    add(open);
    for (const [index, item] of items.entries()) {
      if (index > 0) add(',');
      writeItem(item);
    }
    if (more !== undefined) parts.push(derive([more]));
    add(close);
  }

  /** Inside quotes a part is escaped, which an id or an address never needs. */
  function writeLater(data: Later): void {
    const pieces = data.encoding === undefined ? (data.parts ?? [data]) : [data];
    add('"');
    for (const piece of pieces) {
      if (typeof piece === 'string') add(jsonScalar(piece).slice(1, -1));
      else parts.push(piece);
    }
    add('"');
  }
}

function jsonScalar(value: string | number | boolean | null): string {
  if (typeof value === 'number') return numberText(value);
  return JSON.stringify(value).replaceAll(
    /[<>&\u2028\u2029]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** YAML as `yamlencode` writes it: block style, keys and text in double quotes, long text in `|` blocks. */
export function writeYaml(value: Data): Data {
  if (isPrimitive(value)) return `${yamlScalar(value, '')}\n${typeof value === 'string' ? '' : '...\n'}`;
  if (isSequence(value) && value.items.length === 0) return '[]\n';
  if (isMapping(value) && value.entries.size === 0) return '{}\n';
  return `${yamlBlock(value, '').join('\n')}\n`;
}

function yamlScalar(value: string | number | boolean | null, margin: string): string {
  if (typeof value !== 'string') return value === null ? 'null' : jsonScalar(value);
  if (!value.includes('\n')) return JSON.stringify(value);
  const body = value.replace(/\n+$/, '');
  const trailing = value.length - body.length;
  // Where the first line begins with a space or is empty, the indent has to be said.
  const indent = /^[ \n]/.test(value) ? '2' : '';
  const chomp = trailing === 0 ? '-' : trailing === 1 && body !== '' ? '' : '+';
  const lines = value.replace(/\n$/, '').split('\n');
  return `|${indent}${chomp}\n${lines.map((line) => (line === '' ? '' : `${margin}  ${line}`)).join('\n')}`;
}

function yamlBlock(value: Data, margin: string): readonly string[] {
  if (isSequence(value)) {
    return value.items.flatMap((item) => yamlEntry('-', item, margin, margin));
  }
  if (!isMapping(value)) return [];
  return [...value.entries].flatMap(([name, item]) => {
    const inner = isMapping(item) ? `${margin}  ` : margin;
    return yamlEntry(`${JSON.stringify(name)}:`, item, margin, inner);
  });
}

function yamlEntry(head: string, item: Data, margin: string, inner: string): readonly string[] {
  if (isPrimitive(item)) return [`${margin}${head} ${yamlScalar(item, margin)}`];
  if (isSequence(item) && item.items.length === 0) return [`${margin}${head} []`];
  if (isMapping(item) && item.entries.size === 0) return [`${margin}${head} {}`];
  if (head !== '-') return [`${margin}${head}`, ...yamlBlock(item, inner)];
  const [first = '', ...rest] = yamlBlock(item, `${margin}  `);
  return [`${margin}- ${first.trimStart()}`, ...rest];
}

/** The rows of a CSV text as objects of text; the first row names the columns. */
export function decodeCsv(text: string): Data {
  const rows = readCsv(text);
  if (rows === undefined) return failure('`csvdecode` of text that is not CSV');
  const [head, ...rest] = rows;
  if (head === undefined) return failure('`csvdecode` of text without a row');
  if (new Set(head).size < head.length) return failure('`csvdecode` with two columns of one name');
  if (rest.some((row) => row.length !== head.length))
    return failure('`csvdecode` with rows of different lengths');
  return listOf(rest.map((row) => mapping(head.map((name, index) => [name, row[index] ?? ''] as const))));
}

/** A cell with or without quotes, and what ends it. */
const CELL = /(?:"([^"]*(?:""[^"]*)*)"|([^",\n]*))(,|\n|$)/y;

/** Rows of cells as pkg.go.dev/encoding/csv reads them; undefined for a quote inside a cell without quotes, or without its end. */
function readCsv(text: string): readonly (readonly string[])[] | undefined {
  const source = text.replaceAll('\r\n', '\n').replace(/\r$/, '');
  const rows: string[][] = [];
  let row: string[] = [];
  for (let offset = 0; offset < source.length || row.length > 0; ) {
    if (row.length === 0 && source[offset] === '\n') {
      offset += 1;
      continue;
    }
    CELL.lastIndex = offset;
    const match = CELL.exec(source);
    if (match === null) return undefined;
    const [all, quoted, plain = '', end] = match;
    row.push(quoted?.replaceAll('""', '"') ?? plain);
    offset += all.length;
    if (end === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}
