import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type Data, isFailure, isPrimitive, mapping } from '../../../../src/sources/terraform-hcl/data.ts';
import { evaluateText, folderFiles, toJson } from '../evaluate-text.ts';

/** What terraform says (bench/terraform-console.mjs). */
interface Row {
  readonly expression: string;
  readonly value?: unknown;
  readonly type?: unknown;
  readonly fails?: true;
}

const table: readonly Row[] = JSON.parse(
  readFileSync(path.join(import.meta.dirname, 'terraform-console.json'), 'utf8'),
);
const NAMES: Readonly<Record<string, Data>> = {
  path: mapping([
    ['module', '.'],
    ['root', '.'],
  ]),
  terraform: mapping([['workspace', 'default']]),
};

function answer({ expression }: Row): Data {
  return evaluateText(expression, NAMES, folderFiles(import.meta.dirname));
}

/** `list` of `["list", "string"]`, `string` of `"string"`. */
function kindIn(type: unknown): unknown {
  return Array.isArray(type) ? type[0] : type;
}

function kindOf(data: Data): unknown {
  if (data === null) return 'null';
  if (!isPrimitive(data)) return data.kind;
  return typeof data === 'boolean' ? 'bool' : typeof data;
}

test('the table has rows of both kinds', () => {
  expect(table.filter(({ fails }) => fails === true).length).toBeGreaterThan(50);
  expect(table.filter(({ type }) => type !== undefined).length).toBeGreaterThan(300);
});

test.each(table.filter(({ fails }) => fails === true))('terraform refuses $expression', (row) => {
  expect(answer(row)).toMatchObject({ kind: 'failure' });
});

test.each(table.filter(({ fails }) => fails !== true))('terraform knows $expression', (row) => {
  const data = answer(row);
  expect(isFailure(data) ? data.message : toJson(data)).toEqual(row.value);
  if (data !== null) expect(kindOf(data)).toBe(kindIn(row.type));
});
