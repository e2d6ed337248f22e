import { absent, assumed, known, type ObjectValue, unknown, type Value } from '../../value/value.ts';
import {
  type Attributes,
  attributesOf,
  fieldsOf,
  read,
  readIfWritten,
  singleBlock,
  subResource,
} from './attributes.ts';
import type { TerraformInstance } from './instance.ts';
import type { Context } from './translator.ts';

/** Plans and states of the legacy resources hold a hash in place of the custom data. */
const SHA1 = /^[0-9a-f]{40}$/;

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** The image or the disk a machine starts from, and its operating system where the code tells. */
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
  const isFromImage = imageReference.fields.size > 0;
  const disk = osDisk(instance, isFromImage);
  return fieldsOf(
    {
      imageReference: isFromImage ? imageReference : undefined,
      osDisk: disk.fields.size === 0 ? undefined : disk,
    },
    origin,
  );
}

/** A disk that is attached, or made of a file, takes the place of an image. A machine that exists names its disk in any case. */
function osDisk(instance: TerraformInstance, isFromImage: boolean): ObjectValue {
  const attributes = attributesOf(instance);
  const { origin } = instance;
  const osType = osTypeOf(instance);
  const blocks = DISK_BLOCKS[instance.type];
  if (blocks === undefined) {
    const attached = isFromImage ? absent(origin) : readIfWritten(attributes, 'os_managed_disk_id');
    if (attached.kind === 'absent') return fieldsOf({ osType }, origin);
    const createOption = assumed('Attach', attached.origin);
    return fieldsOf({ osType, createOption, managedDisk: subResource(attached) }, origin);
  }
  const disk = singleBlock(attributes, blocks);
  return fieldsOf(
    {
      osType,
      createOption: read(disk, 'create_option'),
      managedDisk: subResource(readIfWritten(disk, 'managed_disk_id')),
      vhd: uriOf(read(disk, 'vhd_uri')),
      image: uriOf(read(disk, 'image_uri', 'image')),
    },
    origin,
  );
}

function uriOf(uri: Value): Value | undefined {
  return uri.kind === 'absent' ? undefined : fieldsOf({ uri }, uri.origin);
}

/** The type of the resource tells, or the blocks that configure the system. */
function osTypeOf(instance: TerraformInstance): Value {
  const attributes = attributesOf(instance);
  const { origin } = instance;
  const system = OPERATING_SYSTEM.exec(instance.type)?.[1];
  if (system !== undefined) return known(system === 'linux' ? 'Linux' : 'Windows', origin);
  const blocks = DISK_BLOCKS[instance.type];
  const written =
    blocks === undefined ? absent(origin) : readIfWritten(singleBlock(attributes, blocks), 'os_type');
  if (written.kind !== 'absent') return written;
  const profile = singleBlock(attributes, 'os_profile');
  const has = (name: string, inProfile: string): boolean =>
    [attributes(name), profile(inProfile)].some(
      (value) => value.kind === 'object' || (value.kind === 'list' && value.items.length > 0),
    );
  if (has('os_profile_linux_config', 'linux_configuration')) return assumed('Linux', origin);
  if (has('os_profile_windows_config', 'windows_configuration')) return assumed('Windows', origin);
  return absent(origin);
}

const IMAGE_BLOCKS: Readonly<Record<string, string>> = {
  azurerm_virtual_machine: 'storage_image_reference',
  azurerm_virtual_machine_scale_set: 'storage_profile_image_reference',
};

const DISK_BLOCKS: Readonly<Record<string, string>> = {
  azurerm_virtual_machine: 'storage_os_disk',
  azurerm_virtual_machine_scale_set: 'storage_profile_os_disk',
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
