import type { Unknown } from './value.ts';

/** How a text was encoded. */
export type Encoding = 'base64' | 'uriComponent';

const ENCODINGS: ReadonlyMap<string, Encoding> = new Map([
  ['base64', 'base64'],
  ['uricomponent', 'uriComponent'],
]);

/**
 * An encoded text of which only deployment settles a part, `base64('#!/bin/sh ... ${port}')`, is an unknown whose
 * expression is the call of the encoding and whose one part is the text before it was encoded. A part alone occurs
 * nowhere else, because a text of one part is that part. A text that nothing names, a secret among others, leaves nothing
 * but the unknown.
 */
export function encodedText(encoding: Encoding, text: Unknown): Unknown {
  const { reason, origin, expression } = text;
  if (expression === undefined) return { kind: 'unknown', reason, origin };
  return {
    kind: 'unknown',
    reason,
    origin,
    parts: [text],
    expression: `${encoding.toLowerCase()}(${expression})`,
  };
}

/** The text before it was encoded, or nothing when the value is not such an unknown. Several encodings lie one in the other. */
export function decodedText(value: Unknown): { encoding: Encoding; text: Unknown } | undefined {
  const [text, ...others] = value.parts ?? [];
  if (text === undefined || typeof text === 'string' || others.length > 0) return undefined;
  const encoding = ENCODINGS.get(/^[a-z0-9]+(?=\()/.exec(value.expression ?? '')?.[0] ?? '');
  return encoding === undefined ? undefined : { encoding, text };
}
