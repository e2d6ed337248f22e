const DEFAULT_REGISTRIES = /^registry\.(?:terraform\.io|opentofu\.org)\//;

/**
 * A module source as `terraform init` notes it in `modules.json`: registry modules without the host of the default
 * registry, repositories of GitHub and those of SSH shorthand as the address that Git is given.
 * https://developer.hashicorp.com/terraform/language/modules/sources
 */
export function canonicalSource(source: string): string {
  const plain = source.replace(DEFAULT_REGISTRIES, '');
  const [, owner, repository, rest = ''] = /^github\.com\/([^/?]+)\/([^/?]+)(.*)$/.exec(plain) ?? [];
  if (owner !== undefined && repository !== undefined)
    return `git::https://github.com/${owner}/${repository.replace(/\.git$/, '')}.git${rest}`;
  const [, user, host, path] = /^(?:git::)?([\w.-]+)@([\w.-]+):([^/].*)$/.exec(plain) ?? [];
  if (user === undefined || host === undefined || path === undefined) return plain;
  return `git::ssh://${user}@${host}/${path}`;
}
