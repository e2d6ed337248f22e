import { readdirSync } from 'node:fs';
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
  const source = sourceOf(args, io);
  return {
    place: placeOf(args, io),
    azure: targetOf(args, config),
    parameters: parametersOf(args, io),
    terraformVariables: variablesOf(args, io),
    ...(source === undefined ? {} : { source }),
    ...(args.options.has('allow-env') ? { readVariable: (name: string) => io.env[name] } : {}),
    ...(terraform === undefined ? {} : { terraform: terraform === '' ? 'terraform' : terraform }),
  };
}

/** The repositories of the operands and that of the code of a plan, which the person who runs it has named. */
function placeOf(args: Arguments, io: Io): NonNullable<LoadOptions['place']> {
  const given = valuesOf(args, 'root').at(-1);
  if (given !== undefined) return { cwd: io.cwd, roots: [path.resolve(io.cwd, given)] };
  const operands = args.operands.length === 0 ? ['.'] : args.operands.filter((operand) => operand !== '-');
  const named = [...operands, ...valuesOf(args, 'source')];
  const roots = named.map((file) => repositoryRoot(path.resolve(io.cwd, file)));
  return { cwd: io.cwd, roots: [...new Set(roots)] };
}

/** Throws a UsageError for what holds no code: findings would silently lose their lines. */
function sourceOf(args: Arguments, io: Io): string | undefined {
  const source = valuesOf(args, 'source').at(-1);
  if (source === undefined) return undefined;
  if (!holdsTerraformCode(path.resolve(io.cwd, source)))
    throw new UsageError(`the source ${quoted(source)} is no directory with Terraform code`);
  return pathFrom(io.cwd, source);
}

function holdsTerraformCode(directory: string): boolean {
  try {
    return readdirSync(directory).some((name) => /\.(?:tf|tofu)(?:\.json)?$/i.test(name));
  } catch {
    return false;
  }
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
