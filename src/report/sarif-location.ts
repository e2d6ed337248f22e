import type { Origin } from '../text/origin.ts';
import { printable } from '../text/printable.ts';
import { isAbsolute, repositoryPath } from './repository-path.ts';
import type { SarifLocation, SarifText } from './sarif-log.ts';

/** Stands for the root of the repository; whoever reads the log knows where that is. */
export const ROOT_ID = '%SRCROOT%';

const LONGEST_TEXT = 2000;
const LONE_SURROGATE = /\p{Cs}/gu;

/**
 * Text for a message. `](` would begin a link, and braces a placeholder (3.11.5 and 3.11.6 of the specification), so the
 * one is taken apart and the others are doubled, which is how they are written.
 */
export function sarifText(text: string): string {
  return printable(text, LONGEST_TEXT).replaceAll('](', '] (').replace(/[{}]/g, '$&$&');
}

/** A link in a message to the related location with this id. The text is one of `sarifText`. */
export function sarifLink(text: string, id: number): string {
  const plain = text.replaceAll('[', '(').replaceAll(']', ')').replaceAll('\\', '/');
  return `[${plain}](${id})`;
}

/**
 * A place as a location. What is a node of a JSON document has no line: it is the first line of the file, with the
 * pointer beside it and the address of the resource that holds it as its logical location. Undefined for a default of
 * Azure and for standard input.
 */
export function createSarifLocation(
  folder: string,
  addressOf: (origin: Origin) => string | undefined,
): (origin: Origin, message?: string) => SarifLocation | undefined {
  return (origin, message) => {
    if (origin.kind === 'platform') return undefined;
    const uri = uriOf(origin.path, folder);
    if (uri === undefined) return undefined;
    const address = addressOf(origin);
    return {
      physicalLocation: {
        artifactLocation: isAbsolute(origin.path) ? { uri } : { uri, uriBaseId: ROOT_ID },
        region: regionOf(origin),
      },
      ...(address === undefined ? {} : { logicalLocations: [logical(address)] }),
      ...messageOf(message),
      ...(origin.kind === 'json' ? { properties: { pointer: printable(origin.pointer, LONGEST_TEXT) } } : {}),
    };
  };
}

/** A resource by what a person would type. */
export function logical(address: string): {
  readonly fullyQualifiedName: string;
  readonly kind: 'resource';
} {
  return { fullyQualifiedName: printable(address), kind: 'resource' };
}

/** A message property, or none. */
export function messageOf(message: string | undefined): { readonly message?: SarifText } {
  return message === undefined ? {} : { message: { text: sarifText(message) } };
}

function regionOf(origin: Exclude<Origin, { kind: 'platform' }>): {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
} {
  if (origin.kind === 'json') return { startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 };
  const { line, column, endLine, endColumn } = origin;
  return { startLine: line, startColumn: column, endLine, endColumn };
}

/** Relative to the root of the repository, with every character escaped that means something in a URI. */
function uriOf(file: string, folder: string): string | undefined {
  const path = repositoryPath(folder, file.replace(LONE_SURROGATE, '\ufffd'))?.replaceAll('\\', '/');
  if (path === undefined) return undefined;
  const escaped = path.split('/').map(encodeURIComponent).join('/');
  return isAbsolute(file)
    ? `file://${escaped.startsWith('/') ? '' : '/'}${escaped.replace('%3A', ':')}`
    : escaped;
}
