/** Multiples of the golden ratio fall evenly into every part of the interval from 0 to 1. */
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** Whether a mutant belongs to a sample, which is a part of the interval from 0 to 1: every file has its share of it. */
export function isInSample(mutantId, [from, to]) {
  const place = (Number(mutantId) * GOLDEN) % 1;
  return place >= from && place < to;
}
