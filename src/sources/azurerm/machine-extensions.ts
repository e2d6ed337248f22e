import type { Value } from '../../value/value.ts';
import {
  type Attributes,
  attributesOf,
  fieldsOf,
  mapBlocks,
  read,
  readOr,
  singleBlock,
  subResource,
} from './attributes.ts';
import type { TerraformInstance } from './instance.ts';
import { fromJson } from './json-text.ts';
import type { Context } from './translator.ts';

type Fields = Record<string, Value | undefined>;

/** The properties of an extension. Its settings are JSON text in Terraform and an object in ARM. */
export function extensionProperties(attributes: Attributes, { toArmReferences }: Context): Fields {
  const secret = read(attributes, 'protected_settings_from_key_vault');
  return {
    publisher: read(attributes, 'publisher'),
    type: read(attributes, 'type'),
    typeHandlerVersion: read(attributes, 'type_handler_version'),
    settings: fromJson(toArmReferences(read(attributes, 'settings'))),
    protectedSettings: fromJson(toArmReferences(read(attributes, 'protected_settings'))),
    protectedSettingsFromKeyVault: secret.kind === 'absent' ? undefined : keyVaultSecret(secret),
    autoUpgradeMinorVersion: read(
      attributes,
      'auto_upgrade_minor_version',
      'auto_upgrade_minor_version_enabled',
    ),
    enableAutomaticUpgrade: read(attributes, 'automatic_upgrade_enabled'),
    suppressFailures: read(attributes, 'failure_suppression_enabled'),
    provisionAfterExtensions: read(
      attributes,
      'provision_after_extensions',
      'extensions_to_provision_after_vm_creation',
    ),
  };
}

function keyVaultSecret(blocks: Value): Value {
  const secrets = mapBlocks(blocks, (block, { origin }) =>
    fieldsOf(
      {
        secretUrl: read(block, 'secret_url'),
        sourceVault: subResource(read(block, 'source_vault_id')),
      },
      origin,
    ),
  );
  return secrets.kind === 'list' ? (secrets.items[0] ?? secrets.more ?? secrets) : secrets;
}

/** The properties of a run command: a script, where it is, or the name of a built-in one. */
export function runCommandProperties(instance: TerraformInstance, { toArmReferences }: Context): Fields {
  const attributes = attributesOf(instance);
  const source = singleBlock(attributes, 'source');
  const parameters = (name: string): Value =>
    mapBlocks(attributes(name), (block, { origin }) =>
      fieldsOf({ name: read(block, 'name'), value: toArmReferences(read(block, 'value')) }, origin),
    );
  return {
    source: fieldsOf(
      {
        script: toArmReferences(read(source, 'script')),
        scriptUri: read(source, 'script_uri'),
        commandId: read(source, 'command_id'),
      },
      instance.origin,
    ),
    parameters: parameters('parameter'),
    protectedParameters: parameters('protected_parameter'),
    runAsUser: read(attributes, 'run_as_user'),
  };
}

/** The gallery applications that blocks name; azurerm 3 also has them under an older spelling. */
export function galleryApplications(attributes: Attributes): Value {
  const current = read(attributes, 'gallery_application');
  return mapBlocks(
    current.kind === 'absent' ? read(attributes, 'gallery_applications') : current,
    (block, { origin }) =>
      fieldsOf(
        {
          packageReferenceId: read(block, 'version_id', 'package_reference_id'),
          configurationReference: read(block, 'configuration_blob_uri', 'configuration_reference_blob_uri'),
          order: readOr(block, 0, 'order'),
        },
        origin,
      ),
  );
}

/** A profile of applications; undefined without any. */
export function applicationProfile(applications: Value): Value | undefined {
  return applications.kind === 'absent'
    ? undefined
    : fieldsOf({ galleryApplications: applications }, applications.origin);
}
