/**
 * Reads every Terraform file and root below a directory. Files: share that is read, by our own parsers and by hcl2json, and the
 * speed of ours. Roots that mention Azure: instances, resources of the model, problems by code, crashes, the slowest. Each root is
 * read without values for its variables.
 */
import path from 'node:path';
import { createOpenFiles } from '../dist/src/engine/open-files.js';
import { translateTerraform } from '../dist/src/engine/translate-terraform.js';
import { buildNetwork } from '../dist/src/network/network.js';
import { findTerraformRoots } from '../dist/src/sources/terraform-hcl/find-roots.js';
import { hcl2json } from '../dist/src/sources/terraform-hcl/hcl2json.js';
import { readHcl } from '../dist/src/sources/terraform-hcl/read-hcl.js';
import { readTerraformRoot } from '../dist/src/sources/terraform-hcl/read-root.js';
import {
  createCopyFinder,
  filesBelow,
  percent,
  printCrashes,
  printSlowest,
  readTextOrNothing,
  SHOWN,
  SLOW_MILLISECONDS,
  speedOf,
  sum,
  tally,
} from './corpus-files.mjs';

export async function measureTerraform(directory, { differences }) {
  const all = filesBelow(directory);
  await measureFiles(
    all.filter((file) => /\.(?:tf|tofu|tfvars)$/.test(file)),
    differences,
  );
  const folders = new Set(all.filter((file) => /\.(?:tf|tofu)(?:\.json)?$/.test(file)).map(path.dirname));
  await measureRoots(
    path.resolve(directory),
    [...folders].map((folder) => path.relative(directory, folder)),
  );
}

async function measureFiles(files, differences) {
  const isCopy = createCopyFinder();
  const measured = [];
  for (const file of files) {
    const text = readTextOrNothing(file);
    if (text === undefined || isCopy(text)) continue;
    const start = performance.now();
    const ours = await readHcl(file, text, undefined);
    const milliseconds = performance.now() - start;
    const theirs = await hcl2json.convert(text);
    measured.push({ file, text, milliseconds, ours, isHcl: 'json' in theirs });
  }
  const read = measured.filter(({ ours }) => 'body' in ours);
  const differ = measured.filter(({ ours, isHcl }) => 'body' in ours !== isHcl);
  const share = percent(read.length, measured.length);
  console.log(`Terraform files: ${measured.length} distinct, ${share} read, ${speedOf(measured)}`);
  console.log(
    `  not HCL by hcl2json ${measured.filter(({ isHcl }) => !isHcl).length}, judged otherwise ${differ.length}`,
  );
  printSlowest(measured);
  if (!differences) return;
  for (const { file, ours } of measured)
    if ('problem' in ours) console.log(`  refused ${file}: ${ours.problem.message}`);
}

async function measureRoots(base, directories) {
  const files = createOpenFiles({ cwd: base, roots: [base] }).below(base);
  const roots = findTerraformRoots(directories, files).filter(({ mentionsAzure }) => mentionsAzure);
  const outcomes = [];
  for (const { directory } of roots) {
    const start = performance.now();
    const outcome = await readRoot(directory, files).catch((error) => ({ error }));
    outcomes.push({ file: directory, milliseconds: performance.now() - start, ...outcome });
  }
  const crashes = outcomes.filter(({ error }) => error !== undefined);
  const read = outcomes.filter(({ root }) => root !== undefined);
  const slow = outcomes.filter(({ milliseconds }) => milliseconds > SLOW_MILLISECONDS);
  console.log(`Terraform roots: ${outcomes.length}, ${percent(read.length, outcomes.length)} read`);
  console.log(`  crashed ${crashes.length}, over a second ${slow.length}`);
  const total = (count) => sum(read.map(count));
  console.log(
    `  instances ${total(({ root }) => root.instances.length)}, resources ${total(({ model }) => model.resources.length)}, paths ${total(({ paths }) => paths)}`,
  );
  const problems = outcomes.flatMap((outcome) => outcome.problems ?? []);
  console.log(`  problems: ${tally(problems.map(({ code }) => code))}`);
  printSlowest(outcomes);
  printCrashes(crashes);
  for (const { file, milliseconds } of slow.slice(0, SHOWN))
    console.log(`  slow ${milliseconds.toFixed(0)} ms ${file}`);
}

async function readRoot(directory, files) {
  const { root, problems } = await readTerraformRoot({ directory, files });
  if (root === undefined) return { problems };
  const { model, problems: found } = await translateTerraform(root);
  return { root, model, paths: buildNetwork(model, {}).paths.length, problems: [...problems, ...found] };
}
