import { type Data, isSequence, isThing, reveal, type Thing } from './data.ts';
import type { Environment } from './environment.ts';
import { encodingFunctions } from './functions/encodings.ts';
import { fileFunctions } from './functions/files.ts';
import { joinText } from './text.ts';

/**
 * What the data sources that only compute something give: `template_file` its text, `cloudinit_config` its parts. They need no
 * cloud, and what a machine runs often comes through them. Undefined for any other attribute.
 */
export function renderedBy(
  type: string,
  path: string,
  written: Thing,
  environment: Environment,
): Data | undefined {
  if (path !== 'rendered') return undefined;
  if (type === 'template_file') return template(written, environment);
  return type === 'cloudinit_config' || type === 'template_cloudinit_config'
    ? cloudInit(written, environment)
    : undefined;
}

function template(written: Thing, environment: Environment): Data | undefined {
  const variables = valueOr(written, 'vars', { kind: 'object', entries: new Map() });
  const { data } = reveal(written.attribute('template'));
  return fileFunctions.templatestring?.call([data, variables], environment);
}

/** An archive whose bytes are not known, of texts that are. */
function cloudInit(written: Thing, environment: Environment): Data | undefined {
  const blocks = valueOr(written, 'part', { kind: 'list', items: [] });
  if (!isSequence(blocks)) return undefined;
  const contents = blocks.items.map((block) => (isThing(block) ? block.attribute('content') : block));
  const text = joinText(contents.flatMap((content) => [content, '\n']));
  if (blocks.more !== undefined) return undefined;
  return encodingFunctions.base64gzip?.call([text], environment);
}

function valueOr(written: Thing, name: string, fallback: Data): Data {
  return written.names().includes(name) ? reveal(written.attribute(name)).data : fallback;
}
