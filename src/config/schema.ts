/**
 * The JSON Schema of the configuration file. It is published with the package, types the configuration, and is what a file
 * is checked against: only its keywords `type`, `properties`, `required`, `additionalProperties`, `items`, `enum`, `const`,
 * `pattern`, `minItems` and `minLength` are used.
 */
export const CONFIG_SCHEMA = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Configuration of Portcullis',
  type: 'object',
  additionalProperties: false,
  properties: {
    $schema: { type: 'string', description: 'Where this schema is, for editors' },
    version: { const: 1, description: 'The version of the configuration format' },
    failOn: {
      enum: ['error', 'warning', 'info', 'never'],
      description: 'Violations from this severity on end with exit code 1',
    },
    strict: { type: 'boolean', description: 'Unknown answers and problems end with exit code 4' },
    policies: {
      type: 'object',
      description: 'A severity for each policy, or off',
      additionalProperties: { enum: ['error', 'warning', 'info', 'off'] },
    },
    clients: {
      type: 'array',
      description: 'Who sends packets besides the internet and the virtual network',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['name', 'addresses'],
        properties: {
          name: { type: 'string', minLength: 1 },
          addresses: {
            type: 'array',
            minItems: 1,
            description: 'Addresses and prefixes in CIDR notation',
            items: { type: 'string', minLength: 1 },
          },
        },
      },
    },
    azure: {
      type: 'object',
      description: 'What templates are deployed to, where the code does not say it',
      additionalProperties: false,
      properties: {
        subscription: { type: 'string', minLength: 1 },
        resourceGroup: { type: 'string', minLength: 1 },
        location: { type: 'string', minLength: 1 },
      },
    },
    exclude: {
      type: 'array',
      description:
        'Paths that are not looked at; * stands for a part of a name, ** for folders, {a,b} for a or b',
      items: { type: 'string', minLength: 1 },
    },
    baseline: { type: 'string', minLength: 1, description: 'Known findings that are not reported again' },
    suppressions: {
      type: 'array',
      description: 'Findings that are accepted, with a reason',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['policy', 'reason'],
        properties: {
          policy: { type: 'string', minLength: 1 },
          subject: { type: 'string', minLength: 1, description: 'As in the report: lb-web/http' },
          path: { type: 'string', minLength: 1, description: 'The file of the finding' },
          until: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'The last day it holds' },
          reason: { type: 'string', minLength: 1 },
        },
      },
    },
  },
} as const;
