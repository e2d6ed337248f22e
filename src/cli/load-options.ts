import path from 'node:path';
import type { Config } from '../config/config.ts';
import { pathFrom } from '../engine/find-inputs.ts';
import { parametersFrom } from '../engine/given-parameters.ts';
import type { AzureTarget, LoadOptions } from '../engine/load-roots.ts';
import { repositoryRoot } from '../engine/open-files.ts';
import type { Arguments } from './arguments.ts';
import type { Io } from './io.ts';
import { quoted } from './nearest.ts';
import { valuesOf } from './settings.ts';
import { UsageError } from './usage-error.ts';

/** How inputs are read, as the command line and the configuration say. Throws a UsageError for parameters that cannot be read. */
export function loadOptionsOf(args: Arguments, io: Io, config: Config): LoadOptions {
  const terraform = valuesOf(args, 'terraform').at(-1);
  const source = valuesOf(args, 'source').at(-1);
  return {
    place: placeOf(args, io),
    azure: targetOf(args, config),
    parameters: parametersOf(args, io),
    terraformVariables: variablesOf(args, io),
    ...(source === undefined ? {} : { source: pathFrom(io.cwd, source) }),
    ...(args.options.has('allow-env') ? { readVariable: (name: string) => io.env[name] } : {}),
    ...(terraform === undefined ? {} : { terraform: terraform === '' ? 'terraform' : terraform }),
  };
}

function placeOf(args: Arguments, io: Io): NonNullable<LoadOptions['place']> {
  const given = valuesOf(args, 'root').at(-1);
  if (given !== undefined) return { cwd: io.cwd, roots: [path.resolve(io.cwd, given)] };
  const operands = args.operands.length === 0 ? ['.'] : args.operands.filter((operand) => operand !== '-');
  const roots = operands.map((operand) => repositoryRoot(path.resolve(io.cwd, operand)));
  return { cwd: io.cwd, roots: [...new Set(roots)] };
}

function targetOf(args: Arguments, { azure = {} }: Config): AzureTarget {
  const last = (name: 'subscription' | 'resource-group' | 'location'): string | undefined =>
    valuesOf(args, name).at(-1);
  const subscription = last('subscription') ?? azure.subscription;
  const resourceGroup = last('resource-group') ?? azure.resourceGroup;
  const location = last('location') ?? azure.location;
  return {
    ...(subscription === undefined ? {} : { subscription }),
    ...(resourceGroup === undefined ? {} : { resourceGroup }),
    ...(location === undefined ? {} : { location }),
  };
}

/** Files go before single values; of the environment only `TF_VAR_*` is looked at. */
function variablesOf(args: Arguments, io: Io): NonNullable<LoadOptions['terraformVariables']> {
  const files = valuesOf(args, 'var-file').map((file) => ({ file: pathFrom(io.cwd, file) }));
  const values = valuesOf(args, 'var').map((word) => {
    const [, name, text] = /^([^=\s]+)=(.*)$/s.exec(word) ?? [];
    if (name !== undefined && text !== undefined) return { name, text };
    throw new UsageError(`\`--var\` takes NAME=VALUE, not ${quoted(word)}`);
  });
  const environment = Object.entries(io.env).flatMap(([key, value]) =>
    key.startsWith('TF_VAR_') && value !== undefined ? [[key.slice('TF_VAR_'.length), value] as const] : [],
  );
  return { environment: Object.fromEntries(environment), options: [...files, ...values] };
}

function parametersOf(args: Arguments, io: Io): NonNullable<LoadOptions['parameters']> {
  const read = parametersFrom(valuesOf(args, 'parameters'), (file) => pathFrom(io.cwd, file), io.cwd);
  if ('values' in read) return read.values;
  throw new UsageError(
    `the parameters ${quoted(read.unreadable)} are neither NAME=VALUE nor a JSON parameters file`,
  );
}
