/** Punctuation and operators are kinds of their own; `string-*` are the pieces of a string around its `${…}` holes. */
export type TokenKind =
  | '{'
  | '}'
  | '('
  | ')'
  | '['
  | ']'
  | '@'
  | ','
  | '.'
  | '...'
  | '?'
  | '??'
  | ':'
  | '::'
  | '+'
  | '-'
  | '*'
  | '/'
  | '%'
  | '^'
  | '!'
  | '!='
  | '!~'
  | '<'
  | '<='
  | '>'
  | '>='
  | '='
  | '=='
  | '=~'
  | '=>'
  | '&&'
  | '|'
  | '||'
  | 'identifier'
  | 'integer'
  | 'true'
  | 'false'
  | 'null'
  | 'string'
  | 'string-left'
  | 'string-middle'
  | 'string-right'
  | 'newline'
  | 'unrecognized'
  | 'end'
  | 'space'
  | 'comment'
  | 'directive';

/** A piece of the text, in UTF-16 offsets, the end exclusive. */
export interface Token {
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
}

/** What is wrong at a piece of the text; the reader of the file turns it into a problem. */
export interface Fault {
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

/** Space, comments and directives: tokens that the grammar does not see. */
export function isTrivia({ kind }: Token): boolean {
  return kind === 'space' || kind === 'comment' || kind === 'directive';
}
