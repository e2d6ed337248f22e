import { spawnSync } from 'node:child_process';
import { pathFrom } from '../engine/find-inputs.ts';
import { printable } from '../text/printable.ts';
import type { Arguments } from './arguments.ts';
import type { Io } from './io.ts';
import { configFile } from './load-config.ts';
import { libraryVersion } from './package-files.ts';

const LIBRARIES = ['@cdktf/hcl2json', '@azure/bicep-types'];

/** What `--version --verbose` prints below the version: what a bug report should say and nothing that is private. */
export function surroundingsText(args: Arguments, io: Io): string {
  const file = configFile(args, io);
  const rows: readonly (readonly [string, string])[] = [
    ['node', `${process.versions.node} (${process.platform} ${process.arch})`],
    ...LIBRARIES.map((name) => [name, libraryVersion(name) ?? 'unknown'] as const),
    ['git', gitVersion() ?? 'not found'],
    ['configuration', file === undefined ? 'none' : printable(pathFrom(io.cwd, file), 500)],
  ];
  return rows.map(([name, text]) => `${name.padEnd(20)}${text}\n`).join('');
}

function gitVersion(): string | undefined {
  const { status, stdout } = spawnSync('git', ['--version'], { encoding: 'utf8', windowsHide: true });
  return status === 0 ? printable(stdout.trim().replace(/^git version /, '')) : undefined;
}
