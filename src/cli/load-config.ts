import path from 'node:path';
import type { Config } from '../config/config.ts';
import { findConfig, readConfigText } from '../config/find-config.ts';
import { pathFrom } from '../engine/find-inputs.ts';
import type { Policy } from '../policy/index.ts';
import { printable } from '../text/printable.ts';
import type { Arguments } from './arguments.ts';
import type { Io } from './io.ts';
import { quoted } from './nearest.ts';
import { valuesOf } from './settings.ts';
import { UsageError } from './usage-error.ts';

/**
 * The configuration of `--config`, else the nearest one above the working directory; empty without one. It may name the
 * policies that are given. Throws a UsageError that names every place where it is wrong.
 */
export async function loadConfig(args: Arguments, io: Io, policies: readonly Policy[]): Promise<Config> {
  const given = valuesOf(args, 'config').at(-1);
  const file = given === undefined ? findConfig(io.cwd) : path.resolve(io.cwd, given);
  if (file === undefined) return {};
  const shown = pathFrom(io.cwd, file);
  const text = readConfigText(file);
  if (text === undefined) throw new UsageError(`the configuration ${quoted(shown)} cannot be read`);
  // The reader of YAML costs some milliseconds that a run without a configuration saves.
  const { readConfig } = await import('../config/read-config.ts');
  const read = readConfig(
    text,
    shown,
    policies.map(({ meta }) => meta.id),
  );
  if ('config' in read) return read.config;
  const lines = read.faults.map(({ line, column, message }) => `${shown}:${line}:${column}: ${message}`);
  throw new UsageError(
    `the configuration cannot be used\n${lines.map((line) => `  ${printable(line)}`).join('\n')}`,
  );
}
