import { readArmTemplate } from '../sources/arm-template/read-arm-template.ts';
import type { Problem } from '../text/problem.ts';
import { unreadableFile } from './load-problem.ts';
import type { LoadedRoot, Loading } from './load-roots.ts';
import type { Root } from './report.ts';
import { NO_SUPPRESSIONS } from './suppressions.ts';

/** An ARM template with its parameters file. */
export function loadArmTemplate(root: Root, { files, scope }: Loading): LoadedRoot | Problem {
  const { path, parameters } = root;
  const text = files.text(path);
  if (text === undefined) return unreadableFile(path, files);
  const given = parameters === undefined ? undefined : files.text(parameters);
  const read = readArmTemplate({
    path,
    text,
    readFile: (name) => files.text(name),
    scope,
    ...(root.isCalled === true ? { isCalled: true } : {}),
    ...(parameters === undefined || given === undefined
      ? {}
      : { parameters: [{ path: parameters, text: given }] }),
  });
  if ('problem' in read) return read.problem;
  return { root, kind: 'normal', model: read.model, problems: read.problems, suppressions: NO_SUPPRESSIONS };
}
