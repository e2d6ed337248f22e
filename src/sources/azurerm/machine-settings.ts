import { absent, assumed, known, type ObjectValue, type Value } from '../../value/value.ts';
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
