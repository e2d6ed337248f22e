/**
 * Reads every source below a directory, however many, and says what went wrong and how fast it was:
 *
 *     npm run corpus -- DIR [--only arm,bicep,terraform] [--differences]
 *
 * ARM templates: files read, refused, crashed, slowest, megabytes a second. Bicep: the same, and each file against the template
 * that the Bicep compiler made of it. Terraform: files, and roots with their instances, problems and models. `--differences`
 * lists what differs or is refused. A crash ends with exit code 1. Nothing is written and nothing of the directory is run.
 */
import { measureArm } from './corpus-arm.mjs';
import { measureBicep } from './corpus-bicep.mjs';
import { measureTerraform } from './corpus-terraform.mjs';

const FORMATS = { arm: measureArm, bicep: measureBicep, terraform: measureTerraform };

const args = process.argv.slice(2);
const only = args.includes('--only') ? (args[args.indexOf('--only') + 1] ?? '').split(',') : undefined;
const [directory] = args.filter((arg, at) => !arg.startsWith('--') && args[at - 1] !== '--only');
const chosen = only ?? Object.keys(FORMATS);
if (directory === undefined || !chosen.every((name) => Object.hasOwn(FORMATS, name))) {
  console.error('usage: npm run corpus -- DIR [--only arm,bicep,terraform] [--differences]');
  process.exitCode = 2;
} else {
  for (const name of chosen) await FORMATS[name](directory, { differences: args.includes('--differences') });
}
