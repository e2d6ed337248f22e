import { readFileSync } from 'node:fs';
import path from 'node:path';
import { policies } from '../../policies/index.ts';
import type { PolicyMeta } from '../policy/index.ts';
import { createStyle, type Style } from '../report/style.ts';
import type { Arguments } from './arguments.ts';
import type { Io } from './io.ts';
import { loadPolicies } from './load-policies.ts';
import { packageRoot } from './package-files.ts';
import { policyNamed, wantsColor } from './settings.ts';
import { UsageError } from './usage-error.ts';

/** Where the generated parts of a page begin and end. */
const MARKER = /^<!--.*-->$/;
const FENCE = /^\s*(?:```|~~~)/;

/** Carries out `explain`: prints the page of a policy. Gives the exit code. */
export async function explainPolicy(args: Arguments, io: Io): Promise<number> {
  const [id, ...rest] = args.operands;
  if (id === undefined) throw new UsageError('`explain` needs a policy; `portcullis policies` lists them');
  if (rest.length > 0) throw new UsageError(`\`explain\` takes one policy, not ${args.operands.length}`);
  const policy = policyNamed(id, await loadPolicies(args, io));
  const page = policies.includes(policy)
    ? readFileSync(path.join(packageRoot(), 'policies', policy.meta.id, 'README.md'), 'utf8')
    : briefPage(policy.meta);
  io.stdout(pageText(page, createStyle(wantsColor(args, io, io.stdoutIsTerminal))));
  return 0;
}

/** What is known of a policy without a page: one of `--policies`. */
function briefPage({ id, title, severity, confidence, remedy, references }: PolicyMeta): string {
  const links = references.map((reference) => `- [${reference.title}](${reference.url})`).join('\n');
  return `# ${id}\n\n${title}.\n\n${severity}, ${confidence}\n\n## Remedy\n\n${remedy}\n\n## References\n\n${links}\n`;
}

/** Markdown as it is, with headings and code set off. */
function pageText(page: string, style: Style): string {
  let isCode = false;
  const lines = page
    .trimEnd()
    .split(/\r?\n/)
    .filter((line) => !MARKER.test(line))
    .map((line) => {
      if (line === '') return line;
      if (FENCE.test(line)) isCode = !isCode;
      if (isCode || FENCE.test(line)) return style('none', line);
      if (/^#{1,6} /.test(line)) return style('headline', line);
      return line.replace(/`[^`]+`/g, (code) => style('code', code));
    });
  return `${lines.join('\n')}\n`;
}
