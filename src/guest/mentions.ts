import { isIP } from 'node:net';
import { usageOf } from './usage.ts';

/** A place in a guest text that names an address. */
export interface Mention {
  /** The port that is called, when the text says so. */
  readonly port?: number;
  /**
   * `call`: the words around it connect to it; `cluster`: the guest joins its cluster, or lets its peers find it, there;
   * `mention`: it only stands there, as the argument of a script or a setting that nothing explains.
   */
  readonly usage: 'call' | 'cluster' | 'mention';
  /** The line, as it stands in the text. */
  readonly line: string;
}

/** Lines that give the address to the guest itself: then it answers itself, and nothing leaves it (semantics 5.1). */
const OWNS =
  /\bip\s+(-\d\s+)?addr\w*\s+(add|replace)\b|\b(ifconfig|ifcfg|New-NetIPAddress|loopback|virtual_ipaddress)\b|\bnetsh\b.*\badd\b|\bdev\s+lo\b/i;
/** What a server is told to listen on right before the address, and a port that a container has there. */
const LISTENS = /\b(?:listen|bind)[\w-]*["']?\s*(?:[:=(]|\s)[^;|&]*$|(?:^|\s)(?:-p|--publish)[= ]["']?$/i;
const COMMENT = /^\s*(#(?!!)|\/\/|;|rem\b)/i;

/**
 * Where a text names an address, a name, or what stands in a hole of it, and for what. Comments, prefixes such as
 * `10.0.0.4/32`, names that the guest gives itself and rules of its firewall are left out. A variable that holds the address
 * stands for it.
 */
export function mentionsOf(text: string, address: string): readonly Mention[] {
  const needle = address.toLowerCase();
  if (!text.toLowerCase().includes(needle)) return [];
  const pattern = patternOf(needle);
  const lines = withVariables(text, address).split(/\r?\n/);
  const mentions: Mention[] = [];
  for (const [index, line] of lines.entries()) {
    if (!line.toLowerCase().includes(needle) || COMMENT.test(line)) continue;
    if (OWNS.test(around(line, needle))) return [];
    for (const match of line.matchAll(pattern)) {
      const before = line.slice(Math.max(0, match.index - NEARBY), match.index);
      const after = line.slice(match.index + match[0].length, match.index + match[0].length + NEARBY);
      if (LISTENS.test(before)) return [];
      const usage = usageOf(before, after, () => keyAbove(lines, index));
      if (usage !== undefined) mentions.push({ ...usage, line });
    }
  }
  return mentions;
}

const NEARBY = 1000;

/** A line, or the part of an endless one that matters. */
function around(line: string, needle: string): string {
  if (line.length <= 2 * NEARBY) return line;
  const at = line.toLowerCase().indexOf(needle);
  return line.slice(Math.max(0, at - NEARBY), at + NEARBY);
}

/** The text with the address in place of the variables of shells that are set to it and to nothing else. */
function withVariables(text: string, address: string): string {
  const names = new Set<string>();
  const others = new Set<string>();
  for (const [, name, value] of text.matchAll(
    /^[ \t]*(?:export[ \t]+|set[ \t]+)?\$?([A-Za-z_]\w{0,60})[ \t]*=[ \t]*(\S.{0,300})$/gm,
  )) {
    if (name === undefined || value === undefined) continue;
    const plain = value.replace(/^["']|["']?\s*;?\s*$/g, '').toLowerCase();
    (plain === address.toLowerCase() ? names : others).add(name);
  }
  for (const name of others) names.delete(name);
  if (names.size === 0) return text;
  return text.replace(
    /\$(?:\{(\w+)\}|([A-Za-z_]\w*))(?![ \t]*=)/g,
    (whole, braced?: string, bare?: string) => (names.has(braced ?? bare ?? '') ? address : whole),
  );
}

/** The key of the list that an item on a line of its own belongs to: `retry_join:` above `- 10.0.0.4`. */
function keyAbove(lines: readonly string[], index: number): string {
  const indent = indentOf(lines[index] ?? '');
  for (let at = index - 1; at >= Math.max(0, index - 20); at -= 1) {
    const line = lines[at] ?? '';
    if (/^\s*-\s/.test(line) || /^\s*["'][^"']*["'],?\s*$/.test(line) || line.trim() === '') continue;
    if (indentOf(line) > indent) continue;
    return /([\w.-]+)["']?\s*[:=]\s*[[(]?\s*$/.exec(line.slice(0, NEARBY))?.[1] ?? '';
  }
  return '';
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

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
