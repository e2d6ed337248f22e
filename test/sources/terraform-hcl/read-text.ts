import type { TerraformInstance, TerraformRoot } from '../../../src/sources/azurerm/instance.ts';
import { type ReadRoot, readTerraformRoot } from '../../../src/sources/terraform-hcl/read-root.ts';
import type { VariableInputs } from '../../../src/sources/terraform-hcl/variable-values.ts';
import type { Value } from '../../../src/value/value.ts';
import { memoryFiles } from './evaluate-text.ts';

/** Reads a root from files in memory, the root module first among them when only its text is given. */
export function readFiles(
  files: string | Readonly<Record<string, string>>,
  variables: VariableInputs = {},
  directory = '',
): Promise<ReadRoot> {
  const contents = typeof files === 'string' ? { 'main.tf': files } : files;
  return readTerraformRoot({ directory, files: memoryFiles(contents), variables });
}

/** The root, which has to be readable and without problems. */
export async function rootOf(
  files: string | Readonly<Record<string, string>>,
  variables: VariableInputs = {},
): Promise<TerraformRoot> {
  const { root, problems } = await readFiles(files, variables);
  if (root === undefined || problems.length > 0) throw new Error(JSON.stringify(problems));
  return root;
}

export function instanceIn(root: TerraformRoot | undefined, address: string): TerraformInstance {
  const instance = root?.instances.find((candidate) => candidate.address === address);
  if (instance === undefined) {
    throw new Error(`no ${address} among ${root?.instances.map((one) => one.address).join()}`);
  }
  return instance;
}

/** A value in short: known data as it is, references as `{address}.property`, `?` and what it waits for. */
function brief(value: Value): unknown {
  switch (value.kind) {
    case 'known':
      return value.value;
    case 'absent':
      return null;
    case 'list': {
      const items = value.items.map(brief);
      return value.more === undefined ? items : [...items, { more: brief(value.more) }];
    }
    case 'object': {
      const fields = [...value.fields].map(([name, field]) => [value.names?.get(name) ?? name, brief(field)]);
      return Object.fromEntries(value.more === undefined ? fields : [...fields, ['*', brief(value.more)]]);
    }
    default: {
      const { references = [], open, reason } = value;
      const named = references.map(({ id, property }) => `${id}.${property}`).join(' | ');
      if (references.length === 0) return `?${reason.kind} ${reason.name}`;
      return open === true ? `${named} | ?` : named;
    }
  }
}

/** One attribute of one instance, in short. */
export function read(root: TerraformRoot | undefined, address: string, attribute: string): unknown {
  return brief(instanceIn(root, address).attribute(attribute));
}

/** What the attribute `v` of a resource is when it is written like this, among some resources of a network. */
export async function written(expression: string, more = ''): Promise<unknown> {
  return read(
    await rootOf(`${NETWORK}\n${more}\nresource "test" "x" {\n  v = ${expression}\n}\n`),
    'test.x',
    'v',
  );
}

const NETWORK = `
resource "azurerm_lb" "a" {
  name = "lb-a"
  frontend_ip_configuration {
    name = "front"
  }
}
resource "azurerm_lb" "b" {
  name = "lb-b"
}
resource "azurerm_subnet" "s" {
  for_each = toset(["web", "db"])
  name     = each.key
}
resource "azurerm_network_interface" "n" {
  count = 2
  name  = "nic-\${count.index}"
}
variable "flag" {
  type = bool
}
variable "text" {
  type = string
}
`;
