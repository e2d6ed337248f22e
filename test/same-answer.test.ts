import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { Input } from '../src/engine/load-roots.ts';
import { type Answer, answerOf, inputsBelow } from './support/answer.ts';

/** What an estate or example may be written as, and how each form is read. */
const FORMS: Readonly<Record<string, (folder: string) => readonly Input[]>> = {
  plan: (folder) => planOf(folder, `${folder}/plan.json`),
  // The code beside a plan says more than the plan, and a plan from standard input has none beside it.
  'plan alone': (folder) => planOf(folder, '<stdin>'),
  code: (folder) => fileOf(folder, 'main.tf', 'terraform'),
  'bicep file': (folder) => fileOf(folder, 'main.bicep', 'bicep'),
  bicep: (folder) => inputsBelow(`${folder}/bicep`),
  arm: (folder) => inputsBelow(`${folder}/arm`),
  azapi: (folder) => inputsBelow(`${folder}/azapi`),
  'published modules': (folder) => inputsBelow(`${folder}/avm`),
  'what-if': (folder) => fileOf(folder, 'what-if.json', 'arm-what-if'),
};

const WELL_BUILT = ['plan', 'plan alone', 'code', 'bicep', 'arm'];
const ESTATE = [...WELL_BUILT, 'azapi'];

function planOf(folder: string, path: string): readonly Input[] {
  const file = `${folder}/plan.json`;
  return existsSync(file) ? [{ path, bytes: readFileSync(file) }] : [];
}

function fileOf(folder: string, file: string, kind: NonNullable<Input['kind']>): readonly Input[] {
  const path = `${folder}/${file}`;
  return existsSync(path) ? [{ path, kind, isNamed: true }] : [];
}

function foldersOf(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `${folder}/${name}`)
    .toSorted();
}

const estates = foldersOf('examples').filter((folder) => existsSync(`${folder}/plan.json`));
const wellBuilt = foldersOf('examples/well-built');
const policyExamples = foldersOf('policies').flatMap((policy) => foldersOf(`${policy}/examples`));
const plans = foldersOf('test/fixtures/plans');

interface Written {
  readonly folder: string;
  readonly form: string;
}

const written: readonly Written[] = [...estates, ...wellBuilt, ...policyExamples, ...plans].flatMap(
  (folder) =>
    Object.entries(FORMS).flatMap(([form, read]) => (read(folder).length === 0 ? [] : [{ folder, form }])),
);

function formsOf(folder: string): readonly string[] {
  return written.filter((each) => each.folder === folder).map(({ form }) => form);
}

interface Difference {
  /** What the plan beside its code says, and this form does not. */
  readonly instead: readonly string[];
  readonly says: readonly string[];
  readonly because: string;
}

/** Where a form does not say what the others say. */
const DIFFERENCES: Readonly<Record<string, Difference>> = {
  'examples/well-built/aks-style, plan alone': {
    instead: [80, 443].map((port) => ingressLine(port, 'open')),
    says: [
      ...[80, 443].map((port) => ingressLine(port, 'unknown')),
      ...[80, 443].map((port) => openFinding(`kubernetes/ingress-TCP-${port}`)),
    ],
    because:
      'the frontends are dynamic blocks, so that the plan does not tell whose address the security rule names',
  },
  'examples/well-built/sql-listener, plan alone': {
    instead: [
      clusterLine('cluster (rule internal tcp 58888->58888 from vnet)', 'partial', 'explicit-deny'),
      clusterLine('listener (rule internal tcp 1433->1433 from vnet)', 'open', 'no diagnosis'),
    ],
    says: [
      clusterLine('cluster (rule unknown tcp 58888->58888 from unknown)', 'unknown', 'no diagnosis'),
      clusterLine('listener (rule unknown tcp 1433->1433 from unknown)', 'unknown', 'no diagnosis'),
      openFinding('lb-sql/cluster'),
      openFinding('lb-sql/listener'),
    ],
    because: 'the frontends are dynamic blocks, so that the plan does not tell that they are in a subnet',
  },
  'policies/internal-frontend-loopback/examples/bad-reference, plan alone': {
    instead: ['warning internal-frontend-loopback violation suspected: lb-identity/https, no diagnosis'],
    says: ['info internal-frontend-loopback-possible violation suspected: lb-identity/https, no diagnosis'],
    because: 'the plan tells that custom data holds the address, and not what it says of it',
  },
  'policies/two-load-balancers-of-one-kind/examples/unknown-condition, bicep file': {
    instead: [
      ...['lb-admin/https', 'lb-api/https'].flatMap((rule) => [
        openFinding(rule),
        `error nsg-blocks-probe unknown proved: ${rule}, no diagnosis`,
      ]),
      'error backend-pool-empty unknown proved: lb-admin/pool-admin, no diagnosis',
      ...openRules('unknown', ', perhaps more'),
    ],
    says: openRules('open', ''),
    because: 'a count that is not known leaves open which of the interfaces an association is for',
  },
  'test/fixtures/plans/inline-subnets, plan alone': {
    instead: [
      'lbe-site/web (rule public tcp 80->80 from internet): data open, probe none, no diagnosis; nic-front/ipconfig open/none',
    ],
    says: [
      'lbe-site/web (rule public tcp 80->80 from internet): data unknown, probe none, no diagnosis; nic-front/ipconfig unknown/none',
      openFinding('lbe-site/web'),
      'error public-backend-without-nsg unknown proved: lbe-site/web, no diagnosis',
    ],
    because: 'the link of the interface goes through a local value, and the plan has several subnets for it',
  },
};

function openRules(verdict: string, more: string): readonly string[] {
  const members = [0, 1].map((index) => `nic-api-${index}/internal open/open`).join(', ');
  return ['admin/https (rule internal tcp 8443->8443', 'api/https (rule internal tcp 443->443'].map(
    (rule) => `lb-${rule} from vnet): data ${verdict}, probe ${verdict}, no diagnosis; ${members}${more}`,
  );
}

function ingressLine(port: number, data: string): string {
  const members = ['system', 'user'].map((pool) => `aks-${pool}-vmss/aks-nic/ipconfig1 ${data}/open`);
  const rule = `kubernetes/ingress-TCP-${port} (rule public tcp ${port}->${port} from internet)`;
  return `${rule}: data ${data}, probe open, no diagnosis; ${members.join(', ')}`;
}

function clusterLine(rule: string, data: string, diagnosis: string): string {
  const members = [1, 2].map((node) => `nic-sql-${node}/ipconfig ${data}/open`);
  return `lb-sql/${rule}: data ${data}, probe open, ${diagnosis}; ${members.join(', ')}`;
}

function openFinding(rule: string): string {
  return `error nsg-blocks-data-port unknown proved: ${rule}, no diagnosis`;
}

const answers = new Map<string, Promise<Answer>>();

async function answer({ folder, form }: Written): Promise<Answer> {
  const key = `${folder}, ${form}`;
  const given = answers.get(key) ?? answerOf(FORMS[form]?.(folder) ?? []);
  answers.set(key, given);
  return await given;
}

test.each(estates)('%s is written in every form', (folder) => {
  expect(formsOf(folder)).toEqual(expect.arrayContaining(ESTATE));
});

test.each(wellBuilt)('%s is written in every form', (folder) => {
  expect(formsOf(folder)).toEqual(expect.arrayContaining(WELL_BUILT));
});

const others = written.filter(({ folder, form }) => form !== formsOf(folder)[0]);

/** azurerm takes custom data for a secret, of which nothing is shown; templates do not. */
const SECRET_TO_AZURERM = [
  'policies/listener-on-loopback-only/examples/bad-listen-address, bicep file',
  'policies/udp-rule-probe-without-listener/examples/bad-udp-only, bicep file',
];

test.each(others)('$folder says the same as $form', async ({ folder, form }) => {
  const [first = ''] = formsOf(folder);
  const key = `${folder}, ${form}`;
  const { instead = [], says = [] } = DIFFERENCES[key] ?? {};
  const expected = await answer({ folder, form: first });
  const other = await answer({ folder, form });
  const lines = expected.lines.filter((line) => !instead.includes(line));
  expect(lines).toHaveLength(expected.lines.length - instead.length);
  expect(other.lines).toEqual([...lines, ...says].toSorted());
  if (says.length > 0) return;
  const isShown = !SECRET_TO_AZURERM.includes(key);
  expect(JSON.stringify(other.words) === JSON.stringify(expected.words)).toBe(isShown);
  if (isShown) expect(other.words).toEqual(expected.words);
});

test.each(wellBuilt)('nothing is said about %s in any form', async (folder) => {
  for (const form of formsOf(folder).filter((each) => each !== 'plan alone')) {
    const { lines } = await answer({ folder, form });
    expect(lines.filter((line) => /^(error|warning|info) /.test(line))).toEqual([]);
    expect(lines.length).toBeGreaterThan(0);
  }
});
