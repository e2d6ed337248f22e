import { policies as all } from '../../policies/index.ts';
import type { CheckOptions } from '../engine/check.ts';
import type { Policy } from '../policy/index.ts';
import type { Arguments } from './arguments.ts';
import type { Io } from './io.ts';
import type { LoadedConfig } from './load-config.ts';
import { loadOptionsOf } from './load-options.ts';
import { severitiesOf } from './settings.ts';

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
  };
}
