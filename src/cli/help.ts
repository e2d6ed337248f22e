import type { Arguments } from './arguments.ts';
import { COMMANDS, type CommandName, OPTIONS, type Option, type OptionName } from './commands.ts';
import type { Io } from './io.ts';
import { quoted, validChoice } from './nearest.ts';
import { UsageError } from './usage-error.ts';

/** Options that stand alone. */
const OF_NO_COMMAND: readonly OptionName[] = ['verbose', 'version'];

const EXIT_CODES = `Exit codes:
  0  nothing at or above --fail-on
  1  violations
  2  the command line cannot be carried out
  3  an input cannot be read, or Portcullis failed
  4  not fully decided, with --strict
`;

/** Carries out `help` and `--help`. Without a command and without a request the help is an error message. */
export function printHelp({ command, operands, options }: Arguments, io: Io): number {
  if (command === undefined && !options.has('help')) {
    io.stderr(helpText());
    return 2;
  }
  if (command !== 'help') {
    io.stdout(helpText(command));
    return 0;
  }
  const [word, ...rest] = operands;
  const names = COMMANDS.map(({ name }) => name);
  const topic = names.find((name) => name === word);
  if (rest.length > 0) throw new UsageError('`help` takes one command');
  if (word !== undefined && topic === undefined) {
    throw new UsageError(`unknown command ${quoted(word)}${validChoice(word, names)}`);
  }
  io.stdout(helpText(topic));
  return 0;
}

function helpText(name?: CommandName): string {
  const command = COMMANDS.find((candidate) => candidate.name === name);
  if (command === undefined) {
    const rows = COMMANDS.map(
      ({ name: word, operands, summary }) => [`${word} ${operands}`.trim(), summary] as const,
    );
    return [
      'Proves before deployment whether traffic through an Azure load balancer reaches a healthy backend.\n',
      'Usage: portcullis COMMAND [OPTION...]\n',
      `Commands:\n${aligned([...rows, ['help COMMAND', 'print the help of a command']])}`,
      `Options:\n${aligned(rowsOf(OPTIONS.filter(({ commands }) => commands === undefined)))}`,
      EXIT_CODES,
    ].join('\n');
  }
  const usage = ['portcullis', command.name, '[OPTION...]', command.operands].join(' ').trim();
  const options = OPTIONS.filter(
    (option) =>
      !OF_NO_COMMAND.includes(option.name) &&
      (option.commands === undefined || option.commands.includes(command.name)),
  );
  return [
    `Usage: ${usage}\n`,
    `${capitalised(command.summary)}.\n${command.about}\n`,
    `Options:\n${aligned(rowsOf(options))}`,
    EXIT_CODES,
  ].join('\n');
}

function rowsOf(options: readonly Option[]): readonly (readonly [string, string])[] {
  return options.map(({ shape, summary }) => [shape, summary] as const);
}

function aligned(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}\n`).join('');
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
