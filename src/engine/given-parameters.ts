import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readParameterValues } from '../sources/arm-template/parameters-file.ts';
import { decodeText } from '../sources/terraform-plan/decode-text.ts';
import type { Origin } from '../text/origin.ts';
import { known, type Value } from '../value/value.ts';

const GIVEN: Origin = {
  kind: 'platform',
  name: 'the command line',
  docs: 'https://learn.microsoft.com/azure/azure-resource-manager/templates/parameters',
};

/**
 * Values of the command line by lower-case name, later ones before earlier ones: `NAME=VALUE`, or a JSON parameters file.
 * Numbers and truth values are read as such. `show` gives a path as reports write it.
 */
export function parametersFrom(
  words: readonly string[],
  show: (file: string) => string,
  cwd: string,
): { readonly values: ReadonlyMap<string, Value> } | { readonly unreadable: string } {
  const values = new Map<string, Value>();
  for (const word of words) {
    const [, name, text] = /^(\w+)=(.*)$/s.exec(word) ?? [];
    if (name !== undefined && text !== undefined) {
      values.set(name.toLowerCase(), scalarOf(text));
      continue;
    }
    const read = readFile(path.resolve(cwd, word), show(word));
    if (read === undefined) return { unreadable: word };
    for (const [key, value] of read) values.set(key, value);
  }
  return { values };
}

function scalarOf(text: string): Value {
  if (text === 'true' || text === 'false') return known(text === 'true', GIVEN);
  return /^-?\d{1,15}$/.test(text) ? known(Number(text), GIVEN) : known(text, GIVEN);
}

function readFile(file: string, shown: string): ReadonlyMap<string, Value> | undefined {
  try {
    return readParameterValues({ path: shown, text: decodeText(readFileSync(file)) });
  } catch {
    return undefined;
  }
}
