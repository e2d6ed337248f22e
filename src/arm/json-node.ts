import type { LineIndex } from '../text/line-index.ts';
import type { Origin } from '../text/origin.ts';

/** A JSON file that was read. */
export interface JsonFile {
  readonly path: string;
  readonly lines: LineIndex;
}

/** A value of a JSON file and where it stands: 0-based UTF-16 offsets, the end exclusive. */
export type JsonNode = JsonObject | JsonArray | JsonScalar;

interface Placed {
  readonly file: JsonFile;
  readonly start: number;
  readonly end: number;
}

export interface JsonObject extends Placed {
  readonly kind: 'object';
  /** By lower-case name, in the order of the file: Azure compares names without case, and the last of equal names counts. */
  readonly members: ReadonlyMap<string, JsonMember>;
}

export interface JsonMember extends Placed {
  /** As written. The span is that of the name. */
  readonly name: string;
  readonly value: JsonNode;
}

export interface JsonArray extends Placed {
  readonly kind: 'array';
  readonly items: readonly JsonNode[];
}

export interface JsonScalar extends Placed {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
}

/** Where a node or the name of a member stands. */
export function originOf({ file, start, end }: Placed): Origin {
  const from = file.lines.position(start);
  const to = file.lines.position(end);
  return {
    kind: 'text',
    path: file.path,
    line: from.line,
    column: from.column,
    endLine: to.line,
    endColumn: to.column,
  };
}

/** The value at a path of member names, compared without case. */
export function at(node: JsonNode | undefined, ...path: readonly string[]): JsonNode | undefined {
  let current = node;
  for (const name of path) {
    if (current?.kind !== 'object') return undefined;
    current = current.members.get(name.toLowerCase())?.value;
  }
  return current;
}

/** The members of an object, none of anything else. */
export function membersOf(node: JsonNode | undefined): readonly JsonMember[] {
  return node?.kind === 'object' ? [...node.members.values()] : [];
}

/** The items of an array, none of anything else. */
export function itemsOf(node: JsonNode | undefined): readonly JsonNode[] {
  return node?.kind === 'array' ? node.items : [];
}

/** The text of a scalar that is a text. */
export function textOf(node: JsonNode | undefined): string | undefined {
  return node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : undefined;
}
