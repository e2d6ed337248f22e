import { textItems } from '../model/azure/element.ts';
import type { RuleSide, SecurityRule } from '../model/azure/network-security-group.ts';
import type { Origin } from '../text/origin.ts';
import { type Evaluated, field } from '../value/value.ts';
import { parsePrefix } from './packets/address.ts';
import { PROTOCOLS, parsePorts } from './packets/packet.ts';
import { isTagWord } from './service-tags.ts';

/** Something in a security rule for which Azure refuses to deploy it: semantics 1.2 and 1.4. */
export interface RuleFault {
  readonly kind:
    | 'priority'
    | 'word'
    | 'port'
    | 'address'
    | 'address-missing'
    | 'port-missing'
    | 'word-in-list';
  /** The property: `priority`, `protocol`, `access`, `direction`, or `source` and `destination` for an end. */
  readonly of: 'priority' | 'protocol' | 'access' | 'direction' | 'source' | 'destination';
  /** As written; undefined for what is missing and for secrets. */
  readonly text?: string;
  readonly origin: Origin;
}

export const LOWEST_PRIORITY = 100;
export const HIGHEST_PRIORITY = 4096;

/** What Azure accepts for the properties that are one of a few words, without regard to case. */
const RULE_WORDS: Readonly<Record<'protocol' | 'access' | 'direction', readonly string[]>> = {
  protocol: ['*', 'any', ...PROTOCOLS],
  access: ['allow', 'deny'],
  direction: ['inbound', 'outbound'],
};

/** Only what Azure certainly refuses; a value that is not known is no fault. */
export function faultsOf(rule: SecurityRule): readonly RuleFault[] {
  const { priority } = rule;
  const isInRange =
    priority.kind !== 'known' || (priority.value >= LOWEST_PRIORITY && priority.value <= HIGHEST_PRIORITY);
  const words = (['protocol', 'access', 'direction'] as const).flatMap((of): RuleFault[] => {
    const word = rule[of];
    if (word.kind !== 'known' || RULE_WORDS[of].includes(word.value.toLowerCase())) return [];
    return [{ kind: 'word', of, ...shown(word) }];
  });
  return [
    ...(isInRange ? [] : [{ kind: 'priority', of: 'priority', ...shown(priority) } as const]),
    ...words,
    ...sideFaults(rule, 'source'),
    ...sideFaults(rule, 'destination'),
  ];
}

function sideFaults(rule: SecurityRule, of: 'source' | 'destination'): readonly RuleFault[] {
  const side = rule[of];
  const { prefixes, ports } = side;
  const inList = textItems(field(rule.properties, `${of}AddressPrefixes`)).items.filter(isKnownWord);
  const addresses = prefixes.items.filter((prefix) => isWritten(prefix) && !isAddress(prefix));
  const wrongPorts = ports.items.filter((port) => isWritten(port) && !isPort(port));
  return [
    ...(hasNoAddress(side) ? [{ kind: 'address-missing', of, origin: rule.origin } as const] : []),
    ...addresses.map((prefix): RuleFault => ({ kind: 'address', of, ...shown(prefix) })),
    ...inList.map((prefix): RuleFault => ({ kind: 'word-in-list', of, ...shown(prefix) })),
    ...(hasNone(ports) ? [{ kind: 'port-missing', of, origin: rule.origin } as const] : []),
    ...wrongPorts.map((port): RuleFault => ({ kind: 'port', of, ...shown(port) })),
  ];
}

function shown(value: Evaluated<string> | Evaluated<number>): {
  readonly text?: string;
  readonly origin: Origin;
} {
  const isShown = value.kind === 'known' && value.sensitive !== true;
  return isShown ? { text: String(value.value), origin: value.origin } : { origin: value.origin };
}

/** A list takes addresses and prefixes, and no word that stands for others. */
function isKnownWord(value: Evaluated<string>): boolean {
  return value.kind === 'known' && (value.value === '*' || isTagWord(value.value));
}

/** Spaces around a value are not known to be refused. */
function isAddress(value: Evaluated<string>): boolean {
  if (value.kind !== 'known') return true;
  const text = value.value.trim();
  return text === '*' || isTagWord(text) || parsePrefix(text) !== undefined;
}

/** Neither are leading zeros. */
function isPort(value: Evaluated<string>): boolean {
  if (value.kind !== 'known') return true;
  return parsePorts(value.value.replaceAll(/\s/g, '').replaceAll(/\b0+(?=\d)/g, '')) !== undefined;
}

function hasNoAddress({ prefixes, applicationSecurityGroups: groups }: RuleSide): boolean {
  return hasNone(prefixes) && groups.items.length === 0 && groups.unknown === undefined;
}

function hasNone({ items, unknown }: RuleSide['prefixes']): boolean {
  return unknown === undefined && !items.some(isWritten);
}

/** Providers write unset texts as "". */
function isWritten(value: Evaluated<string>): boolean {
  return value.kind !== 'absent' && !(value.kind === 'known' && value.value === '');
}
