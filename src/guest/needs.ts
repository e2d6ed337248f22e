import type { InternetNeed } from './evidence.ts';

/** Words that give the machine a way to the internet of its own kind, or packages from a nearer place. */
export const PROXY: RegExp =
  /\bhttps?_proxy\s*[=:]|Acquire::https?::Proxy|^[ \t]*proxy[ \t]*=[ \t]*http|\s--proxy\b/im;
export const MIRROR: RegExp =
  /\/sources\.list(?!\.d)|ubuntu\.sources|apt\.conf|yum\.repos\.d|--index-url|--registry|--no-index|registry-mirrors|pip\.conf|pip config|npm config|INDEX_URL|NPM_CONFIG|\.npmrc|apt-mirror/i;

export interface Need extends InternetNeed {
  /** Whether a program ran before it that may have set anything up. */
  readonly afterProgram: boolean;
}

/** What else decides where a machine looks for things. */
export interface Surroundings {
  readonly isGenericImage: boolean;
  readonly hasProxy: boolean;
  readonly hasMirror: boolean;
  /** The carriers with content that cannot be read. */
  readonly hiddenIn: ReadonlySet<string>;
}

const FROM_REPOSITORY = /^(installs packages|pulls an image)/;
const AT_START: readonly string[] = ['custom data', 'user data'];

/**
 * The needs that nothing out of sight can meet nearer by. Mirrors and proxies are set up by images, by programs that ran
 * before and by content that cannot be read; an extension starts when the start of the machine is through.
 */
export function certainNeeds(
  needs: readonly Need[],
  { isGenericImage, hasProxy, hasMirror, hiddenIn }: Surroundings,
): readonly InternetNeed[] {
  if (!isGenericImage || hasProxy || AT_START.some((carrier) => hiddenIn.has(carrier))) return [];
  return needs
    .filter(({ what, carrier, afterProgram }) => {
      if (!FROM_REPOSITORY.test(what)) return true;
      const isInSight = AT_START.includes(carrier) || hiddenIn.size === 0;
      return !hasMirror && !afterProgram && isInSight;
    })
    .map(({ what, origin, carrier }) => ({ what, origin, carrier }));
}
