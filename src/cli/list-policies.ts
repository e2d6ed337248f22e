import type { Policy } from '../policy/index.ts';
import { jsonText } from '../report/json-text.ts';
import { createStyle } from '../report/style.ts';
import type { Arguments } from './arguments.ts';
import type { Io } from './io.ts';
import { loadPolicies } from './load-policies.ts';
import { type Output, parseOutputs, writeOutputs } from './outputs.ts';
import { valuesOf, wantsColor } from './settings.ts';
import { UsageError } from './usage-error.ts';

/** Carries out `policies`. Gives the exit code. */
export async function listPolicies(args: Arguments, io: Io): Promise<number> {
  if (args.operands.length > 0) throw new UsageError('`policies` takes no operand; did you mean `explain`?');
  const outputs = parseOutputs(valuesOf(args, 'format'), io.cwd);
  const policies = await loadPolicies(args, io);
  const rendered = outputs.map((output) => {
    const color = wantsColor(args, io, output.file === undefined && io.stdoutIsTerminal);
    return { output, text: listText(policies, output, color) };
  });
  return writeOutputs(rendered, io) ? 0 : 3;
}

function listText(policies: readonly Policy[], { format }: Output, color: boolean): string {
  const metas = policies.map(({ meta }) => meta);
  if (format === 'json') {
    return jsonText(
      metas.map(({ id, title, severity, confidence, remedy, references }) => ({
        id,
        title,
        severity,
        confidence,
        remedy,
        docs: references[0].url,
      })),
    );
  }
  const style = createStyle(color);
  const width = Math.max(...metas.map(({ id }) => id.length));
  return metas
    .map(({ id, severity, title }) => {
      const padding = ' '.repeat('warning'.length - severity.length);
      return `${id.padEnd(width)}  ${style(severity, severity)}${padding}  ${title}\n`;
    })
    .join('');
}
