import { bounded, expressionOf } from '../../arm/expression-text.ts';
import { callOperator } from '../../arm/functions/call-operator.ts';
import { joinText } from '../../arm/partial-text.ts';
import { namesIn, resourceIdBelow, scopePieces } from '../../arm/resource-ids.ts';
import { runtimeView } from '../../arm/runtime-view.ts';
import { known, type ObjectValue, type Unknown, type Value } from '../../value/value.ts';
import { propertyNamed, shapeOf } from './declaration-body.ts';
import { denote, memberOfDenoted } from './denote.ts';
import {
  type Collection,
  callAt,
  type Environment,
  type Identity,
  originOf,
  type ResourceInstance,
} from './environment.ts';
import { evaluate } from './evaluate.ts';
import type { Expression, Missing, ObjectLiteral } from './expression-syntax.ts';
import { looped, single } from './loop.ts';
import { type Place, placeOf } from './scopes.ts';
import { lazily } from './session.ts';
import type { ResourceDeclaration } from './syntax.ts';

/** Properties of a declaration that say which resource it is, not what is in it. */
const NOT_BODY = new Set(['name', 'parent', 'scope', 'dependson']);
const NAMES_OF_EXTENSIONS = /^microsoft\.graph\//;

/** The resources of a declaration; `prefix` precedes its symbol in their addresses. */
export function resourcesOf(
  declaration: ResourceDeclaration,
  env: Environment,
  prefix: string,
): Collection<ResourceInstance> {
  const { loop, condition, body } = shapeOf(declaration.value);
  const address = `${prefix}${declaration.name.text}`;
  const create = (inner: Environment, suffix: string): ResourceInstance =>
    createResource(declaration, body, condition, inner, `${address}${suffix}`);
  return loop === undefined ? single(create(env, '')) : looped(loop, env, evaluate, create);
}

/** Stands for a type that cannot be read. */
export const UNREADABLE_TYPE = 'unreadable';

/** Types of extensions other than Azure: nothing of them is deployed through Azure Resource Manager. */
export function isAzureType(type: string): boolean {
  const lower = type.toLowerCase();
  const provider = lower.split('/')[0] ?? '';
  return lower.includes('/') && provider.includes('.') && !NAMES_OF_EXTENSIONS.test(lower);
}

function createResource(
  declaration: ResourceDeclaration,
  literal: ObjectLiteral | Missing,
  ownCondition: Expression | undefined,
  outer: Environment,
  address: string,
): ResourceInstance {
  const { session, deployment } = outer;
  const enclosing = outer.within;
  const at = callAt(declaration.name, outer);
  const what = `the resource \`${declaration.name.text}\``;
  const origin = (): Value['origin'] => at.origin;

  const children = new Map<string, ResourceDeclaration>();
  for (const member of literal.kind === 'object' ? literal.members : []) {
    if (member.kind === 'resource' && !children.has(member.name.text)) children.set(member.name.text, member);
  }
  const collections = new Map<string, Collection<ResourceInstance>>();

  function nested(name: string): Collection<ResourceInstance> | undefined {
    const known = collections.get(name);
    const child = children.get(name);
    if (known !== undefined || child === undefined) return known;
    const collection = resourcesOf(child, inside, `${address}::`);
    collections.set(name, collection);
    return collection;
  }

  const identity = lazily<Identity>(session, what, origin, () => identify(declaration, literal, inside));
  const fields = new Map<string, () => Value>();

  function declared(name: string): Value | undefined {
    const lower = name.toLowerCase();
    if (declaration.existing || NOT_BODY.has(lower)) return undefined;
    const property = propertyNamed(literal, lower);
    if (property === undefined) return undefined;
    let field = fields.get(lower);
    if (field === undefined) {
      field = lazily(session, `\`${name}\` of ${what}`, origin, () => evaluate(property.value, inside));
      fields.set(lower, field);
    }
    return field();
  }

  function readBody(): ObjectValue {
    const values = new Map<string, Value>();
    const names = new Map<string, string>();
    let more: Unknown | undefined;
    for (const member of literal.kind === 'object' && !declaration.existing ? literal.members : [literal]) {
      if (member.kind === 'property' && member.key.kind === 'name') {
        const { text } = member.key;
        const value = declared(text);
        if (value === undefined) continue;
        values.set(text.toLowerCase(), value);
        if (text !== text.toLowerCase()) names.set(text.toLowerCase(), text);
      } else if (member.kind === 'property' && member.key.kind === 'string') {
        const name = member.key.segments.join('');
        const value = declared(name);
        if (value !== undefined) values.set(name.toLowerCase(), value);
      } else if (member.kind === 'missing' || member.kind === 'spread') {
        const name = `a part of ${what} that cannot be read`;
        more ??= { kind: 'unknown', reason: { kind: 'unsupported', name }, origin: originOf(member, inside) };
      }
    }
    const body = { kind: 'object', fields: values, origin: at.origin, names } as const;
    return more === undefined ? body : { ...body, more };
  }

  const body = lazily<ObjectValue>(session, what, origin, readBody);
  const wholeBody = (): ObjectValue => {
    const value = body();
    return value.kind === 'object'
      ? value
      : { kind: 'object', fields: new Map(), origin: at.origin, more: value };
  };

  const condition = lazily<Value>(session, `the condition of ${what}`, origin, () => {
    const own = ownCondition === undefined ? undefined : (): Value => evaluate(ownCondition, outer);
    const around = enclosing?.condition();
    if (own === undefined) return around ?? known(true, at.origin);
    return around === undefined ? own() : callOperator('&&', [(): Value => around, own], at);
  });
  const isConditional = ownCondition !== undefined || enclosing?.condition() !== undefined;

  const view = lazily<Value>(session, what, origin, () => {
    const found = identity();
    if ('kind' in found) return found;
    const target = { type: found.type, id: found.id };
    const answer = runtimeView(declaration.existing ? target : { ...target, body: wholeBody() }, at);
    const all = new Map(answer.fields);
    all.set('id', found.id);
    all.set('name', found.name);
    all.set('type', known(found.type, at.origin));
    if (found.apiVersion !== undefined) all.set('apiversion', known(found.apiVersion, at.origin));
    return { ...answer, fields: all };
  });

  const instance: ResourceInstance = {
    declaration,
    address,
    deployment,
    ...(enclosing === undefined ? {} : { enclosing }),
    identity,
    body: wholeBody,
    declared,
    condition: () => (isConditional ? condition() : undefined),
    view,
    nested,
    nestedNames: [...children.keys()],
  };
  const inside: Environment = { ...outer, within: instance };
  return instance;
}

function identify(
  declaration: ResourceDeclaration,
  literal: ObjectLiteral | Missing,
  env: Environment,
): Identity {
  const call = callAt(declaration.name, env);
  const typeText = declaration.type.kind === 'string' ? evaluate(declaration.type, env) : undefined;
  const written = typeText?.kind === 'known' ? String(typeText.value) : UNREADABLE_TYPE;
  const [ownType = '', ownVersion] = written.replace(/^az:/, '').split('@');
  const nameProperty = propertyNamed(literal, 'name');
  const nameless = (): Value =>
    isAzureType(ownType) || env.within?.enclosing !== undefined
      ? call.fail('a resource has no name')
      : known('', call.origin);
  const name = nameProperty === undefined ? nameless() : evaluate(nameProperty.value, env);

  const parent = parentOf(literal, ownType, env);
  if (parent !== undefined) {
    const isRelative = env.within?.enclosing !== undefined;
    const type = isRelative ? `${parent.type}/${ownType}` : ownType;
    const apiVersion = ownVersion ?? parent.apiVersion;
    const segments = type.split('/').slice(parent.type.split('/').length);
    const names =
      segments.length === 1 ? [name] : (namesIn(name, segments.length) ?? splitName(name, segments.length));
    const pieces = segments.flatMap((segment, index) => [
      known(`/${segment}/`, call.origin),
      names[index] ?? known('', call.origin),
    ]);
    return {
      type,
      ...(apiVersion === undefined ? {} : { apiVersion }),
      fullName: joinText([parent.fullName, known('/', call.origin), name], call),
      name,
      id: joinText([parent.id, ...pieces], call),
      scope: parent.scope,
    };
  }

  const scopeProperty = propertyNamed(literal, 'scope');
  const own = env.deployment.scope;
  const place: Place =
    scopeProperty === undefined
      ? { scope: own, pieces: scopePieces(own, call) }
      : placeOf(scopeProperty.value, env, evaluate);
  const count = ownType.split('/').length - 1;
  const names = count <= 1 ? [name] : (namesIn(name, count) ?? splitName(name, count));
  return {
    type: ownType,
    ...(ownVersion === undefined ? {} : { apiVersion: ownVersion }),
    fullName: name,
    name,
    id:
      resourceIdBelow(place.pieces, ownType, names, call) ??
      joinText([...place.pieces, known(`/providers/${ownType}/`, call.origin), name], call),
    scope: place.scope,
  };
}

/** The parts of a name whose slashes are not written. */
function splitName(name: Value, count: number): readonly Value[] {
  if (name.kind !== 'unknown') return [name];
  const text = expressionOf(name);
  return Array.from({ length: count }, (_, index): Value => {
    const { reason, origin } = name;
    const base = { kind: 'unknown', reason, origin } as const;
    return text === undefined ? base : { ...base, expression: bounded(`split(${text}, '/')[${index}]`) };
  });
}

/** The resource a declaration is nested in, or the one its `parent` names. */
function parentOf(literal: ObjectLiteral | Missing, type: string, env: Environment): Identity | undefined {
  const around = env.within?.enclosing?.identity();
  if (around !== undefined && !('kind' in around)) return around;
  const property = propertyNamed(literal, 'parent');
  if (property === undefined) return undefined;
  const denoted = denote(property.value, env, evaluate);
  if (denoted.kind === 'resource') {
    const identity = denoted.instance.identity();
    if (!('kind' in identity)) return identity;
  }
  const outer = type.split('/').slice(0, -1).join('/');
  if (denoted.kind === 'any-of') {
    const id = memberOfDenoted(denoted, 'id', false, property.value, env);
    return {
      type: outer,
      fullName: denoted.waitsFor,
      name: denoted.waitsFor,
      id,
      scope: env.deployment.scope,
    };
  }
  return identityOfView(evaluate(property.value, env), outer, env);
}

/** The identity of a resource that is given as a value, for example through a parameter of type `resource`. */
function identityOfView(value: Value, type: string, env: Environment): Identity {
  const field = (name: string): Value =>
    value.kind === 'object' ? (value.fields.get(name) ?? value.more ?? value) : value;
  return { type, fullName: field('name'), name: field('name'), id: field('id'), scope: env.deployment.scope };
}
