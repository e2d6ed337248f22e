import { commentEnd, identifierAt } from './cursor.ts';
import type { Fault, Span } from './expression.ts';

/** A body as its parts stand in the text; the values of attributes are not looked into. */
export interface ScannedBody {
  readonly attributes: readonly ScannedAttribute[];
  readonly blocks: readonly ScannedBlock[];
}

/** `value` is the span of what stands behind the `=`, without a comment at its end. */
export interface ScannedAttribute extends Span {
  readonly name: string;
  readonly value: Span;
}

/** The span is that of the head, without the brace. */
export interface ScannedBlock extends Span {
  readonly type: string;
  readonly labels: readonly string[];
  readonly body: ScannedBody;
}

const DEEPEST_BLOCK = 100;
const SPACE = /[^\S\n]+/y;

/**
 * Finds the blocks and attributes of an HCL file by their outer form: names, braces, and where values and lines end. What it
 * refuses, HCL refuses as well, and arguments and blocks of one name, which Terraform does. Never throws; the work is linear
 * in the text. `onComment` is told the comments, in their order, but for those inside of strings.
 */
export function scanBody(
  text: string,
  onComment: (span: Span) => void = () => {},
): { readonly body: ScannedBody } | { readonly fault: Fault } {
  let offset = 0;
  let level = 0;
  let fault: Fault | undefined;
  const body = readBody(0);
  return fault === undefined ? { body } : { fault };

  function refuse(message: string, at: number = offset): void {
    fault ??= { message, offset: at };
    offset = text.length;
  }

  function skip(lines: boolean): void {
    while (offset < text.length) {
      SPACE.lastIndex = offset;
      offset += SPACE.exec(text)?.[0].length ?? 0;
      const character = text[offset];
      const isComment = character === '#' || text.startsWith('//', offset) || text.startsWith('/*', offset);
      if (isComment) skipComment();
      else if (character === '\n' && lines) offset += 1;
      else return;
    }
  }

  function skipComment(): void {
    const start = offset;
    offset = commentEnd(text, offset, text.length);
    onComment({ start, end: offset });
  }

  function readBody(depth: number): ScannedBody {
    const attributes: ScannedAttribute[] = [];
    const blocks: ScannedBlock[] = [];
    const names = new Map<string, 'attribute' | 'block'>();
    const isInside = depth > 0;
    const opened = offset;
    if (depth > DEEPEST_BLOCK) refuse(`blocks nested deeper than ${DEEPEST_BLOCK} levels`);
    for (skip(true); offset < text.length; skip(true)) {
      if (isInside && text[offset] === '}') {
        offset += 1;
        return { attributes, blocks };
      }
      const start = offset;
      const name = readName();
      if (name === undefined) {
        refuse('a block or an argument is expected here');
        break;
      }
      skip(false);
      const kind = isAssigned() ? 'attribute' : 'block';
      const before = names.get(name);
      if (before !== undefined && before !== kind) refuse('an argument and a block have one name', start);
      else if (before === 'attribute') refuse('an argument is set twice', start);
      names.set(name, kind);
      if (kind === 'attribute') attributes.push(readAttribute(name, start));
      else blocks.push(readBlock(name, start, depth));
      endLine(kind === 'attribute' ? 'an argument ends at the end of its line' : 'a block ends its line');
    }
    if (isInside) refuse('a block without its closing brace', opened);
    return { attributes, blocks };
  }

  function isAssigned(): boolean {
    return text[offset] === '=' && text[offset + 1] !== '=';
  }

  function endLine(message: string): void {
    skip(false);
    if (offset < text.length && text[offset] !== '\n') refuse(message);
  }

  /** Behind the opening brace of a block: one argument and the closing brace, or the end of the line. */
  function readBlockBody(depth: number): ScannedBody {
    skip(false);
    if (offset >= text.length || text[offset] === '\n' || text[offset] === '}') return readBody(depth);
    const start = offset;
    const name = readName();
    skip(false);
    if (name === undefined || !isAssigned()) {
      refuse('an argument is expected here', start);
      return { attributes: [], blocks: [] };
    }
    const attribute = readAttribute(name, start);
    skip(false);
    if (text[offset] === '}') offset += 1;
    else refuse('a block on one line ends behind its only argument');
    return { attributes: [attribute], blocks: [] };
  }

  function readName(): string | undefined {
    const name = identifierAt(text, offset, text.length);
    if (name !== undefined) offset += name.length;
    return name;
  }

  function readAttribute(name: string, start: number): ScannedAttribute {
    offset += 1;
    skip(false);
    const from = offset;
    const end = readValue();
    return { name, value: { start: from, end }, start, end };
  }

  function readBlock(type: string, start: number, depth: number): ScannedBlock {
    const labels: string[] = [];
    let end = offset;
    while (true) {
      end = text.slice(start, offset).trimEnd().length + start;
      skip(false);
      if (text[offset] === '"') {
        const open = offset + 1;
        skipQuoted();
        labels.push(unescapedLabel(text.slice(open, offset - 1)));
      } else {
        const label = readName();
        if (label === undefined) break;
        labels.push(label);
      }
    }
    if (text[offset] === '{') offset += 1;
    else refuse('a block without its opening brace');
    return { type, labels, body: readBlockBody(depth + 1), start, end };
  }

  /** Steps over a value, up to the line break, comment or brace that ends it. */
  function readValue(): number {
    let depth = 0;
    let end = offset;
    while (offset < text.length) {
      const character = text[offset];
      if (character === '\n' && depth === 0) break;
      if (character === '"') skipQuoted();
      else if (text.startsWith('<<', offset) && /[\p{ID_Start}_-]/u.test(text[offset + 2] ?? ''))
        skipHeredoc();
      else if (character === '#' || text.startsWith('//', offset) || text.startsWith('/*', offset)) {
        skipComment();
        continue;
      } else if (character === '(' || character === '[' || character === '{') {
        depth += 1;
        offset += 1;
      } else if (character === ')' || character === ']' || character === '}') {
        if (depth === 0) break;
        depth -= 1;
        offset += 1;
      } else {
        offset += 1;
        if (character === ' ' || character === '\t' || character === '\r' || character === '\n') continue;
      }
      end = offset;
    }
    return end;
  }

  /** Steps over a string; inside `${` and `%{` strings can stand again. */
  function skipQuoted(): void {
    const opened = offset;
    offset += 1;
    while (offset < text.length) {
      const character = text[offset];
      if (character === '"') {
        offset += 1;
        return;
      }
      if (character === '\n') break;
      if (character === '\\') offset += 2;
      else if (text.startsWith('$${', offset) || text.startsWith('%%{', offset)) offset += 3;
      else if (text.startsWith('${', offset) || text.startsWith('%{', offset)) skipInterpolation();
      else offset += 1;
    }
    refuse('a string without its closing quote', opened);
  }

  /** Steps over `${` or `%{` up to its brace. Strings in it are the one thing besides blocks that the scanner recurses into. */
  function skipInterpolation(): void {
    offset += 2;
    level += 1;
    if (level > DEEPEST_BLOCK) refuse(`strings nested deeper than ${DEEPEST_BLOCK} levels`);
    for (let depth = 1; offset < text.length && depth > 0; ) {
      const character = text[offset];
      if (character === '"') {
        skipQuoted();
        continue;
      }
      if (text.startsWith('/*', offset)) {
        offset = commentEnd(text, offset, text.length);
        continue;
      }
      if (character === '{') depth += 1;
      else if (character === '}') depth -= 1;
      offset += 1;
    }
    level -= 1;
  }

  function skipHeredoc(): void {
    const opened = offset;
    const head = /<<-?([\p{ID_Start}_][\p{ID_Continue}-]*)[^\S\n]*\n/uy;
    head.lastIndex = offset;
    const match = head.exec(text);
    const word = match?.[1];
    if (match === null || word === undefined) {
      offset += 2;
      return;
    }
    offset += match[0].length;
    while (offset < text.length) {
      const lineEnd = text.indexOf('\n', offset);
      const end = lineEnd === -1 ? text.length : lineEnd;
      if (text.slice(offset, end).trim() === word) {
        offset = end;
        return;
      }
      offset = end + 1;
    }
    refuse(`a heredoc without its closing \`${word}\``, opened);
  }
}

function unescapedLabel(label: string): string {
  return label.replaceAll(/\\(["\\])/g, '$1');
}
