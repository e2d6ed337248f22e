import { readFileSync, writeFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { policies } from '../../policies/index.ts';
import { configTemplate } from '../../src/cli/init-templates.ts';
import { readConfig } from '../../src/config/read-config.ts';
import { CONFIG_SCHEMA } from '../../src/config/schema.ts';

const FILE = 'src/config/portcullis.schema.json';

test('the published schema is the one that configurations are checked against', () => {
  const text = `${JSON.stringify(CONFIG_SCHEMA, undefined, 2)}\n`;
  if (process.env.UPDATE_DOCS === '1') writeFileSync(FILE, text);
  expect(JSON.parse(readFileSync(FILE, 'utf8'))).toEqual(CONFIG_SCHEMA);
  expect(JSON.parse(readFileSync('package.json', 'utf8'))).toMatchObject({
    files: expect.arrayContaining([FILE]),
  });
});

test.each(['as it is', 'with every example'])('what init writes is a configuration %s', (how) => {
  const template = configTemplate('./schema.json');
  const text = how === 'as it is' ? template : template.replace(/^# (?=(?!true)[a-z]+:| )/gm, '');
  const validate = new Ajv2020().compile(CONFIG_SCHEMA);
  expect(validate(parse(text))).toBe(true);
  const read = readConfig(
    text,
    'portcullis.yaml',
    policies.map(({ meta }) => meta.id),
  );
  const keys = 'config' in read ? Object.keys(read.config) : read.faults;
  const all = Object.keys(CONFIG_SCHEMA.properties).filter((key) => key !== '$schema');
  expect(how === 'as it is' ? keys : new Set(keys as string[])).toEqual(
    how === 'as it is' ? ['version', 'failOn', 'strict'] : new Set(all),
  );
});
