import { REVISIONS } from './completion-bash.ts';
import { completionWords, globalOptions, type OptionWords, type Words } from './completion-words.ts';

/** The completion script for zsh 5: the file `_portcullis` in a folder of `$fpath`. */
export function zshCompletion(): string {
  const commands = completionWords();
  const shared = globalOptions();
  const valued = [...commands.flatMap(({ options }) => options), ...shared].filter(
    ({ value }) => value === 'required',
  );
  const takers = [...new Set(valued.map(({ name }) => `--${name}`))];
  return `#compdef portcullis
# Completion of portcullis for zsh: a file _portcullis in a folder of $fpath
_portcullis() {
  local option=\${words[CURRENT-1]} attached='' command='' word
  local -i count=0 index
  for ((index = 2; index < CURRENT; index++)); do
    word=\${words[index]}
    case $word in
      ${takers.join(' | ')}) ((index++)) ;;
      -*) ;;
      *) if [[ -z $command ]]; then command=$word; else ((count++)); fi ;;
    esac
  done
  if [[ $PREFIX == --*=* ]]; then
    option=\${PREFIX%%=*} attached=1
    compset -P '*='
  fi
  case "$command $option$attached" in
${commands.map(({ name, options }) => valueCases(name, options)).join('')}${valueCases('', shared)}  esac
  [[ -n $attached ]] && return
  local -a offered
  if [[ $PREFIX == -* ]]; then
    case $command in
${commands.map(({ name, options }) => `      ${name}) offered=(${described(options, '--')}) ;;\n`).join('')}      *) offered=(${described(shared, '--')}) ;;
    esac
    _describe -o option offered
    return
  fi
  case $command in
    '') offered=(${described(commands, '')}); _describe command offered ;;
${commands.map(({ name, first, rest }) => `    ${name}) if ((count == 0)); then ${offer(first)}; else ${offer(rest)}; fi ;;\n`).join('')}  esac
}
if [[ \${funcstack[1]} == _portcullis ]]; then _portcullis "$@"; else compdef _portcullis portcullis; fi
`;
}

function described(
  entries: readonly { readonly name: string; readonly summary: string }[],
  prefix: string,
): string {
  return entries
    .map(({ name, summary }) => quote(`${prefix}${name}:${summary.replace(/[\\:]/g, '\\$&')}`))
    .join(' ');
}

/** A value stands behind its option, or is attached to it; an optional one is always attached. */
function valueCases(command: string, options: readonly OptionWords[]): string {
  return options
    .filter(({ value }) => value !== 'none')
    .map(({ name, value, words }) => {
      const patterns = value === 'optional' ? [`--${name}1`] : [`--${name}`, `--${name}1`];
      return `    ${patterns.map((pattern) => `'${command} ${pattern}'`).join(' | ')}) ${offer(words)}; return ;;\n`;
    })
    .join('');
}

function offer({ words, revisions, files }: Words): string {
  const parts = [
    ...(revisions ? [`compadd -- \${(f)"$(${REVISIONS})"}`] : []),
    ...(words.length === 0 ? [] : [`compadd -- ${words.join(' ')}`]),
    ...(files ? ['_files'] : []),
  ];
  return parts.length === 0 ? ':' : parts.join('; ');
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
