import type { Arguments } from './arguments.ts';
import { bashCompletion } from './completion-bash.ts';
import { fishCompletion } from './completion-fish.ts';
import { zshCompletion } from './completion-zsh.ts';
import type { Io } from './io.ts';
import { quoted, validChoice } from './nearest.ts';
import { UsageError } from './usage-error.ts';

const SHELLS = ['bash', 'fish', 'zsh'] as const;

/** Carries out `completion`: prints the script of a shell. It runs nothing but git, for revisions. */
export function printCompletion({ operands }: Arguments, io: Io): number {
  const [word, ...rest] = operands;
  const shell = SHELLS.find((name) => name === word);
  if (word === undefined || rest.length > 0) throw new UsageError('`completion` needs bash, fish or zsh');
  if (shell === undefined) throw new UsageError(`unknown shell ${quoted(word)}${validChoice(word, SHELLS)}`);
  io.stdout({ bash: bashCompletion, fish: fishCompletion, zsh: zshCompletion }[shell]());
  return 0;
}
