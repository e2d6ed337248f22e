import { existsSync, mkdtempSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Io } from '../cli/io.ts';
import { main } from '../cli/main.ts';
import { UsageError } from '../cli/usage-error.ts';
import { workflowError } from '../report/github.ts';
import type { JsonReport } from '../report/json-report.ts';
import { codeText } from '../report/markdown-text.ts';
import { quietLines } from '../report/quiet-lines.ts';
import { printable } from '../text/printable.ts';
import { type Inputs, readInputs } from './inputs.ts';
import { writeActionOutputs, writeSummary } from './outputs.ts';

const TITLE = 'Portcullis could not check';

/**
 * Carries out the action in the world of a GitHub runner: one run of `check`, or of `gate` for a plan, whose reports
 * become annotations, the summary of the step, files and outputs. Gives the exit code of the command line. Never throws.
 */
export async function runAction(io: Io): Promise<number> {
  try {
    const inputs = readInputs(io.env);
    return await runCommand(inputs, workingFolder(inputs, io), io);
  } catch (error) {
    const isUsage = error instanceof UsageError;
    return tellFailure(error instanceof Error ? error.message : String(error), isUsage ? 2 : 3, io);
  }
}

async function runCommand(inputs: Inputs, cwd: string, io: Io): Promise<number> {
  // The folder stays: later steps may want the report.
  const folder = mkdtempSync(path.join(io.env.RUNNER_TEMP || tmpdir(), 'portcullis-'));
  const report = path.join(folder, 'report.json');
  const markdown = path.join(folder, 'summary.md');
  const { sarifFile } = inputs;
  const formats = [
    inputs.annotations ? 'github' : 'text',
    `json=${report}`,
    ...(inputs.summary ? [`markdown=${markdown}`] : []),
    ...(sarifFile === undefined ? [] : [`sarif=${sarifFile}`]),
  ].map((format) => `--format=${format}`);

  let told = '';
  const stderr = (text: string): void => {
    told += text;
    io.stderr(quietLines(text));
  };
  const code = await main([...inputs.command, ...formats, '--', ...inputs.operands], { ...io, cwd, stderr });
  if (!existsSync(report)) return tellFailure(told, code, io);

  if (existsSync(markdown)) writeSummary(io.env.GITHUB_STEP_SUMMARY, readFileSync(markdown, 'utf8'));
  const { findings, problems, counts } = JSON.parse(readFileSync(report, 'utf8')) as JsonReport;
  const violations = findings.filter(({ status }) => status === 'violation');
  writeActionOutputs(io.env.GITHUB_OUTPUT, {
    findings: String(violations.length),
    errors: String(violations.filter(({ severity }) => severity === 'error').length),
    unknown: String(counts.unknown),
    problems: String(problems.length),
    'report-file': report,
    ...(sarifFile === undefined ? {} : { 'sarif-file': path.resolve(cwd, sarifFile) }),
    'exit-code': String(code),
  });
  return code;
}

function workingFolder({ workingDirectory }: Inputs, io: Io): string {
  const folder = path.resolve(io.env.GITHUB_WORKSPACE || io.cwd, workingDirectory);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true) return folder;
  throw new UsageError(`the working directory \`${printable(workingDirectory)}\` does not exist`);
}

/** Without a report there is no annotation yet, and a red step without a reason helps nobody. */
function tellFailure(text: string, code: number, io: Io): number {
  const lines = text.trim().split('\n');
  const shown = lines.map((line) => printable(line.replace(/^portcullis: /, '').trim(), 1000));
  io.stdout(workflowError(TITLE, shown.join('\n')));
  const summary = [`## ${TITLE}`, ...shown.map((line) => codeText(line, 1000))];
  try {
    writeSummary(io.env.GITHUB_STEP_SUMMARY, `${summary.join('\n\n')}\n`);
    writeActionOutputs(io.env.GITHUB_OUTPUT, { 'exit-code': String(code) });
  } catch {
    // The runner's own files cannot be written; the annotation and the exit code are what is left.
  }
  return code;
}
