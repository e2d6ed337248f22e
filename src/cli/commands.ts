/** The commands of this version and their options. Help, parser and messages read these tables and nothing else. */

export type CommandName =
  | 'baseline'
  | 'check'
  | 'completion'
  | 'diff'
  | 'explain'
  | 'gate'
  | 'init'
  | 'paths'
  | 'policies'
  | 'trace';

/** What `check` and `gate` say about their formats. */
const FORMATS_TEXT =
  'Formats: text, json, sarif, github, gitlab, azure, junit, rdjson, markdown, jsonl, atlantis. With atlantis on standard\n' +
  'output, violations leave the exit code at 0, since Atlantis reads the verdict from the text.';

export interface Command {
  readonly name: CommandName;
  readonly operands: string;
  readonly summary: string;
  /** What a user has to know beyond the summary. */
  readonly about: string;
}

export type OptionName =
  | 'allow-env'
  | 'azure-types'
  | 'base'
  | 'baseline'
  | 'changed'
  | 'color'
  | 'config'
  | 'dry-run'
  | 'fail-on'
  | 'format'
  | 'from'
  | 'help'
  | 'location'
  | 'only'
  | 'parameters'
  | 'policies'
  | 'port'
  | 'print-config'
  | 'protocol'
  | 'quiet'
  | 'resource-group'
  | 'root'
  | 'skip'
  | 'source'
  | 'strict'
  | 'subscription'
  | 'terraform'
  | 'to'
  | 'var'
  | 'var-file'
  | 'verbose'
  | 'version'
  | 'watch';

export interface Option {
  readonly name: OptionName;
  /** `optional` takes a value only with `=`, never the next argument. */
  readonly value: 'none' | 'required' | 'optional';
  /** As in the help: `--only ID`. */
  readonly shape: string;
  readonly summary: string;
  /** Every command when absent. */
  readonly commands?: readonly CommandName[];
}

export const COMMANDS: readonly Command[] = [
  {
    name: 'check',
    operands: '[PATH...]',
    summary: 'run the policies on the Bicep, ARM templates, Terraform code and plans below the paths',
    about:
      'Without a path, the current directory is searched; .git, .terraform, dist, node_modules and symbolic links are left\n' +
      'out. JSON is recognised by its content; a file that is named and not recognised is read as a plan. - is a plan on\n' +
      'standard input. --base looks at the last commit that HEAD and REVISION have in common, as git stores it; what is\n' +
      'undecided is told all the same.\n' +
      FORMATS_TEXT,
  },
  {
    name: 'gate',
    operands: 'PLAN',
    summary: 'check one plan between plan and apply, and refuse what cannot be read whole',
    about:
      'PLAN is the output of `terraform show -json tfplan`: a file, or - for standard input. A saved plan is read too\n' +
      'when --terraform allows to run terraform. A plan that is errored, partial or cut off ends with exit code 3.\n' +
      FORMATS_TEXT,
  },
  {
    name: 'paths',
    operands: '[PATH...]',
    summary: 'print every path with the verdicts on its data and its probe',
    about:
      'A path is a rule with its clients and the members of its pool. The paths are those that check finds.\n' +
      'Formats: text, json, markdown.',
  },
  {
    name: 'trace',
    operands: '[PATH...]',
    summary: 'follow one packet hop by hop',
    about:
      'WHO is internet, vnet, probe, an IP address, or a machine or load balancer by its address in the code or its name;\n' +
      'ADDRESS is an IP address or such a name. A packet to a load balancer goes to its frontend port.',
  },
  {
    name: 'diff',
    operands: 'BASE [HEAD]',
    summary: 'compare two states: the paths whose verdict differs, new findings and solved ones',
    about:
      'BASE and HEAD are each a revision of git, a folder or a plan; without HEAD it is the working tree. A revision that is\n' +
      'compared with a folder of the repository is looked at in that folder, else in the current directory. A..B and A...B\n' +
      'mean what they mean to git diff; without B it is the working tree. Of the repository nothing is run and nothing is\n' +
      'checked out: files are read as git stores them. Formats: text, json, markdown. New violations end with exit code 1;\n' +
      'a path that differs counts through its findings.',
  },
  {
    name: 'baseline',
    operands: 'create|prune [PATH...]',
    summary: 'write the present findings to a file, or leave out what is solved',
    about:
      'Findings in the baseline are not reported again; check and gate read it with --baseline or from the configuration.\n' +
      'The file is portcullis-baseline.json unless --baseline or the configuration names another.',
  },
  {
    name: 'policies',
    operands: '',
    summary: 'list the policies',
    about: 'Each policy is listed with its severity and with what must hold.',
  },
  {
    name: 'explain',
    operands: 'POLICY',
    summary: 'print the page of a policy',
    about: 'The page says what goes wrong, how it is found, how to repair it, and shows examples.',
  },
  {
    name: 'init',
    operands: '',
    summary: 'write a configuration, a pre-commit hook and a workflow for pull requests into the repository',
    about: 'A file that is there already is left as it is; what belongs into it is printed.',
  },
  {
    name: 'completion',
    operands: 'bash|fish|zsh',
    summary: 'print the completion script of a shell',
    about:
      'bash: eval "$(portcullis completion bash)" in ~/.bashrc. zsh: write the script to a file named _portcullis in a folder\n' +
      'of $fpath. fish: write it to ~/.config/fish/completions/portcullis.fish.',
  },
];

const READING_ONE: readonly CommandName[] = ['baseline', 'check', 'gate', 'paths', 'trace'];
const READING: readonly CommandName[] = [...READING_ONE, 'diff'];
const JUDGING: readonly CommandName[] = ['check', 'diff', 'gate'];

export const OPTIONS: readonly Option[] = [
  {
    name: 'from',
    value: 'required',
    shape: '--from WHO',
    summary: 'who sends the packet',
    commands: ['trace'],
  },
  {
    name: 'to',
    value: 'required',
    shape: '--to ADDRESS',
    summary: 'where it goes',
    commands: ['trace'],
  },
  {
    name: 'port',
    value: 'required',
    shape: '--port N',
    summary: 'the destination port; not for icmp',
    commands: ['trace'],
  },
  {
    name: 'protocol',
    value: 'required',
    shape: '--protocol PROTOCOL',
    summary: 'tcp, udp or icmp (default: tcp)',
    commands: ['trace'],
  },
  {
    name: 'format',
    value: 'required',
    shape: '--format FORMAT[=FILE]',
    summary: 'text (default), json or another of the command, to standard output or to FILE; repeatable',
    commands: ['check', 'diff', 'gate', 'paths', 'policies', 'trace'],
  },
  {
    name: 'config',
    value: 'required',
    shape: '--config FILE',
    summary: 'configuration to use (default: portcullis.yaml, .yml or .json upwards to the repository root)',
    commands: READING,
  },
  {
    name: 'parameters',
    value: 'required',
    shape: '--parameters FILE|NAME=VALUE',
    summary: 'values for Bicep files and ARM templates, before those of other parameters files; repeatable',
    commands: READING,
  },
  {
    name: 'var-file',
    value: 'required',
    shape: '--var-file FILE',
    summary: 'values for the variables of Terraform code; repeatable',
    commands: READING,
  },
  {
    name: 'var',
    value: 'required',
    shape: '--var NAME=VALUE',
    summary: 'a value for a variable of Terraform code; repeatable',
    commands: READING,
  },
  {
    name: 'subscription',
    value: 'required',
    shape: '--subscription ID',
    summary: 'the subscription that templates are deployed to',
    commands: READING,
  },
  {
    name: 'resource-group',
    value: 'required',
    shape: '--resource-group NAME',
    summary: 'the resource group that templates are deployed to',
    commands: READING,
  },
  {
    name: 'location',
    value: 'required',
    shape: '--location NAME',
    summary: 'the location of the resource group',
    commands: READING,
  },
  {
    name: 'root',
    value: 'required',
    shape: '--root DIR',
    summary: 'read no file outside DIR (default: the repository of each path)',
    commands: READING_ONE,
  },
  {
    name: 'allow-env',
    value: 'none',
    shape: '--allow-env',
    summary: 'let readEnvironmentVariable of Bicep parameters files read the environment',
    commands: READING,
  },
  {
    name: 'policies',
    value: 'required',
    shape: '--policies FILE',
    summary: 'run the policies of this module too; it is executed, so use one you trust; repeatable',
    commands: [...READING, 'policies', 'explain'],
  },
  {
    name: 'azure-types',
    value: 'required',
    shape: '--azure-types FILE',
    summary: 'index.json of Azure/bicep-types-az: check bodies of resources against it as well',
    commands: ['baseline', ...JUDGING],
  },
  {
    name: 'only',
    value: 'required',
    shape: '--only POLICY',
    summary: 'run this policy and no other; repeatable',
    commands: JUDGING,
  },
  {
    name: 'skip',
    value: 'required',
    shape: '--skip POLICY',
    summary: 'leave this policy out; repeatable',
    commands: JUDGING,
  },
  {
    name: 'fail-on',
    value: 'required',
    shape: '--fail-on LEVEL',
    summary: 'error, warning, info or never: violations from which on the exit code is 1 (default: error)',
    commands: JUDGING,
  },
  {
    name: 'strict',
    value: 'none',
    shape: '--strict',
    summary: 'end with exit code 4 when an answer is unknown or something could not be read',
    commands: READING,
  },
  {
    name: 'terraform',
    value: 'optional',
    shape: '--terraform[=BIN]',
    summary: 'run BIN show -json on saved plans (default BIN: terraform); use it only on plans you trust',
    commands: READING,
  },
  {
    name: 'source',
    value: 'required',
    shape: '--source DIR',
    summary: 'the Terraform code a plan was made from (default: the folder of the plan)',
    commands: READING_ONE,
  },
  {
    name: 'baseline',
    value: 'required',
    shape: '--baseline FILE',
    summary: 'findings that are known and not reported again',
    commands: ['baseline', 'check', 'gate'],
  },
  {
    name: 'base',
    value: 'required',
    shape: '--base REVISION',
    summary: 'report only violations that the last common commit with REVISION does not have',
    commands: ['check'],
  },
  {
    name: 'watch',
    value: 'none',
    shape: '--watch',
    summary: 'check again whenever a file below the paths changes, until Ctrl+C',
    commands: ['check'],
  },
  {
    name: 'changed',
    value: 'none',
    shape: '--changed',
    summary:
      'the paths are changed files: search the current directory, check only the roots that read one of them',
    commands: ['check'],
  },
  {
    name: 'quiet',
    value: 'none',
    shape: '--quiet',
    summary: 'print findings only: no problems, no summary',
    commands: ['check', 'gate'],
  },
  {
    name: 'color',
    value: 'required',
    shape: '--color WHEN',
    summary: 'auto, always or never (default: auto, a terminal without NO_COLOR)',
  },
  {
    name: 'print-config',
    value: 'optional',
    shape: '--print-config[=json]',
    summary:
      'print the configuration that the options, the environment and the file make, and do nothing else',
    commands: JUDGING,
  },
  {
    name: 'dry-run',
    value: 'none',
    shape: '--dry-run',
    summary: 'print what would be written, and write nothing',
    commands: ['init'],
  },
  { name: 'help', value: 'none', shape: '--help, -h', summary: 'print this help' },
  { name: 'version', value: 'none', shape: '--version', summary: 'print the version' },
  {
    name: 'verbose',
    value: 'none',
    shape: '--verbose',
    summary: 'with --version: print what a bug report should say',
  },
];
