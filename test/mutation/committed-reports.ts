import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { policies } from '../../policies/index.ts';
import { check } from '../../src/engine/check.ts';
import { loadRoots } from '../../src/engine/load-roots.ts';
import type { Report } from '../../src/engine/report.ts';
import type { Model } from '../../src/model/model.ts';
import { buildNetwork } from '../../src/network/network.ts';
import type { Policy } from '../../src/policy/index.ts';
import { toText } from '../../src/report/text.ts';

// What test/policies.test.ts and test/examples.test.ts ask of the network, without reading everything anew for every mutant.
const ROOT = path.join(import.meta.dirname, '../..');

/** A folder whose report is committed: on the page of a policy, or as the expected report of an estate. */
interface Reported {
  readonly folder: string;
  readonly policies: readonly Policy[];
  /** The page of a policy shows its findings; the report of an estate has a row for every path. */
  readonly everyPath: boolean;
}

interface Committed {
  readonly report: Report;
  readonly models: readonly Model[];
  /** What is said without a mutant, which those tests compare with what is committed. */
  readonly said: string;
}

/** Outlives the tests, which are loaded anew now and then: models are not made by what is mutated. */
const shared: { committed?: Map<string, Committed> } = Object(globalThis);

function foldersIn(folder: string): readonly string[] {
  return readdirSync(path.join(ROOT, folder)).map((name) => `${folder}/${name}`);
}

const estates = [...foldersIn('examples'), ...foldersIn('examples/well-built')].filter((folder) =>
  existsSync(path.join(ROOT, folder, 'expected-report.txt')),
);

const all: readonly Reported[] = [
  ...policies.flatMap((policy) =>
    foldersIn(`policies/${policy.meta.id}/examples`).map((folder) => ({
      folder,
      policies: [policy],
      everyPath: false,
    })),
  ),
  ...estates.map((folder) => ({ folder, policies, everyPath: true })),
];

beforeAll(async () => {
  if (shared.committed !== undefined) return;
  const committed = new Map<string, Committed>();
  for (const reported of all) {
    const plan = `${reported.folder}/plan.json`;
    const inputs = existsSync(path.join(ROOT, plan))
      ? [{ path: plan, bytes: readFileSync(path.join(ROOT, plan)) }]
      : [{ path: `${reported.folder}/main.bicep`, kind: 'bicep' as const }];
    const report = await check(inputs, { policies: [] });
    const models = (await loadRoots(inputs, {})).roots.map(({ model }) => model);
    committed.set(reported.folder, { report, models, said: sayAgain(reported, { report, models }) });
  }
  shared.committed = committed;
});

function sayAgain(
  { policies: asked, everyPath }: Reported,
  { report, models }: Pick<Committed, 'report' | 'models'>,
): string {
  const roots = report.roots.map((root, index) => {
    const model = models[index];
    if (model === undefined) return root;
    const network = buildNetwork(model);
    return {
      ...root,
      paths: network.paths,
      findings: asked.flatMap((policy) => policy.run(network).findings),
    };
  });
  return toText({ ...report, roots }, { color: false, problems: false, summary: false, everyPath });
}

test.each(all.map((reported) => [reported.folder, reported] as const))(
  '%s says the same',
  (folder, reported) => {
    const committed = shared.committed?.get(folder);
    expect(committed === undefined ? 'nothing' : sayAgain(reported, committed)).toBe(committed?.said);
  },
);
