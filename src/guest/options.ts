import { isLoopback } from './config-file.ts';
import type { Notes } from './evidence.ts';

/** `--port 8080`, `--port=8080`, `-port=8080`, `--bind 0.0.0.0:8000`, `--server.port=8080`, `-l :9000` */
const PORT_OPTION = /^--?(?:port|p|http-port|https-port|server\.port|listen-port|web\.listen-port)$/i;
const ADDRESS_OPTION =
  /^--?(?:b|bind|listen|listen-address|web\.listen-address|addr|address|urls|host|bind-address|hostname)$/i;

/**
 * Notes the ports that the options of a program name. True when one of them is a port: then the program says itself where
 * it listens.
 */
export function readOptions(words: readonly string[], notes: Notes): boolean {
  let port: string | undefined;
  let host: string | undefined;
  const options = words.flatMap((word) => {
    const match = /^(--?[A-Za-z][\w.-]*)=(.*)$/.exec(word);
    return match === null ? [word] : [match[1] ?? '', match[2] ?? ''];
  });
  const ports: { readonly port: string; readonly host: string | undefined }[] = [];
  options.forEach((option, index) => {
    const value = options[index + 1] ?? '';
    if (PORT_OPTION.test(option) && /^\d+$/.test(value)) port = value;
    if (!ADDRESS_OPTION.test(option)) return;
    for (const part of value.split(/[,;]/)) {
      const match = /^(?:https?:\/\/)?(.*?):(\d+)\/?$/.exec(part);
      if (match?.[2] !== undefined && !/^[0-9a-f:]+$/i.test(match[1] === '' ? 'x' : (match[1] ?? '')))
        ports.push({ port: match[2], host: match[1] });
      else host = part;
    }
  });
  if (port !== undefined) ports.push({ port, host });
  for (const found of ports) {
    notes.claim(Number(found.port), {
      source: 'bind',
      scope: isLoopback(found.host) ? 'loopback' : 'any',
      evidence: words.join(' '),
    });
  }
  return ports.length > 0;
}
