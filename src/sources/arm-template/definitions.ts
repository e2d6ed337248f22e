import {
  at,
  itemsOf,
  type JsonMember,
  type JsonNode,
  membersOf,
  originOf,
  textOf,
} from '../../arm/json-node.ts';
import type { Unknown, Value } from '../../value/value.ts';
import { absent } from '../../value/value.ts';
import { loopsOf } from './copy.ts';
import type { Definitions, Environment, UserFunction } from './environment.ts';
import { evaluate, evaluateLoop } from './evaluate.ts';
import { lazily } from './lazily.ts';
import type { Arguments } from './parameters-file.ts';
import type { Session } from './session.ts';

/**
 * The parameters, variables and functions of a template, each evaluated when it is first used. `label` tells the
 * parameters of one nested template from those of another; it is empty for the root.
 */
export function defineTemplate(
  template: JsonNode,
  given: Arguments,
  label: string,
  session: Session,
  environment: () => Environment,
): Definitions {
  const parameters = new Map<string, () => Value>();
  const definitions = at(template, 'definitions');
  for (const member of membersOf(at(template, 'parameters'))) {
    const lower = member.name.toLowerCase();
    const what = `the parameter \`${member.name}\``;
    const evaluateParameter = (): Value =>
      parameterValue(member, definitions, given.get(lower), label, environment());
    parameters.set(
      lower,
      lazily(session, what, () => originOf(member), evaluateParameter),
    );
  }

  const variables = new Map<string, () => Value>();
  const section = at(template, 'variables');
  const loops = loopsOf(at(section, 'copy'));
  for (const [lower, loop] of loops) {
    const input = at(loop, 'input');
    if (input === undefined) continue;
    const run = (env: Environment): Value => evaluate(input, env);
    variables.set(
      lower,
      lazily(
        session,
        `the variable \`${lower}\``,
        () => originOf(loop),
        () => evaluateLoop(loop, 'property', environment(), run),
      ),
    );
  }
  for (const member of membersOf(section)) {
    const lower = member.name.toLowerCase();
    if (lower === 'copy' && loops.size > 0) continue;
    variables.set(
      lower,
      lazily(
        session,
        `the variable \`${member.name}\``,
        () => originOf(member),
        () => evaluate(member.value, environment()),
      ),
    );
  }

  const functions = functionsOf(template);
  return {
    parameter: (name) => parameters.get(name.toLowerCase())?.(),
    variable: (name) => variables.get(name.toLowerCase())?.(),
    userFunction: (name) => functions.get(name.toLowerCase()),
  };
}

function parameterValue(
  { name, value: declared, ...place }: JsonMember,
  definitions: JsonNode | undefined,
  given: (() => Value) | undefined,
  label: string,
  env: Environment,
): Value {
  const type = typeOf(declared, definitions);
  const value = given?.();
  const fallback = at(declared, 'defaultValue');
  if (value !== undefined && !(value.kind === 'absent' && fallback !== undefined)) return seal(value, type);
  if (fallback !== undefined) return seal(evaluate(fallback, env), type);
  const origin = originOf(place);
  if (type.nullable) return absent(origin);
  const expression = `parameters('${label}${name.toLowerCase()}')`;
  const unsettled: Unknown = { kind: 'unknown', reason: { kind: 'parameter', name }, origin, expression };
  return unsettled;
}

interface ParameterType {
  readonly secure: boolean;
  readonly nullable: boolean;
}

/** The type of a parameter or output, following `$ref` into `definitions`. */
export function typeOf(declared: JsonNode | undefined, definitions: JsonNode | undefined): ParameterType {
  let secure = false;
  let nullable = false;
  let node = declared;
  for (let hops = 0; node !== undefined && hops < 10; hops += 1) {
    const isNullable = at(node, 'nullable');
    nullable ||= isNullable?.kind === 'scalar' && isNullable.value === true;
    secure ||= /^secure/i.test(textOf(at(node, 'type')) ?? '');
    const name = /^#\/definitions\/(.+)$/.exec(textOf(at(node, '$ref')) ?? '')?.[1];
    node = name === undefined ? undefined : at(definitions, decodePointer(name));
  }
  return { secure, nullable };
}

function decodePointer(name: string): string {
  return name.replaceAll('~1', '/').replaceAll('~0', '~');
}

/** The value of a secure parameter or output: everything known in it is secret. Values can share parts. */
export function seal(value: Value, { secure }: Pick<ParameterType, 'secure'>): Value {
  if (!secure) return value;
  const sealed = new Map<Value, Value>();
  const sealOne = (inner: Value): Value => {
    const known = sealed.get(inner);
    if (known !== undefined) return known;
    const result = sealInside(inner, sealOne);
    sealed.set(inner, result);
    return result;
  };
  return sealOne(value);
}

function sealInside(value: Value, sealOne: (value: Value) => Value): Value {
  switch (value.kind) {
    case 'known':
      return { ...value, sensitive: true };
    case 'list':
      return { ...value, items: value.items.map(sealOne) };
    case 'object':
      return { ...value, fields: new Map([...value.fields].map(([name, item]) => [name, sealOne(item)])) };
    default:
      return value;
  }
}

function functionsOf(template: JsonNode): ReadonlyMap<string, UserFunction> {
  const functions = new Map<string, UserFunction>();
  for (const group of itemsOf(at(template, 'functions'))) {
    const namespace = textOf(at(group, 'namespace')) ?? '';
    for (const { name, value } of membersOf(at(group, 'members'))) {
      const body = at(value, 'output', 'value');
      if (body === undefined) continue;
      const parameters = itemsOf(at(value, 'parameters')).map((item) => textOf(at(item, 'name')) ?? '');
      functions.set(`${namespace}.${name}`.toLowerCase(), { parameters, body });
    }
  }
  return functions;
}
