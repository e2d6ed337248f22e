import { constants } from 'node:buffer';
import { spawnSync } from 'node:child_process';
import { basename, dirname, resolve } from 'node:path';
import { printable } from '../../text/printable.ts';
import type { Problem } from '../../text/problem.ts';
import { decodeText } from './decode-text.ts';
import { zipEntryNames } from './zip.ts';

/** Where a saved plan lies, and what messages call it. */
export interface SavedPlanInput {
  readonly path: string;
  /** The path in messages and origins; `path` when absent. */
  readonly label?: string;
  /** How long terraform may take, in milliseconds; five minutes when absent. */
  readonly timeout?: number;
}

/** The titles of errors that mean a directory without its providers or modules, across versions of terraform. */
const NEEDS_INIT = /plugin|provider|initiali[sz]|lock file|module not installed/i;
const FIVE_MINUTES = 300_000;

/**
 * The problem with a zip file as input: that it is a saved plan, with the exact command that turns it into JSON, or that
 * it is no plan at all. Standard input has no file to name in a command.
 */
export function zipProblem(bytes: Uint8Array, input: SavedPlanInput, source: 'file' | 'stdin'): Problem {
  const listing = zipEntryNames(bytes);
  if (listing.kind === 'damaged') {
    return refusal(
      input,
      'zip-damaged',
      'the input is a zip file that is cut off or damaged',
      'copy the file again',
    );
  }
  if (!listing.names.includes('tfplan')) {
    const plan = listing.names.find((name) => name.endsWith('.json'));
    const remedy = plan === undefined ? 'give the plan as JSON' : `unpack it and give \`${printable(plan)}\``;
    return refusal(input, 'zip-without-plan', 'the input is a zip file without a `tfplan` entry', remedy);
  }
  const remedy =
    source === 'stdin'
      ? 'pipe the output of `terraform show -json PLAN` instead'
      : `run \`${showCommand(input.path)}\` and give the JSON file`;
  return refusal(input, 'saved-plan', 'the input is a saved plan, which only terraform can read', remedy);
}

/**
 * The JSON of a saved plan, from `terraform show -json` (or `tofu`), run without a shell in the directory of the plan,
 * where its `.terraform` folder is. Terraform starts the provider plugins of that folder, so only a caller who trusts
 * it asks for this. A problem when the binary cannot be started, fails, takes too long or writes more than a string
 * can hold.
 */
export function showSavedPlan(
  input: SavedPlanInput,
  terraform: string,
): { readonly text: string } | { readonly problem: Problem } {
  const name = `\`${printable(terraform)}\``;
  const giveJson = `or run \`${showCommand(input.path)}\` yourself and give the JSON file`;
  const refuse = (code: string, message: string, remedy: string): { readonly problem: Problem } => ({
    problem: refusal(input, code, message, remedy),
  });
  const run = runShow(input, terraform);

  if (run.failure === 'ENOENT') {
    return refuse('terraform-not-found', `${name} is not found`, `install it or name its path, ${giveJson}`);
  }
  if (run.failure === 'ETIMEDOUT') {
    return refuse('terraform-failed', `${name} did not finish in time`, `try again, ${giveJson}`);
  }
  if (run.failure === 'ENOBUFS') {
    return refuse(
      'plan-too-large',
      `${name} wrote more than ${constants.MAX_STRING_LENGTH} bytes, the most Node.js can hold in a string`,
      'split the configuration into smaller roots',
    );
  }
  if (run.failure !== undefined) {
    return refuse(
      'terraform-failed',
      `${name} cannot be started (${run.failure})`,
      `name its path, ${giveJson}`,
    );
  }
  if (run.status !== 0) {
    const outcome = run.status === null ? 'was stopped by a signal' : `failed with exit code ${run.status}`;
    const said = firstDiagnostic(decodeText(run.stderr));
    const remedy = NEEDS_INIT.test(said)
      ? `run \`${initCommand(input.path)}\` so that its providers are installed, ${giveJson}`
      : `run \`${showCommand(input.path)}\` to see all of the error, and give the JSON file`;
    const message = `\`${printable(basename(terraform))} show -json\` ${outcome}${said === '' ? '' : `: ${said}`}`;
    return refuse('terraform-failed', message, remedy);
  }
  return { text: decodeText(run.stdout) };
}

interface ShowRun {
  /** The error code when the process did not run to its end. */
  readonly failure?: string;
  readonly status: number | null;
  readonly stdout: Uint8Array;
  readonly stderr: Uint8Array;
}

function runShow(input: SavedPlanInput, terraform: string): ShowRun {
  const file = resolve(input.path);
  const binary = /[\\/]/.test(terraform) ? resolve(terraform) : terraform;
  try {
    const run = spawnSync(binary, ['show', '-json', '-no-color', file], {
      cwd: dirname(file),
      env: { ...process.env, TF_IN_AUTOMATION: '1' },
      killSignal: 'SIGKILL',
      maxBuffer: constants.MAX_STRING_LENGTH,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: input.timeout ?? FIVE_MINUTES,
      windowsHide: true,
    });
    const { status, stdout, stderr } = run;
    if (run.error === undefined) return { status, stdout, stderr };
    return { failure: errorCode(run.error), status, stdout: new Uint8Array(), stderr: new Uint8Array() };
  } catch (error) {
    return { failure: errorCode(error), status: null, stdout: new Uint8Array(), stderr: new Uint8Array() };
  }
}

/** The code of an error of Node.js (`ENOENT`), or `unknown`. */
export function errorCode(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('code' in error)) return 'unknown';
  return typeof error.code === 'string' ? error.code : 'unknown';
}

/** The title of the first error in terraform's frames (`│ Error: …`), else its first line with words. */
function firstDiagnostic(stderr: string): string {
  const lines = stderr
    .slice(0, 65_536)
    .split('\n')
    .map((line) => printable(line).replace(/^[\s│╷╵\ufffd]+|[\s\ufffd]+$/gu, ''));
  return lines.find((line) => line.startsWith('Error:')) ?? lines.find((line) => line !== '') ?? '';
}

function showCommand(path: string): string {
  const file = printableOr(basename(path), 'PLAN');
  const plan = shellWord(file.startsWith('-') ? `./${file}` : file);
  return `terraform${changeDirectory(path)} show -json ${plan} > ${shellWord(`${file}.json`)}`;
}

function initCommand(path: string): string {
  return `terraform${changeDirectory(path)} init`;
}

function changeDirectory(path: string): string {
  const directory = dirname(path);
  return directory === '.' ? '' : ` -chdir=${shellWord(printableOr(directory, 'DIRECTORY'))}`;
}

function printableOr(text: string, placeholder: string): string {
  return printable(text) === text ? text : placeholder;
}

function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

function refusal(input: SavedPlanInput, code: string, message: string, remedy: string): Problem {
  const path = input.label ?? input.path;
  return { code, message, remedy, origin: { kind: 'json', path, pointer: '' }, severity: 'fatal' };
}
