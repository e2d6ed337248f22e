/** Azure refuses loops of more than 800 iterations. */
export const MOST_COPIES = 800;
/** Evaluation steps of one root: expressions, JSON values, and what functions build, by size. */
export const MOST_STEPS = 500_000;
/** Expressions, parameters, variables and outputs that wait for each other. */
export const DEEPEST_EVALUATION = 250;
/** Templates inside each other. Azure evaluates five levels of linked templates. */
export const DEEPEST_TEMPLATES = 20;
/** Steps that preparing one nested template costs, whatever it holds. */
export const COST_OF_TEMPLATE = 500;
/** Steps that a call of a function costs besides its arguments. */
export const COST_OF_CALL = 2;
/** Steps that looking for an id in one template costs. */
export const COST_OF_SEARCH = 4;
