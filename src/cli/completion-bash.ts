import { completionWords, globalOptions, type OptionWords, type Words } from './completion-words.ts';

/** Which revisions a shell offers: branches and tags by their short names. */
export const REVISIONS =
  "git for-each-ref '--format=%(refname:short)' refs/heads refs/remotes refs/tags 2>/dev/null";

/**
 * The completion script for bash 3.2 and later. Where it has nothing to offer, bash completes file names. An equals sign
 * ends a word for bash unless the user changed that, so that `--format=js` comes in one word or in three.
 */
export function bashCompletion(): string {
  const commands = completionWords();
  const shared = globalOptions();
  const valued = [...commands.flatMap(({ options }) => options), ...shared].filter(
    ({ value }) => value === 'required',
  );
  const takers = [...new Set(valued.map(({ name }) => `--${name}`))];
  return `# Completion of portcullis for bash: eval "$(portcullis completion bash)"
_portcullis() {
  local cur=\${COMP_WORDS[COMP_CWORD]} last='' option='' attached='' prefix='' command='' count=0 index word
  COMPREPLY=()
  if ((COMP_CWORD > 0)); then last=\${COMP_WORDS[COMP_CWORD - 1]}; fi
  if [[ $cur == = ]]; then
    option=$last attached=1 cur=''
  elif [[ $last == = ]]; then
    option=\${COMP_WORDS[COMP_CWORD - 2]} attached=1
  elif [[ $cur == --*=* ]]; then
    option=\${cur%%=*} attached=1 prefix=$option= cur=\${cur#*=}
  else
    option=$last
  fi
  for ((index = 1; index < COMP_CWORD; index++)); do
    word=\${COMP_WORDS[index]}
    if [[ $word == = ]]; then
      ((index++))
    elif [[ $word == -* ]]; then
      if [[ \${COMP_WORDS[index + 1]} != = ]]; then
        case $word in ${takers.join(' | ')}) ((index++)) ;; esac
      fi
    elif [[ -z $command ]]; then
      command=$word
    else
      ((count++))
    fi
  done
  case "$command $option$attached" in
${commands.map(({ name, options }) => valueCases(name, options)).join('')}${valueCases('', shared)}  esac
  if [[ -n $attached ]]; then return; fi
  if [[ $cur == -* ]]; then
    case $command in
${commands.map(({ name, options }) => `      ${name}) ${replies(namesOf(options))} ;;\n`).join('')}      *) ${replies(namesOf(shared))} ;;
    esac
    return
  fi
  case $command in
    '') ${replies(commands.map(({ name }) => name))} ;;
${commands.map(({ name, first, rest }) => `    ${name}) if ((count == 0)); then ${offer(first)}; else ${offer(rest)}; fi ;;\n`).join('')}  esac
}
# compgen -W would expand the names, and a name may hold a command: only plain ones are offered, as they are.
_portcullis_revisions() {
  local word
  while IFS= read -r word; do
    if [[ $word == "$cur"* && $word != *[!A-Za-z0-9._/@+-]* ]]; then COMPREPLY+=("$prefix$word"); fi
  done < <(${REVISIONS})
}
_portcullis_files() {
  local word
  compopt -o filenames 2>/dev/null
  while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -f -- "$cur")
}
complete -o bashdefault -o default -F _portcullis portcullis
`;
}

function namesOf(options: readonly OptionWords[]): readonly string[] {
  return options.map(({ name }) => `--${name}`);
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

/** Without anything to offer, bash completes file names by itself. */
function offer({ words, revisions, files }: Words): string {
  if (revisions) return files ? '_portcullis_revisions; _portcullis_files' : '_portcullis_revisions';
  return words.length === 0 ? ':' : replies(words);
}

function replies(words: readonly string[]): string {
  return `COMPREPLY=($(compgen -P "$prefix" -W '${words.join(' ')}' -- "$cur"))`;
}
