import { policies } from '../../policies/index.ts';
import { COMMANDS, type CommandName, OPTIONS, type Option } from './commands.ts';
import { BASIC_FORMATS, PATHS_FORMATS, REPORT_FORMATS } from './outputs.ts';
import { COLORS, LEVELS, PROTOCOLS } from './settings.ts';

/** What may stand in a place of the command line: some words, revisions of git, files; nothing of these for free text. */
export interface Words {
  readonly words: readonly string[];
  readonly revisions: boolean;
  readonly files: boolean;
}

/** A command and what a shell offers behind it. */
export interface CommandWords {
  readonly name: string;
  readonly summary: string;
  /** The first operand. */
  readonly first: Words;
  /** Further operands. */
  readonly rest: Words;
  readonly options: readonly OptionWords[];
}

export interface OptionWords {
  readonly name: string;
  readonly summary: string;
  readonly value: Option['value'];
  readonly words: Words;
}

const NOTHING: Words = { words: [], revisions: false, files: false };
const FILES: Words = { ...NOTHING, files: true };

/** Every command, `help` too, with its options. All of it comes from the tables that make the help. */
export function completionWords(): readonly CommandWords[] {
  const names = COMMANDS.map(({ name }) => name);
  const help = { name: 'help', summary: 'print the help of a command', first: listOf(names), rest: NOTHING };
  return [
    ...COMMANDS.map(({ name, summary, operands }) => {
      const [first = '', ...rest] = operands.split(' ');
      return {
        name,
        summary,
        first: operandWords(first),
        rest: operandWords(rest.join(' ') || (first.includes('...') ? first : '')),
        options: optionsOf(name),
      };
    }),
    { ...help, options: [] },
  ];
}

/** The options that need no command. */
export function globalOptions(): readonly OptionWords[] {
  return OPTIONS.filter(({ commands }) => commands === undefined).map((option) => optionWords(option));
}

function optionsOf(name: CommandName): readonly OptionWords[] {
  return OPTIONS.filter(
    ({ name: option, commands }) =>
      option !== 'version' && option !== 'verbose' && (commands === undefined || commands.includes(name)),
  ).map((option) => optionWords(option, name));
}

function optionWords({ name, summary, value, shape }: Option, command?: CommandName): OptionWords {
  return { name, summary, value, words: value === 'none' ? NOTHING : valueWords(shape, command) };
}

/** By the word in capitals that the help shows for the value. */
function valueWords(shape: string, command: CommandName | undefined): Words {
  const [, placeholder = ''] = /[ =]([A-Z|]+|json)/.exec(shape) ?? [];
  switch (placeholder) {
    case 'FORMAT':
      return listOf(formatsOf(command));
    case 'LEVEL':
      return listOf(LEVELS);
    case 'WHEN':
      return listOf(COLORS);
    case 'PROTOCOL':
      return listOf(PROTOCOLS);
    case 'POLICY':
      return policyWords();
    case 'REVISION':
      return { ...NOTHING, revisions: true };
    case 'json':
      return listOf(['json']);
    default:
      return /FILE|DIR|BIN/.test(placeholder) ? FILES : NOTHING;
  }
}

function formatsOf(command: CommandName | undefined): readonly string[] {
  if (command === 'check' || command === 'gate') return REPORT_FORMATS;
  return command === 'paths' || command === 'diff' ? PATHS_FORMATS : BASIC_FORMATS;
}

/** By the operands that the help shows: `POLICY`, `create|prune`, `[PATH...]`, `BASE [HEAD]`. */
function operandWords(shown: string): Words {
  if (/^[a-z|]+$/.test(shown)) return listOf(shown.split('|'));
  if (shown === 'POLICY') return policyWords();
  if (/BASE|HEAD/.test(shown)) return { ...FILES, revisions: true };
  return /PATH|PLAN/.test(shown) ? FILES : NOTHING;
}

function policyWords(): Words {
  return listOf(policies.map(({ meta }) => meta.id));
}

function listOf(words: readonly string[]): Words {
  return { ...NOTHING, words };
}
