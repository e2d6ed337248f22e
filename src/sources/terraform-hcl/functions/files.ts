import { matchGlob } from '../../../text/glob.ts';
import { setOf } from '../convert.ts';
import {
  type Data,
  type Failure,
  failure,
  isLater,
  isMapping,
  isThing,
  type Later,
  mapping,
} from '../data.ts';
import type { Environment, Run } from '../environment.ts';
import { parseTemplateText } from '../parse-expression.ts';
import { joinText } from '../text.ts';
import { asObject, derive, later } from '../unknown.ts';
import { type Definition, type Definitions, ofTexts, partial, textArg, wrongArgument } from './definition.ts';

/** The directory Terraform runs in. Paths that begin with it are paths in the root module. */
export const WORKING_DIRECTORY: Later = {
  ...later({ kind: 'runtime', name: 'path.cwd' }),
  expression: 'path.cwd',
};

/** Functions of files, templates and paths. */
export const fileFunctions: Definitions = {
  abspath: partial(1, 1, ([path]) => absolute(path ?? null)),
  basename: ofTexts('basename', 1, (path = '') => baseOf(path)),
  dirname: ofTexts('dirname', 1, (path = '') => parentOf(path)),
  file: partial(1, 1, ([path], { run }) => toText(readArg(path ?? null, run))),
  filebase64: partial(1, 1, ([path], { run }) => {
    const content = readArg(path ?? null, run);
    return content instanceof Uint8Array ? Buffer.from(content).toString('base64') : content;
  }),
  fileexists: partial(1, 1, ([path], { run }) => {
    const place = pathOf(path ?? null);
    return typeof place === 'string' ? run.files.exists(place) : place;
  }),
  fileset: partial(2, 2, ([path, pattern], { run }) => fileSet(path ?? null, textArg(pattern), run)),
  pathexpand: ofTexts('pathexpand', 1, (path = '') =>
    path.startsWith('~') ? later({ kind: 'runtime', name: 'the home folder' }) : path,
  ),
  templatefile: template(readTemplate),
  templatestring: template((text) => {
    const source = textArg(text);
    return source === undefined ? wrongArgument('templatestring', 'text') : { source, key: undefined };
  }),
};

/** The content of the file an argument names. */
export function readArg(path: Data, run: Run): Uint8Array | Data {
  const place = pathOf(path);
  return typeof place === 'string' ? run.files.read(place) : place;
}

/** A path that can be read: known text, or text behind the working directory. */
function pathOf(path: Data): string | Later | Failure {
  if (typeof path === 'string') return path;
  if (isLater(path)) {
    const [first, rest = '', ...others] = path.parts ?? [path];
    const isHere = typeof first === 'object' && first.expression === WORKING_DIRECTORY.expression;
    return isHere && typeof rest === 'string' && others.length === 0 ? `.${rest}` : derive([path]);
  }
  return failure('a path that is not text');
}

function toText(content: Uint8Array | Data): Data {
  if (!(content instanceof Uint8Array)) return content;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    return failure('a file that is not text in UTF-8');
  }
}

function absolute(path: Data): Data {
  const text = textArg(path);
  if (text === undefined) return isLater(path) ? derive([path]) : wrongArgument('abspath', 'a path');
  if (text.startsWith('/')) return cleaned(text);
  const inside = cleaned(text);
  return joinText(inside === '.' ? [WORKING_DIRECTORY] : [WORKING_DIRECTORY, `/${inside}`]);
}

/** The shortest path that leads to the same place, as Go's `path.Clean`. */
function cleaned(path: string): string {
  const isAbsolute = path.startsWith('/');
  const steps: string[] = [];
  for (const step of path.split('/')) {
    if (step === '' || step === '.') continue;
    if (step !== '..') steps.push(step);
    else if (steps.length > 0 && steps.at(-1) !== '..') steps.pop();
    else if (!isAbsolute) steps.push(step);
  }
  const joined = `${isAbsolute ? '/' : ''}${steps.join('/')}`;
  return joined === '' ? '.' : joined;
}

function baseOf(path: string): string {
  if (path === '') return '.';
  const trimmed = path.replace(/\/+$/, '');
  return trimmed === '' ? '/' : trimmed.slice(trimmed.lastIndexOf('/') + 1);
}

function parentOf(path: string): string {
  return cleaned(path.slice(0, path.lastIndexOf('/') + 1));
}

function fileSet(path: Data, pattern: string | undefined, run: Run): Data {
  const place = pathOf(path);
  if (typeof place !== 'string') return place;
  if (pattern === undefined) return wrongArgument('fileset', 'a pattern');
  const found = run.files.below(place);
  return isPaths(found) ? setOf(found.filter((file) => matchGlob(pattern, file))) : found;
}

function isPaths(found: readonly string[] | Later): found is readonly string[] {
  return Array.isArray(found);
}

interface Source {
  readonly source: string;
  /** Under which the parsed template is kept. */
  readonly key: string | undefined;
}

function template(read: (argument: Data, run: Run) => Source | Data): Definition {
  return partial(2, 2, ([argument, variables], environment) => {
    if (environment.isTemplate === true) return failure('a template file inside a template file');
    const template = read(argument ?? null, environment.run);
    if (typeof template !== 'object' || template === null || !('source' in template)) return template;
    return render(template, variables ?? null, environment);
  });
}

function readTemplate(path: Data, run: Run): Source | Data {
  const text = toText(readArg(path, run));
  return typeof text === 'string' ? { source: text, key: textArg(path) } : text;
}

/** The text of a template; what it names are the variables it is given and nothing else. */
function render({ source, key }: Source, variables: Data, { run }: Environment): Data {
  const given = isThing(variables) ? asObject(variables) : variables;
  if (isLater(given)) return derive([given]);
  const names = given === null ? mapping([]) : given;
  if (!isMapping(names)) return wrongArgument('templatefile', 'an object of variables');
  const parsed = (key === undefined ? undefined : run.templates.get(key)) ?? parseTemplateText(source);
  if (key !== undefined) run.templates.set(key, parsed);
  if ('fault' in parsed) return failure(`a template that cannot be read: ${parsed.fault.message}`);
  const environment: Environment = {
    run,
    isTemplate: true,
    lookup: (name) => (names.entries.has(name) ? names.entries.get(name) : names.more?.sample),
  };
  return run.evaluate(parsed.expression, environment);
}
