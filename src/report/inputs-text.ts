import type { Unknown } from '../policy/index.ts';
import { printable } from '../text/printable.ts';

const MOST_INPUTS = 5;
/** What a person types: an address, a name. Other reasons are described in words. */
const TYPED = /^[\w.:/\-[\]"]+$/;

const WHOLE_RESOURCE = /^(?:module\.[\w-]+(?:\[[^\]]*\])?\.)*(?:data\.)?[a-z]+_\w+\.[\w-]+(?:\[[^\]]*\])?$/;
/** A data source, whose value nobody can give. */
const DATA = /(^|\.)data\./;

const KINDS: Readonly<Record<Unknown['reason']['kind'], string>> = {
  parameter: 'a parameter without a value',
  'known-after-apply': 'known only after apply',
  runtime: 'settled by Azure while it runs',
  module: 'a module that is not available',
  outside: 'not part of this root',
  unsupported: 'not understood by Portcullis yet',
};

/** One line for each input: `random_integer.port.result (known only after apply)`. */
export function inputLines(inputs: readonly Unknown[]): readonly string[] {
  if (inputs.length === 0) return ['something Portcullis cannot name'];
  const lines = inputs
    .slice(0, MOST_INPUTS)
    .map((input) => `${printable(input.reason.name)} (${kindText(input)})`);
  return inputs.length > MOST_INPUTS ? [...lines, `${inputs.length - MOST_INPUTS} more`] : lines;
}

function kindText({ reason }: Unknown): string {
  return isWholeResource(reason)
    ? 'the plan does not show which of its attributes or instances'
    : KINDS[reason.kind];
}

/** A plan drops the attribute and the key of what it refers to by a computed index: `azurerm_subnet.main`. */
function isWholeResource({ kind, name }: Unknown['reason']): boolean {
  return kind === 'known-after-apply' && WHOLE_RESOURCE.test(name);
}

/** A value that the author of the code can settle. */
function isGivable(reason: Unknown['reason']): boolean {
  if (reason.kind === 'parameter') return true;
  return reason.kind === 'known-after-apply' && !isWholeResource(reason) && !DATA.test(reason.name);
}

/** What settles the answer, in the imperative, when giving values is all it takes. */
export function inputsHelp(inputs: readonly Unknown[], checks: number): string | undefined {
  const canGive = inputs.every(({ reason }) => isGivable(reason) && TYPED.test(reason.name));
  if (!canGive || inputs.length === 0 || inputs.length > MOST_INPUTS) return undefined;
  const names = inputs.map(({ reason }) => printable(reason.name)).join(' and ');
  const before = inputs.some(({ reason }) => reason.kind === 'known-after-apply')
    ? ' known before apply'
    : '';
  const value = inputs.length === 1 ? `a value${before}` : `values${before}`;
  return `give ${names} ${value} to decide ${checks === 1 ? 'this check' : `these ${checks} checks`}`;
}
