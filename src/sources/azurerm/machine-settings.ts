import { known, unknown, type Value } from '../../value/value.ts';
import { type Attributes, attributesOf, fieldsOf, read, singleBlock } from './attributes.ts';
import type { TerraformInstance } from './instance.ts';
import { fromJson } from './json-text.ts';
import type { Context } from './translator.ts';

/** Plans and states of the legacy resources hold a hash in place of the custom data. */
const SHA1 = /^[0-9a-f]{40}$/;

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

type Fields = Record<string, Value | undefined>;

/** The properties of an extension. Its settings are JSON text in Terraform and an object in ARM. */
export function extensionProperties(attributes: Attributes, { toArmReferences }: Context): Fields {
  return {
    publisher: read(attributes, 'publisher'),
    type: read(attributes, 'type'),
    typeHandlerVersion: read(attributes, 'type_handler_version'),
    settings: fromJson(toArmReferences(read(attributes, 'settings'))),
    protectedSettings: fromJson(toArmReferences(read(attributes, 'protected_settings'))),
  };
}

/** The image a machine starts from, and its operating system where the type of the resource tells. */
export function storageProfile(instance: TerraformInstance): Value {
  const attributes = attributesOf(instance);
  const { origin } = instance;
  const image = singleBlock(attributes, IMAGE_BLOCKS[instance.type] ?? 'source_image_reference');
  const id = read(attributes, 'source_image_id');
  const imageReference = fieldsOf(
    {
      id: id.kind === 'absent' ? read(image, 'id') : id,
      publisher: read(image, 'publisher'),
      offer: read(image, 'offer'),
      sku: read(image, 'sku'),
      version: read(image, 'version'),
    },
    origin,
  );
  const system = OPERATING_SYSTEM.exec(instance.type)?.[1];
  const osType = system === undefined ? undefined : known(system === 'linux' ? 'Linux' : 'Windows', origin);
  return fieldsOf(
    {
      imageReference: imageReference.fields.size === 0 ? undefined : imageReference,
      osDisk: osType === undefined ? undefined : fieldsOf({ osType }, origin),
    },
    origin,
  );
}

const IMAGE_BLOCKS: Readonly<Record<string, string>> = {
  azurerm_virtual_machine: 'storage_image_reference',
  azurerm_virtual_machine_scale_set: 'storage_profile_image_reference',
};

const OPERATING_SYSTEM = /^azurerm_(linux|windows)_/;

/** The offer a machine is bought under, from the marketplace. */
export function marketplacePlan(attributes: Attributes): Value | undefined {
  const blocks = attributes('plan');
  if (blocks.kind !== 'list' || blocks.items.length === 0) return undefined;
  const plan = singleBlock(attributes, 'plan');
  return fieldsOf(
    { name: read(plan, 'name'), product: read(plan, 'product'), publisher: read(plan, 'publisher') },
    blocks.origin,
  );
}

/** Custom data as base64, whichever attribute holds it. */
export function customDataOf(instance: TerraformInstance, { toArmReferences }: Context): Value {
  const attributes = attributesOf(instance);
  const direct = read(attributes, 'custom_data');
  if (direct.kind !== 'absent') return toArmReferences(direct);
  const inProfile = read(singleBlock(attributes, 'os_profile'), 'custom_data');
  const isLegacy = IMAGE_BLOCKS[instance.type] !== undefined;
  return toArmReferences(isLegacy ? encodeLegacy(inProfile) : inProfile);
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
