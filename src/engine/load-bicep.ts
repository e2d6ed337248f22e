import { evaluateTemplate } from '../sources/arm-template/evaluate-template.ts';
import { readBicep } from '../sources/bicep/read-bicep.ts';
import type { Problem } from '../text/problem.ts';
import { unreadableFile } from './load-problem.ts';
import type { LoadedRoot, Loading } from './load-roots.ts';
import type { Root } from './report.ts';

/** The place in the repository of what others use, wherever the command is run. */
const MODULES = /(?:^|\/)modules?\//i;

/** A Bicep file with its parameters: a `.bicepparam` file, JSON, or what the run gives. */
export function loadBicep(root: Root, { files, options, scope, openBicep }: Loading): LoadedRoot | Problem {
  const { path, parameters: file } = root;
  const isBicepParam = file?.endsWith('.bicepparam') === true;
  const entry = isBicepParam ? file : path;
  const text = files.text(entry);
  if (text === undefined) return unreadableFile(entry, files);
  const given = file === undefined || isBicepParam ? undefined : files.text(file);
  const read = readBicep({
    path: entry,
    text,
    readFile: (name) => files.text(name),
    openFile: openBicep,
    readTemplate: evaluateTemplate,
    scope,
    isForCallers: file === undefined && MODULES.test(root.key ?? path),
    ...(options.parameters === undefined ? {} : { parameters: options.parameters }),
    ...(options.readVariable === undefined ? {} : { readVariable: options.readVariable }),
    ...(file === undefined || given === undefined ? {} : { parameterFiles: [{ path: file, text: given }] }),
  });
  const fatal = read.problems.find(({ severity }) => severity === 'fatal');
  if (fatal !== undefined) return fatal;
  const { model, problems, suppressions } = read;
  return { root, kind: 'normal', model, problems, suppressions };
}
