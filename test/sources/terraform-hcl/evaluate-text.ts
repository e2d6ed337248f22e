import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as yaml from 'yaml';
import {
  type Data,
  isMapping,
  isPrimitive,
  isSecret,
  isSequence,
} from '../../../src/sources/terraform-hcl/data.ts';
import { createRun, type Environment } from '../../../src/sources/terraform-hcl/environment.ts';
import { evaluate } from '../../../src/sources/terraform-hcl/evaluate.ts';
import { createFileAccess } from '../../../src/sources/terraform-hcl/file-access.ts';
import type { Entry, Files } from '../../../src/sources/terraform-hcl/files.ts';
import { parseExpression } from '../../../src/sources/terraform-hcl/parse-expression.ts';

/** The files of a folder on disk. */
export function folderFiles(root: string): Files {
  return {
    read(file) {
      try {
        return readFileSync(path.join(root, file));
      } catch {
        return undefined;
      }
    },
    list(directory) {
      try {
        return readdirSync(path.join(root, directory), { withFileTypes: true }).map((entry): Entry => {
          const kind = entry.isFile() ? 'file' : entry.isDirectory() ? 'directory' : 'other';
          return { name: entry.name, kind };
        });
      } catch {
        return undefined;
      }
    },
  };
}

/** Files that exist in memory alone. */
export function memoryFiles(contents: Readonly<Record<string, string>>): Files {
  return {
    read: (file) => (Object.hasOwn(contents, file) ? Buffer.from(contents[file] ?? '') : undefined),
    list(directory) {
      const prefix = directory === '' ? '' : `${directory}/`;
      const entries = new Map<string, Entry>();
      for (const file of Object.keys(contents)) {
        if (!file.startsWith(prefix)) continue;
        const [name = '', ...rest] = file.slice(prefix.length).split('/');
        entries.set(name, { name, kind: rest.length === 0 ? 'file' : 'directory' });
      }
      return entries.size === 0 && directory !== '' ? undefined : [...entries.values()];
    },
  };
}

/** Evaluates an expression where nothing but the given names exists. */
export function evaluateText(
  text: string,
  names: Readonly<Record<string, Data>> = {},
  files: Files = memoryFiles({}),
): Data {
  const parsed = parseExpression(text);
  if ('fault' in parsed) throw new Error(`${text}: ${parsed.fault.message}`);
  const access = createFileAccess(files, '', () => {});
  const run = createRun({ files: access, yaml, evaluate }, () => {});
  const environment: Environment = {
    run,
    lookup: (name) => (Object.hasOwn(names, name) ? names[name] : undefined),
  };
  return evaluate(parsed.expression, environment);
}

/** Known data as JSON would hold it. */
export function toJson(data: Data): unknown {
  if (isPrimitive(data)) return data;
  if (isSecret(data)) return toJson(data.value);
  if (isSequence(data)) return data.items.map(toJson);
  if (isMapping(data))
    return Object.fromEntries([...data.entries].map(([key, value]) => [key, toJson(value)]));
  return data;
}
