import { existsSync, lstatSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CONFIG_SCHEMA } from '../config/schema.ts';
import { pathFrom } from '../engine/find-inputs.ts';
import { repositoryRoot } from '../engine/open-files.ts';
import { jsonText } from '../report/json-text.ts';
import { printable } from '../text/printable.ts';
import type { Arguments } from './arguments.ts';
import { errorCode } from './error-code.ts';
import { configTemplate, preCommitTemplate, workflowTemplate } from './init-templates.ts';
import type { Io } from './io.ts';
import { quoted } from './nearest.ts';
import { packageVersion } from './package-files.ts';
import { UsageError } from './usage-error.ts';

/** A file that `init` writes. */
interface Draft {
  /** From the root of the repository, with `/`. */
  readonly file: string;
  readonly text: string;
  /** Names that say the same: one of them is enough. */
  readonly twins?: readonly string[];
  /** What belongs into a file that is there already. */
  readonly toAdd?: string;
}

/** Where the schema lies when the package is installed in the repository. */
const INSTALLED_SCHEMA = 'node_modules/portcullis/src/config/portcullis.schema.json';
const OWN_SCHEMA = 'portcullis.schema.json';

/**
 * Carries out `init`: writes the files that are not there, at the root of the repository or, outside of any, in the working
 * directory. Nothing is ever overwritten. Gives 3 when a file cannot be written.
 */
export function runInit(args: Arguments, io: Io): number {
  if (args.operands.length > 0) throw new UsageError('`init` takes no operand');
  const root = repositoryRoot(io.cwd);
  const isDry = args.options.has('dry-run');
  let isWritten = true;
  for (const draft of draftsFor(root)) {
    const present = [draft.file, ...(draft.twins ?? [])].find((file) => isThere(path.join(root, file)));
    const shown = printable(pathFrom(io.cwd, path.join(root, present ?? draft.file)), 500);
    if (present !== undefined) {
      const isMissing =
        draft.toAdd !== undefined && !readText(path.join(root, present)).includes('portcullis');
      const toAdd = isMissing ? `; what belongs into it:\n\n${draft.toAdd}` : '';
      io.stdout(`kept ${shown}, which is there${toAdd}\n`);
    } else if (isDry) io.stdout(`would write ${shown}:\n\n${draft.text}\n`);
    else if (write(path.join(root, draft.file), draft.text, io)) {
      const hint = draft.text.includes('<owner>')
        ? '; write the owner of your copy of Portcullis for <owner>'
        : '';
      io.stdout(`wrote ${shown}${hint}\n`);
    } else isWritten = false;
  }
  return isWritten ? 0 : 3;
}

function draftsFor(root: string): readonly Draft[] {
  const isInstalled = existsSync(path.join(root, INSTALLED_SCHEMA));
  const schema = isInstalled ? INSTALLED_SCHEMA : OWN_SCHEMA;
  const config = ['portcullis.yml', 'portcullis.json'];
  const hook = preCommitTemplate();
  const hasConfig = ['portcullis.yaml', ...config].some((file) => isThere(path.join(root, file)));
  return [
    { file: 'portcullis.yaml', text: configTemplate(`./${schema}`), twins: config },
    ...(isInstalled || hasConfig ? [] : [{ file: OWN_SCHEMA, text: jsonText(CONFIG_SCHEMA) }]),
    {
      file: '.pre-commit-config.yaml',
      text: `repos:\n${hook}`,
      twins: ['.pre-commit-config.yml'],
      toAdd: hook,
    },
    {
      file: '.github/workflows/portcullis.yml',
      text: workflowTemplate(dependsOnPackage(root) ? undefined : packageVersion()),
      twins: ['.github/workflows/portcullis.yaml'],
    },
  ];
}

/** Whether the package.json of the repository names Portcullis, so that `npm ci` installs it. */
function dependsOnPackage(root: string): boolean {
  try {
    const json: unknown = JSON.parse(readText(path.join(root, 'package.json')));
    return ['dependencies', 'devDependencies'].some((kind) => {
      const names: unknown = Object.entries(json ?? {}).find(([key]) => key === kind)?.[1];
      return typeof names === 'object' && names !== null && 'portcullis' in names;
    });
  } catch {
    return false;
  }
}

/** Empty for what cannot be read. */
function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** A link that leads nowhere is there as well; what lies below a file is not. */
function isThere(file: string): boolean {
  try {
    return lstatSync(file, { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    return errorCode(error) !== 'ENOTDIR';
  }
}

function write(file: string, text: string, io: Io): boolean {
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text, { flag: 'wx' });
    return true;
  } catch (error) {
    io.stderr(`portcullis: ${quoted(pathFrom(io.cwd, file))} cannot be written (${errorCode(error)})\n`);
    return false;
  }
}
