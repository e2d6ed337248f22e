import type { BodyFault } from '../arm/types/body-fault.ts';
import { checkBody } from '../arm/types/check-body.ts';
import { modelledTypes } from '../arm/types/modelled-types.ts';
import type { AzureTypes } from '../arm/types/shape.ts';
import type { Network } from '../network/network.ts';
import { textOr } from '../value/shown.ts';
import { asText } from '../value/value.ts';
import type { Subject } from './finding.ts';

/** A resource whose body the user wrote in the shape of Azure Resource Manager, and one fault of it. */
export interface BodySubject {
  readonly subject: Subject;
  /** Left out when the body has none. */
  readonly fault?: BodyFault;
}

/**
 * Every resource of a type that the run or else Portcullis describes, once, or once for each fault. Parts of other resources that are
 * declared as resources have no body to speak of and are left out.
 */
export function bodySubjects({ topology, types: given }: Network): readonly BodySubject[] {
  const own = modelledTypes();
  const types: AzureTypes =
    given === undefined
      ? own
      : { find: (type, version) => given.find(type, version) ?? own.find(type, version) };
  return topology.model.resources.flatMap((resource): BodySubject[] => {
    const { type, apiVersion, address, origin } = resource;
    if (apiVersion === undefined) return [];
    if (types.find(type, apiVersion)?.isWritable !== true) return [];
    const name = textOr(asText(resource.name), address);
    const subject: Subject = { address, type, name, origin };
    const faults = checkBody({ type, apiVersion, body: resource.body, origin }, types);
    return faults.length === 0 ? [{ subject }] : faults.map((fault) => ({ subject, fault }));
  });
}
