import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { policies } from '../../policies/index.ts';
import { check } from '../../src/engine/check.ts';
import { toText } from '../../src/report/text.ts';
import { examplesShownIn, type PageExample, regeneratePage } from '../support/policy-page.ts';

// The part of test/policies.test.ts that sees what the network answers, in portions that can fail one by one.
const ROOT = path.join(import.meta.dirname, '../..');

/** What Portcullis says of one example, as the page of its policy shows it. */
async function shown(policy: string, name: string): Promise<PageExample> {
  const folder = `policies/${policy}/examples/${name}`;
  const isPlan = existsSync(path.join(ROOT, folder, 'plan.json'));
  const input = isPlan ? `${folder}/plan.json` : `${folder}/main.bicep`;
  const file = isPlan ? 'main.tf' : 'main.bicep';
  const report = await check(
    isPlan
      ? [{ path: input, bytes: readFileSync(path.join(ROOT, input)) }]
      : [{ path: input, kind: 'bicep' }],
    { policies },
  );
  const own = {
    ...report,
    roots: report.roots.map((root) => ({
      ...root,
      findings: root.findings.filter((finding) => finding.policy === policy),
    })),
  };
  return {
    name,
    file,
    code: readFileSync(path.join(ROOT, folder, file), 'utf8'),
    report: toText(own, { color: false, problems: false, summary: false, everyPath: false }),
  };
}

test.each(policies.map(({ meta }) => meta.id))('the page of %s shows what Portcullis says', async (id) => {
  const page = readFileSync(path.join(ROOT, `policies/${id}/README.md`), 'utf8');
  const names = readdirSync(path.join(ROOT, `policies/${id}/examples`));
  const examples: PageExample[] = [];
  for (const name of names) examples.push(await shown(id, name));
  expect(examplesShownIn(page).toSorted()).toEqual(names.toSorted());
  expect(regeneratePage(page, examples)).toBe(page);
});
