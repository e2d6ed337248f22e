import { type Data, type Later, type More, mapping, type Thing, tuple } from './data.ts';
import type { Expansion, Member } from './expand.ts';
import { oneOf } from './unknown.ts';

/**
 * What a reference to a resource or a module without a key gives: the instance itself, a list by `count`, an object by
 * `for_each`. Instances that may not exist are further items.
 */
export function groupOf({ form, members, further }: Expansion, instance: (member: Member) => Thing): Data {
  if (form === 'single') {
    const [only] = members;
    return only === undefined ? null : instance(only);
  }
  const certain = members.filter(({ condition }) => condition === undefined);
  const doubtful = [
    ...members.filter(({ condition }) => condition !== undefined),
    ...(further === undefined ? [] : [further]),
  ];
  const more = moreOf(doubtful, instance);
  if (form === 'count') return tuple(certain.map(instance), more);
  return mapping(
    certain.map((member) => [String(member.key), instance(member)] as const),
    'object',
    more,
  );
}

function moreOf(doubtful: readonly Member[], instance: (member: Member) => Thing): More | undefined {
  const why: Later | undefined = doubtful[0]?.condition;
  if (why === undefined) return undefined;
  return { sample: oneOf(doubtful.map(instance), why), why };
}
