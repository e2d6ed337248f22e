import { printable } from '../text/printable.ts';
import { type Arguments, parseArguments } from './arguments.ts';
import type { Io } from './io.ts';
import { UsageError } from './usage-error.ts';

/**
 * Carries out a command line and gives its exit code: 0 nothing found, 1 violations, 2 the command line cannot be carried
 * out, 3 an input cannot be read or Portcullis failed, 4 not fully decided under `--strict`. Never throws.
 */
export async function main(args: readonly string[], io: Io): Promise<number> {
  try {
    return await run(parseArguments(args), io);
  } catch (error) {
    if (error instanceof UsageError) {
      if (io.env.PORTCULLIS_DEBUG === '1' && error.cause instanceof Error)
        io.stderr(`${error.cause.stack ?? error.cause.message}\n`);
      io.stderr(`portcullis: ${error.message}\n`);
      return 2;
    }
    return await failure(error, io);
  }
}

/** Every command is loaded when it is asked for: `--version` must not cost more than to print it. */
async function run(args: Arguments, io: Io): Promise<number> {
  const { command, options } = args;
  if (options.has('version')) {
    const { packageVersion } = await import('./package-files.ts');
    io.stdout(`portcullis ${packageVersion()}\n`);
    if (options.has('verbose')) io.stdout((await import('./bug-report.ts')).surroundingsText(args, io));
    return 0;
  }
  if (options.has('verbose')) throw new UsageError('`--verbose` goes with `--version`');
  if (command === undefined || command === 'help' || options.has('help')) {
    const { printHelp } = await import('./help.ts');
    return printHelp(args, io);
  }
  switch (command) {
    case 'check':
      if (options.has('watch')) return await (await import('./watch.ts')).runWatch(args, io);
      return await (await import('./run-check.ts')).runCheck(args, io);
    case 'gate':
    case 'paths':
      return await (await import('./run-check.ts')).runCheck(args, io);
    case 'diff':
      return await (await import('./run-diff.ts')).runDiff(args, io);
    case 'init':
      return (await import('./init.ts')).runInit(args, io);
    case 'completion':
      return (await import('./completion.ts')).printCompletion(args, io);
    case 'baseline':
      return await (await import('./baseline.ts')).runBaseline(args, io);
    case 'trace':
      return await (await import('./run-trace.ts')).runTrace(args, io);
    case 'policies':
      return await (await import('./list-policies.ts')).listPolicies(args, io);
    case 'explain':
      return await (await import('./explain-policy.ts')).explainPolicy(args, io);
  }
}

/** One line, because a stack trace helps nobody who did not write it; `PORTCULLIS_DEBUG=1` shows it. */
async function failure(error: unknown, io: Io): Promise<number> {
  if (io.env.PORTCULLIS_DEBUG === '1' && error instanceof Error) {
    io.stderr(`${error.stack ?? error.message}\n`);
    return 3;
  }
  const { packageVersion } = await import('./package-files.ts');
  const message = printable(error instanceof Error ? error.message : String(error));
  io.stderr(
    `portcullis ${packageVersion()} failed: ${message}; this is a bug, please report it with this line\n`,
  );
  return 3;
}
