/**
 * Portcullis as a library: reports, and everything that policies of one's own need. The version of the package belongs to
 * the command line; this entry may change with it.
 */
export { policies } from '../policies/index.ts';
export { type CheckOptions, check } from './engine/check.ts';
export type { Input } from './engine/load-roots.ts';
export type { Report, Root, RootReport } from './engine/report.ts';
export * from './policy/index.ts';
export { toJsonReport } from './report/json.ts';
export type * from './report/json-diff.ts';
export type * from './report/json-report.ts';
