/** The keywords of JSON Schema that the configuration uses. */
export interface Schema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly pattern?: string;
  readonly minItems?: number;
  readonly minLength?: number;
}

/** A place in the document and what is wrong there. `key` says that the name is wrong, not its value. */
export interface SchemaFault {
  readonly path: readonly (string | number)[];
  readonly key?: true;
  readonly message: string;
}

/** Everything in a document that the schema does not allow. */
export function validate(
  schema: Schema,
  value: unknown,
  path: readonly (string | number)[] = [],
): readonly SchemaFault[] {
  const fault = (message: string): readonly SchemaFault[] => [{ path, message }];
  if (schema.const !== undefined && value !== schema.const) {
    return fault(`must be ${JSON.stringify(schema.const)}`);
  }
  if (schema.enum !== undefined && !schema.enum.includes(value)) {
    return fault(`must be one of ${schema.enum.map(String).join(', ')}`);
  }
  switch (schema.type) {
    case 'object':
      return isRecord(value) ? validateObject(schema, value, path) : fault('must be a mapping');
    case 'array':
      return Array.isArray(value) ? validateList(schema, value, path) : fault('must be a list');
    case 'string':
      return typeof value === 'string' ? validateText(schema, value, path) : fault('must be a text');
    case 'boolean':
      return typeof value === 'boolean' ? [] : fault('must be true or false');
    default:
      return [];
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function validateObject(
  { properties = {}, required = [], additionalProperties = true }: Schema,
  value: Readonly<Record<string, unknown>>,
  path: readonly (string | number)[],
): readonly SchemaFault[] {
  const missing = required
    .filter((name) => !Object.hasOwn(value, name))
    .map((name) => ({ path, message: `needs \`${name}\`` }));
  const wrong = Object.entries(value).flatMap(([name, item]): readonly SchemaFault[] => {
    const own = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (own !== undefined) return validate(own, item, [...path, name]);
    if (additionalProperties === true) return [];
    if (additionalProperties !== false) return validate(additionalProperties, item, [...path, name]);
    const names = Object.keys(properties).filter((known) => !known.startsWith('$'));
    return [
      {
        path: [...path, name],
        key: true,
        message: `unknown key \`${name}\`; valid are ${names.sort().join(', ')}`,
      },
    ];
  });
  return [...missing, ...wrong];
}

function validateList(
  { items = {}, minItems = 0 }: Schema,
  value: readonly unknown[],
  path: readonly (string | number)[],
): readonly SchemaFault[] {
  if (value.length < minItems) return [{ path, message: `needs at least ${minItems} item` }];
  return value.flatMap((item, index) => validate(items, item, [...path, index]));
}

function validateText(
  { pattern, minLength = 0 }: Schema,
  value: string,
  path: readonly (string | number)[],
): readonly SchemaFault[] {
  if (value.length < minLength) return [{ path, message: 'must not be empty' }];
  if (pattern !== undefined && !new RegExp(pattern).test(value)) {
    return [{ path, message: `must look like ${pattern}` }];
  }
  return [];
}
