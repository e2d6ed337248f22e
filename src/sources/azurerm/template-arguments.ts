import type { Reason } from '../../value/reason.ts';
import type { Unknown, Value } from '../../value/value.ts';
import type { TemplateDeployment } from './template-deployment.ts';

/**
 * What a deployment gives for the parameters of its template, by lower-case name; undefined for those that take their default.
 * Parameters that are unknown as a whole can give any value to each of them.
 */
export function templateArguments({
  address,
  parameters,
}: TemplateDeployment): (name: string) => (() => Value) | undefined {
  const given = (name: string): Value | undefined => {
    if (parameters.kind !== 'object')
      return parameters.kind === 'absent' ? undefined : anyValue(parameters, address, name);
    const entry = parameters.fields.get(name);
    if (entry === undefined)
      return parameters.more === undefined ? undefined : anyValue(parameters.more, address, name);
    if (entry.kind !== 'object') return entry.kind === 'absent' ? undefined : entry;
    return entry.fields.get('value') ?? inVault(entry, name);
  };
  return (name) => {
    const value = given(name);
    return value === undefined ? undefined : () => value;
  };
}

/** It may be one of the things that the parameters are put together from, and anything else. */
function anyValue(parameters: Value, address: string, name: string): Unknown {
  const reason: Reason =
    parameters.kind === 'unknown'
      ? parameters.reason
      : { kind: 'unsupported', name: `the parameters of ${address}` };
  const references = parameters.kind === 'unknown' ? parameters.references : undefined;
  const expression = `parameters('${address}/${name}')`;
  const unsettled: Unknown = { kind: 'unknown', reason, origin: parameters.origin, expression };
  return references === undefined ? unsettled : { ...unsettled, references, open: true };
}

function inVault(entry: Value, name: string): Unknown {
  return { kind: 'unknown', reason: { kind: 'parameter', name }, origin: entry.origin };
}
