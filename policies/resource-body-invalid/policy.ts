import { type BodySubject, bodySubjects, definePolicy, type Policy, pass } from '../../src/policy/index.ts';

type Fault = NonNullable<BodySubject['fault']>;

/** What the messages need, in words. */
interface Facts {
  readonly name: string;
  readonly path: string;
  readonly property: string;
  /** Where the property belongs. */
  readonly place: string;
  readonly found: string;
  readonly expected: string;
  readonly apiVersion: string;
}

const KINDS: Readonly<Record<Extract<Fault, { kind: 'wrong-kind' }>['found'], string>> = {
  text: 'text',
  integer: 'a number',
  number: 'a fraction',
  boolean: 'true or false',
  list: 'a list',
  object: 'an object',
};

export const policy: Policy = definePolicy({
  id: 'resource-body-invalid',
  title: 'Resource bodies have the properties their type has, each in its place',
  severity: 'warning',
  confidence: 'proved',
  remedy: 'write the body as the template reference of the type shows it',
  references: [
    {
      title: 'Template reference of load balancers',
      url: 'https://learn.microsoft.com/azure/templates/microsoft.network/loadbalancers',
    },
    {
      title: 'Structure and syntax of ARM templates',
      url: 'https://learn.microsoft.com/azure/azure-resource-manager/templates/syntax',
    },
  ],
  messages: {
    unknown: ({ name, path }: Facts) => `\`${name}\` sets \`${path}\`, and there is no such property`,
    misplaced: ({ name, path, place }: Facts) => `\`${name}\` sets \`${path}\`, which belongs ${place}`,
    missing: ({ name, property, place }: Facts) =>
      `\`${name}\` does not set \`${property}\` ${place}, and Azure requires it`,
    'read-only': ({ name, path }: Facts) => `\`${name}\` sets \`${path}\`, which only Azure can set`,
    'wrong-kind': ({ name, path, found, expected }: Facts) =>
      `\`${name}\` sets \`${path}\` to ${found} where Azure takes ${expected}`,
    newer: ({ name, path, apiVersion }: Facts) =>
      `\`${name}\` sets \`${path}\`, which API version ${apiVersion} does not have yet`,
    retired: ({ name, path, apiVersion }: Facts) =>
      `\`${name}\` sets \`${path}\`, which API version ${apiVersion} does not have any more`,
  },

  subjects: bodySubjects,

  check({ subject, fault }: BodySubject) {
    if (fault === undefined || fault.kind === 'read-only-type') return pass;
    return {
      status: 'violation',
      say: fault.kind,
      with: factsOf(subject.name, fault),
      at: fault.origin,
      remedy: remedyOf(fault),
      ...(fault.isCertain ? {} : { confidence: 'suspected' }),
    };
  },
});

function factsOf(name: string, fault: Fault): Facts {
  const place = placeText(fault.kind === 'misplaced' ? fault.belongsIn : fault.path);
  const kinds = fault.kind === 'wrong-kind' ? fault : undefined;
  return {
    name,
    path: fault.path,
    property: fault.property,
    place,
    found: kinds === undefined ? '' : KINDS[kinds.found],
    expected: kinds === undefined ? '' : KINDS[kinds.expected],
    apiVersion: fault.kind === 'newer' || fault.kind === 'retired' ? fault.apiVersion : '',
  };
}

function placeText(path: string): string {
  return path === '' ? 'beside `properties`' : `in \`${path}\``;
}

/** What to do in this very case. */
function remedyOf(fault: Fault): string {
  const property = `\`${fault.property}\``;
  switch (fault.kind) {
    case 'unknown':
      return fault.suggestion === undefined ? `remove ${property}` : `write \`${fault.suggestion}\``;
    case 'misplaced':
      return fault.belongsIn === ''
        ? `move ${property} beside \`properties\``
        : `move ${property} into \`${fault.belongsIn}\``;
    case 'missing':
      return `set ${property} ${placeText(fault.path)}`;
    case 'wrong-kind':
      return `set ${property} to ${KINDS[fault.expected]}`;
    case 'newer':
      return `use API version ${fault.has} or a later one, or remove ${property}`;
    default:
      return `remove ${property}`;
  }
}
