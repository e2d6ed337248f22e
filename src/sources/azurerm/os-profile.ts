import { assumed, type ObjectValue, unknown, type Value } from '../../value/value.ts';
import {
  type Attributes,
  attributesOf,
  fieldsOf,
  mapBlocks,
  read,
  readOr,
  singleBlock,
} from './attributes.ts';
import type { TerraformInstance } from './instance.ts';
import type { Context } from './translator.ts';

/** Plans and states of the legacy resources hold a hash in place of the custom data. */
const SHA1 = /^[0-9a-f]{40}$/;

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

const LEGACY = /^azurerm_virtual_machine(_scale_set)?$/;

/** Where the settings of one operating system stand: in the resource itself, or in a block of it. */
interface SystemSettings {
  readonly attributes: Attributes;
  readonly isWindows: boolean;
  /** False when the block is not there. */
  readonly isWritten: boolean;
}

/**
 * What the guest of a machine, or of each instance of a scale set, gets from its code. Extensions run and an agent is
 * installed unless somebody says otherwise; the legacy machine installs none in Windows, the legacy scale set leaves it to
 * Azure.
 */
export function osProfile(instance: TerraformInstance, context: Context): ObjectValue {
  const attributes = attributesOf(instance);
  const { origin } = instance;
  const isLegacy = LEGACY.test(instance.type);
  const block = singleBlock(attributes, 'os_profile');
  const name = read(attributes, 'computer_name');
  const fields: Record<string, Value | undefined> = {
    computerName: name.kind === 'absent' ? read(block, 'computer_name') : name,
    customData: customDataOf(instance, context),
    allowExtensionOperations: isLegacy
      ? undefined
      : readOr(attributes, true, 'allow_extension_operations', 'extension_operations_enabled'),
  };
  for (const settings of settingsOf(instance)) {
    if (!settings.isWritten) continue;
    const configuration = systemConfiguration(settings, instance);
    if (configuration.fields.size > 0)
      fields[settings.isWindows ? 'windowsConfiguration' : 'linuxConfiguration'] = configuration;
  }
  return fieldsOf(fields, origin);
}

function settingsOf(instance: TerraformInstance): readonly SystemSettings[] {
  const attributes = attributesOf(instance);
  const system = /^azurerm_(linux|windows)_/.exec(instance.type)?.[1];
  if (system !== undefined) {
    return [{ attributes, isWindows: system === 'windows', isWritten: true }];
  }
  const isLegacy = LEGACY.test(instance.type);
  const owner = isLegacy ? attributes : singleBlock(attributes, 'os_profile');
  return [false, true].map((isWindows): SystemSettings => {
    const word = isWindows ? 'windows' : 'linux';
    const name = isLegacy ? `os_profile_${word}_config` : `${word}_configuration`;
    const isWritten = read(owner, name).kind !== 'absent';
    return { attributes: singleBlock(owner, name), isWindows, isWritten };
  });
}

/** Windows can be told to listen for remote management, and to run commands when somebody logs on. */
function systemConfiguration(
  { attributes, isWindows }: SystemSettings,
  { type, origin }: TerraformInstance,
): ObjectValue {
  const isLegacy = LEGACY.test(type);
  const written = read(attributes, 'provision_vm_agent');
  const agent =
    written.kind === 'absent' && type !== 'azurerm_virtual_machine_scale_set'
      ? assumed(!isLegacy, written.origin)
      : written;
  if (!isWindows) return fieldsOf({ provisionVMAgent: isLegacy ? undefined : agent }, origin);
  const remote = isLegacy ? attributes('winrm') : attributes('winrm_listener');
  const listeners = mapBlocks(remote, (block, value) =>
    fieldsOf(
      { protocol: read(block, 'protocol'), certificateUrl: read(block, 'certificate_url') },
      value.origin,
    ),
  );
  const unattended = isLegacy
    ? attributes('additional_unattend_config')
    : attributes('additional_unattend_content');
  return fieldsOf(
    {
      provisionVMAgent: agent,
      winRM: listeners.kind === 'absent' ? undefined : fieldsOf({ listeners }, listeners.origin),
      additionalUnattendContent: mapBlocks(unattended, (block, value) =>
        fieldsOf(
          { settingName: read(block, 'setting', 'setting_name'), content: read(block, 'content') },
          value.origin,
        ),
      ),
    },
    origin,
  );
}

/** Custom data as base64, whichever attribute holds it. */
function customDataOf(instance: TerraformInstance, { toArmReferences }: Context): Value {
  const attributes = attributesOf(instance);
  const direct = read(attributes, 'custom_data');
  if (direct.kind !== 'absent') return toArmReferences(direct);
  const inProfile = read(singleBlock(attributes, 'os_profile'), 'custom_data');
  return toArmReferences(LEGACY.test(instance.type) ? encodeLegacy(inProfile) : inProfile);
}

/** The legacy resources take plain text and encode it, unless it is base64 already. */
function encodeLegacy(value: Value): Value {
  if (value.kind !== 'known' || typeof value.value !== 'string') return value;
  if (SHA1.test(value.value)) {
    return unknown({ kind: 'unsupported', name: 'custom data of which only a hash is kept' }, value.origin);
  }
  if (BASE64.test(value.value.replace(/[\r\n]/g, ''))) return value;
  return { ...value, value: Buffer.from(value.value, 'utf8').toString('base64') };
}
