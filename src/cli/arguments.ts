import { COMMANDS, type CommandName, OPTIONS, type Option, type OptionName } from './commands.ts';
import { quoted, validChoice } from './nearest.ts';
import { UsageError } from './usage-error.ts';

/** A command line taken apart. Options may stand before and after the command; after `--` nothing is an option. */
export interface Arguments {
  /** Undefined when only options are given. `help` is the request for help on the command that is the operand. */
  readonly command: CommandName | 'help' | undefined;
  readonly operands: readonly string[];
  /** The values of each option that is given, in their order; an option without a value has the value ''. */
  readonly options: ReadonlyMap<OptionName, readonly string[]>;
}

/** Throws a UsageError for an unknown command or option, a missing or needless value, and an option of another command. */
export function parseArguments(args: readonly string[]): Arguments {
  const words: string[] = [];
  const options = new Map<OptionName, readonly string[]>();
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index] ?? '';
    if (arg === '--') {
      words.push(...args.slice(index + 1));
      break;
    }
    if (arg === '-' || !arg.startsWith('-')) {
      words.push(arg);
      continue;
    }
    const equals = arg.indexOf('=');
    const option = optionNamed(equals === -1 ? arg : arg.slice(0, equals));
    const attached = equals === -1 ? undefined : arg.slice(equals + 1);
    const takesNext = option.value === 'required' && attached === undefined;
    if (takesNext) index += 1;
    const value = checkedValue(option, takesNext ? args[index] : attached, takesNext);
    options.set(option.name, [...(options.get(option.name) ?? []), value]);
  }
  const [word, ...operands] = words;
  const command = commandNamed(word);
  for (const name of options.keys()) if (!options.has('help')) checkBelongs(name, command);
  return { command, operands, options };
}

function optionNamed(word: string): Option {
  const name = word === '-h' ? '--help' : word;
  const option = OPTIONS.find((candidate) => `--${candidate.name}` === name);
  if (option !== undefined) return option;
  const names = OPTIONS.map((candidate) => `--${candidate.name}`);
  throw new UsageError(`unknown option ${quoted(word)}${validChoice(word, names)}`);
}

function checkedValue(
  { name, value: kind, shape }: Option,
  value: string | undefined,
  isNext: boolean,
): string {
  if (kind === 'none' && value !== undefined) throw new UsageError(`\`--${name}\` takes no value`);
  const isMissing = isNext ? value === undefined || /^-./.test(value) : value === '';
  if (isMissing) throw new UsageError(`\`--${name}\` needs a value: ${shape}`);
  return value ?? '';
}

function commandNamed(word: string | undefined): Arguments['command'] {
  if (word === undefined || word === 'help') return word;
  const command = COMMANDS.find(({ name }) => name === word);
  if (command !== undefined) return command.name;
  const names = COMMANDS.map(({ name }) => name);
  throw new UsageError(`unknown command ${quoted(word)}${validChoice(word, names)}`);
}

function checkBelongs(name: OptionName, command: Arguments['command']): void {
  const { commands } = optionNamed(`--${name}`);
  if (command === undefined || command === 'help' || commands === undefined || commands.includes(command))
    return;
  throw new UsageError(`\`--${name}\` is not an option of \`${command}\`, but of ${commands.join(', ')}`);
}
