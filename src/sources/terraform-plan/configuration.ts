import { own } from './instances.ts';
import {
  type ConfigurationModule,
  type ConfigurationResource,
  type Expression,
  isExpression,
  type Json,
  type JsonObject,
} from './plan-format.ts';

/**
 * How the configuration writes a value, or the part of a value that is looked at.
 *
 * - `expression`: by an expression with references; a part of the value has those of the whole. `partly` when the
 *   expression stands for blocks, to which dynamic ones may add.
 * - `constant`: by a constant, or one of several where it is not clear by which.
 * - `blocks`: by these blocks, in the order of the source, and by dynamic ones, which a plan does not show.
 * - `block`: by this block.
 * - `nowhere`: nobody wrote it.
 * - `unseen`: perhaps by a dynamic block.
 */
export type Written =
  | { readonly by: 'expression'; readonly expression: Expression; readonly partly: boolean }
  | { readonly by: 'constant'; readonly values: readonly Json[] }
  | { readonly by: 'blocks'; readonly blocks: readonly JsonObject[] }
  | { readonly by: 'block'; readonly body: JsonObject }
  | { readonly by: 'nowhere' }
  | { readonly by: 'unseen' };

export const UNSEEN: Written = { by: 'unseen' };
const NOWHERE: Written = { by: 'nowhere' };

const ARGUMENTS_AS_BLOCKS: ReadonlySet<string> = new Set(['security_rule', 'subnet', 'route']);

/** Blocks that azurerm never makes up: where they are unknown as a whole, they are dynamic and their number is unknown. */
const NEVER_MADE_UP: ReadonlySet<string> = new Set([
  'backend_address_pool',
  'delegation',
  'frontend_ip_configuration',
  'ip_configuration',
  'nat_ip_configuration',
  'network_interface',
  'network_profile',
  'public_ip_address',
  'tunnel_interface',
]);

/** Blocks of azurerm 3 to 5 whose order is not that of the source, in at least one type of resource. */
const UNORDERED: ReadonlySet<string> = new Set([
  ...ARGUMENTS_AS_BLOCKS,
  'admin_ssh_key',
  'backend_address_pool',
  'backend_http_settings',
  'certificate',
  'extension',
  'frontend_port',
  'http_listener',
  'listener',
  'network_profile',
  'os_profile',
  'os_profile_linux_config',
  'os_profile_secrets',
  'os_profile_windows_config',
  'plan',
  'private_link_configuration',
  'probe',
  'record',
  'redirect_configuration',
  'request_routing_rule',
  'routing_rule',
  'ssl_certificate',
  'storage_data_disk',
  'storage_image_reference',
  'storage_profile_image_reference',
  'storage_profile_os_disk',
  'virtual_machine_size',
  'winrm_listener',
]);

/** Whether this is an argument that can also be written as blocks, which the plan then shows as one expression. */
export function isArgumentAsBlocks(name: string): boolean {
  return ARGUMENTS_AS_BLOCKS.has(name);
}

/** Looks into the configuration of a plan; what it has found out about a block it keeps. */
export interface ConfigurationReader {
  /** The block of a resource (`azurerm_subnet.main`) in a module. */
  resource(
    module: ConfigurationModule | undefined,
    mode: 'managed' | 'data',
    resource: string,
  ): ConfigurationResource | undefined;
  /** How an argument, or the blocks of a type, are written in the body of a resource or a block. */
  argument(body: JsonObject, name: string): Written;
  /** How a field of a value is written. */
  field(written: Written, name: string): Written;
  /**
   * How each item of a list is written. Where there are as many blocks as items, none of them is dynamic: then an item is by
   * the block at its position, unless their names differ or the plan does not keep the order of such blocks. Else it is
   * by the block with the same constant `name`, or by the only block that is left when all others are found.
   */
  items(written: Written, name: string, items: readonly Json[]): readonly Written[];
}

export function createConfigurationReader(): ConfigurationReader {
  const resources = new Map<ConfigurationModule, ReadonlyMap<string, ConfigurationResource>>();
  const bodies = new Map<JsonObject, Map<string, Written>>();
  const wholes = new Map<JsonObject, Written>();
  const names = new Map<JsonObject, { readonly name: string | undefined }>();

  const argument = (body: JsonObject, name: string): Written => {
    let known = bodies.get(body);
    if (known === undefined) {
      known = new Map();
      bodies.set(body, known);
    }
    let written = known.get(name);
    if (written === undefined) {
      written = writtenIn(body, name);
      known.set(name, written);
    }
    return written;
  };
  const blockWritten = (body: JsonObject): Written => {
    const written = wholes.get(body) ?? { by: 'block', body };
    wholes.set(body, written);
    return written;
  };
  const nameWritten = (block: JsonObject): string | undefined => {
    const known = names.get(block) ?? { name: constantName(block) };
    names.set(block, known);
    return known.name;
  };

  return {
    argument,
    resource(module, mode, resource) {
      if (module === undefined) return undefined;
      const known = resources.get(module) ?? resourcesIn(module);
      resources.set(module, known);
      return known.get(`${mode} ${resource}`);
    },
    field(written, name) {
      switch (written.by) {
        case 'block':
          return argument(written.body, name);
        case 'constant':
          return constant(written.values.map((value) => own<Json>(value, name) ?? null));
        case 'expression':
          return written;
        default:
          return UNSEEN;
      }
    },
    items(written, name, items) {
      switch (written.by) {
        case 'expression':
          return items.map(() => written);
        case 'constant': {
          const parts = constant(written.values.flatMap((value) => (Array.isArray(value) ? value : [value])));
          return items.map(() => parts);
        }
        case 'blocks': {
          const matched = matchBlocks(written.blocks, name, items, nameWritten);
          return matched.map((body) => (body === undefined ? UNSEEN : blockWritten(body)));
        }
        default:
          return items.map(() => UNSEEN);
      }
    },
  };
}

function resourcesIn(module: ConfigurationModule): ReadonlyMap<string, ConfigurationResource> {
  return new Map(
    (module.resources ?? []).map((block) => [`${block.mode} ${block.type}.${block.name}`, block]),
  );
}

function writtenIn(body: JsonObject, name: string): Written {
  const node = own<Json>(body, name);
  if (node === undefined) return NEVER_MADE_UP.has(name) ? UNSEEN : NOWHERE;
  if (isExpression(node)) {
    if (node.constant_value !== undefined) return constant([node.constant_value]);
    return { by: 'expression', expression: node, partly: ARGUMENTS_AS_BLOCKS.has(name) };
  }
  if (Array.isArray(node)) return { by: 'blocks', blocks: node.filter(isBlock) };
  return isBlock(node) ? { by: 'block', body: node } : UNSEEN;
}

function matchBlocks(
  blocks: readonly JsonObject[],
  type: string,
  items: readonly Json[],
  nameWritten: (block: JsonObject) => string | undefined,
): readonly (JsonObject | undefined)[] {
  const isWhole = blocks.length === items.length;
  const isOrdered = blocks.length === 1 || !UNORDERED.has(type);
  if (isWhole && isOrdered && blocks.every((block, at) => mayBe(nameWritten(block), nameOf(items[at])))) {
    return blocks;
  }
  const blocksByName = uniqueNames(blocks, nameWritten);
  const itemsByName = uniqueNames(items, nameOf);
  const matched = items.map((item) => {
    const name = nameOf(item);
    return name !== undefined && itemsByName.has(name) ? blocksByName.get(name) : undefined;
  });
  const [last, ...others] = blocks.filter((block) => !matched.includes(block));
  if (!isWhole || last === undefined || others.length > 0) return matched;
  return matched.map(
    (block, at) => block ?? (mayBe(nameWritten(last), nameOf(items[at])) ? last : undefined),
  );
}

function mayBe(written: string | undefined, planned: string | undefined): boolean {
  return written === undefined || planned === undefined || written === planned;
}

function uniqueNames<T>(list: readonly T[], nameIn: (item: T) => string | undefined): ReadonlyMap<string, T> {
  const byName = new Map<string, T>();
  const twice = new Set<string>();
  for (const item of list) {
    const name = nameIn(item);
    if (name === undefined) continue;
    if (byName.has(name)) twice.add(name);
    byName.set(name, item);
  }
  for (const name of twice) byName.delete(name);
  return byName;
}

function constantName(block: JsonObject): string | undefined {
  const expression = own<Json>(block, 'name');
  const name = expression === undefined || !isExpression(expression) ? undefined : expression.constant_value;
  return typeof name === 'string' ? name : undefined;
}

function nameOf(item: Json | undefined): string | undefined {
  const name = own<Json>(item, 'name');
  return typeof name === 'string' ? name : undefined;
}

function constant(values: readonly Json[]): Written {
  return values.every((value) => value === null) ? NOWHERE : { by: 'constant', values };
}

function isBlock(node: Json): node is JsonObject {
  return typeof node === 'object' && node !== null && !Array.isArray(node);
}
