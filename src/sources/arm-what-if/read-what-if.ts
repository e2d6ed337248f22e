import type { Declaration, Declared } from '../../arm/declaration.ts';
import { at, itemsOf, type JsonNode, originOf, textOf } from '../../arm/json-node.ts';
import { parseJson } from '../../arm/parse-json.ts';
import { toModel } from '../../arm/to-model.ts';
import type { Model } from '../../model/model.ts';
import type { Gap } from '../../model/resource.ts';
import { printable } from '../../text/printable.ts';
import type { Problem } from '../../text/problem.ts';
import { declarationOf } from './change.ts';

export interface WhatIfInput {
  /** As reports show it. */
  readonly path: string;
  readonly text: string;
}

export type WhatIfOutcome =
  | { readonly model: Model; readonly problems: readonly Problem[] }
  | { readonly problem: Problem };

/** Whether a text is a what-if result: an object with a list of changes that have a `changeType`. */
export function looksLikeWhatIf(text: string): boolean {
  if (!text.includes('"changeType"') && !/"changes"\s*:\s*\[\s*\]/.test(text)) return false;
  const outcome = parseJson(text, '');
  return 'root' in outcome && changesOf(outcome.root) !== undefined;
}

/**
 * Reads the result of `az deployment ... what-if --no-pretty-print`, or the answer of the REST API, into a model of what
 * there will be after the deployment: what is created, changed, redeployed, and what is there and stays. What is deleted is
 * left out, what may be deployed has a condition, and what Azure could not look into leaves a gap. The problem is fatal:
 * the text is no what-if result, or one of a deployment that fails.
 * https://learn.microsoft.com/rest/api/resources/deployments/what-if
 */
export function readWhatIf({ path, text }: WhatIfInput): WhatIfOutcome {
  const outcome = parseJson(text, path);
  if ('problem' in outcome) return outcome;
  const { root } = outcome;
  const failure = failureOf(root);
  if (failure !== undefined) return { problem: failure };
  const changes = changesOf(root);
  if (changes === undefined) {
    const message = 'the file has no list of `changes`, as a what-if result has';
    return { problem: { code: 'not-a-what-if-result', message, origin: startOf(root), severity: 'fatal' } };
  }
  const declarations: Declaration[] = [];
  const gaps: Gap[] = [];
  const problems: Problem[] = [...warningsOf(root)];
  for (const [list, isCertain] of [
    [changes, true],
    [potentialChangesOf(root), false],
  ] as const) {
    for (const change of list) {
      const read = declarationOf(change, isCertain);
      if (read.declaration !== undefined) declarations.push(read.declaration);
      if (read.gap !== undefined) gaps.push(read.gap);
      if (read.problem !== undefined) problems.push(read.problem);
    }
  }
  const declared: Declared = { declarations, gaps };
  const { model, problems: found } = toModel(declared);
  return { model, problems: [...problems, ...found] };
}

/** The REST API has them in `properties`, the command line at the top. */
function changesOf(root: JsonNode): readonly JsonNode[] | undefined {
  const changes = at(root, 'changes') ?? at(root, 'properties', 'changes');
  if (changes?.kind !== 'array') return undefined;
  const isChange = (node: JsonNode): boolean => textOf(at(node, 'changeType')) !== undefined;
  return changes.items.every(isChange) ? changes.items : undefined;
}

function potentialChangesOf(root: JsonNode): readonly JsonNode[] {
  return itemsOf(at(root, 'potentialChanges') ?? at(root, 'properties', 'potentialChanges'));
}

function failureOf(root: JsonNode): Problem | undefined {
  const error = at(root, 'error');
  if (error?.kind !== 'object') return undefined;
  const reason = textOf(at(error, 'message')) ?? textOf(at(error, 'code')) ?? 'an error';
  const message = `Azure could not predict the deployment: ${printable(reason)}`;
  return { code: 'what-if-failed', message, origin: originOf(error), severity: 'fatal' };
}

/** What Azure says it could not predict. */
function warningsOf(root: JsonNode): readonly Problem[] {
  return itemsOf(at(root, 'diagnostics') ?? at(root, 'properties', 'diagnostics')).flatMap(
    (node): readonly Problem[] => {
      const level = (textOf(at(node, 'level')) ?? '').toLowerCase();
      if (level === 'info') return [];
      const message = `Azure warns: ${printable(textOf(at(node, 'message')) ?? 'something is not predicted')}`;
      return [{ code: 'what-if-warning', message, origin: originOf(node), severity: 'warning' }];
    },
  );
}

function startOf({ file, start }: JsonNode): ReturnType<typeof originOf> {
  return originOf({ file, start, end: start + 1 });
}
