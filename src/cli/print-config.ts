import { policies as all } from '../../policies/index.ts';
import type { Config } from '../config/config.ts';
import type { Policy } from '../policy/index.ts';
import { jsonText } from '../report/json-text.ts';
import { quietLines } from '../report/quiet-lines.ts';
import type { Arguments } from './arguments.ts';
import type { Io } from './io.ts';
import type { LoadedConfig } from './load-config.ts';
import { loadOptionsOf } from './load-options.ts';
import { choiceOf, failOnOf, severitiesOf, strictOf, valuesOf } from './settings.ts';

const FORMATS = ['yaml', 'json'] as const;

/**
 * The configuration that counts, as a configuration file: what the command line says, else the environment, else the file,
 * else what holds without any. Paths start from the working directory.
 */
function effectiveConfig(args: Arguments, io: Io, config: LoadedConfig, selected: readonly Policy[]): Config {
  const { azure = {} } = loadOptionsOf(args, io, config);
  const severities = severitiesOf(config);
  const baseline = valuesOf(args, 'baseline').at(-1) ?? config.baseline;
  return {
    version: 1,
    failOn: failOnOf(args, io, config),
    strict: strictOf(args, io, config),
    policies: Object.fromEntries(
      [...new Set([...all, ...selected])].map((policy) => {
        const { id, severity } = policy.meta;
        return [id, selected.includes(policy) ? (severities[id] ?? severity) : 'off'] as const;
      }),
    ),
    clients: config.clients ?? [],
    azure,
    exclude: config.exclude ?? [],
    ...(baseline === undefined ? {} : { baseline }),
    suppressions: config.suppressions ?? [],
  };
}

/** Carries out `--print-config`. Throws a UsageError for a format that it does not have. */
export async function printConfig(
  args: Arguments,
  io: Io,
  config: LoadedConfig,
  selected: readonly Policy[],
): Promise<number> {
  const effective = effectiveConfig(args, io, config, selected);
  const isBare = valuesOf(args, 'print-config').at(-1) === '';
  const format = isBare ? 'yaml' : choiceOf(args, 'print-config', FORMATS);
  io.stdout(format === 'json' ? jsonText(effective) : await yamlText(effective));
  return 0;
}

/** In lines that no build agent takes for commands. */
async function yamlText(config: Config): Promise<string> {
  const { stringify } = await import('yaml');
  return quietLines(stringify(config, { blockQuote: false, lineWidth: 0 }));
}
