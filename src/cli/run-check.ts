import { type CheckOptions, check } from '../engine/check.ts';
import type { Report } from '../engine/report.ts';
import type { Policy } from '../policy/index.ts';
import { jsonText } from '../report/json-text.ts';
import { problemText } from '../report/problem-text.ts';
import { renderReport } from '../report/render.ts';
import type { TextOptions } from '../report/text.ts';
import { printable } from '../text/printable.ts';
import type { Problem } from '../text/problem.ts';
import type { Arguments } from './arguments.ts';
import { baselineOption } from './baseline.ts';
import { changedFiles } from './changed-files.ts';
import { checkOptionsOf } from './check-options.ts';
import type { EarlierFindings } from './earlier-findings.ts';
import { exitCodeOf, type Strictness } from './exit-code.ts';
import type { Io } from './io.ts';
import { type LoadedConfig, loadConfig } from './load-config.ts';
import { loadPolicies } from './load-policies.ts';
import {
  type Format,
  type Output,
  PATHS_FORMATS,
  type PathsFormat,
  parseOutputsOf,
  REPORT_FORMATS,
  type Rendered,
  writeOutputs,
} from './outputs.ts';
import { packageVersion } from './package-files.ts';
import { printConfig } from './print-config.ts';
import { createProgressLine } from './progress.ts';
import { readGateInput, readInputs } from './read-inputs.ts';
import { repositoryFolder } from './repository-folder.ts';
import { failOnOf, selectPolicies, strictOf, valuesOf, wantsColor } from './settings.ts';

/**
 * Carries out `check`, `gate` and `paths`: reads, asks the policies, writes the reports. Gives the exit code. `onReport` is
 * given the report before it is written.
 */
export async function runCheck(
  args: Arguments,
  io: Io,
  onReport?: (report: Report) => void,
): Promise<number> {
  const { command, operands, options } = args;
  const policies = await loadPolicies(args, io);
  const config = await loadConfig(args, io, policies);
  const selected = command === 'paths' ? [] : selectPolicies(args, policies, config);
  if (options.has('print-config')) return await printConfig(args, io, config, selected);
  const wanted = valuesOf(args, 'format');
  const pathOutputs = command === 'paths' ? parseOutputsOf(PATHS_FORMATS, wanted, io.cwd) : [];
  const reportOutputs = command === 'paths' ? [] : parseOutputsOf(REPORT_FORMATS, wanted, io.cwd);
  const strict = strictOf(args, io, config);
  const quiet = options.has('quiet');
  const everyPath = !options.has('only') && !options.has('skip');
  const strictness = { failOn: failOnOf(args, io, config), strict, everyPath };

  const changed = changedFiles(args, io, config);
  const places = changed === undefined ? operands : [];
  const found = command === 'gate' ? readGateInput(places, io) : readInputs(places, io, config.exclusion);
  const progress = createProgressLine(io);
  const asked = {
    ...checkOptionsOf({ ...args, operands: places }, io, config, selected),
    ...(quiet ? {} : { onProgress: progress.show }),
  };
  const earlier = await earlierOption(args, places, io, config, asked);
  if ('problem' in earlier) {
    progress.end();
    io.stderr(problemText(earlier.problem));
    return 3;
  }
  const checked = await check(found.inputs, {
    ...asked,
    ...(changed === undefined || changed === 'all' ? {} : { changed }),
    ...baselineOption(args, io, config),
    ...(earlier.known === undefined ? {} : { earlier: earlier.known }),
  });
  progress.end();
  const report: Report = {
    ...checked,
    problems: [...found.problems, ...earlier.problems, ...checked.problems],
  };
  onReport?.(report);

  const colorOf = ({ file }: Output): boolean =>
    wantsColor(args, io, file === undefined && io.stdoutIsTerminal);
  const rendered: Rendered[] = [];
  for (const output of pathOutputs) {
    rendered.push({ output, text: await pathsText(report, output.format, colorOf(output)) });
  }
  const shown = { ...strictness, problems: !quiet || strict, summary: !quiet };
  for (const output of reportOutputs) {
    const text = await reportText(report, output.format, { ...shown, color: colorOf(output) }, selected, io);
    rendered.push({ output, text });
  }
  const isWritten = writeOutputs(rendered, io);
  tellWhatIsMissing(report, places, changed instanceof Set, io);
  const code = isWritten ? exitCodeOf(report, strictness) : 3;
  // Atlantis takes the verdict from the text, and any other exit code for a check that broke.
  const isInText = reportOutputs.some(({ format, file }) => format === 'atlantis' && file === undefined);
  return isInText && (code === 1 || code === 4) ? 0 : code;
}

/** What reads revisions is loaded when somebody asks for one. */
async function earlierOption(
  args: Arguments,
  ...others: [readonly string[], Io, LoadedConfig, CheckOptions]
): Promise<EarlierFindings | { readonly problem: Problem }> {
  if (!args.options.has('base')) return { problems: [] };
  return await (await import('./earlier-findings.ts')).earlierFindings(args, ...others);
}

async function reportText(
  report: Report,
  format: Format,
  options: TextOptions & Strictness,
  asked: readonly Policy[],
  io: Io,
): Promise<string> {
  if (format === 'text') return (await import('../report/text.ts')).toText(report, options);
  if (format === 'json')
    return jsonText((await import('../report/json.ts')).toJsonReport(report, packageVersion()));
  return renderReport(format, report, {
    ...options,
    version: packageVersion(),
    policies: asked.map(({ meta }) => meta),
    folder: repositoryFolder(io.cwd),
  });
}

async function pathsText(report: Report, format: PathsFormat, color: boolean): Promise<string> {
  if (format === 'text') return (await import('../report/paths-text.ts')).toPathsText(report, color);
  if (format === 'markdown') return (await import('../report/markdown.ts')).toPathsMarkdown(report);
  const { toJsonPaths } = await import('../report/json.ts');
  return jsonText(toJsonPaths(report, packageVersion()));
}

/** A report that says nothing about an input would pass for one that found nothing. */
function tellWhatIsMissing(
  { roots, problems }: Report,
  operands: readonly string[],
  isPart: boolean,
  io: Io,
): void {
  const fatal = problems.filter(({ severity }) => severity === 'fatal');
  for (const problem of fatal) io.stderr(problemText(problem));
  if (roots.length > 0 || fatal.length > 0) return;
  const places = operands.length === 0 ? ['.'] : operands;
  const below = places.map((place) => printable(place)).join(', ');
  io.stderr(
    `portcullis: ${isPart ? 'no root reads the changed files' : `nothing to check below ${below}`}\n`,
  );
}
