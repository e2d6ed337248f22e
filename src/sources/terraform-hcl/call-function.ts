import {
  conceal,
  type Data,
  failure,
  isFailure,
  isLater,
  isMapping,
  isPrimitive,
  isSecret,
  isSequence,
  isThing,
  reveal,
} from './data.ts';
import type { Environment } from './environment.ts';
import { cidrFunctions } from './functions/cidr.ts';
import { collectionFunctions } from './functions/collections.ts';
import { dateFunctions } from './functions/dates.ts';
import type { Definition, Definitions } from './functions/definition.ts';
import { encodingFunctions } from './functions/encodings.ts';
import { fileFunctions } from './functions/files.ts';
import { formatFunctions } from './functions/format.ts';
import { hashFunctions } from './functions/hashes.ts';
import { listFunctions } from './functions/lists.ts';
import { numberFunctions } from './functions/numbers.ts';
import { patternFunctions } from './functions/patterns.ts';
import { setFunctions } from './functions/sets.ts';
import { stringFunctions } from './functions/strings.ts';
import { typeFunctions } from './functions/types.ts';
import { sizeOf } from './size.ts';
import { derive, isKnown, nameOf, overChoices, unknownsIn, unsupported } from './unknown.ts';

const FUNCTIONS: ReadonlyMap<string, Definition> = new Map(
  Object.entries({
    ...cidrFunctions,
    ...collectionFunctions,
    ...dateFunctions,
    ...encodingFunctions,
    ...fileFunctions,
    ...formatFunctions,
    ...hashFunctions,
    ...listFunctions,
    ...numberFunctions,
    ...patternFunctions,
    ...setFunctions,
    ...stringFunctions,
    ...typeFunctions,
  } satisfies Definitions),
);

/** Functions that only OpenTofu has. */
const OF_OPENTOFU: ReadonlySet<string> = new Set(['base64gunzip', 'cidrcontains', 'urldecode']);

/**
 * Calls a function of the Terraform language. With an unknown argument the result is unknown, unless the function passes on
 * what it is given; with a secret one it is secret. Functions of providers are not known.
 */
export function callFunction(name: string, args: readonly Data[], environment: Environment): Data {
  const failed = args.find((arg) => isFailure(arg));
  if (failed !== undefined) return failed;
  const definition = FUNCTIONS.get(name.replace(/^core::/, ''));
  if (definition === undefined) {
    return name.startsWith('provider::') || OF_OPENTOFU.has(name)
      ? unsupported(`function ${name}`)
      : failure(`there is no function \`${name}\``);
  }
  if (args.length < definition.least || args.length > definition.most) {
    return failure(`\`${name}\` with ${args.length} arguments`);
  }
  const size = args.reduce((sum: number, arg) => sum + sizeOf(arg), 0);
  const isCheap = definition.partial === true;
  if (!environment.run.spend(isCheap ? 1 : 1 + size / 8))
    return unsupported('more expressions than Portcullis evaluates');
  if (definition.raw === true) return definition.call(args, environment);
  return definition.partial === true
    ? callPartial(definition, args, environment)
    : callStrict(name, definition, args, environment);
}

function callPartial(definition: Definition, args: readonly Data[], environment: Environment): Data {
  const revealed = args.map(reveal);
  const values = revealed.map(({ data }) => data);
  const secret = revealed.some((one) => one.secret);
  const choices = overChoices(values, (known) => definition.call(known, environment));
  return conceal(choices ?? definition.call(values, environment), secret);
}

function callStrict(
  name: string,
  definition: Definition,
  args: readonly Data[],
  environment: Environment,
): Data {
  const secret = args.some(hasSecret);
  const values = secret ? args.map(revealAll) : args;
  const call = (known: readonly Data[]): Data => {
    const isRefused = definition.nullable !== true && known.includes(null);
    return isRefused ? failure(`null as an argument of \`${name}\``) : definition.call(known, environment);
  };
  if (values.every(isKnown)) return conceal(call(values), secret);
  const choices = overChoices(values, call);
  if (choices !== undefined) return conceal(choices, secret);
  return conceal(derive(values.flatMap(unknownsIn), callName(name, values)), secret);
}

/** How the result of a call is named, when all that is in it has a name. */
function callName(name: string, args: readonly Data[]): string | undefined {
  const names = args.map(nameOf);
  return names.includes(undefined) ? undefined : `${name}(${names.join(', ')})`;
}

const secrecy = new WeakMap<object, boolean>();

function hasSecret(data: Data): boolean {
  if (isPrimitive(data) || isLater(data) || isThing(data) || isFailure(data)) return false;
  if (isSecret(data)) return true;
  const remembered = secrecy.get(data);
  if (remembered !== undefined) return remembered;
  const answer = isSequence(data) ? data.items.some(hasSecret) : [...data.entries.values()].some(hasSecret);
  secrecy.set(data, answer);
  return answer;
}

function revealAll(data: Data): Data {
  if (isSecret(data)) return revealAll(data.value);
  if (!hasSecret(data)) return data;
  if (isSequence(data)) return { ...data, items: data.items.map(revealAll) };
  if (!isMapping(data)) return data;
  return { ...data, entries: new Map([...data.entries].map(([key, value]) => [key, revealAll(value)])) };
}
