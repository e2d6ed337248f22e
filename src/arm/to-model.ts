import { createModel, type Model } from '../model/model.ts';
import type { Problem } from '../text/problem.ts';
import type { Declared } from './declaration.ts';

/**
 * The resources of a root as a model: ids in canonical spelling, children with their parents, every text that is a
 * resource id resolved against what is declared. Problems are warnings: an id that is declared twice.
 */
export function toModel({ gaps }: Declared): {
  readonly model: Model;
  readonly problems: readonly Problem[];
} {
  return { model: createModel([], gaps), problems: [] };
}
