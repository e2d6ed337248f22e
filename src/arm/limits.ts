/**
 * What an expression may build. Azure refuses a template of more than 4 MiB and a `range` of more than 10,000 items, so
 * nothing that can be deployed comes near these limits; a template that doubles a text forty times stops at them.
 */
export const MOST_TEXT: number = 1024 * 1024;
/** Items of one list, fields of one object. */
export const MOST_ITEMS = 100_000;
/** Unknown parts of one text. */
export const MOST_PARTS = 10_000;
/** Lists and objects inside each other. Newtonsoft.Json, which Azure uses, reads 64. */
export const DEEPEST = 100;
/** Values looked at while two values are compared or one is named. Values may share parts, so their size says little. */
export const MOST_STEPS = 100_000;
