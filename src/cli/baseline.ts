import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Config } from '../config/config.ts';
import { type Baseline, baselineOf, parseBaseline, withoutKnown } from '../engine/baseline.ts';
import { check } from '../engine/check.ts';
import type { Arguments } from './arguments.ts';
import { checkOptionsOf } from './check-options.ts';
import { errorCode } from './error-code.ts';
import type { Io } from './io.ts';
import { loadConfig } from './load-config.ts';
import { loadPolicies } from './load-policies.ts';
import { quoted } from './nearest.ts';
import { readInputs } from './read-inputs.ts';
import { valuesOf } from './settings.ts';
import { UsageError } from './usage-error.ts';

const DEFAULT_FILE = 'portcullis-baseline.json';

/** The baseline of `--baseline`, else of the configuration. Throws a UsageError for one that cannot be read. */
export function baselineOption(args: Arguments, io: Io, config: Config): { readonly baseline?: Baseline } {
  const file = valuesOf(args, 'baseline').at(-1) ?? config.baseline;
  return file === undefined ? {} : { baseline: readBaseline(path.resolve(io.cwd, file), file) };
}

function readBaseline(file: string, shown: string): Baseline {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`the baseline ${quoted(shown)} cannot be read (${errorCode(error)})`);
  }
  const baseline = parseBaseline(text);
  if (baseline === undefined) throw new UsageError(`${quoted(shown)} is no baseline`);
  return baseline;
}

/**
 * Carries out `baseline create` and `baseline prune`: writes all present violations, or leaves out what nothing matches any
 * more.
 */
export async function runBaseline(args: Arguments, io: Io): Promise<number> {
  const [action, ...operands] = args.operands;
  if (action !== 'create' && action !== 'prune') throw new UsageError('`baseline` needs `create` or `prune`');
  const policies = await loadPolicies(args, io);
  const config = await loadConfig(args, io, policies);
  const shown = valuesOf(args, 'baseline').at(-1) ?? config.baseline ?? DEFAULT_FILE;
  const file = path.resolve(io.cwd, shown);
  const found = readInputs(operands, io, config.exclusion);
  const report = await check(found.inputs, checkOptionsOf({ ...args, operands }, io, config, policies));
  const present = baselineOf(report);
  if (action === 'prune' && !existsSync(file)) throw new UsageError(`there is no baseline ${quoted(shown)}`);
  const written = action === 'create' ? present : pruned(readBaseline(file, shown), report.roots);
  writeFileSync(file, `${JSON.stringify(written, undefined, 2)}\n`);
  io.stderr(`portcullis: ${written.findings.length} known findings in ${shown}\n`);
  return 0;
}

function pruned(baseline: Baseline, roots: Parameters<typeof withoutKnown>[0]): Baseline {
  const stale = new Set(withoutKnown(roots, baseline).stale);
  return { ...baseline, findings: baseline.findings.filter((entry) => !stale.has(entry)) };
}
