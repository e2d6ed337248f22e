import type { Carrier } from '../model/azure/virtual-machine.ts';

const LONGEST_TEXT = 4 * 1024 * 1024;

/**
 * The readable texts of a carrier: custom data and user data are base64, extension settings are JSON whose `script`
 * is base64. Nothing is executed, and compressed content stays unread.
 */
export function guestTexts(carrier: Carrier): readonly string[] {
  const { value } = carrier;
  if (value.kind !== 'known' || typeof value.value !== 'string' || value.value.length > LONGEST_TEXT)
    return [];
  if (carrier.kind !== 'extension-settings') return [decodeBase64(value.value) ?? value.value];
  const settings = parseObject(value.value);
  if (settings === undefined) return [value.value];
  return Object.entries(settings).flatMap(([name, text]) => {
    if (typeof text !== 'string') return [JSON.stringify(text)];
    return [name.toLowerCase() === 'script' ? (decodeBase64(text) ?? text) : text];
  });
}

/** Text that is well-formed base64 of text, also when it is nested once more, as `encoding: b64` files are. */
function decodeBase64(text: string): string | undefined {
  const compact = text.replace(/\s+/g, '');
  if (compact.length === 0 || compact.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(compact))
    return undefined;
  const decoded = Buffer.from(compact, 'base64').toString('utf8');
  return decoded.includes('\uFFFD') ? undefined : `${decoded}\n${embedded(decoded)}`;
}

/** The decoded forms of base64 words inside a text, one per line. */
function embedded(text: string): string {
  const words = text.match(/[A-Za-z0-9+/]{24,}={0,2}/g) ?? [];
  return words
    .filter((word) => word.length % 4 === 0)
    .map((word) => Buffer.from(word, 'base64').toString('utf8'))
    .filter((decoded) => !decoded.includes('\uFFFD'))
    .join('\n');
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** A place in a guest text that names an address as something to call. */
export interface Mention {
  /** The port that is called, when the text says so. */
  readonly port?: number;
}

/** Lines in which an address is something the guest owns or listens on, not something it calls. */
const OWNS =
  /\b(listen\w*|bind\w*|ip\s+(-\d\s+)?addr\w*\s+(add|replace)|ifconfig|ifcfg|New-NetIPAddress|netsh\b.*\badd\b|server_name|dev\s+lo\b|loopback|advertise[-_]addr\w*|virtual_ipaddress)\b/i;

/**
 * Where a text calls the address. Comments, prefixes such as `10.0.0.4/32` and lines that give the address to the
 * guest itself are no calls; when the guest owns the address it answers itself and nothing leaves it (semantics 5.1).
 */
export function mentionsOf(text: string, address: string): readonly Mention[] {
  const pattern = new RegExp(
    `(?<![\\d.])${address.replaceAll('.', '\\.')}(?![\\d]|\\.\\d|/(?:3[0-2]|[12]?\\d)\\b(?![\\d/]))`,
    'g',
  );
  const mentions: Mention[] = [];
  for (const line of text.split(/\r?\n/)) {
    if (!line.includes(address)) continue;
    if (OWNS.test(line)) return [];
    if (/^\s*(#(?!!)|\/\/|;|rem\b)/i.test(line)) continue;
    for (const match of line.matchAll(pattern)) {
      const port = portOf(line.slice(0, match.index), line.slice(match.index + address.length));
      mentions.push(port === undefined ? {} : { port });
    }
  }
  return mentions;
}

const SCHEME_PORTS: Readonly<Record<string, number>> = { http: 80, https: 443 };

function portOf(before: string, after: string): number | undefined {
  const written = /^[:/](\d{1,5})\b/.exec(after)?.[1];
  if (written !== undefined) return Number(written);
  const scheme = /\b([a-z][a-z0-9+.-]*):\/\/(?:[^\s/@]*@)?$/i.exec(before)?.[1];
  return scheme === undefined ? undefined : SCHEME_PORTS[scheme.toLowerCase()];
}
