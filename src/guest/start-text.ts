import { readCloudConfig } from './cloud-config.ts';
import { installPackages, readCommand, type Shell } from './commands.ts';
import { readConfig, unitCommands, unitEnvironment } from './config-file.ts';
import { decodeBase64, LONGEST_TEXT } from './decode.ts';
import type { Notes } from './evidence.ts';
import { readPowerShell } from './powershell.ts';
import { MOST_STATEMENTS, statementsOf } from './shell-statements.ts';

const MOST_RUNS = 200;

/** Reads the texts of one machine; files that one text writes are there for the next. */
export interface Reader {
  /** What cloud-init reads: a cloud-config, a script, several of them in MIME parts. */
  startText(text: string): void;
  shell(script: string): void;
  windows(script: string): void;
}

/** Reads the texts of one machine, which share the files they write and one budget; it reports to `notes`. */
export function createReader(notes: Notes): Reader {
  const files = new Map<string, string>();
  const functions = new Set<string>();
  let runs = 0;
  let budget = 4 * LONGEST_TEXT;

  const shell: Shell = {
    notes,
    files,
    functions,
    runUnit(unit) {
      readConfig('', unitEnvironment(unit).join('\n'), notes);
      for (const command of unitCommands(unit)) shell.run(command);
    },
    run(script) {
      runs += 1;
      budget -= script.length;
      if (runs > MOST_RUNS || budget < 0)
        notes.hidden('the scripts call each other too often to be followed');
      else runScript(script);
    },
  };

  function runScript(script: string): void {
    const interpreter = /^#!\s*(\S+)(?:\s+(\S+))?/.exec(script);
    const name = interpreter?.[1]?.endsWith('/env') === true ? interpreter[2] : interpreter?.[1];
    if (name !== undefined && !/(^|\/)(ba|da|z|k)?sh$/.test(name)) {
      if (readConfig('script.py', script, notes) === 0) notes.program(`runs a script for \`${name}\``);
      return;
    }
    const expanded = withVariables(script);
    for (const [, defined] of expanded.matchAll(
      /^[ \t]*(?:function[ \t]+)?([A-Za-z_][\w-]{0,80})[ \t]*\(\)/gm,
    ))
      if (defined !== undefined) functions.add(defined);
    const statements = statementsOf(expanded);
    if (statements.length >= MOST_STATEMENTS) notes.hidden('a script is too long to be followed');
    statements.forEach((statement, index) => {
      readCommand(statement, shell, statements[index - 1]);
    });
    readConfig('', urls(expanded), notes);
  }

  function startText(text: string, depth = 0): void {
    const trimmed = text.replace(/^\uFEFF/, '').replace(/^\s*## template:\s*jinja\s*\n/, '');
    if (/^content-type:\s*multipart\//im.test(trimmed.slice(0, 2000)) && depth < 3) {
      for (const part of mimeParts(trimmed)) startText(part, depth + 1);
    } else if (/^\s*#cloud-config\b/.test(trimmed)) cloudConfig(trimmed);
    else if (/^\s*#!/.test(trimmed) || /^\s*#cloud-boothook/.test(trimmed)) runScript(trimmed.trimStart());
    else if (/^\s*<powershell>|^\s*<script>/i.test(trimmed))
      readPowerShell(trimmed.replace(/<\/?\w+>/g, ''), notes);
    else if (trimmed.trim() !== '') notes.program('hands over a text that the image may use');
  }

  function cloudConfig(text: string): void {
    const config = readCloudConfig(text);
    if (config === undefined) {
      notes.hidden('the cloud-config is not readable YAML');
      return;
    }
    for (const { path, content, unread } of config.files) {
      if (unread) notes.hidden(`the content of \`${path}\` is not readable`);
      files.set(path, content);
      readConfig(path, content, notes);
      if (/rc\.local$|\/cloud\/scripts\/|\/init\.d\//.test(path)) runScript(content);
      if (/@reboot/.test(content) && path.includes('cron'))
        notes.program(`starts something with \`${path}\``);
    }
    if (config.packages.length > 0) {
      if (!config.hasOwnMirror) notes.need('installs packages');
      installPackages(config.packages, notes);
    }
    for (const name of config.others) notes.program(`applies \`${name}\``);
    runScript(config.commands.join('\n'));
  }

  return {
    startText,
    shell: runScript,
    windows: (script) => readPowerShell(script, notes),
  };
}

/** The texts of the parts of a MIME message. */
function mimeParts(message: string): readonly string[] {
  const boundary = /boundary\s*=\s*"?([^"\s;]+)"?/i.exec(message)?.[1];
  if (boundary === undefined) return [];
  return message
    .split(`--${boundary}`)
    .slice(1)
    .flatMap((part) => {
      const gap = /\r?\n\r?\n/.exec(part);
      if (gap === null) return [];
      const body = part.slice(gap.index + gap[0].length);
      const isEncoded = /content-transfer-encoding:\s*base64/i.test(part.slice(0, gap.index));
      return [isEncoded ? (decodeBase64(body) ?? body) : body];
    });
}

/** `${PORT}` and `$PORT` in place, where the script assigns a plain value. */
function withVariables(script: string): string {
  const values = new Map<string, string>();
  for (const [, name, value] of script.matchAll(
    /^[ \t]*(?:export[ \t]+)?([A-Za-z_]\w*)=["']?([\w.:/-]+)["']?[ \t]*\r?$/gm,
  ))
    if (name !== undefined && value !== undefined) values.set(name, values.has(name) ? '' : value);
  if (values.size === 0) return script;
  return script.replace(/\$(?:\{(\w+)\}|([A-Za-z_]\w*))/g, (whole, braced?: string, bare?: string) => {
    const value = values.get(braced ?? bare ?? '');
    return value === undefined || value === '' ? whole : value;
  });
}

/** Assignments that tell ASP.NET where to listen, wherever they stand. */
function urls(script: string): string {
  return [...script.matchAll(/ASPNETCORE_URLS\s*=\s*["']?[^"'\s]+/g)].map(([found]) => found).join('\n');
}
