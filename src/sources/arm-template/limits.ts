/** Azure refuses loops of more than 800 iterations. */
export const MOST_COPIES = 800;
/** Evaluation steps of one root: expressions, JSON values, and what functions build, by size. */
export const MOST_STEPS = 2_000_000;
/** Expressions, parameters, variables and outputs that wait for each other. */
export const DEEPEST_EVALUATION = 700;
/** Templates inside each other. Azure evaluates five levels of linked templates. */
export const DEEPEST_TEMPLATES = 20;
