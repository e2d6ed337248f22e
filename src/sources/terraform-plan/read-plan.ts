import { Buffer, constants } from 'node:buffer';
import { closeSync, openSync, readFileSync, readSync, type Stats, statSync } from 'node:fs';
import { jsonFault } from '../../text/json-fault.ts';
import { lineIndex } from '../../text/line-index.ts';
import type { Origin } from '../../text/origin.ts';
import type { Problem } from '../../text/problem.ts';
import { decodeText, encodingOf } from './decode-text.ts';
import { checkPlan, isLogEvent, type Plan, type PlanKind } from './plan-format.ts';
import { errorCode, showSavedPlan, zipProblem } from './saved-plan.ts';
import { isZip } from './zip.ts';

/** A plan as the user gives it. */
export interface PlanInput {
  /** The file; with `bytes` it is not opened. */
  readonly path: string;
  /** The content, when it came through standard input. */
  readonly bytes?: Uint8Array;
  /** The terraform or tofu binary that may be run to read a saved plan; without it nothing is run. */
  readonly terraform?: string;
  /** The path in messages and origins. When absent it is `path`, or `<stdin>` with `bytes`. */
  readonly label?: string;
}

type Refusal = { readonly problem: Problem };

interface Content {
  readonly bytes: Uint8Array;
  /** Whether another process can read the same content from the path. */
  readonly source: 'file' | 'stdin';
}

const MAX_BYTES = constants.MAX_STRING_LENGTH;
const WRITE_PLAN = 'run `terraform plan -out=tfplan`, then `terraform show -json tfplan`';
const PIPE_CHUNK = 65_536;
const HEAD = 65_536;
const HUMAN_OUTPUT =
  /(?:Terraform|OpenTofu) (?:used the selected|will perform)|An execution plan has been|Refreshing state\.\.\.|No changes\. |(?:will|must) be (?:created|destroyed|replaced|updated)/;

/**
 * Reads a plan in every form it arrives in: JSON in UTF-8 or UTF-16 and, when `terraform` is given, a saved plan. Of
 * anything else it says in one fatal problem what the input is and what to do. `path` in the answer is the one to use in
 * origins. Never throws, reads nothing larger than a string can be (`buffer.constants.MAX_STRING_LENGTH`, about 512 MiB),
 * and quotes no content of the input: a plan holds secrets in clear.
 */
export function readPlan(
  input: PlanInput,
): { readonly plan: Plan; readonly kind: PlanKind; readonly path: string } | Refusal {
  const path = input.label ?? (input.bytes === undefined ? input.path : '<stdin>');
  const content = readContent(input, path);
  if ('problem' in content) return content;
  const shown = textOf(content, input, path);
  if ('problem' in shown) return shown;
  const parsed = parse(shown.text, path);
  if ('problem' in parsed) return parsed;
  const checked = checkPlan(parsed.json, path);
  return 'problem' in checked ? checked : { plan: checked.plan, kind: checked.kind, path };
}

function readContent(input: PlanInput, path: string): Content | Refusal {
  if (input.bytes !== undefined) {
    return input.bytes.byteLength > MAX_BYTES ? tooLarge(path) : { bytes: input.bytes, source: 'stdin' };
  }
  try {
    const stats = statSync(input.path);
    const other = otherThanFile(stats);
    if (other !== undefined) {
      return refuse(
        path,
        'plan-not-a-file',
        `the path is ${other}, not a plan`,
        'give the JSON file of a plan',
      );
    }
    if (stats.size > MAX_BYTES) return tooLarge(path);
    const bytes = stats.isFIFO() ? readPipe(input.path) : readFileSync(input.path);
    if (bytes.byteLength > MAX_BYTES) return tooLarge(path);
    return { bytes, source: stats.isFIFO() ? 'stdin' : 'file' };
  } catch (error) {
    return unreadable(errorCode(error), path);
  }
}

function otherThanFile(stats: Stats): string | undefined {
  if (stats.isDirectory()) return 'a directory';
  if (stats.isSocket()) return 'a socket';
  return stats.isFile() || stats.isFIFO() ? undefined : 'a device';
}

/** Reads a named pipe, which is what a shell makes of `<(terraform show -json tfplan)`, up to the first byte too many. */
function readPipe(path: string): Uint8Array {
  const file = openSync(path, 'r');
  try {
    const chunks: Uint8Array[] = [];
    const chunk = new Uint8Array(PIPE_CHUNK);
    let total = 0;
    while (total <= MAX_BYTES) {
      const count = readSync(file, chunk, 0, PIPE_CHUNK, null);
      if (count === 0) break;
      chunks.push(chunk.slice(0, count));
      total += count;
    }
    return Buffer.concat(chunks);
  } finally {
    closeSync(file);
  }
}

function textOf(content: Content, input: PlanInput, path: string): { readonly text: string } | Refusal {
  const { bytes, source } = content;
  if (isZip(bytes)) {
    const plan = { path: input.path, label: path };
    const problem = zipProblem(bytes, plan, source);
    const canShow = problem.code === 'saved-plan' && source === 'file';
    return canShow && input.terraform !== undefined ? showSavedPlan(plan, input.terraform) : { problem };
  }
  if (encodingOf(bytes) === 'unknown') {
    const remedy = 'write it as UTF-8, without compression';
    return refuse(path, 'plan-encoding-unknown', 'the input is not text in UTF-8 or UTF-16', remedy);
  }
  return { text: decodeText(bytes) };
}

function parse(text: string, path: string): { readonly json: unknown } | Refusal {
  const other = otherThanJson(text, path);
  if (other !== undefined) return other;
  try {
    return { json: JSON.parse(text) };
  } catch {
    return syntaxProblem(text, path);
  }
}

function otherThanJson(text: string, path: string): Refusal | undefined {
  const head = text.slice(0, HEAD).trimStart();
  if (head === '' && text.trim() === '') {
    return refuse(
      path,
      'plan-file-empty',
      'the input is empty',
      'look whether `terraform show -json` failed',
    );
  }
  if (head.startsWith('[command]')) {
    const message = 'the plan is wrapped in the output of the setup-terraform action';
    return refuse(path, 'plan-wrapped', message, 'set `terraform_wrapper: false` on that action');
  }
  if (isLog(head)) {
    return refuse(path, 'plan-log', 'the input is the log of `terraform plan -json`, not a plan', WRITE_PLAN);
  }
  if (!head.startsWith('{') && HUMAN_OUTPUT.test(head)) {
    return refuse(
      path,
      'plan-text-output',
      'the input is what terraform prints for people, not JSON',
      WRITE_PLAN,
    );
  }
  return undefined;
}

function isLog(head: string): boolean {
  const end = head.indexOf('\n');
  if (!head.startsWith('{') || (end === -1 && head.length === HEAD)) return false;
  try {
    return isLogEvent(JSON.parse(end === -1 ? head : head.slice(0, end)));
  } catch {
    return false;
  }
}

function syntaxProblem(text: string, path: string): Refusal {
  const fault = jsonFault(text);
  if (fault === undefined)
    return refuse(path, 'json-syntax', 'the input cannot be parsed as JSON', WRITE_PLAN);
  const { line, column } = lineIndex(text).position(fault.offset);
  const origin: Origin = { kind: 'text', path, line, column, endLine: line, endColumn: column + 1 };
  const place = `line ${line}, column ${column}`;
  if (fault.kind === 'truncated') {
    const remedy = 'write it again: the command, the copy or the disk stopped before the end';
    return refuse(
      path,
      'json-truncated',
      `the plan is truncated: its JSON stops at ${place}`,
      remedy,
      origin,
    );
  }
  if (fault.kind === 'trailing') {
    const remedy = 'give the output of one `terraform show -json` and nothing else';
    return refuse(path, 'json-syntax', `something follows the end of the JSON, at ${place}`, remedy, origin);
  }
  return refuse(
    path,
    'json-syntax',
    `the input is not JSON: unexpected character at ${place}`,
    WRITE_PLAN,
    origin,
  );
}

function unreadable(code: string, path: string): Refusal {
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return refuse(
      path,
      'plan-not-found',
      'the file does not exist',
      'give the path of the JSON file of a plan',
    );
  }
  if (code === 'EACCES' || code === 'EPERM') {
    return refuse(path, 'plan-not-readable', 'the file may not be read', 'allow this user to read it');
  }
  return refuse(
    path,
    'plan-not-readable',
    `the file cannot be read (${code})`,
    'give another copy of the plan',
  );
}

function tooLarge(path: string): Refusal {
  const message = `the plan is larger than ${MAX_BYTES} bytes (512 MiB), the most Node.js can hold in a string`;
  return refuse(path, 'plan-too-large', message, 'split the configuration into smaller roots');
}

function refuse(path: string, code: string, message: string, remedy: string, origin?: Origin): Refusal {
  const whole: Origin = { kind: 'json', path, pointer: '' };
  return { problem: { code, message, remedy, origin: origin ?? whole, severity: 'fatal' } };
}
