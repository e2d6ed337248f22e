import { tracePacket } from '../engine/trace-packet.ts';
import { toJsonTrace } from '../report/json.ts';
import { jsonText } from '../report/json-text.ts';
import { problemText } from '../report/problem-text.ts';
import { toTraceText } from '../report/trace-text.ts';
import { printable } from '../text/printable.ts';
import type { Arguments } from './arguments.ts';
import type { OptionName } from './commands.ts';
import type { Io } from './io.ts';
import { loadConfig } from './load-config.ts';
import { loadOptionsOf } from './load-options.ts';
import { loadPolicies } from './load-policies.ts';
import { quoted, validChoice } from './nearest.ts';
import { parseOutputs, type Rendered, writeOutputs } from './outputs.ts';
import { readInputs } from './read-inputs.ts';
import { choiceOf, PROTOCOLS, valuesOf, wantsColor } from './settings.ts';
import { UsageError } from './usage-error.ts';

/** Carries out `trace`. Gives 0 for an answer, 3 when nothing could be read, 4 for an open answer under `--strict`. */
export async function runTrace(args: Arguments, io: Io): Promise<number> {
  const from = required(args, 'from');
  const to = required(args, 'to');
  const protocol = choiceOf(args, 'protocol', PROTOCOLS) ?? 'tcp';
  const port = protocol === 'icmp' ? 0 : portOf(required(args, 'port'));
  const outputs = parseOutputs(valuesOf(args, 'format'), io.cwd);
  const config = await loadConfig(args, io, await loadPolicies(args, io));
  const found = readInputs(args.operands, io, config.exclusion);
  const result = await tracePacket(
    found.inputs,
    { from, to, protocol, port },
    loadOptionsOf(args, io, config),
  );
  for (const problem of [...found.problems, ...result.problems]) {
    if (problem.severity === 'fatal') io.stderr(problemText(problem));
  }
  if ('noRoot' in result) {
    io.stderr('portcullis: no root to trace a packet in\n');
    return 3;
  }
  if ('unclear' in result) throw new UsageError(unclearText(result.unclear, result.how, result.names));
  const { answer } = result;
  const rendered = outputs.map((output): Rendered => {
    const color = wantsColor(args, io, output.file === undefined && io.stdoutIsTerminal);
    const text = output.format === 'json' ? jsonText(toJsonTrace(answer)) : toTraceText(answer, color);
    return { output, text };
  });
  if (!writeOutputs(rendered, io)) return 3;
  return answer.verdict === 'unknown' && args.options.has('strict') ? 4 : 0;
}

function required(args: Arguments, name: OptionName): string {
  const value = valuesOf(args, name).at(-1);
  if (value === undefined) throw new UsageError(`\`trace\` needs \`--${name}\``);
  return value;
}

function portOf(text: string): number {
  const port = /^[1-9]\d{0,4}$/.test(text) ? Number(text) : 0;
  if (port < 1 || port > 65_535) throw new UsageError(`\`--port\` cannot be ${quoted(text)}: 1 to 65535`);
  return port;
}

function unclearText(word: string, how: 'not-found' | 'ambiguous', names: readonly string[]): string {
  if (how === 'not-found') return `nothing here is called ${quoted(word)}${validChoice(word, names)}`;
  return `${quoted(word)} can be ${names.map((name) => `\`${printable(name)}\``).join(' or ')}`;
}
