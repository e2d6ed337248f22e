import type { Origin } from '../../text/origin.ts';
import { absent, type Value } from '../../value/value.ts';
import { type Data, type Later, reveal } from './data.ts';
import type { Environment } from './environment.ts';
import { createMemo } from './memo.ts';
import type { ResourceConfig } from './module-config.ts';
import { renderedBy } from './rendered-data.ts';
import { partToValue } from './to-value.ts';
import { copyOf } from './unknown.ts';
import { createWritten, type Owner, type Written } from './written-body.ts';

/** One instance of a resource or a data source. */
export interface ResourceInstance {
  readonly address: string;
  readonly type: string;
  readonly mode: 'managed' | 'data';
  /** `{address}` in lower case, which references to it carry. */
  readonly id: string;
  readonly condition: Later | undefined;
  /** The provider configuration, as plans name it. */
  readonly provider: string;
  readonly origin: Origin;
  /** For expressions that refer to it. */
  readonly written: Written;
  value(name: string): Value;
}

/** What instances are made with. */
export interface InstanceContext {
  idOf(address: string): string;
  refuse(failure: Data, origin: Origin): Later;
}

const HIDDEN: ReadonlySet<string> = new Set([
  'count',
  'for_each',
  'provider',
  'depends_on',
  'lifecycle',
  'provisioner',
  'connection',
]);

export function createResourceInstance(
  { mode, type, block }: ResourceConfig,
  address: string,
  environment: Environment,
  condition: Later | undefined,
  provider: string,
  { idOf, refuse }: InstanceContext,
): ResourceInstance {
  const origin = block.file.origin(block);
  const id = idOf(address);
  const isAzure = type.startsWith('azurerm_');
  const kind = mode === 'data' ? 'outside' : 'known-after-apply';

  function computed(path: string): Data {
    const name = `${address}.${path}`;
    return (
      renderedBy(type, path, written, environment) ?? copyOf({ id, property: path }, { kind, name }, name)
    );
  }

  const owner: Owner = {
    name: address,
    id,
    computed,
    adapt: (name, data) => (isAzure && name === 'location' ? normalised(data) : data),
    hidden: HIDDEN,
    refuse,
  };
  const written: Written = createWritten(block.body, { ...environment, lookup }, owner, '', origin);

  function lookup(name: string): Data | undefined {
    return name === 'self' ? written : environment.lookup(name);
  }

  const remember = createMemo<string, Value>(() => absent(origin));
  return {
    address,
    type,
    mode,
    id,
    condition,
    provider,
    origin,
    written,
    value: (name) =>
      remember(name, () => {
        const part = written.part(name);
        return part === undefined ? absent(origin) : partToValue(part, name, `${address}.${name}`, refuse);
      }),
  };
}

/** azurerm plans a location in lower case and without spaces. */
function normalised(data: Data): Data {
  const { data: value, secret } = reveal(data);
  if (typeof value !== 'string' || secret) return data;
  return value.toLowerCase().replaceAll(' ', '');
}
