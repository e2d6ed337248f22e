import { known, type Reference, type Unknown, type Value } from '../value/value.ts';
import type { DeclaredIds } from './declared-ids.ts';
import { type IdPattern, parseCanonicalId, readIdPattern } from './id-pattern.ts';

const UNSETTLED_SCOPE = {
  kind: 'runtime',
  name: 'the subscription and resource group of the deployment',
} as const;

export interface LinkFinaliser {
  finalise(value: Value): Value;
  /** The value that holds this id. `source` gives its origin and, where it is not known, what it waits for. */
  linkTo(pattern: IdPattern, source: Value): Value;
}

/**
 * Settles every resource id in a value against what the root declares:
 *
 * - the id of something declared becomes a reference to it, or stays the text it is;
 * - an id that may be that of something declared becomes an open choice among the candidates;
 * - the id of an element that may be among those that cannot be read waits for them;
 * - an id of which only subscription or resource group are not known, and that is nothing declared, becomes its
 *   canonical text: it certainly leads outside;
 * - everything else stays, so that nothing that may be a link becomes a link to nothing.
 *
 * Values are shared, so each is settled once however often it is used.
 */
export function createLinkFinaliser(ids: DeclaredIds): LinkFinaliser {
  const done = new Map<Value, Value>();

  function finalise(value: Value): Value {
    if (value.kind === 'absent' || isNoId(value)) return value;
    const known = done.get(value);
    if (known !== undefined) return known;
    const settled = settle(value);
    done.set(value, settled);
    return settled;
  }

  function settle(value: Value): Value {
    switch (value.kind) {
      case 'list': {
        const items = value.items.map(finalise);
        return items.every((item, index) => item === value.items[index]) ? value : { ...value, items };
      }
      case 'object': {
        let changed = false;
        const fields = new Map<string, Value>();
        for (const [name, item] of value.fields) {
          const settled = finalise(item);
          changed ||= settled !== item;
          fields.set(name, settled);
        }
        return changed ? { ...value, fields } : value;
      }
      case 'unknown':
        return value.references === undefined ? settleText(value) : settleReferences(value, value.references);
      default:
        return settleText(value);
    }
  }

  function settleText(value: Value): Value {
    const pattern = readIdPattern(value);
    return pattern === undefined || !isResourceId(pattern) ? value : link(pattern, value);
  }

  function link(pattern: IdPattern, value: Value): Value {
    const match = ids.find(pattern);
    if (match.kind === 'exact') {
      if (value.kind !== 'unknown') return value;
      return { ...value, references: [{ id: pattern.text, property: 'id' }] };
    }
    if (match.kind === 'many') {
      return value.kind === 'unknown' ? waitingForName(value) : unsettled(value.origin, pattern);
    }
    if (match.kind === 'unread') {
      const { reason, origin } = match.waitsFor;
      return { kind: 'unknown', reason, origin, expression: `'${pattern.text}'` };
    }
    if (match.ids.length > 0) {
      const references = match.ids.map((id) => ({ id, property: 'id' }));
      const waiting = value.kind === 'unknown' ? waitingForName(value) : unsettled(value.origin, pattern);
      return { ...waiting, references, open: true };
    }
    if (value.kind !== 'unknown') return value;
    const isOutside = pattern.lead === undefined && namesAreKnown(pattern);
    return isOutside ? known(pattern.text, value.origin) : waitingForName(value);
  }

  function settleReferences(value: Unknown, references: readonly Reference[]): Unknown {
    let open = value.open === true;
    const settled = references.flatMap((reference): readonly Reference[] => {
      const pattern = parseCanonicalId(reference.id);
      const match = pattern === undefined ? undefined : ids.find(pattern);
      if (match === undefined || match.kind === 'exact' || match.kind === 'unread') return [reference];
      if (match.kind === 'candidates' && match.ids.length === 0) return [reference];
      open = true;
      if (match.kind === 'many') return [];
      return match.ids.map((id) => ({ ...reference, id }));
    });
    return open ? { ...value, references: settled, open } : { ...value, references: settled };
  }

  return {
    finalise,
    linkTo(pattern, source) {
      if (pattern.isKnown) return link(pattern, known(pattern.text, source.origin));
      const { origin } = source;
      const reason = source.kind === 'unknown' ? waitingForName(source).reason : UNSETTLED_SCOPE;
      return link(pattern, { kind: 'unknown', reason, origin, expression: `'${pattern.text}'` });
    },
  };
}

/** Most values are names, numbers and switches, which need no place among those that are settled. */
function isNoId(value: Value): boolean {
  return value.kind === 'known' && !(typeof value.value === 'string' && value.value.includes('/'));
}

/** Text that begins as an id does. After an unknown beginning anything may follow, so only candidates tell. */
function isResourceId(pattern: IdPattern): boolean {
  const first = pattern.segments[0]?.text;
  return pattern.lead !== undefined || first === 'subscriptions' || first === 'providers';
}

/** An id waits for its name; its subscription and resource group are unknown in every id alike. */
function waitingForName(value: Unknown): Unknown {
  const parts = value.parts ?? [];
  const provider = parts.findLastIndex((part) => typeof part === 'string' && /\/providers\//i.test(part));
  const name = parts.slice(provider + 1).find((part) => typeof part !== 'string');
  if (provider === -1 || name === undefined || typeof name === 'string') return value;
  return { ...value, reason: name.reason, origin: name.origin };
}

function namesAreKnown(pattern: IdPattern): boolean {
  const provider = pattern.segments.findIndex(({ text }) => text === 'providers');
  return provider !== -1 && pattern.segments.slice(provider).every(({ isKnown }) => isKnown);
}

function unsettled(origin: Unknown['origin'], pattern: IdPattern): Unknown {
  return { kind: 'unknown', reason: UNSETTLED_SCOPE, origin, expression: `'${pattern.text}'` };
}
