import { readFileSync, writeFileSync } from 'node:fs';
import { builtinModules, createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const require = createRequire(import.meta.url);

/**
 * Packages that the sources load late and without waiting, through `require`. Each becomes a file of its own, by its
 * path in `dist`; hcl2json looks for its WebAssembly one folder above its own.
 */
const LATE = {
  '@azure/bicep-types': 'bicep-types.cjs',
  '@cdktf/hcl2json': 'hcl2json/lib/index.cjs',
  re2js: 're2js.cjs',
  yaml: 'yaml.cjs',
};
/** hcl2json asks for it only where Node has no global `performance`, which Node 20 has. */
const NEVER_LOADED = 'performance';
const WEB_ASSEMBLY = ['@cdktf/hcl2json', 'main.wasm.gz', 'hcl2json/main.wasm.gz'];

const COMMON = {
  absWorkingDir: ROOT,
  bundle: true,
  legalComments: 'none',
  logLevel: 'warning',
  mainFields: ['module', 'main'],
  metafile: true,
  platform: 'node',
  // A linked node_modules gives the same bytes as one in place.
  preserveSymlinks: true,
  target: 'node20.19',
};

/**
 * Bundles the command line, the action and the library into a folder, so that they need no other package. Gives the folders
 * of the packages that went in, from the root of the repository. Throws when something in there would still look for a
 * package.
 */
export async function bundle(dist) {
  const entries = { action: 'src/action.ts', cli: 'src/cli.ts', index: 'src/index.ts' };
  const own = await build({
    ...COMMON,
    entryPoints: entries,
    outdir: dist,
    // All in one folder, because the paths to the late packages start from there.
    chunkNames: '[name]-[hash]',
    format: 'esm',
    splitting: true,
    plugins: [{ name: 'late-packages', setup: leaveLatePackages }],
  });
  const late = await Promise.all(Object.entries(LATE).map(([name, file]) => bundleLate(name, dist, file)));
  const [owner, from, to] = WEB_ASSEMBLY;
  writeFileSync(path.join(dist, to), readFileSync(path.join(ROOT, 'node_modules', owner, from)));
  const files = [own, ...late].flatMap(({ metafile }) => Object.keys(metafile.outputs));
  checkImports(files.map((file) => path.join(ROOT, file)));
  return [...new Set([own, ...late].flatMap(({ metafile }) => packagesOf(metafile)))].toSorted();
}

/** Makes imports of late packages lead to their files, and the `require` of the sources too, which esbuild leaves alone. */
function leaveLatePackages({ onResolve, onLoad }) {
  onResolve({ filter: /^[^./]/ }, ({ path: name }) =>
    name in LATE ? { path: `./${LATE[name]}`, external: true } : undefined,
  );
  onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, ({ path: file }) => {
    const contents = readFileSync(file, 'utf8').replace(
      /(\brequire|\.resolve)\('([^']+)'\)/g,
      (call, callee, name) => (name in LATE ? `${callee}('./${LATE[name]}')` : call),
    );
    return { contents, loader: 'ts' };
  });
}

/** The names are written out, because Node finds the names of a CommonJS module by looking at its text. */
function bundleLate(name, dist, file) {
  const names = Object.keys(require(name)).filter((key) => key !== 'default' && key !== '__esModule');
  return build({
    ...COMMON,
    stdin: { contents: `export { ${names.join(', ')} } from '${name}';`, resolveDir: ROOT },
    outfile: path.join(dist, file),
    format: 'cjs',
    external: [NEVER_LOADED],
  });
}

function packagesOf({ inputs }) {
  return Object.keys(inputs).flatMap((file) => {
    const [folder] = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file) ?? [];
    return folder === undefined ? [] : [folder];
  });
}

const IMPORT = /(?:^import\s+|\bfrom\s+|\bimport\(|\brequire\d?\(|\.resolve\()["']([^"'\s]+)["']/gm;

function checkImports(files) {
  const known = new Set([...builtinModules, NEVER_LOADED]);
  for (const file of files) {
    const text = readFileSync(file, 'utf8');
    for (const [, name] of text.matchAll(IMPORT)) {
      const isThere = name.startsWith('.') || name.startsWith('node:') || known.has(name.split('/')[0]);
      if (!isThere) throw new Error(`${file} still needs the package ${name}`);
    }
  }
}
