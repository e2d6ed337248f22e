import { bounded, expressionOf } from '../../arm/expression-text.ts';
import { access, tryAccess } from '../../arm/functions/access.ts';
import { canonicalText } from '../../arm/id-pattern.ts';
import { absent, known, type Unknown, type Value } from '../../value/value.ts';
import {
  type Collection,
  callAt,
  type Deployment,
  type Environment,
  findLocal,
  type Meaning,
  type ModuleInstance,
  originOf,
  type ResourceInstance,
} from './environment.ts';
import type { Expression, IndexAccess, PropertyAccess, Span } from './expression-syntax.ts';
import type { Evaluate } from './loop.ts';

/** What an expression stands for when it is more than a value; `none` for an expression that is not made of names. */
export type Denoted =
  | { readonly kind: 'none' }
  | { readonly kind: 'value'; readonly value: Value }
  | { readonly kind: 'resource'; readonly instance: ResourceInstance }
  | { readonly kind: 'resources'; readonly collection: Collection<ResourceInstance> }
  /** One of several: the index is not known. */
  | { readonly kind: 'any-of'; readonly instances: readonly ResourceInstance[]; readonly waitsFor: Unknown }
  | { readonly kind: 'module'; readonly instance: ModuleInstance }
  | { readonly kind: 'modules'; readonly collection: Collection<ModuleInstance> }
  | { readonly kind: 'outputs'; readonly instance: ModuleInstance }
  | { readonly kind: 'namespace'; readonly deployment?: Deployment; readonly missing?: Unknown }
  /** `sys` or `az`: its functions are those that have no namespace. */
  | { readonly kind: 'built-in' };

export type Symbolic = Exclude<Denoted, { kind: 'none' | 'value' }>;

const NONE: Denoted = { kind: 'none' };

/** Finds what an expression of names stands for, without evaluating more than the indexes in it. */
export function denote(expression: Expression, env: Environment, evaluate: Evaluate): Denoted {
  switch (expression.kind) {
    case 'variable':
      return denoteName(expression.name, expression, env);
    case 'parenthesized':
      return denote(expression.inner, env, evaluate);
    case 'non-null':
      return denote(expression.base, env, evaluate);
    case 'nested-access': {
      const base = denote(expression.base, env, evaluate);
      const nested = base.kind === 'resource' ? base.instance.nested(expression.name.text) : undefined;
      if (nested !== undefined) return denoteResources(nested);
      const message = `there is no nested resource \`${expression.name.text}\` here`;
      return { kind: 'value', value: callAt(expression.name, env).fail(message) };
    }
    case 'property-access':
      return denoteMember(expression, env, evaluate);
    case 'index-access':
      return denoteItem(expression, env, evaluate);
    default:
      return NONE;
  }
}

function denoteName(name: string, span: Span, env: Environment): Denoted {
  const local = findLocal(env, name);
  if (local !== undefined) return { kind: 'value', value: local };
  for (let within = env.within; within !== undefined; within = within.enclosing) {
    const nested = within.nested(name);
    if (nested !== undefined) return denoteResources(nested);
  }
  const meaning = env.deployment.meaning(name);
  if (meaning !== undefined) return denoteMeaning(meaning);
  if (name === 'sys' || name === 'az') return { kind: 'built-in' };
  return { kind: 'value', value: callAt(span, env).fail(`the name \`${name}\` is not declared`) };
}

function denoteMeaning(meaning: Meaning): Denoted {
  switch (meaning.kind) {
    case 'value':
      return { kind: 'value', value: meaning.value() };
    case 'resource':
      return denoteResources(meaning.collection);
    case 'module':
      return denoteModules(meaning.collection);
    case 'namespace':
      return meaning;
    default:
      return NONE;
  }
}

function denoteResources(collection: Collection<ResourceInstance>): Denoted {
  if (collection.isLoop) return { kind: 'resources', collection };
  const [instance] = collection.items();
  return instance === undefined ? NONE : { kind: 'resource', instance };
}

function denoteModules(collection: Collection<ModuleInstance>): Denoted {
  if (collection.isLoop) return { kind: 'modules', collection };
  const [instance] = collection.items();
  return instance === undefined ? NONE : { kind: 'module', instance };
}

function denoteMember({ base, name, safe }: PropertyAccess, env: Environment, evaluate: Evaluate): Denoted {
  const denoted = denote(base, env, evaluate);
  if (denoted.kind === 'module' && name.text === 'outputs') {
    return safe && isNever(denoted.instance) ? NONE : { kind: 'outputs', instance: denoted.instance };
  }
  if (denoted.kind !== 'namespace') return NONE;
  const meaning = denoted.deployment?.meaning(name.text);
  return meaning === undefined ? NONE : denoteMeaning(meaning);
}

function denoteItem(expression: IndexAccess, env: Environment, evaluate: Evaluate): Denoted {
  const base = denote(expression.base, env, evaluate);
  if (base.kind !== 'resources' && base.kind !== 'modules') return NONE;
  if (expression.fromEnd) return NONE;
  const index = evaluate(expression.index, env);
  if (base.kind === 'modules') {
    const instance = base.collection.at(index);
    return instance === undefined ? NONE : { kind: 'module', instance };
  }
  const instance = base.collection.at(index);
  if (instance !== undefined) return { kind: 'resource', instance };
  if (index.kind !== 'unknown') return NONE;
  return { kind: 'any-of', instances: base.collection.items(), waitsFor: index };
}

/** A resource or module that certainly is not deployed. */
function isNever(instance: { condition(): Value | undefined }): boolean {
  const condition = instance.condition();
  return condition?.kind === 'known' && condition.value === false;
}

/** What a symbol is as a value: the resource as Azure returns it, the list of all iterations, a module with its outputs. */
export function viewOf(denoted: Denoted, span: Span, env: Environment): Value {
  const origin = originOf(span, env);
  switch (denoted.kind) {
    case 'value':
      return denoted.value;
    case 'resource':
      return denoted.instance.view();
    case 'resources':
      return listOf(denoted.collection, (instance) => instance.view(), origin);
    case 'any-of':
      return denoted.waitsFor;
    case 'module':
      return viewOfModule(denoted.instance, origin);
    case 'modules':
      return listOf(denoted.collection, (instance) => viewOfModule(instance, origin), origin);
    case 'outputs':
      return denoted.instance.outputs();
    case 'namespace':
      return denoted.missing ?? env.session.fail('a namespace is no value', origin);
    default:
      return env.session.fail('this name is no value', origin);
  }
}

function listOf<T>(collection: Collection<T>, view: (instance: T) => Value, origin: Value['origin']): Value {
  const open = collection.open();
  const list = { kind: 'list', items: collection.items().map(view), origin } as const;
  return open === undefined ? list : { ...list, more: open.waitsFor };
}

function viewOfModule(instance: ModuleInstance, origin: Value['origin']): Value {
  const fields = new Map<string, Value>([
    ['name', instance.name()],
    ['id', instance.id()],
    ['outputs', instance.outputs()],
  ]);
  return { kind: 'object', fields, origin };
}

/** A property of what a symbol stands for. Only what is asked for is evaluated. */
export function memberOfDenoted(
  denoted: Symbolic,
  name: string,
  safe: boolean,
  expression: Span,
  env: Environment,
): Value {
  const call = callAt(expression, env);
  switch (denoted.kind) {
    case 'resource':
      return memberOfResource(denoted.instance, name, safe, expression, env);
    case 'any-of':
      return memberOfAny(denoted, name, expression, env);
    case 'module':
      if (safe && isNever(denoted.instance)) return absent(call.origin);
      if (name === 'name') return denoted.instance.name();
      if (name === 'id') return denoted.instance.id();
      return name === 'outputs'
        ? denoted.instance.outputs()
        : call.fail(`a module has no property \`${name}\``);
    case 'outputs': {
      const output = denoted.instance.output(name);
      if (output !== undefined) return output;
      return safe ? absent(call.origin) : call.fail(`the module has no output \`${name}\``);
    }
    case 'namespace': {
      if (denoted.missing !== undefined) return { ...denoted.missing, origin: call.origin };
      return call.fail(`the file that is imported exports no \`${name}\``);
    }
    default: {
      const key = known(name, call.origin);
      const whole = viewOf(denoted, expression, env);
      return safe ? tryAccess(whole, key, call) : access(whole, key, call);
    }
  }
}

function memberOfResource(
  instance: ResourceInstance,
  name: string,
  safe: boolean,
  expression: Span,
  env: Environment,
): Value {
  const call = callAt(expression, env);
  const identity = instance.identity();
  if ('kind' in identity) return identity;
  switch (name) {
    case 'id':
      return identity.id;
    case 'name':
      return identity.name;
    case 'type':
      return known(identity.type, call.origin);
    case 'apiVersion':
      return identity.apiVersion === undefined
        ? absent(call.origin)
        : known(identity.apiVersion, call.origin);
    default: {
      if (safe && isNever(instance)) return absent(call.origin);
      const declared = name === 'properties' ? undefined : instance.declared(name);
      if (declared !== undefined && declared.kind !== 'object') return declared;
      const key = known(name, call.origin);
      return safe ? tryAccess(instance.view(), key, call) : access(instance.view(), key, call);
    }
  }
}

/** One of several resources: its id is a choice among theirs. */
function memberOfAny(
  { instances, waitsFor }: Extract<Denoted, { kind: 'any-of' }>,
  name: string,
  expression: Span,
  env: Environment,
): Unknown {
  const { reason } = waitsFor;
  const origin = originOf(expression, env);
  const values = instances.map((instance) => memberOfResource(instance, name, false, expression, env));
  const texts = values.map(expressionOf);
  const index = expressionOf(waitsFor);
  const isNamed = index !== undefined && texts.every((text) => text !== undefined);
  const expressionText = isNamed ? { expression: bounded(`createarray(${texts.join(', ')})[${index}]`) } : {};
  if (name !== 'id') return { kind: 'unknown', reason, origin, ...expressionText };
  const references = values.map((value) => ({ id: canonicalText(value), property: 'id' }));
  return { kind: 'unknown', reason, origin, references, ...expressionText };
}
