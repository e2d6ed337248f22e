import { REVISIONS } from './completion-bash.ts';
import { completionWords, globalOptions, type OptionWords, type Words } from './completion-words.ts';

/** The completion script for fish 3. */
export function fishCompletion(): string {
  const commands = completionWords();
  const lines = [
    '# Completion of portcullis for fish: portcullis completion fish > ~/.config/fish/completions/portcullis.fish',
    'complete -c portcullis -f',
    ...commands.map(
      ({ name, summary }) =>
        `complete -c portcullis -n __fish_use_subcommand -a ${name} -d ${quote(summary)}`,
    ),
    ...globalOptions().map((option) => optionLine('__fish_use_subcommand', option)),
    ...commands.flatMap(({ name, first, rest, options }) => {
      const seen = `__fish_seen_subcommand_from ${name}`;
      const isFirst = `${seen}; and test (count (commandline -poc | string match -v -- '-*')) -eq 2`;
      const same = first === rest;
      return [
        ...operandLines(same ? seen : isFirst, first),
        ...(same ? [] : operandLines(seen, rest)),
        ...options.map((option) => optionLine(seen, option)),
      ];
    }),
  ];
  return `${lines.join('\n')}\n`;
}

function operandLines(condition: string, words: Words): readonly string[] {
  const offered = offer(words);
  if (offered === '' && !words.files) return [];
  return [`complete -c portcullis -n ${quote(condition)}${words.files ? ' -F' : ''}${offered}`];
}

function optionLine(condition: string, { name, summary, value, words }: OptionWords): string {
  const taken = value === 'none' || value === 'optional' ? '' : words.files ? ' -r -F' : ' -x';
  const offered = value === 'none' ? '' : offer(words);
  return `complete -c portcullis -n ${quote(condition)} -l ${name}${taken}${offered} -d ${quote(summary)}`;
}

function offer({ words, revisions }: Words): string {
  if (revisions) return ` -a ${quote(`(${REVISIONS})`)}`;
  return words.length === 0 ? '' : ` -a ${quote(words.join(' '))}`;
}

function quote(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
