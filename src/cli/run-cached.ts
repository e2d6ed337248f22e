import { accessSync, constants, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { cachedDataVersionTag, getHeapCodeStatistics } from 'node:v8';
import { Script } from 'node:vm';

/** Compiled code that has grown by this factor since it was kept is kept anew. */
const GROWTH = 1.2;

/** A cache file begins with the size of the compiled code in the heap, in bytes, when it was written. */
const HEADER = 8;

/** Modules of Node that take milliseconds to load, and that most runs never come to use. */
const RARELY_USED: readonly string[] = [
  'node:child_process',
  'node:crypto',
  'node:worker_threads',
  'node:zlib',
];

interface Kept {
  readonly size: number;
  readonly code: Buffer;
}

/**
 * Runs a bundled program in this process with the code that V8 compiled of it in an earlier run, and keeps that code for the
 * next one, because compiling is a fifth of what a hook takes. The cache lies beside the file, where only those can write
 * who can change the program itself. The name of the file must change with its content: of the source, V8 compares nothing
 * but the length. Where nothing can be written, or NODE_DISABLE_COMPILE_CACHE is set, every run compiles.
 *
 * The file is CommonJS in ASCII, and calls `importLate` in place of `import`.
 */
export function runCached(file: string): void {
  const cache = `${file}.${cachedDataVersionTag()}.cache`;
  const isOff = process.env.NODE_DISABLE_COMPILE_CACHE !== undefined;
  const kept = isOff ? undefined : readKept(cache);
  // Of Latin-1, Node makes a string of one byte per character without looking at it.
  const source = `(function (require, importLate, __filename, __dirname) {${readFileSync(file, 'latin1')}\n})`;
  const script = new Script(source, {
    filename: file,
    ...(kept === undefined ? {} : { cachedData: kept.code }),
  });
  const enough = kept === undefined || script.cachedDataRejected === true ? 0 : kept.size * GROWTH;
  if (!isOff) {
    process.once('exit', () => {
      const size = compiledSize();
      if (size > enough && isWritable(path.dirname(file)))
        keep(cache, { size, code: script.createCachedData() });
    });
  }
  const importLate = (specifier: string): Promise<unknown> => import(specifier);
  script.runInThisContext()(requireFrom(file), importLate, file, path.dirname(file));
}

function requireFrom(file: string): (name: string) => unknown {
  const require = createRequire(file);
  return (name) =>
    RARELY_USED.includes(name) ? new Proxy({}, { get: (_, key) => require(name)[key] }) : require(name);
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function compiledSize(): number {
  return getHeapCodeStatistics().bytecode_and_metadata_size;
}

function readKept(cache: string): Kept | undefined {
  try {
    const bytes = readFileSync(cache);
    return { size: bytes.readDoubleLE(), code: bytes.subarray(HEADER) };
  } catch {
    return undefined;
  }
}

/** Other runs may read and write at the same time: the file is there as a whole or not at all. */
function keep(cache: string, { size, code }: Kept): void {
  const header = Buffer.alloc(HEADER);
  header.writeDoubleLE(size);
  const draft = `${cache}.${process.pid}`;
  try {
    writeFileSync(draft, Buffer.concat([header, code]), { flag: 'wx' });
    renameSync(draft, cache);
  } catch {
    rmSync(draft, { force: true });
  }
}
