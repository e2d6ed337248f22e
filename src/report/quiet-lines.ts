const AGENT_COMMAND = /##(?=\w*\[)/g;
const LINE_COMMAND = /^(\s*:):/gm;

/**
 * The text with its commands to build agents broken up by U+FFFD: GitHub runs a line that begins with `::`, Azure
 * Pipelines and older GitHub runners run `##vso[` and `##[` wherever they stand in a line. Names from a plan can hold both.
 */
export function quietLines(text: string): string {
  return text.replace(AGENT_COMMAND, '#\ufffd#').replace(LINE_COMMAND, '$1\ufffd:');
}

/** Text for the middle of a line: it holds no command to a build agent that could stand anywhere in one. */
export function quietText(text: string): string {
  return text.replace(AGENT_COMMAND, '#\ufffd#');
}
