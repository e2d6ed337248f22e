import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync } from '@swc/core';
import { policies } from '../policies/index.ts';
import { check } from '../src/engine/check.ts';
import type { Input } from '../src/engine/load-roots.ts';
import type { Report } from '../src/engine/report.ts';
import type { DiagnosisId, Finding } from '../src/policy/index.ts';
import { toText } from '../src/report/text.ts';
import {
  examplesShownIn,
  PAGE_HEADINGS,
  type PageExample,
  proseOf,
  regeneratePage,
  regenerateTable,
  sectionsOf,
} from './support/policy-page.ts';

// UPDATE_DOCS=1 writes the pages anew instead of comparing them.
const ROOT = path.join(import.meta.dirname, '..');
const PREFIXES = ['bad', 'good', 'unknown'] as const;
const folders = foldersOf('policies');

interface Example {
  readonly policy: string;
  readonly name: string;
  readonly prefix: string;
}

/** What an example may be written as; every form of one says the same. The page shows the first that is there. */
const FORMS = ['plan.json', 'main.bicep', 'main.tf'] as const;
type Form = (typeof FORMS)[number];

interface Written extends Example {
  readonly form: Form;
}

const examples: readonly Example[] = folders.flatMap((policy) =>
  foldersOf(`policies/${policy}/examples`).map((name) => ({
    policy,
    name,
    prefix: name.slice(0, name.indexOf('-')),
  })),
);

const written: readonly Written[] = examples.flatMap((example) =>
  FORMS.filter((form) => existsSync(path.join(ROOT, fileOf({ ...example, form })))).map((form) => ({
    ...example,
    form,
  })),
);

/** The diagnoses a policy can give. Only a partial verdict is `source-port-restricted`, and it is no finding. */
const DIAGNOSES: Readonly<Record<string, readonly DiagnosisId[]>> = {
  'nsg-blocks-data-port': [
    'default-deny',
    'explicit-deny',
    'allows-frontend-port',
    'allows-frontend-address',
    'floating-ip-destination',
    'load-balancer-tag-as-client',
    'client-not-in-source',
    'protocol-mismatch',
    'member-outside-asg',
    'shadowed-by-deny',
  ],
  'nsg-blocks-nat-rule': ['allows-frontend-port', 'client-not-in-source', 'default-deny', 'explicit-deny'],
  // The default rules admit the probe, so only a rule of the user's own can deny it.
  'nsg-blocks-probe': ['explicit-deny', 'shadowed-by-deny'],
  'nsg-blocks-some-members': ['client-not-in-source', 'default-deny', 'explicit-deny', 'member-outside-asg'],
  'public-backend-without-nsg': ['no-security-group'],
};

/** What a kind of example must be written in, unless the page says why it cannot be. */
const LANGUAGES: Readonly<Record<string, readonly Form[]>> = {
  Bicep: ['main.bicep'],
  Terraform: ['plan.json', 'main.tf'],
};

function foldersOf(folder: string): readonly string[] {
  return readdirSync(path.join(ROOT, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .toSorted();
}

function read(file: string): string {
  return readFileSync(path.join(ROOT, file), 'utf8');
}

function expectDocument(file: string, expected: string): void {
  if (process.env.UPDATE_DOCS === '1') writeFileSync(path.join(ROOT, file), expected);
  expect(read(file)).toBe(expected);
}

const reports = new Map<string, Report>();

beforeAll(async () => {
  for (const example of written) {
    const file = fileOf(example);
    reports.set(file, await check([inputOf(example)], { policies }));
  }
});

/** The code of Terraform is named, so that it counts as a root of its own. */
function inputOf(example: Written): Input {
  const file = fileOf(example);
  switch (example.form) {
    case 'plan.json':
      return { path: file, bytes: readFileSync(path.join(ROOT, file)) };
    case 'main.bicep':
      return { path: file, kind: 'bicep' };
    case 'main.tf':
      return { path: file, kind: 'terraform', isNamed: true };
  }
}

function fileOf({ policy, name, form }: Written): string {
  return `policies/${policy}/examples/${name}/${form}`;
}

/** What all policies say about one form of an example. */
function reportOf(example: Written): Report {
  const report = reports.get(fileOf(example));
  if (report === undefined) throw new Error(`no report of ${fileOf(example)}`);
  return report;
}

/** The part of a report that holds the findings which fit. */
function only(report: Report, fits: (finding: Finding) => boolean): Report {
  return {
    ...report,
    roots: report.roots.map((root) => ({ ...root, findings: root.findings.filter(fits) })),
  };
}

function findingsOf({ roots }: Report): readonly Finding[] {
  return roots.flatMap(({ findings }) => findings);
}

function textOf(report: Report): string {
  return toText(report, { color: false, problems: false, summary: false, everyPath: false });
}

function ownReport(example: Written): Report {
  return only(reportOf(example), ({ policy }) => policy === example.policy);
}

function pageExample(example: Written): PageExample {
  const file = example.form === 'main.bicep' ? 'main.bicep' : 'main.tf';
  const code = read(`policies/${example.policy}/examples/${example.name}/${file}`);
  return { name: example.name, file, code, report: textOf(ownReport(example)) };
}

/** The form of each example of a policy that its page shows. */
function shownOf(folder: string): readonly Written[] {
  const own = written.filter(({ policy }) => policy === folder);
  return own.filter(({ name }, index) => own.findIndex((other) => other.name === name) === index);
}

type Node = Readonly<Record<string, unknown>>;

function* nodesBelow(value: unknown): Generator<Node> {
  if (typeof value !== 'object' || value === null) return;
  yield value as Node;
  for (const child of Object.values(value)) yield* nodesBelow(child);
}

function firstOf(value: unknown, fits: (node: Node) => boolean): Node {
  for (const node of nodesBelow(value)) if (fits(node)) return node;
  throw new Error('a policy is not written as this test expects');
}

function isProperty({ type }: Node): boolean {
  return type === 'KeyValueProperty';
}

function nameOf({ key }: Node): unknown {
  return firstOf(key, () => true).value;
}

/** What the messages of a policy look like, by id: the fixed parts of each template in their order. */
function messagesOf(policy: string): readonly (readonly [id: unknown, text: RegExp])[] {
  const tree: unknown = parseSync(read(`policies/${policy}/policy.ts`), { syntax: 'typescript' });
  const { value: messages } = firstOf(tree, (node) => isProperty(node) && nameOf(node) === 'messages');
  const { properties } = messages as { readonly properties: readonly Node[] };
  return properties.map((property) => {
    const template = firstOf(property, ({ type }) => type === 'TemplateLiteral');
    const parts = [...nodesBelow(template.quasis)].flatMap(({ cooked }) =>
      typeof cooked === 'string' ? [escapeRegExp(cooked)] : [],
    );
    return [nameOf(property), new RegExp(`^${parts.join('.+')}$`)];
  });
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

test('every folder is a policy, and the index lists them in alphabetical order', () => {
  expect(policies.map(({ meta }) => meta.id)).toEqual(folders);
});

test.each(folders)('the folder %s holds the policy of that id', async (folder) => {
  const { policy } = await import(`../policies/${folder}/policy.ts`);
  expect(policy.meta.id).toBe(folder);
});

test.each(folders)('%s has bad and good examples, and an unknown one if it can be undecided', (folder) => {
  const prefixes = new Set(examples.filter(({ policy }) => policy === folder).map(({ prefix }) => prefix));
  const asks = /\b(?:undecided|closedPath)\(/.test(read(`policies/${folder}/policy.ts`));
  expect([...prefixes]).toEqual(asks ? ['bad', 'good', 'unknown'] : ['bad', 'good']);
});

test.each(folders)('%s has each kind of example in both languages, or its page says why not', (folder) => {
  const sections = sectionsOf(read(`policies/${folder}/README.md`));
  const own = written.filter(({ policy }) => policy === folder);
  for (const prefix of PREFIXES) {
    const heading = `${prefix.charAt(0).toUpperCase()}${prefix.slice(1)}`;
    const section = sections.get(heading) ?? '';
    const alike = own.filter((example) => example.prefix === prefix);
    const saysNone = /^There is (?:none|no unknown (?:answer|example))\b.{20,}/ms.test(section);
    expect([prefix, 'none', saysNone]).toEqual([prefix, 'none', alike.length === 0]);
    if (saysNone) continue;
    for (const [language, forms] of Object.entries(LANGUAGES)) {
      const isThere = alike.some(({ form }) => forms.includes(form));
      const saysWhy = new RegExp(`^There is no ${language} example: .{20,}`, 'ms').test(section);
      expect([prefix, language, saysWhy]).toEqual([prefix, language, !isThere]);
    }
  }
});

test('every example is written in some form', () => {
  const names = new Set(written.map(({ policy, name }) => `${policy}/${name}`));
  expect(examples.filter(({ policy, name }) => !names.has(`${policy}/${name}`))).toEqual([]);
});

test.each(written)('$policy says what the name of $name promises, as $form', (example) => {
  const report = ownReport(example);
  const said = textOf(report);
  const statuses = findingsOf(report).map(({ status }) => status);
  const violated = statuses.includes('violation');
  const keepsPromise = {
    bad: violated,
    good: statuses.length === 0,
    unknown: statuses.includes('unknown') && !violated,
  }[example.prefix];
  if (keepsPromise !== true) throw new Error(`Portcullis says:\n${said === '' ? 'nothing' : said}`);
  expect([...report.problems, ...report.roots.flatMap(({ problems }) => problems)]).toEqual([]);
});

const inSeveralForms = examples.filter(
  ({ policy, name }) => written.filter((one) => one.policy === policy && one.name === name).length > 1,
);

test.each(inSeveralForms)('every form of $name of $policy says the same', ({ policy, name }) => {
  const forms = written.filter((example) => example.policy === policy && example.name === name);
  const [first, ...others] = forms.map((example) =>
    findingsOf(ownReport(example))
      .map(({ status, severity, confidence, diagnosis }) =>
        [status, severity, confidence, diagnosis].join(' '),
      )
      .toSorted(),
  );
  for (const other of others) expect(other).toEqual(first);
});

test.each(written.filter(({ prefix }) => prefix === 'good'))(
  'no policy calls $name of $policy an error, as $form',
  (example) => {
    const isError = ({ status, severity }: Finding): boolean =>
      status === 'violation' && severity === 'error';
    expect(textOf(only(reportOf(example), isError))).toBe('');
  },
);

test.each(folders)('examples of %s reach every message and every diagnosis', (folder) => {
  const said = written
    .filter(({ policy }) => policy === folder)
    .flatMap((example) => findingsOf(ownReport(example)))
    .filter(({ status }) => status === 'violation');
  const messages = messagesOf(folder);
  const unsaid = messages.filter(([, text]) => !said.some(({ message }) => text.test(message)));
  expect(messages.length).toBeGreaterThan(0);
  expect(unsaid.map(([id]) => id)).toEqual([]);
  const diagnoses = new Set(said.flatMap(({ diagnosis }) => diagnosis ?? []));
  expect([...diagnoses].toSorted()).toEqual((DIAGNOSES[folder] ?? []).toSorted());
});

test.each(policies.map(({ meta }) => meta))('the page of $id has its parts in order', (meta) => {
  const page = read(`policies/${meta.id}/README.md`);
  const sections = sectionsOf(page);
  expect([...sections.keys()]).toEqual(['', ...PAGE_HEADINGS]);
  expect(sections.get('')).toBe(`# ${meta.id}\n\n${meta.title}.\n\n`);
  for (const heading of PAGE_HEADINGS) expect(sections.get(heading)?.trim()).not.toBe('');
  expect(sections.get('What Azure does')).toContain('](https://learn.microsoft.com/azure/');
  for (const { title, url } of meta.references)
    expect(sections.get('References')).toContain(`[${title}](${url})`);
});

/** Policies that ask for an allow from the internet, and the checks of other scanners that object to one. */
const OBJECTIONS: Readonly<Record<string, readonly string[]>> = {
  'nsg-blocks-data-port': ['CKV_AZURE_160', 'CKV_AZURE_77', 'AVD-AZU-0047', 'Azure.NSG.AnyInboundSource'],
  'nsg-blocks-nat-rule': ['CKV_AZURE_9', 'CKV_AZURE_10', 'AVD-AZU-0047', 'AVD-AZU-0048', 'AVD-AZU-0050'],
  'nsg-blocks-some-members': ['CKV_AZURE_160', 'CKV_AZURE_77', 'AVD-AZU-0047', 'Azure.NSG.AnyInboundSource'],
  'public-backend-without-nsg': [
    'CKV_AZURE_160',
    'CKV_AZURE_77',
    'AVD-AZU-0047',
    'Azure.NSG.AnyInboundSource',
  ],
};

test.each(Object.entries(OBJECTIONS))('the page of %s answers the scanners that object', (folder, checks) => {
  const remedy = sectionsOf(read(`policies/${folder}/README.md`)).get('Remedy') ?? '';
  for (const check of checks) expect(remedy).toContain(`\`${check}\``);
  expect(remedy).toMatch(/keeps? (?:the|their) address/);
});

test.each(folders)('the page of %s shows every example once, below its heading', (folder) => {
  const sections = sectionsOf(read(`policies/${folder}/README.md`));
  const shown = ['Bad', 'Good', 'Unknown'].map((heading) => examplesShownIn(sections.get(heading) ?? ''));
  const own = examples.filter(({ policy }) => policy === folder);
  expect(shown.map((names) => names.toSorted())).toEqual(
    PREFIXES.map((prefix) => own.filter((example) => example.prefix === prefix).map(({ name }) => name)),
  );
});

test.each(folders)('the page of %s shows what Portcullis says', (folder) => {
  const file = `policies/${folder}/README.md`;
  const own = shownOf(folder).map(pageExample);
  expectDocument(file, regeneratePage(read(file), own));
});

test('the page of all policies lists them', () => {
  const file = 'policies/README.md';
  const metas = policies.map(({ meta }) => meta);
  expectDocument(file, regenerateTable(read(file), metas));
});

test.each(['README.md', ...folders.map((folder) => `${folder}/README.md`)])(
  'the prose of %s keeps to 120 columns',
  (page) => {
    const withoutLinks = proseOf(read(`policies/${page}`)).map((line) => line.replace(/\]\([^)]*\)/g, ']'));
    expect(withoutLinks.filter((line) => line.length > 120)).toEqual([]);
  },
);
