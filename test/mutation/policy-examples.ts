import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { policies } from '../../policies/index.ts';
import { check } from '../../src/engine/check.ts';
import { loadRoots } from '../../src/engine/load-roots.ts';
import type { Report } from '../../src/engine/report.ts';
import type { Model } from '../../src/model/model.ts';
import { buildNetwork } from '../../src/network/network.ts';
import { toText } from '../../src/report/text.ts';

// What test/policies.test.ts asks of the network, without reading every example anew for every mutant.
const ROOT = path.join(import.meta.dirname, '../..');

interface Example {
  readonly report: Report;
  readonly models: readonly Model[];
  /** What the policy of the example says without a mutant; test/policies.test.ts compares it with the page. */
  readonly said: string;
}

/** Outlives the tests, which are loaded anew now and then: models are not made by what is mutated. */
const shared: { examples?: Map<string, Example> } = Object(globalThis);

const names = policies.flatMap(({ meta }) =>
  readdirSync(path.join(ROOT, `policies/${meta.id}/examples`)).map((name) => [meta.id, name] as const),
);

beforeAll(async () => {
  if (shared.examples !== undefined) return;
  const examples = new Map<string, Example>();
  for (const [id, name] of names) {
    const folder = `policies/${id}/examples/${name}`;
    const plan = `${folder}/plan.json`;
    const inputs = existsSync(path.join(ROOT, plan))
      ? [{ path: plan, bytes: readFileSync(path.join(ROOT, plan)) }]
      : [{ path: `${folder}/main.bicep`, kind: 'bicep' as const }];
    const report = await check(inputs, { policies: [] });
    const models = (await loadRoots(inputs, {})).roots.map(({ model }) => model);
    examples.set(`${id} ${name}`, { report, models, said: sayAgain(id, { report, models }) });
  }
  shared.examples = examples;
});

function sayAgain(id: string, { report, models }: Pick<Example, 'report' | 'models'>): string {
  const own = policies.filter(({ meta }) => meta.id === id);
  const roots = report.roots.map((root, index) => {
    const model = models[index];
    const network = model === undefined ? undefined : buildNetwork(model);
    return {
      ...root,
      findings: own.flatMap((policy) => (network === undefined ? [] : policy.run(network).findings)),
    };
  });
  return toText({ ...report, roots }, { color: false, problems: false, summary: false, everyPath: false });
}

test.each(names)('%s says the same of %s', (id, name) => {
  const example = shared.examples?.get(`${id} ${name}`);
  expect(example === undefined ? 'nothing' : sayAgain(id, example)).toBe(example?.said);
});
