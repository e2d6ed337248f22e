import type { Origin } from '../../text/origin.ts';
import { printable } from '../../text/printable.ts';
import type { Problem } from '../../text/problem.ts';
import type { Attribute, Block, Body } from './body.ts';
import type { Files } from './files.ts';
import type { Hcl2json } from './hcl2json.ts';
import { readJsonBody } from './json-body.ts';
import type { ModuleConfig, ResourceConfig } from './module-config.ts';
import { MOST_BYTES, type ReadBody, readHcl, tooMuchProblem } from './read-hcl.ts';

const CONFIGURATION = /\.(?:tf|tofu)(?:\.json)?$/;
const OVERRIDE = /(?:^|_)override\.(?:tf|tofu)(?:\.json)?$/;

/** The configuration files of a directory in the order they are read in: overrides last. Undefined when it has none. */
export function configurationFiles(names: readonly string[]): readonly string[] {
  const ours = names.filter((name) => CONFIGURATION.test(name) && !/^[.#]|~$/.test(name));
  const shown = ours.filter((name) => {
    const twin = name.replace(/\.tf(\.json)?$/, '.tofu$1');
    return twin === name || !ours.includes(twin);
  });
  const sorted = shown.sort();
  return [...sorted.filter((name) => !OVERRIDE.test(name)), ...sorted.filter((name) => OVERRIDE.test(name))];
}

/** A module, or why it cannot be read. `files` are those that were read, in any case. */
export type LoadedModule = { readonly files: readonly string[] } & (
  | { readonly config: ModuleConfig }
  | { readonly problem: Problem }
);

/**
 * Reads a directory as a module. Files ending in `.tofu` stand in for those of the same name ending in `.tf`, as OpenTofu
 * has it; override files change what the others declare. One file that cannot be read makes the module one that cannot.
 */
export async function loadModule(
  directory: string,
  files: Files,
  hcl2json: Hcl2json | undefined,
): Promise<LoadedModule> {
  const entries = files.list(directory) ?? [];
  const names = configurationFiles(
    entries.filter(({ kind }) => kind !== 'directory').map(({ name }) => name),
  );
  const paths = names.map((name) => (directory === '' ? name : `${directory}/${name}`));
  const bodies: Body[] = [];
  const overrides: Body[] = [];
  for (const [index, path] of paths.entries()) {
    const read = await readConfiguration(path, files, hcl2json);
    if ('problem' in read) return { files: paths, problem: read.problem };
    (OVERRIDE.test(names[index] ?? '') ? overrides : bodies).push(read.body);
  }
  if (bodies.length + overrides.length === 0) return { files: paths, problem: noModule(directory) };
  const blocks = overridden(
    bodies.flatMap((body) => body.blocks),
    overrides.flatMap((body) => body.blocks),
  );
  return { files: paths, config: configOf(directory, blocks) };
}

async function readConfiguration(
  path: string,
  files: Files,
  hcl2json: Hcl2json | undefined,
): Promise<ReadBody> {
  const text = readText(path, files);
  if (typeof text !== 'string') return text;
  const label = files.label?.(path) ?? path;
  return path.endsWith('.json') ? readJsonBody(label, text) : readHcl(label, text, hcl2json);
}

/** The text of a configuration file, or the problem with it. */
export function readText(path: string, files: Files): string | { readonly problem: Problem } {
  const bytes = files.read(path);
  const label = files.label?.(path) ?? path;
  if (bytes === undefined) return { problem: unreadable(label, 'file-not-readable', 'cannot be read') };
  if (bytes.byteLength > MOST_BYTES) {
    return { problem: tooMuchProblem(label, `is larger than ${MOST_BYTES / 1024 / 1024} MB`) };
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return { problem: unreadable(label, 'file-not-text', 'is not text in UTF-8') };
  }
}

function unreadable(path: string, code: string, what: string): Problem {
  return { code, message: `\`${printable(path)}\` ${what}`, origin: startOf(path), severity: 'fatal' };
}

/** The beginning of a file. */
export function startOf(path: string): Origin {
  return { kind: 'text', path, line: 1, column: 1, endLine: 1, endColumn: 1 };
}

function noModule(directory: string): Problem {
  const path = directory === '' ? '.' : directory;
  return {
    code: 'module-empty',
    message: `\`${printable(path)}\` holds no Terraform configuration`,
    origin: startOf(path),
    severity: 'fatal',
  };
}

function configOf(directory: string, blocks: readonly Block[]): ModuleConfig {
  const variables = new Map<string, Block>();
  const locals = new Map<string, Attribute>();
  const outputs = new Map<string, Block>();
  const resources: ResourceConfig[] = [];
  const calls = new Map<string, Block>();
  const settings: Block[] = [];
  const providers: Block[] = [];
  const ephemeral = new Set<string>();
  for (const block of blocks) {
    const [first = '', second = ''] = block.labels;
    switch (block.type) {
      case 'variable':
        variables.set(first, block);
        break;
      case 'locals':
        for (const attribute of block.body.attributes) locals.set(attribute.name, attribute);
        break;
      case 'output':
        outputs.set(first, block);
        break;
      case 'resource':
        resources.push({ mode: 'managed', type: first, name: second, block });
        break;
      case 'data':
        resources.push({ mode: 'data', type: first, name: second, block });
        break;
      case 'check':
        for (const inner of block.body.blocks) {
          const [type = '', name = ''] = inner.labels;
          if (inner.type === 'data') resources.push({ mode: 'data', type, name, block: inner });
        }
        break;
      case 'module':
        calls.set(first, block);
        break;
      case 'terraform':
        settings.push(block);
        break;
      case 'provider':
        providers.push(block);
        break;
      case 'ephemeral':
        ephemeral.add(`${first}.${second}`);
        break;
      default:
        break;
    }
  }
  return { directory, variables, locals, outputs, resources, calls, settings, providers, ephemeral };
}

/**
 * The blocks with overrides applied: attributes of a block with the same type and labels are replaced, and so are nested
 * blocks, all of a type together. Locals are replaced one by one. An override of nothing counts as a block of its own.
 */
function overridden(blocks: readonly Block[], overrides: readonly Block[]): readonly Block[] {
  const result = [...blocks];
  for (const override of overrides) {
    const isWhole = override.type === 'locals' || override.type === 'terraform';
    const index = isWhole ? -1 : result.findIndex((block) => headOf(block) === headOf(override));
    const block = result[index];
    if (block === undefined) result.push(override);
    else result[index] = { ...block, body: replaced(block.body, override.body) };
  }
  return result;
}

function headOf({ type, labels }: Block): string {
  return JSON.stringify([type, ...labels]);
}

function replaced(body: Body, override: Body): Body {
  const names = new Set(override.attributes.map(({ name }) => name));
  const types = new Set(override.blocks.map(nestedType));
  const isMetadata = (block: Block): boolean => block.type === 'lifecycle';
  return {
    attributes: [...body.attributes.filter(({ name }) => !names.has(name)), ...override.attributes],
    blocks: [
      ...body.blocks.filter((block) => isMetadata(block) || !types.has(nestedType(block))),
      ...override.blocks,
    ],
  };
}

/** A dynamic block makes blocks of the type in its label. */
export function nestedType({ type, labels }: Block): string {
  return type === 'dynamic' ? (labels[0] ?? '') : type;
}
