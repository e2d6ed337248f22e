/** UTF-16 units of one file. The longest public file has 180,000; Azure takes templates of up to 4 MiB. */
export const MOST_CHARACTERS = 1_000_000;
/** UTF-16 units of all files of one root. */
export const MOST_CHARACTERS_OF_ROOT = 16_000_000;
/** Evaluation steps of one root: expressions, and what functions build, by size. */
export const MOST_STEPS = 1_000_000;
/** UTF-16 units of Bicep that admit one step more: what takes long to write may take long to evaluate. */
export const CHARACTERS_OF_A_STEP = 2;
/** Expressions, parameters, variables, resources and outputs that wait for each other. */
export const DEEPEST_EVALUATION = 500;
/** Azure refuses loops of more than 800 iterations. */
export const MOST_ITERATIONS = 800;
/** Modules inside each other. */
export const DEEPEST_MODULES = 32;
/** Module instances of one root. */
export const MOST_MODULES = 5_000;
/** Problems told of one root. */
export const MOST_PROBLEMS = 200;
