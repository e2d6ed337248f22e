import type { OpenPart, OpenRule } from './open-machine.ts';
import { and, type Formula, not, or } from './packet-formula.ts';
import { type Bounds, defaultRules, type End, type Standpoint, written } from './rule-formula.ts';

/**
 * Whether a level lets the packet pass, with everything that is open as a variable: one model of the formula is one
 * packet in one completion. Among the rules that are there and match, the one with the lowest priority decides.
 */
export function passesLevel(
  rules: readonly OpenRule[],
  standpoint: Standpoint,
  name: string,
): { definitions: string; passes: string } {
  const lines: string[] = [];
  const symbolic = rules.map((each, index) => symbolicRule(each, standpoint, `${name}r${index}`, lines));
  const defaults = defaultRules(standpoint).map(({ allows, ...bounds }, index) => ({
    applies: completed(bounds, `${name}d${index}`, lines),
    allows: allows ? 'true' : 'false',
    priority: `(_ bv${65_000 + index} 17)`,
  }));
  const all = [...symbolic, ...defaults];
  for (const [index, a] of symbolic.entries())
    for (const b of symbolic.slice(index + 1))
      lines.push(`(assert (or (not ${a.counts}) (not ${b.counts}) (distinct ${a.priority} ${b.priority})))`);
  const wins = all.map((candidate, index) =>
    and([
      candidate.applies,
      candidate.allows,
      ...all.flatMap((other, position) =>
        position === index
          ? []
          : [or([not(other.applies), `(bvult ${candidate.priority} ${other.priority})`])],
      ),
    ]),
  );
  lines.push(`(define-fun ${name}passes () Bool ${or(wins)})`);
  return { definitions: lines.join('\n'), passes: `${name}passes` };
}

interface Symbolic {
  /** It is there, and in the direction that is looked at. */
  readonly counts: Formula;
  readonly applies: Formula;
  readonly allows: Formula;
  readonly priority: Formula;
}

function symbolicRule(
  { rule, open }: OpenRule,
  standpoint: Standpoint,
  name: string,
  lines: string[],
): Symbolic {
  const declare = (suffix: string, sort: string): string => {
    lines.push(`(declare-const ${name}${suffix} ${sort})`);
    return `${name}${suffix}`;
  };
  const isOpen = (part: OpenPart): boolean => open.includes(part);
  const flag = (suffix: string): string => declare(suffix, 'Bool');
  const ports = (
    variable: 'sp' | 'dp',
    texts: readonly string[],
    all: OpenPart,
    more?: OpenPart,
  ): Formula => {
    const known = isOpen(all) ? [] : texts.map((text) => written.port(variable, text));
    if (!isOpen(all) && (more === undefined || !isOpen(more))) return or(known);
    const [low, high] = [
      declare(`${variable}low`, '(_ BitVec 16)'),
      declare(`${variable}high`, '(_ BitVec 16)'),
    ];
    return or([...known, and([`(bvule ${low} ${variable})`, `(bvule ${variable} ${high})`])]);
  };
  const side = (end: End, bounds: Bounds, all: OpenPart, more?: OpenPart): Formula => {
    const known = isOpen(all) ? [] : [completed(bounds, `${name}${end}`, lines)];
    if (!isOpen(all) && (more === undefined || !isOpen(more))) return or(known);
    const [kind, low, high] = [
      declare(`${end}kind`, '(_ BitVec 2)'),
      declare(`${end}low`, '(_ BitVec 128)'),
      declare(`${end}high`, '(_ BitVec 128)'),
    ];
    const within = and([`(= ${end}k ${kind})`, `(bvule ${low} ${end}v)`, `(bvule ${end}v ${high})`]);
    return or([...known, flag(`${end}any`), within]);
  };
  if (isOpen('priority')) {
    declare('priority', '(_ BitVec 17)');
    lines.push(`(assert (and (bvuge ${name}priority (_ bv100 17)) (bvule ${name}priority (_ bv4096 17))))`);
  }
  const isOther = rule.direction !== standpoint.direction;
  const counts = and([
    isOpen('existence') ? flag('exists') : 'true',
    isOpen('direction') ? flag('direction') : isOther ? 'false' : 'true',
  ]);
  const matches = and([
    counts,
    isOpen('protocol')
      ? or([flag('anyprotocol'), `(= p ${declare('protocol', '(_ BitVec 3)')})`])
      : written.protocol(rule.protocol),
    ports('sp', rule.sourcePorts, 'sourcePorts'),
    ports('dp', rule.destinationPorts, 'destinationPorts', 'morePorts'),
    side('s', written.side('s', rule.source, standpoint), 'source', 'moreSources'),
    side('d', written.side('d', rule.destination, standpoint), 'destination'),
  ]);
  lines.push(`(define-fun ${name}applies () Bool ${matches})`);
  return {
    counts,
    applies: `${name}applies`,
    allows: isOpen('access') ? flag('allows') : rule.access === 'Allow' ? 'true' : 'false',
    priority: isOpen('priority') ? `${name}priority` : `(_ bv${rule.priority} 17)`,
  };
}

/** What is only possibly matched is matched or not, as a variable says. */
function completed({ must, may }: Bounds, name: string, lines: string[]): Formula {
  if (must === may) return must;
  lines.push(`(declare-const ${name}turnsout Bool)`);
  return or([must, and([may, `${name}turnsout`])]);
}
