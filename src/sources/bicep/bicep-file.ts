import { lineIndex } from '../../text/line-index.ts';
import type { Origin } from '../../text/origin.ts';
import { printable } from '../../text/printable.ts';
import type { Problem } from '../../text/problem.ts';
import type { Span } from './expression-syntax.ts';
import { MOST_CHARACTERS } from './limits.ts';
import { parseBicep, parseBicepParameters } from './parser.ts';
import type { Declaration, SyntaxFile } from './syntax.ts';
import type { Fault } from './token.ts';

const MOST_DUPLICATES = 20;

/** A parsed file with the names it declares. */
export interface BicepFile {
  readonly path: string;
  readonly text: string;
  readonly syntax: SyntaxFile;
  /** What a name stands for. Names differ by case; the first declaration of a name counts. */
  readonly declared: ReadonlyMap<string, Declaration>;
  /** Declarations whose name is taken by an earlier one. */
  readonly duplicates: ReadonlySet<Declaration>;
  /** The outputs, which have names of their own. */
  readonly outputs: ReadonlyMap<string, Extract<Declaration, { kind: 'output' }>>;
  /** It stands in for a module that cannot be looked into: nobody can point into its text. */
  readonly isBuiltIn: boolean;
  origin(span: Span): Origin;
}

/** Parses a file; `.bicepparam` by its name. Undefined when it is too long to be read. */
export function openBicepFile(path: string, text: string): BicepFile | undefined {
  if (text.length > MOST_CHARACTERS) return undefined;
  const { position } = lineIndex(text);
  return describe(path, text, false, ({ start, end }) => {
    const from = position(start);
    const to = position(end);
    return {
      kind: 'text',
      path,
      line: from.line,
      column: from.column,
      endLine: to.line,
      endColumn: to.column,
    };
  });
}

/** Like `openBicepFile`: what is read and parsed for one use serves the others. */
export type OpenBicepFile = (path: string, text: string) => BicepFile | undefined;

/** The most characters of parsed files that are kept. */
const MOST_KEPT = 8_000_000;

/** Opens each file once, however many roots use it. Nothing of a parsed file changes, so all may share it. */
export function createBicepFiles(): OpenBicepFile {
  const opened = new Map<string, BicepFile>();
  let kept = 0;
  return (path, text) => {
    const before = opened.get(path);
    if (before?.text === text) return before;
    const file = openBicepFile(path, text);
    if (file !== undefined && kept + text.length <= MOST_KEPT) {
      kept += text.length;
      opened.set(path, file);
    }
    return file;
  };
}

/** A module that stands in for one that cannot be looked into: everything in it comes from `origin`. */
export function openBuiltInFile(path: string, text: string, origin: Origin): BicepFile {
  return describe(path, text, true, () => origin);
}

function describe(path: string, text: string, isBuiltIn: boolean, origin: (span: Span) => Origin): BicepFile {
  const syntax = path.endsWith('.bicepparam') ? parseBicepParameters(text) : parseBicep(text);
  const declared = new Map<string, Declaration>();
  const duplicates = new Set<Declaration>();
  const outputs = new Map<string, Extract<Declaration, { kind: 'output' }>>();
  const add = (name: string, declaration: Declaration): void => {
    if (declared.has(name)) duplicates.add(declaration);
    else declared.set(name, declaration);
  };
  for (const declaration of syntax.declarations) {
    switch (declaration.kind) {
      case 'output':
        if (!outputs.has(declaration.name.text)) outputs.set(declaration.name.text, declaration);
        break;
      case 'import':
        if (declaration.namespace !== undefined) add(declaration.namespace.text, declaration);
        for (const symbol of declaration.symbols) {
          const name = symbol.alias?.text ?? (symbol.name.kind === 'name' ? symbol.name.text : '');
          add(name, declaration);
        }
        break;
      case 'parameter':
      case 'parameter-assignment':
      case 'variable-declaration':
      case 'type':
      case 'function':
      case 'resource':
      case 'module':
        add(declaration.name.text, declaration);
        break;
      default:
        break;
    }
  }
  return { path, text, syntax, declared, duplicates, outputs, isBuiltIn, origin };
}

/** The faults of a file and its names that are declared twice, as problems. */
export function problemsOfSyntax({ syntax, duplicates, origin }: BicepFile): readonly Problem[] {
  const faults: readonly Fault[] = [
    ...syntax.faults,
    ...[...duplicates].slice(0, MOST_DUPLICATES).map((declaration) => {
      const { start, end } = 'name' in declaration ? declaration.name : declaration;
      return { message: 'a declaration before this one has the same name', start, end };
    }),
  ];
  return faults.map((fault) => ({
    code: 'bicep-not-readable',
    message: printable(fault.message),
    origin: origin(fault),
    severity: 'warning',
  }));
}

/** The problem of a file that is too long. */
export function fileTooLarge(path: string): Problem {
  return {
    code: 'file-too-large',
    message: `the file has more than ${MOST_CHARACTERS} characters`,
    origin: { kind: 'text', path, line: 1, column: 1, endLine: 1, endColumn: 1 },
    severity: 'fatal',
  };
}
