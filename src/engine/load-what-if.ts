import { readWhatIf } from '../sources/arm-what-if/read-what-if.ts';
import type { Problem } from '../text/problem.ts';
import { unreadableFile } from './load-problem.ts';
import type { LoadedRoot, Loading } from './load-roots.ts';
import type { Root } from './report.ts';
import { NO_SUPPRESSIONS } from './suppressions.ts';

/** The result of an Azure what-if operation, as JSON. */
export function loadWhatIf(root: Root, { files }: Loading): LoadedRoot | Problem {
  const { path } = root;
  const text = files.text(path);
  if (text === undefined) return unreadableFile(path, files);
  const read = readWhatIf({ path, text });
  if ('problem' in read) return read.problem;
  return { root, kind: 'normal', model: read.model, problems: read.problems, suppressions: NO_SUPPRESSIONS };
}
