import { randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';

/**
 * Appends outputs to the file that a runner names in `GITHUB_OUTPUT`. Values stand between delimiters that nobody can
 * know beforehand, so that no text in them sets another output. Without the file nothing happens.
 */
export function writeActionOutputs(
  file: string | undefined,
  outputs: Readonly<Record<string, string>>,
): void {
  if (file === undefined || file === '') return;
  const lines = Object.entries(outputs).map(([name, value]) => {
    const delimiter = `portcullis-${randomUUID()}`;
    return `${name}<<${delimiter}\n${value}\n${delimiter}\n`;
  });
  appendFileSync(file, lines.join(''));
}

/** Appends Markdown to the summary of the step, which a runner names in `GITHUB_STEP_SUMMARY`. */
export function writeSummary(file: string | undefined, markdown: string): void {
  if (file === undefined || file === '') return;
  appendFileSync(file, markdown);
}
