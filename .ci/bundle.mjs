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
  const own = await build({
    ...COMMON,
    entryPoints: { action: 'src/action.ts', index: 'src/index.ts' },
    outdir: dist,
    // All in one folder, because the paths to the late packages start from there.
    chunkNames: '[name]-[hash]',
    format: 'esm',
    splitting: true,
    plugins: [latePackages()],
  });
  const program = await build({
    ...COMMON,
    entryPoints: { program: 'src/cli.ts' },
    outdir: dist,
    entryNames: '[name]-[hash]',
    outExtension: { '.js': '.cjs' },
    format: 'cjs',
    define: { 'import.meta.dirname': '__dirname', 'import.meta.url': 'PROGRAM_URL' },
    banner: { js: "const PROGRAM_URL = require('node:url').pathToFileURL(__filename).href;" },
    plugins: [latePackages('importLate')],
  });
  const [file] = Object.keys(program.metafile.outputs);
  const starts = await Promise.all(
    ['esm', 'cjs'].map((format) => buildStart(dist, format, path.basename(file))),
  );
  const late = await Promise.all(Object.entries(LATE).map(([name, file]) => bundleLate(name, dist, file)));
  const [owner, from, to] = WEB_ASSEMBLY;
  writeFileSync(path.join(dist, to), readFileSync(path.join(ROOT, 'node_modules', owner, from)));
  const builds = [own, program, ...starts, ...late];
  const files = builds.flatMap(({ metafile }) => Object.keys(metafile.outputs));
  checkImports(files.map((file) => path.join(ROOT, file)));
  return [...new Set(builds.flatMap(({ metafile }) => packagesOf(metafile)))].toSorted();
}

/** What starts the program: `cli.cjs` for those who install it, which Node loads sooner, and `cli.js`. */
function buildStart(dist, format, program) {
  const isModule = format === 'esm';
  return build({
    ...COMMON,
    entryPoints: { cli: 'src/start.ts' },
    outdir: dist,
    outExtension: { '.js': isModule ? '.js' : '.cjs' },
    format,
    define: { PROGRAM: JSON.stringify(program), ...(isModule ? {} : { 'import.meta.dirname': '__dirname' }) },
  });
}

/**
 * Makes imports of late packages lead to their files, and the `require` of the sources too, which esbuild leaves alone. An
 * `importer` is called in place of `import` for what is not in the bundle.
 */
function latePackages(importer) {
  const pathOf = (name) => (name in LATE ? `./${LATE[name]}` : name);
  return {
    name: 'late-packages',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^[^./]/ }, ({ path: name }) =>
        name in LATE ? { path: pathOf(name), external: true } : undefined,
      );
      onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, ({ path: file }) => {
        const text = readFileSync(file, 'utf8').replace(
          /(\brequire|\.resolve)\('([^']+)'\)/g,
          (_, callee, name) => `${callee}('${pathOf(name)}')`,
        );
        const contents =
          importer === undefined
            ? text
            : text.replace(OUTSIDE_IMPORT, (_, name) =>
                name === undefined ? `${importer}(` : `${importer}('${pathOf(name)}'`,
              );
        return { contents, loader: 'ts' };
      });
    },
  };
}

/** A dynamic import of something else than a file beside the importing one. */
const OUTSIDE_IMPORT = /(?<!typeof )\bimport\((?!\s*'\.)(?:'([^']+)')?/g;

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
