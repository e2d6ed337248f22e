import path from 'node:path';
import { policies as all } from '../../policies/index.ts';
import { readAzureTypes } from '../engine/azure-types.ts';
import type { CheckOptions } from '../engine/check.ts';
import { pathFrom } from '../engine/find-inputs.ts';
import type { Policy } from '../policy/index.ts';
import type { Arguments } from './arguments.ts';
import type { Io } from './io.ts';
import type { LoadedConfig } from './load-config.ts';
import { loadOptionsOf } from './load-options.ts';
import { quoted } from './nearest.ts';
import { severitiesOf, valuesOf } from './settings.ts';
import { UsageError } from './usage-error.ts';

/** How inputs are read and what is asked of them, without what is known already. */
export function checkOptionsOf(
  args: Arguments,
  io: Io,
  config: LoadedConfig,
  policies: readonly Policy[],
): CheckOptions {
  return {
    ...loadOptionsOf(args, io, config),
    policies,
    policyIds: new Set([...all, ...policies].map(({ meta }) => meta.id)),
    severities: severitiesOf(config),
    clients: config.clients ?? [],
    suppressions: config.suppressions ?? [],
    ...azureTypesOf(args, io),
  };
}

/** Throws a UsageError for a file that is no catalogue. */
function azureTypesOf(args: Arguments, io: Io): Pick<CheckOptions, 'azureTypes'> {
  const index = valuesOf(args, 'azure-types').at(-1);
  if (index === undefined) return {};
  const read = readAzureTypes(path.resolve(io.cwd, index), pathFrom(io.cwd, index));
  if (read === undefined) throw new UsageError(`the resource types ${quoted(index)} cannot be read`);
  if ('types' in read) return { azureTypes: read };
  throw new UsageError(`${read.problem.message}; ${read.problem.remedy ?? ''}`);
}
