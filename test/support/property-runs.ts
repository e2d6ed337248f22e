/**
 * How long properties search, and from where. Ordinary runs are short and always the same; a soak run sets
 * `PORTCULLIS_SEED` to another start and `PORTCULLIS_EFFORT` to a multiple of the ordinary number of cases.
 */
export const seed = Number(process.env.PORTCULLIS_SEED ?? 20_261_127);

const effort = Number(process.env.PORTCULLIS_EFFORT ?? 1);

/** The number of cases of a property that ordinarily has `usual` of them. */
export function cases(usual: number): number {
  return Math.max(1, Math.ceil(usual * effort));
}
