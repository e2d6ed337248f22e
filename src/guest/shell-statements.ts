/** One simple command of a shell script. */
export interface Statement {
  readonly words: readonly string[];
  /** What a here-document gives it to read. */
  readonly input: string | undefined;
  /** The file its output goes to. */
  readonly output: string | undefined;
  /** Whether it reads the output of the command before it. */
  readonly piped: boolean;
  readonly raw: string;
}

/** A script with more commands is not read to its end. */
export const MOST_STATEMENTS = 20_000;
const DEEPEST = 4;
/** Characters that mean nothing but themselves. */
const PLAIN = /[\w./:=@%+,~*?[\]{}^!-]+/y;

/**
 * The simple commands of a script, in order, with those of command substitutions after the command that holds them.
 * It reads what scripts of a set-up look like; it knows no arithmetic and expands nothing.
 */
export function statementsOf(script: string, depth = 0): readonly Statement[] {
  const statements: Statement[] = [];
  const nested: string[] = [];
  let position = 0;
  let words: string[] = [];
  let word: string | undefined;
  let output: string | undefined;
  let start = 0;
  let piped = false;
  let isRedirect = false;
  let pending: { readonly mark: string; readonly stripped: boolean; readonly owner: number }[] = [];

  function endWord(): void {
    if (word === undefined) return;
    if (isRedirect) output = word;
    else words.push(word);
    isRedirect = false;
    word = undefined;
  }

  function endStatement(isPipe: boolean): void {
    endWord();
    if (words.length > 0 || output !== undefined) {
      statements.push({ words, output, input: undefined, piped, raw: script.slice(start, position).trim() });
    }
    for (const inner of nested.splice(0)) {
      if (depth < DEEPEST) statements.push(...statementsOf(inner, depth + 1));
    }
    words = [];
    output = undefined;
    isRedirect = false;
    piped = isPipe;
    start = position + 1;
  }

  /** The end of `$( ... )` or of a quoted text that starts at `from`. */
  function closing(from: number, open: string, close: string): number {
    let level = 1;
    for (let at = from; at < script.length; at += 1) {
      const char = script[at];
      if (char === '\\') at += 1;
      else if (char === close) level -= 1;
      else if (char === open && open !== close) level += 1;
      if (level === 0) return at;
    }
    return script.length;
  }

  function readHereDocuments(): void {
    for (const { mark, stripped, owner } of pending) {
      const lines: string[] = [];
      let at = position + 1;
      while (at < script.length) {
        const end = script.indexOf('\n', at);
        const line = script.slice(at, end === -1 ? script.length : end);
        at = end === -1 ? script.length : end + 1;
        if ((stripped ? line.replace(/^\t+/, '') : line).trimEnd() === mark) break;
        lines.push(line);
      }
      const statement = statements[owner];
      if (statement !== undefined) statements[owner] = { ...statement, input: `${lines.join('\n')}\n` };
      position = at - 1;
    }
    pending = [];
    start = position + 1;
  }

  for (; position < script.length && statements.length < MOST_STATEMENTS; position += 1) {
    PLAIN.lastIndex = position;
    const plain = PLAIN.exec(script)?.[0];
    if (plain !== undefined) {
      word = (word ?? '') + plain;
      position += plain.length - 1;
      continue;
    }
    const char = script[position] ?? '';
    const next = script[position + 1];
    if (char === '\\') {
      if (next === '\r' || next === '\n') position += next === '\r' ? 2 : 1;
      else {
        word = (word ?? '') + (next ?? '');
        position += 1;
      }
    } else if (char === "'") {
      const quote = script.indexOf("'", position + 1);
      const end = quote === -1 ? script.length : quote;
      word = (word ?? '') + script.slice(position + 1, end);
      position = end;
    } else if (char === '"') {
      const end = closing(position + 1, '"', '"');
      const inner = script.slice(position + 1, end);
      for (const [, command] of inner.matchAll(/\$\(([^()]*)\)/g)) nested.push(command ?? '');
      word = (word ?? '') + inner.replace(/\\(["$`\\])/g, '$1');
      position = end;
    } else if (char === '$' && next === '(') {
      const end = closing(position + 2, '(', ')');
      nested.push(script.slice(position + 2, end));
      word = `${word ?? ''}$()`;
      position = end;
    } else if (char === '`') {
      const end = closing(position + 1, '`', '`');
      nested.push(script.slice(position + 1, end));
      word = `${word ?? ''}$()`;
      position = end;
    } else if (char === '#' && word === undefined) {
      const end = script.indexOf('\n', position);
      position = (end === -1 ? script.length : end) - 1;
    } else if (char === '<' && next === '<') {
      const match = /^<<(-?)\s*(["']?)([\w.-]+)\2/.exec(script.slice(position, position + 80));
      endWord();
      if (match !== null) {
        const [all, dash, , mark = ''] = match;
        pending.push({ mark, stripped: dash === '-', owner: statements.length });
        position += all.length - 1;
      } else position += 2;
    } else if (char === '>' || char === '<') {
      if (word !== undefined && /^\d$/.test(word)) word = undefined;
      endWord();
      isRedirect = char === '>' && next !== '&';
      if (next === '>' || next === '&') position += 1;
      if (script[position] === '&') position += 1;
    } else if (char === '\n') {
      endStatement(false);
      if (pending.length > 0) readHereDocuments();
    } else if (char === ';' || char === '(' || char === ')') {
      endStatement(false);
    } else if (char === '&' || char === '|') {
      const isDouble = next === char;
      endStatement(char === '|' && !isDouble);
      if (isDouble) {
        position += 1;
        start = position + 1;
      }
    } else if (/\s/.test(char)) {
      endWord();
    } else {
      word = (word ?? '') + char;
    }
  }
  endStatement(false);
  return statements;
}
