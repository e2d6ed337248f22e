/**
 * Builds `dist`:
 *
 *     npm run build
 *
 * The compiler writes each module and its declarations, which the measurements in `bench` import one by one. What people
 * start, `dist/src/cli.js` and the library, is bundled over that, because loading hundreds of modules takes longer than most
 * runs.
 */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { bundle } from './bundle.mjs';

const ROOT = path.resolve(import.meta.dirname, '..');
const dist = path.join(ROOT, 'dist');

rmSync(dist, { recursive: true, force: true });
const compiler = path.join(ROOT, 'node_modules/typescript/bin/tsc');
const { status } = spawnSync(process.execPath, [compiler], { cwd: ROOT, stdio: 'inherit' });
if (status === 0) await bundle(path.join(dist, 'src'));
else process.exitCode = status ?? 1;
