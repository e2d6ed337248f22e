const UNSAFE = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu;
/** The start of a command to a build agent, such as `##vso[` and `##[`, which may stand anywhere in a line. */
const AGENT_COMMAND = /##(?=\w*\[)/g;

/**
 * The text of a JSON document, indented by two blanks, with a line feed at its end. Control and format characters and
 * the start of commands to a build agent are escaped, so that the text does nothing to a terminal or a build log.
 */
export function jsonText(data: unknown): string {
  return quiet(`${JSON.stringify(data, undefined, 2)}\n`);
}

/** The same in one line. */
export function jsonLine(data: unknown): string {
  return quiet(`${JSON.stringify(data)}\n`);
}

function quiet(json: string): string {
  return json
    .replace(UNSAFE, (character) => character.split('').map(escapeUnit).join(''))
    .replace(AGENT_COMMAND, '#\\u0023');
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
