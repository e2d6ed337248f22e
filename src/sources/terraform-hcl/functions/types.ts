import { ANY, convert, type Type } from '../convert.ts';
import {
  conceal,
  type Data,
  failure,
  isLater,
  isPrimitive,
  isSecret,
  isSequence,
  isThing,
  reveal,
} from '../data.ts';
import { asObject, nameOf } from '../unknown.ts';
import { type Definition, type Definitions, partial } from './definition.ts';

/** Conversions, and marks for secrets. A converted copy of an attribute is still a copy of it. */
export const typeFunctions: Definitions = {
  ephemeralasnull: partial(1, 1, ([value]) => value ?? null),
  issensitive: { ...partial(1, 1, ([value]) => isSecret(value ?? null)), raw: true },
  nonsensitive: { ...partial(1, 1, ([value]) => reveal(value ?? null).data), raw: true },
  sensitive: { ...partial(1, 1, ([value]) => conceal(value ?? null, true)), raw: true },
  tobool: conversion({ kind: 'bool' }),
  tolist: partial(1, 1, ([value]) => toCollection(value ?? null, 'list')),
  tomap: partial(1, 1, ([value]) => convert(value ?? null, { kind: 'map', element: ANY })),
  tonumber: conversion({ kind: 'number' }),
  toset: partial(1, 1, ([value]) => toCollection(value ?? null, 'set')),
  tostring: conversion({ kind: 'string' }),
};

function conversion(type: Type): Definition {
  return partial(1, 1, ([value]) => convert(value ?? null, type));
}

function toCollection(value: Data, kind: 'list' | 'set'): Data {
  if (isThing(value)) return convert(asObject(value), { kind, element: ANY });
  if (isPrimitive(value) && value !== null) return failure(`text where a ${kind} is needed`);
  if (!isLater(value) || isSequence(value)) return convert(value, { kind, element: ANY });
  const converted = convert(value, { kind, element: ANY });
  if (!isLater(converted) || converted.choices !== undefined) return converted;
  const name = nameOf(value);
  return name === undefined ? converted : { ...converted, expression: `to${kind}(${name})` };
}
