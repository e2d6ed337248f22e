import { styleText } from 'node:util';

type Format = Parameters<typeof styleText>[0];

/** Text in colour, or as it is. */
export type Style = (look: Look, text: string) => string;

/** What is shown: a severity, a verdict, or a part of a block. */
export type Look = keyof typeof FORMATS;

const FORMATS = {
  error: ['red', 'bold'],
  warning: ['yellow', 'bold'],
  info: ['cyan', 'bold'],
  problem: ['yellow', 'bold'],
  open: 'green',
  blocked: 'red',
  partial: 'yellow',
  unknown: 'magenta',
  none: 'dim',
  headline: 'bold',
  mark: 'blue',
  code: 'cyan',
} as const;

/** Terminal colours when `color` says so, whatever the environment is: the caller has looked at it. */
export function createStyle(color: boolean): Style {
  return (look, text) => {
    const format: Format = typeof FORMATS[look] === 'string' ? FORMATS[look] : [...FORMATS[look]];
    return color ? styleText(format, text, { validateStream: false }) : text;
  };
}
