import type { Finding } from '../policy/index.ts';
import { printable } from '../text/printable.ts';
import { distinctInputs } from './distinct-inputs.ts';
import { packetText } from './evidence-text.ts';
import { inputLines } from './inputs-text.ts';
import { originText } from './place-text.ts';
import { createStyle } from './style.ts';

type Trace = NonNullable<Finding['evidence']>;
type Hop = Trace['hops'][number];

const LOOKS = { delivered: 'open', dropped: 'blocked', unknown: 'unknown' } as const;

/** What happens to one packet, for people: the packet, a line for each hop, the verdict, and what an open one waits for. */
export function toTraceText(trace: Trace, color: boolean): string {
  const style = createStyle(color);
  const { packet, hops, verdict, waitsFor } = trace;
  const width = Math.max(0, ...hops.map(({ at }) => printable(at).length));
  const lines = hops.map((hop) => `  ${printable(hop.at).padEnd(width)}  ${hopText(hop)}`);
  const inputs =
    verdict === 'unknown' ? inputLines(distinctInputs(waitsFor)).map((line) => `  waits for: ${line}`) : [];
  return `${[packetText(packet), ...lines, style(LOOKS[verdict], verdict), ...inputs].join('\n')}\n`;
}

function hopText({ decidedBy }: Hop): string {
  if (decidedBy === undefined) return 'undecided';
  const { name, priority, effect, group, origin } = decidedBy;
  const rule = [
    ...(group === undefined ? [] : [`${printable(group)}:`]),
    printable(name),
    ...(priority === undefined ? [] : [String(priority)]),
  ].join(' ');
  const place = origin.kind === 'platform' ? '' : ` (${originText(origin)})`;
  return `${effect} by ${rule}${place}`;
}
