import type { Notes } from './evidence.ts';

/** Directives are short; matching costs the square of the length. */
const LONGEST_LINE = 300;

/** Files whose content says what a server does. */
const SERVER_FILE =
  /(nginx|apache2|httpd|haproxy|caddy|squid|lighttpd|redis|postgres|mysql|mariadb|mongo|envoy|traefik|varnish|tomcat)/i;

/** Whether a file of this path says what a server does, going by its name. */
export function isServerFile(path: string): boolean {
  return SERVER_FILE.test(path) || /\/systemd\/|\.service$|\.socket$/i.test(path);
}

const ADDRESS = String.raw`(?:\[?[0-9a-fA-F:.]*[:.][0-9a-fA-F:.]*\]?|\*|localhost|[A-Za-z][\w.-]*)`;
/** `listen 8080;`, `Listen 127.0.0.1:80`, `bind *:443 ssl`, `listen [::]:80` */
const LISTEN = new RegExp(
  String.raw`^\s*(?:listen|bind|http_port|ListenStream\s*=|listen-on)\s+?=?\s*(?:(${ADDRESS}):)?(\d{1,5})(?![\d.])(.*)$`,
  'i',
);

/**
 * Notes the ports a configuration names, line by line: web servers, proxies, systemd sockets, the urls of ASP.NET, the
 * port of Spring and the ports of compose files. `path` may be empty.
 */
export function readConfig(path: string, content: string, notes: Notes): number {
  let claims = 0;
  const claim = (port: string | undefined, address: string | undefined, line: string, udp = false): void => {
    const number = Number(port);
    if (!Number.isInteger(number) || number < 1 || number > 65_535) return;
    claims += 1;
    notes.claim(number, {
      source: 'bind',
      scope: isLoopback(address) ? 'loopback' : 'any',
      protocol: udp ? 'udp' : 'tcp',
      evidence: line.trim(),
    });
  };
  const isCompose = /compose[\w.-]*\.ya?ml$/i.test(path);
  const isCode = /\.(js|mjs|cjs|ts|py|rb|go|java|cs|php)$/i.test(path);
  for (const line of content.split(/\r?\n/)) {
    if (/^\s*(#|\/\/|;)/.test(line) || line.length > LONGEST_LINE) continue;
    const listen = LISTEN.exec(line);
    if (listen !== null) claim(listen[2], listen[1], line, /\budp\b|\bquic\b/.test(listen[3] ?? ''));
    for (const [, url = ''] of line.matchAll(
      /(?:ASPNETCORE_URLS|--urls|"urls?")["']?\s*[:= ]\s*["']?([^"'\s]+)/gi,
    ))
      for (const [, host, port] of url.matchAll(/https?:\/\/([^:/;]+|\[[^\]]*\]):(\d+)/gi))
        claim(port, host, line);
    const spring = /^\s*server\.port\s*[=:]\s*(\d+)/i.exec(line);
    if (spring !== null) claim(spring[1], undefined, line);
    if (isCompose) {
      const port = /^\s*-\s*["']?(?:([\d.]+):)?(\d+):\d+(?:\/(udp|tcp))?["']?\s*$/.exec(line);
      if (port !== null) claim(port[2], port[1], line, port[3] === 'udp');
    }
    if (isCode) {
      const call = /\.listen\(\s*(\d+)\s*(?:,\s*["']([^"']+)["'])?/.exec(line);
      if (call !== null) claim(call[1], call[2], line);
      const run = /\bport\s*=\s*(\d+)/.exec(line);
      const host = /\bhost\s*=\s*["']([^"']+)["']/.exec(line)?.[1];
      // Flask listens on loopback when no host is given.
      const isFlask = /\bapp\.run\(/.test(line);
      if (run !== null && call === null) claim(run[1], host ?? (isFlask ? '127.0.0.1' : undefined), line);
      const tuple = /\(\s*["']([\d.]*)["']\s*,\s*(\d{2,5})\s*\)/.exec(line);
      if (tuple !== null) claim(tuple[2], tuple[1] === '' ? undefined : tuple[1], line);
    }
  }
  return claims;
}

/** `127.0.0.1`, `localhost`, `::1` */
export function isLoopback(address: string | undefined): boolean {
  if (address === undefined) return false;
  return /^(127(\.\d+){3}|localhost|\[?::1\]?)$/i.test(address);
}

/** The commands a systemd unit starts. */
export function unitCommands(content: string): readonly string[] {
  return content.split(/\r?\n/).flatMap((line) => {
    const match = /^\s*(?:ExecStart|ExecStartPre|ExecStartPost)\s*=\s*[-@+!:]*(.+)$/.exec(line);
    return match?.[1] === undefined ? [] : [match[1]];
  });
}

/** The environment a systemd unit gives, as assignments. */
export function unitEnvironment(content: string): readonly string[] {
  return content.split(/\r?\n/).flatMap((line) => {
    const match = /^\s*Environment\s*=\s*(.+)$/.exec(line);
    return match?.[1] === undefined ? [] : [match[1].replace(/["']/g, '')];
  });
}
