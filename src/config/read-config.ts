import { isIP } from 'node:net';
import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import { isDay } from '../text/day.ts';
import type { Config, ConfigFault } from './config.ts';
import { CONFIG_SCHEMA } from './schema.ts';
import { type SchemaFault, validate } from './validate.ts';

/** Reads the text of a configuration file, YAML or JSON, or says everything that is wrong with it. */
export function readConfig(
  text: string,
  path: string,
  policies: readonly string[],
): { readonly config: Config } | { readonly faults: readonly ConfigFault[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, merge: false });
  const at = (offset: number, message: string): ConfigFault => {
    const { line, col } = lines.linePos(offset);
    return { path, line: Math.max(1, line), column: Math.max(1, col), message };
  };
  if (document.errors.length > 0) {
    return { faults: document.errors.map(({ pos, message }) => at(pos[0], firstLine(message))) };
  }
  // Aliases can blow a small text up; nothing in a configuration needs them.
  if (text.includes('&') && hasAlias(document)) return { faults: [at(0, 'aliases are not supported')] };
  const value: unknown = document.toJS({ maxAliasCount: 0 }) ?? {};
  const faults = validate(CONFIG_SCHEMA, value);
  if (faults.length === 0) {
    const config = value as Config;
    const senseless = [
      ...unknownPolicies(config, policies),
      ...wrongNames(config),
      ...wrongAddresses(config),
      ...wrongDays(config),
    ];
    if (senseless.length === 0) return { config };
    return { faults: senseless.map((fault) => at(offsetOf(document, fault), messageOf(fault))) };
  }
  return { faults: faults.map((fault) => at(offsetOf(document, fault), messageOf(fault))) };
}

function unknownPolicies(config: Config, policies: readonly string[]): readonly SchemaFault[] {
  const named = [
    ...Object.keys(config.policies ?? {}).map((id) => ({ id, path: ['policies', id] })),
    ...(config.suppressions ?? []).map(({ policy }, index) => ({
      id: policy,
      path: ['suppressions', index, 'policy'],
    })),
  ];
  return named
    .filter(({ id }) => !policies.includes(id))
    .map(({ id, path }) => ({ path, message: `names no policy: \`${id}\`` }));
}

function wrongAddresses(config: Config): readonly SchemaFault[] {
  return (config.clients ?? []).flatMap(({ addresses }, client) =>
    addresses.flatMap((address, index): readonly SchemaFault[] => {
      if (isAddress(address)) return [];
      return [
        { path: ['clients', client, 'addresses', index], message: 'is neither an IP address nor a prefix' },
      ];
    }),
  );
}

/** Names that clients have without being declared. */
const TAKEN = new Set(['internet', 'vnet', 'private-link', 'probe', 'unknown']);

function wrongNames({ clients = [] }: Config): readonly SchemaFault[] {
  return clients.flatMap(({ name }, index): readonly SchemaFault[] => {
    const path = ['clients', index, 'name'];
    if (TAKEN.has(name)) return [{ path, message: `cannot be \`${name}\`, which means something already` }];
    const isTwice = clients.slice(0, index).some((other) => other.name === name);
    return isTwice ? [{ path, message: `names \`${name}\` a second time` }] : [];
  });
}

function wrongDays({ suppressions = [] }: Config): readonly SchemaFault[] {
  return suppressions.flatMap(({ until }, index): readonly SchemaFault[] => {
    if (until === undefined || isDay(until)) return [];
    return [{ path: ['suppressions', index, 'until'], message: 'is no day of the calendar' }];
  });
}

function isAddress(text: string): boolean {
  const [address = '', length, ...rest] = text.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  return (
    length === undefined || (/^(0|[1-9]\d*)$/.test(length) && Number(length) <= (version === 4 ? 32 : 128))
  );
}

function firstLine(message: string): string {
  const [line = ''] = message.split('\n');
  return line.charAt(0).toLowerCase() + line.slice(1);
}

function messageOf({ path, key, message }: SchemaFault): string {
  if (key === true || path.length === 0) return message;
  return `\`${path.join('.')}\` ${message}`;
}

function hasAlias(document: Document): boolean {
  let found = false;
  const visit = (node: unknown): void => {
    if (isAlias(node)) found = true;
    if (isSeq(node)) for (const item of node.items) visit(item);
    if (isMap(node)) for (const { key, value } of node.items) [key, value].forEach(visit);
  };
  visit(document.contents);
  return found;
}

/** Where a fault stands; the nearest node around it when it is about something that is missing. */
function offsetOf(document: Document, { path, key }: SchemaFault): number {
  let node: unknown = document.contents;
  let offset = rangeStart(node);
  for (const [index, step] of path.entries()) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && item.key.value === step);
      if (key === true && index === path.length - 1) return rangeStart(pair?.key) || offset;
      node = pair?.value;
    } else if (isSeq(node)) {
      node = node.items[Number(step)];
    }
    offset = rangeStart(node) || offset;
  }
  return offset;
}

function rangeStart(node: unknown): number {
  if (!isScalar(node) && !isMap(node) && !isSeq(node)) return 0;
  return node.range?.[0] ?? 0;
}
