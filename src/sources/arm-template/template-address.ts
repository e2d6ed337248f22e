import { quoted } from '../../arm/expression-text.ts';
import type { Origin } from '../../text/origin.ts';
import type { Unknown, Value } from '../../value/value.ts';
import { relativeTo } from './relative-path.ts';

/**
 * The address a template is deployed from, `deployment().properties.templateLink.uri`. It is not known, but what
 * stands relative to it stands relative to the file.
 */
export function addressOfTemplate(path: string, origin: Origin): Unknown {
  const reason = { kind: 'runtime', name: 'deployment().properties.templateLink.uri' } as const;
  return { kind: 'unknown', reason, origin, expression: `addressof(${quoted(path)})` };
}

/** `uri(address, relative)` of such an address. Undefined for any other. */
export function resolveAddress(base: Value, relative: Value): Unknown | undefined {
  const path = fileAtAddress(base);
  if (path === undefined || base.kind !== 'unknown') return undefined;
  if (relative.kind !== 'known' || /^(?:[a-z]+:|\/)/i.test(String(relative.value))) return undefined;
  return addressOfTemplate(relativeTo(path, String(relative.value).replace(/[?#].*$/, '')), base.origin);
}

/** The file that stands at such an address. */
export function fileAtAddress(address: Value): string | undefined {
  if (address.kind !== 'unknown') return undefined;
  return /^addressof\('(.*)'\)$/.exec(address.expression ?? '')?.[1]?.replaceAll("''", "'");
}
