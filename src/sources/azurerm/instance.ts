import type { Origin } from '../../text/origin.ts';
import type { Unknown, Value } from '../../value/value.ts';
import type { VersionRange } from './provider-version.ts';

/** A part of the configuration that could not be read: a module that is not there. It may declare anything. */
export interface UnreadPart {
  /** `module.web["a"]`. */
  readonly address: string;
  readonly origin: Origin;
  /** What it is given, and so may change or attach something to. */
  readonly given: readonly Value[];
}

/**
 * One instance of a Terraform resource, as both Terraform sources hand it over. Only instances that exist after
 * the apply are handed over.
 */
export interface TerraformInstance {
  /** With instance keys: `module.app["web"].azurerm_lb.main[0]`. */
  readonly address: string;
  /** `azurerm_lb`. */
  readonly type: string;
  readonly mode: 'managed' | 'data';
  /** Lower case: the id Azure gave it when that is known, else symbolic: `{module.app["web"].azurerm_lb.main[0]}`. */
  readonly id: string;
  /** Whether Terraform creates it (or replaces it), so that its id is not known yet. */
  readonly created: boolean;
  /**
   * The provider configuration that makes it, where that is not the default one: `azurerm.hub`, `module.web:azurerm`. Others
   * may work in other subscriptions, so equal names of two configurations can be two things.
   */
  readonly provider?: string;
  /** Why it is not certain that the instance will exist: its `count` or `for_each` is not known. */
  readonly condition?: Unknown;
  readonly origin: Origin;
  /**
   * A top-level attribute or the blocks of a type. Blocks are a list of objects. Null, and a computed attribute
   * that nobody wrote, is absent. An unknown carries as `references` the attributes it may be a copy of: `id` is the
   * lower-case id of the instance and `property` its attribute path (`id`, `ip_address`,
   * `frontend_ip_configuration[0].private_ip_address`), or empty when the plan lost it; it is `open` when the value may
   * come from somewhere the source could not follow.
   */
  attribute(name: string): Value;
  /** The attributes and the types of blocks that are written or have a value. */
  names(): readonly string[];
}

/** Whether Azure gave the instance its id already. */
export function hasKnownId(instance: TerraformInstance): boolean {
  return !instance.created && !instance.id.startsWith('{');
}

/** What a Terraform source hands to the translation into Azure resources. */
export interface TerraformRoot {
  readonly instances: readonly TerraformInstance[];
  /** The releases of the providers that the root admits, which decide about defaults. Without one it can be any. */
  readonly providers?: { readonly azurerm?: VersionRange; readonly azapi?: VersionRange };
  /** What the apply deletes, with the attributes it had. The state of its parent may still list it. */
  readonly deleted: readonly TerraformInstance[];
  /** What leaves the root through its outputs, so that others can attach to it: reference ids per output. */
  readonly outputs: readonly {
    readonly name: string;
    readonly origin: Origin;
    readonly references: readonly { readonly id: string; readonly property: string }[];
    /** The output may hold something the source could not follow. */
    readonly open: boolean;
  }[];
  /** Parts of the configuration that nobody could read. A plan has none. */
  readonly unread?: readonly UnreadPart[];
}
