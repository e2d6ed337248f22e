import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const ENTRY = 'src/index.d.ts';

/** Writes the type declarations of the library into a folder: those of the entry, and those they import. */
export function copyDeclarations(folder) {
  const all = mkdtempSync(path.join(tmpdir(), 'portcullis-types-'));
  try {
    const compiler = path.join(ROOT, 'node_modules/typescript/bin/tsc');
    execFileSync(process.execPath, [compiler, '--emitDeclarationOnly', '--outDir', all], { cwd: ROOT });
    for (const file of reachable(all)) cpSync(path.join(all, file), path.join(folder, file));
  } finally {
    rmSync(all, { recursive: true, force: true });
  }
}

function reachable(all) {
  const found = new Set([ENTRY]);
  for (const file of found) {
    const text = readFileSync(path.join(all, file), 'utf8');
    for (const [, target] of text.matchAll(/(?:\bfrom|\bimport\()\s*["'](\.[^"']+)\.[jt]s["']/g)) {
      found.add(path.posix.join(path.posix.dirname(file), `${target}.d.ts`));
    }
  }
  return found;
}
