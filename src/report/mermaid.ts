import type { Finding, Path } from '../policy/index.ts';
import { printable } from '../text/printable.ts';
import { decisionText, startOf } from './evidence-text.ts';

type Evidence = NonNullable<Finding['evidence']>;

const LONGEST_LABEL = 80;
const MOST_HOPS = 20;
/** All else goes by its number, so that no text ends a label, the picture or the block of code around it. */
const UNSAFE = /[^\p{L}\p{N} .,/()*=_+-]/gu;

/**
 * The way of a packet as a Mermaid flowchart: who sends it, the rule it takes, each hop with what decides there, and how
 * it ends. https://mermaid.js.org/syntax/flowchart.html
 */
export function mermaidOf(evidence: Evidence, path: Path | undefined): string {
  const { hops, verdict } = evidence;
  const start = startOf(evidence, path).map((text) => ({ text, decision: undefined, effect: undefined }));
  const stops = hops.slice(0, MOST_HOPS).map(({ at, decidedBy }) => ({
    text: at,
    decision: decidedBy === undefined ? 'undecided' : decisionText(decidedBy),
    effect: decidedBy?.effect ?? 'open',
  }));
  const nodes = [...start, ...stops];
  const lines = nodes.flatMap(({ text, decision, effect }, index) => {
    const label = decision === undefined ? labelOf(text) : `${labelOf(text)}<br>${labelOf(decision)}`;
    return [
      `  n${index}["${label}"]${effect === undefined ? '' : `:::${effect}`}`,
      ...(index === 0 ? [] : [`  n${index - 1} --> n${index}`]),
    ];
  });
  return [
    'flowchart LR',
    ...lines,
    `  n${nodes.length}(["${verdict}"]):::${verdict === 'dropped' ? 'deny' : verdict === 'delivered' ? 'allow' : 'open'}`,
    `  n${nodes.length - 1} ${verdict === 'dropped' ? '--x' : '-->'} n${nodes.length}`,
    '  classDef allow stroke:#1a7f37',
    '  classDef deny stroke:#cf222e,stroke-width:3px',
    '  classDef open stroke-dasharray:4',
  ].join('\n');
}

/** Mermaid writes a character by its number as `#35;`. */
function labelOf(text: string): string {
  return printable(text, LONGEST_LABEL).replace(UNSAFE, (character) => `#${character.codePointAt(0)};`);
}
