import { realpathSync } from 'node:fs';
import path from 'node:path';
import type { Config } from '../config/config.ts';
import type { Arguments } from './arguments.ts';
import type { Io } from './io.ts';
import { configFile } from './load-config.ts';
import { valuesOf } from './settings.ts';
import { UsageError } from './usage-error.ts';

/**
 * The absolute paths of the files that are named beside `--changed`; undefined without the option. `all` when the
 * configuration or the baseline is among them, since these bear on every root. Throws a UsageError when none is named.
 */
export function changedFiles(
  args: Arguments,
  io: Io,
  config: Config,
): ReadonlySet<string> | 'all' | undefined {
  if (!args.options.has('changed')) return undefined;
  if (args.operands.length === 0) throw new UsageError('`--changed` needs the changed files');
  const named = args.operands.map((file) => path.resolve(io.cwd, file));
  const files = new Set([...named, ...named.map(realPath)]);
  const settings = [configFile(args, io), valuesOf(args, 'baseline').at(-1) ?? config.baseline];
  const isSetting = settings.some((file) => file !== undefined && files.has(path.resolve(io.cwd, file)));
  return isSetting ? 'all' : files;
}

function realPath(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
}
