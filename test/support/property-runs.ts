import fc from 'fast-check';

/**
 * How long properties search, and from where. Ordinary runs are short and always the same; a soak run sets
 * `PORTCULLIS_SEED` to another start and `PORTCULLIS_EFFORT` to a multiple of the ordinary number of cases. Mutation
 * tests set `PORTCULLIS_SHRINK` to `no`, because they only ask whether something fails.
 */
export const seed = Number(process.env.PORTCULLIS_SEED ?? 20_261_127);

const effort = Number(process.env.PORTCULLIS_EFFORT ?? 1);

if (process.env.PORTCULLIS_SHRINK === 'no') fc.configureGlobal({ endOnFailure: true });

/** The number of cases of a property that ordinarily has `usual` of them. */
export function cases(usual: number): number {
  return Math.max(1, Math.ceil(usual * effort));
}
