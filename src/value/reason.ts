/**
 * Why a value is not known before deployment. `name` is what a person would look for: the parameter, the
 * Terraform address with its attribute, the module, the resource outside this root, the construct.
 * `unsupported` is a gap of Portcullis itself.
 */
export interface Reason {
  readonly kind: 'parameter' | 'known-after-apply' | 'runtime' | 'module' | 'outside' | 'unsupported';
  readonly name: string;
}
