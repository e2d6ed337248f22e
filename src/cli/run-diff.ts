import path from 'node:path';
import { type CheckOptions, check } from '../engine/check.ts';
import { diffOf } from '../engine/diff.ts';
import { pathFrom } from '../engine/find-inputs.ts';
import { repositoryRoot } from '../engine/open-files.ts';
import type { Report } from '../engine/report.ts';
import type { DiffReport, StateName } from '../report/diff-report.ts';
import { jsonText } from '../report/json-text.ts';
import { problemText } from '../report/problem-text.ts';
import type { Problem } from '../text/problem.ts';
import type { Arguments } from './arguments.ts';
import { checkOptionsOf } from './check-options.ts';
import { checkRevision } from './check-revision.ts';
import { revisionPlace, type State, statesOf } from './diff-states.ts';
import { diffExitCode } from './exit-code.ts';
import type { Io } from './io.ts';
import { type LoadedConfig, loadConfig } from './load-config.ts';
import { loadPolicies } from './load-policies.ts';
import { PATHS_FORMATS, type PathsFormat, parseOutputsOf, type Rendered, writeOutputs } from './outputs.ts';
import { packageVersion } from './package-files.ts';
import { printConfig } from './print-config.ts';
import { createProgressLine } from './progress.ts';
import { readInputs } from './read-inputs.ts';
import { failOnOf, selectPolicies, strictOf, valuesOf, wantsColor } from './settings.ts';
import { inTemporaryFolder } from './temporary-folder.ts';

/** What a run needs besides the states. */
interface Run {
  readonly io: Io;
  readonly config: LoadedConfig;
  readonly options: CheckOptions;
}

/** Carries out `diff`. Gives the exit code. */
export async function runDiff(args: Arguments, io: Io): Promise<number> {
  const policies = await loadPolicies(args, io);
  const config = await loadConfig(args, io, policies);
  const outputs = parseOutputsOf(PATHS_FORMATS, valuesOf(args, 'format'), io.cwd);
  const strictness = { failOn: failOnOf(args, io, config), strict: strictOf(args, io, config) };
  const selected = selectPolicies(args, policies, config);
  if (args.options.has('print-config')) return await printConfig(args, io, config, selected);
  const [before, after] = statesOf(args.operands, io);
  const progress = createProgressLine(io);
  const options = checkOptionsOf({ ...args, operands: [] }, io, config, selected);
  const run = { io, config, options: { ...options, onProgress: progress.show } };
  return await inTemporaryFolder(async (folder) => {
    const [place, reports] = await checkBoth(before, after, folder, run);
    progress.end();
    if ('problem' in reports) {
      io.stderr(problemText(reports.problem));
      return 3;
    }
    const diff = diffOf(
      { report: reports.before, place: placeIn(before, place, io) },
      { report: reports.after, place: placeIn(after, place, io) },
    );
    const report = { before: nameOf(before), after: nameOf(after), diff };
    const rendered: Rendered[] = [];
    for (const output of outputs) {
      const color = wantsColor(args, io, output.file === undefined && io.stdoutIsTerminal);
      rendered.push({ output, text: await diffText(report, output.format, color) });
    }
    const isWritten = writeOutputs(rendered, io);
    tellWhatIsMissing(reports, io);
    return isWritten ? diffExitCode(diff, strictness) : 3;
  });
}

/** Both states, checked, and the place in the working tree that revisions are looked at. */
async function checkBoth(
  before: State,
  after: State,
  folder: string,
  run: Run,
): Promise<
  readonly [string, { readonly before: Report; readonly after: Report } | { readonly problem: Problem }]
> {
  const place = revisionPlace(before, after, run.io);
  const first = await checkState(before, place, path.join(folder, 'base'), run);
  if ('problem' in first) return [place, first];
  const second = await checkState(after, place, path.join(folder, 'head'), run);
  return [place, 'problem' in second ? second : { before: first, after: second }];
}

async function checkState(
  state: State,
  place: string,
  folder: string,
  { io, config, options }: Run,
): Promise<Report | { readonly problem: Problem }> {
  if (state.kind === 'revision') {
    return await checkRevision({ ...state, operands: [place] }, folder, options, config.exclusion, io);
  }
  const found = readInputs([state.place], io, config.exclusion);
  const roots = [repositoryRoot(path.resolve(io.cwd, state.place))];
  const report = await check(found.inputs, { ...options, place: { cwd: io.cwd, roots } });
  return { ...report, problems: [...found.problems, ...report.problems] };
}

function placeIn(state: State, place: string, io: Io): string {
  return pathFrom(io.cwd, state.kind === 'revision' ? place : state.place);
}

function nameOf({ name, ...state }: State): StateName {
  return state.kind === 'revision' ? { name, commit: state.commit } : { name };
}

async function diffText(report: DiffReport, format: PathsFormat, color: boolean): Promise<string> {
  if (format === 'json') {
    return jsonText((await import('../report/json-diff.ts')).toJsonDiff(report, packageVersion()));
  }
  if (format === 'markdown') {
    return (await import('../report/diff-markdown.ts')).toDiffMarkdown(report, { problems: true });
  }
  return (await import('../report/diff-text.ts')).toDiffText(report, { problems: true, color });
}

function tellWhatIsMissing(reports: { readonly before: Report; readonly after: Report }, io: Io): void {
  const both = [reports.after, reports.before];
  const fatal = both.flatMap(({ problems }) => problems).filter(({ severity }) => severity === 'fatal');
  for (const problem of fatal) io.stderr(problemText(problem));
  if (fatal.length > 0 || both.some(({ roots }) => roots.length > 0)) return;
  io.stderr('portcullis: there is nothing to compare: neither state holds anything that Portcullis reads\n');
}
