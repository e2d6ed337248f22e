import { Ajv2020 } from 'ajv/dist/2020.js';
import { readConfig } from '../../src/config/read-config.ts';
import { CONFIG_SCHEMA } from '../../src/config/schema.ts';

const POLICIES = ['nsg-blocks-probe', 'backend-pool-empty'];

function read(text: string): ReturnType<typeof readConfig> {
  return readConfig(text, 'portcullis.yaml', POLICIES);
}

function faultsOf(text: string): readonly string[] {
  const result = read(text);
  return 'faults' in result
    ? result.faults.map(({ line, column, message }) => `${line}:${column} ${message}`)
    : [];
}

const FULL = `
version: 1
failOn: warning
strict: true
policies: { nsg-blocks-probe: warning, backend-pool-empty: off }
clients:
  - name: office
    addresses: [198.51.100.0/24, '2001:db8::/32', 203.0.113.7]
azure: { subscription: 00000000-0000-0000-0000-000000000000, resourceGroup: rg, location: westeurope }
exclude: ['**/test/**']
baseline: portcullis-baseline.json
suppressions:
  - policy: nsg-blocks-probe
    subject: lb-web/http
    until: '2027-01-31'
    reason: the probe is checked elsewhere
`;

test('a configuration with every key is read as it is written', () => {
  const result = read(FULL);
  expect('config' in result && result.config).toMatchObject({
    failOn: 'warning',
    policies: { 'nsg-blocks-probe': 'warning', 'backend-pool-empty': 'off' },
    clients: [{ name: 'office', addresses: ['198.51.100.0/24', '2001:db8::/32', '203.0.113.7'] }],
    suppressions: [{ until: '2027-01-31' }],
  });
});

test('an empty file, JSON and a byte order mark are configurations, too', () => {
  expect(read('')).toEqual({ config: {} });
  expect(read('{ "failOn": "never" }')).toEqual({ config: { failOn: 'never' } });
});

test.each([
  ['failOn: errors', ['1:9 `failOn` must be one of error, warning, info, never']],
  ['strict: yes', ['1:9 `strict` must be true or false']],
  ['version: 2', ['1:10 `version` must be 1']],
  [
    'clients:\n  - name: office\n    adresses: []',
    ['2:5 `clients.0` needs `addresses`', '3:5 unknown key `adresses`; valid are addresses, name'],
  ],
  ['clients: [{ name: a, addresses: [] }]', ['1:33 `clients.0.addresses` needs at least 1 item']],
  [
    'clients: [{ name: a, addresses: [10.0.0.0/33, office] }]',
    [
      '1:34 `clients.0.addresses.0` is neither an IP address nor a prefix',
      '1:47 `clients.0.addresses.1` is neither an IP address nor a prefix',
    ],
  ],
  [
    'policies: { nsg-blocks-prob: off }',
    ['1:30 `policies.nsg-blocks-prob` names no policy: `nsg-blocks-prob`'],
  ],
  ['suppressions: [{ policy: nsg-blocks-probe }]', ['1:16 `suppressions.0` needs `reason`']],
  [
    'clients: [{ name: internet, addresses: [10.0.0.1] }]',
    ['1:19 `clients.0.name` cannot be `internet`, which means something already'],
  ],
  [
    'clients:\n  - { name: a, addresses: [10.0.0.1] }\n  - { name: a, addresses: [10.0.0.2] }',
    ['3:13 `clients.1.name` names `a` a second time'],
  ],
  [
    "suppressions: [{ policy: nsg-blocks-probe, until: '2027-02-30', reason: x }]",
    ['1:51 `suppressions.0.until` is no day of the calendar'],
  ],
  ['- a', ['1:1 must be a mapping']],
])('%j is refused with its place', (text, expected) => {
  expect(faultsOf(text)).toEqual(expected);
});

test('what is no YAML is refused with its place', () => {
  expect(faultsOf('failOn: [error')).toHaveLength(1);
  expect(faultsOf('a: &x 1\nb: *x')).toEqual(['1:1 aliases are not supported']);
});

// The published schema and the check that reads it must agree with a validator of JSON Schema.
test('a validator of JSON Schema agrees with the check', () => {
  const validate = new Ajv2020({ strict: false }).compile(CONFIG_SCHEMA);
  const documents: readonly (readonly [unknown, boolean])[] = [
    [{}, true],
    [{ version: 1, failOn: 'info' }, true],
    [{ version: 2 }, false],
    [{ failOn: 'errors' }, false],
    [{ clients: [{ name: 'a', addresses: ['10.0.0.0/8'] }] }, true],
    [{ clients: [{ name: 'a', addresses: [] }] }, false],
    [{ clients: [{ name: '', addresses: ['10.0.0.0/8'] }] }, false],
    [{ suppressions: [{ policy: 'nsg-blocks-probe', reason: 'r', until: '2027-1-1' }] }, false],
    [{ azure: { region: 'x' } }, false],
    [{ policies: { 'nsg-blocks-probe': 'fatal' } }, false],
  ];
  for (const [document, isValid] of documents) {
    expect([document, validate(document)]).toEqual([document, isValid]);
    expect([document, 'config' in read(JSON.stringify(document))]).toEqual([document, isValid]);
  }
});
