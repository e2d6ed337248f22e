import { statSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { policies } from '../../policies/index.ts';
import type { Policy } from '../policy/index.ts';
import { printable } from '../text/printable.ts';
import type { Arguments } from './arguments.ts';
import { errorCode } from './error-code.ts';
import type { Io } from './io.ts';
import { quoted } from './nearest.ts';
import { valuesOf } from './settings.ts';
import { UsageError } from './usage-error.ts';

/**
 * The policies of Portcullis and, behind them, those that the files of `--policies` export as the list `policies`. Such a
 * file is run, so nothing but the command line can name one. Throws a UsageError for a file that cannot be loaded, a policy
 * that is not complete, and an id that is taken.
 */
export async function loadPolicies(args: Arguments, io: Io): Promise<readonly Policy[]> {
  const all = [...policies];
  for (const file of new Set(valuesOf(args, 'policies'))) {
    const given = await policiesOf(path.resolve(io.cwd, file), quoted(file));
    for (const policy of given) {
      const { id } = policy.meta;
      if (policies.some(({ meta }) => meta.id === id))
        throw new UsageError(`${quoted(file)} defines \`${id}\`, which is a policy of Portcullis`);
      if (all.some(({ meta }) => meta.id === id))
        throw new UsageError(`${quoted(file)} defines \`${id}\`, which is defined already`);
      all.push(policy);
    }
  }
  return all;
}

async function policiesOf(file: string, shown: string): Promise<readonly Policy[]> {
  checkFile(file, shown);
  const loaded = await load(file, shown);
  const list = property(loaded, 'policies') ?? property(property(loaded, 'default'), 'policies');
  if (!Array.isArray(list)) throw new UsageError(`${shown} exports no list \`policies\``);
  return list.map((entry: unknown, index) => {
    const fault = faultOf(entry);
    if (fault === undefined) return guarded(entry as Policy, shown);
    const id = property(property(entry, 'meta'), 'id');
    const name = typeof id === 'string' ? quoted(id) : `number ${index + 1}`;
    throw new UsageError(`the policy ${name} of ${shown} ${fault}`);
  });
}

function checkFile(file: string, shown: string): void {
  try {
    if (!statSync(file).isFile()) throw new UsageError(`the policies ${shown} are no file`);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`the policies ${shown} cannot be read (${errorCode(error)})`);
  }
}

async function load(file: string, shown: string): Promise<unknown> {
  try {
    return await import(pathToFileURL(file).href);
  } catch (error) {
    throw new UsageError(`the policies ${shown} cannot be loaded: ${reasonOf(error)}`, { cause: error });
  }
}

function reasonOf(error: unknown): string {
  const code = errorCode(error);
  const message = error instanceof Error ? error.message : String(error);
  if (code === 'ERR_UNKNOWN_FILE_EXTENSION' && /\.[cm]?ts\b/.test(message))
    return `Node.js ${process.versions.node} reads no TypeScript; compile the file, or use Node.js 22.18 or later`;
  if (code === 'ERR_MODULE_NOT_FOUND' && message.includes("'portcullis'"))
    return 'the package `portcullis` is not installed where the file is';
  return printable(message);
}

const ID = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** What is missing in a value that should be a policy. What `definePolicy` makes lacks nothing that is written. */
function faultOf(entry: unknown): string | undefined {
  const meta = property(entry, 'meta');
  const id = property(meta, 'id');
  if (typeof property(entry, 'run') !== 'function' || typeof meta !== 'object')
    return 'is not what `definePolicy` returns';
  if (typeof id !== 'string' || !ID.test(id)) return 'has no id of lower-case words with hyphens';
  for (const name of ['title', 'remedy']) {
    const text = property(meta, name);
    if (typeof text !== 'string' || text.trim() === '' || /[\r\n]/.test(text))
      return `has no ${name} of one line`;
  }
  if (!['error', 'warning', 'info'].some((severity) => severity === property(meta, 'severity')))
    return 'has no severity: error, warning or info';
  if (!['proved', 'suspected'].some((confidence) => confidence === property(meta, 'confidence')))
    return 'has no confidence: proved or suspected';
  const references = property(meta, 'references');
  const isFull = Array.isArray(references) && references.length > 0 && references.every(isReference);
  return isFull ? undefined : 'has no references with a title and an https url';
}

function isReference(value: unknown): boolean {
  const [title, url] = [property(value, 'title'), property(value, 'url')];
  return typeof title === 'string' && typeof url === 'string' && /^https?:\/\//.test(url);
}

function property(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return (value as Readonly<Record<string, unknown>>)[name];
}

function attempt<T>(action: () => T, failure: string): T {
  try {
    return action();
  } catch (error) {
    const message = printable(error instanceof Error ? error.message : String(error));
    throw new UsageError(`${failure}: ${message}`, { cause: error });
  }
}

/** The policy, whose failures are those of its file and not of Portcullis. */
function guarded(policy: Policy, shown: string): Policy {
  const { id } = policy.meta;
  return {
    meta: policy.meta,
    run(network) {
      const answer = attempt(() => policy.run(network), `the policy \`${id}\` of ${shown} failed`);
      if (Array.isArray(property(answer, 'findings')) && typeof property(answer, 'passed') === 'number')
        return answer;
      throw new UsageError(`the policy \`${id}\` of ${shown} gives no findings`);
    },
  };
}
