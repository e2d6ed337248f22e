import { evaluateTemplate } from '../sources/arm-template/evaluate-template.ts';
import { readParameterValues } from '../sources/arm-template/parameters-file.ts';
import { type BicepInput, readBicep, readBicepParameters } from '../sources/bicep/read-bicep.ts';
import type { Problem } from '../text/problem.ts';
import type { Value } from '../value/value.ts';
import { unreadableFile } from './load-problem.ts';
import type { LoadedRoot, Loading } from './load-roots.ts';
import type { Root } from './report.ts';

/** A Bicep file with its parameters: a `.bicepparam` file, JSON, or what the run gives. */
export function loadBicep(root: Root, { files, options, scope }: Loading): LoadedRoot | Problem {
  const { path, parameters: file } = root;
  const entry = file?.endsWith('.bicepparam') === true ? file : path;
  const text = files.text(entry);
  if (text === undefined) return unreadableFile(entry, files);
  const values = new Map<string, Value>();
  const problems: Problem[] = [];
  if (file !== undefined && file !== entry) {
    const read = readParameterValues({ path: file, text: files.text(file) ?? '' });
    for (const [name, value] of read ?? []) values.set(name, value);
    if (read === undefined) problems.push({ ...unreadableFile(file, files), severity: 'warning' });
  }
  for (const [name, value] of options.parameters ?? []) values.set(name, value);
  const input: BicepInput = {
    path: entry,
    text,
    parameters: values,
    readFile: (name) => files.text(name),
    readTemplate: evaluateTemplate,
    scope,
  };
  const read = entry === path ? readBicep(input) : readBicepParameters(input);
  return {
    root,
    kind: 'normal',
    model: read.model,
    problems: [...problems, ...read.problems],
    suppressions: read.suppressions,
  };
}
