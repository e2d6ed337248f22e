import { isIP } from 'node:net';

/** A place in a guest text that names an address as something to call. */
export interface Mention {
  /** The port that is called, when the text says so. */
  readonly port?: number;
}

/** Lines in which an address is something the guest owns or listens on, not something it calls. */
const OWNS =
  /\b(listen\w*|bind\w*|ip\s+(-\d\s+)?addr\w*\s+(add|replace)|ifconfig|ifcfg|New-NetIPAddress|netsh\b.*\badd\b|server_name|dev\s+lo\b|loopback|advertise[-_]addr\w*|virtual_ipaddress)\b/i;

/**
 * Where a text calls an address, a name, or what stands in a hole of it. Comments, prefixes such as `10.0.0.4/32` and lines that give the address to the
 * guest itself are no calls; when the guest owns the address it answers itself and nothing leaves it (semantics 5.1).
 */
export function mentionsOf(text: string, address: string): readonly Mention[] {
  const needle = address.toLowerCase();
  if (!text.toLowerCase().includes(needle)) return [];
  const pattern = patternOf(needle);
  const mentions: Mention[] = [];
  for (const line of text.split(/\r?\n/)) {
    if (!line.toLowerCase().includes(needle)) continue;
    if (OWNS.test(around(line, needle))) return [];
    if (/^\s*(#(?!!)|\/\/|;|rem\b)/i.test(line)) continue;
    for (const match of line.matchAll(pattern)) {
      const port = portOf(line.slice(0, match.index), line.slice(match.index + address.length));
      mentions.push(port === undefined ? {} : { port });
    }
  }
  return mentions;
}

/** A line, or the part of an endless one that matters. */
function around(line: string, needle: string): string {
  if (line.length <= 2 * NEARBY) return line;
  const at = line.toLowerCase().indexOf(needle);
  return line.slice(Math.max(0, at - NEARBY), at + NEARBY);
}

const NEARBY = 1000;

/** The address alone: no longer address or name that contains it, and no prefix. */
function patternOf(needle: string): RegExp {
  const escaped = needle.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  if (isIP(needle) !== 0) {
    const after = String.raw`(?![\d]|\.\d|/(?:3[0-2]|[12]?\d)\b(?![\d/]))`;
    return new RegExp(`(?<![\\d.])${escaped}${after}`, 'g');
  }
  return needle.startsWith('\uE000')
    ? new RegExp(escaped, 'g')
    : new RegExp(String.raw`(?<![\w.-])${escaped}(?![\w-]|\.\w)`, 'gi');
}

const SCHEME_PORTS: Readonly<Record<string, number>> = { http: 80, https: 443 };

function portOf(before: string, after: string): number | undefined {
  const written = /^[:/](\d{1,5})\b/.exec(after)?.[1];
  if (written !== undefined) return Number(written);
  const scheme = /\b([a-z][a-z0-9+.-]*):\/\/(?:[^\s/@]*@)?$/i.exec(before)?.[1];
  return scheme === undefined ? undefined : SCHEME_PORTS[scheme.toLowerCase()];
}
