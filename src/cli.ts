import { constants } from 'node:buffer';
import { readSync } from 'node:fs';
import { errorCode } from './cli/error-code.ts';
import { main } from './cli/main.ts';

const STDIN = 0;
const CHUNK = 65_536;
const PAUSE = 10;

/** Reads up to one byte more than a string can hold, which is enough to see that there is too much. */
function readStdin(): Uint8Array {
  const chunks: Uint8Array[] = [];
  for (let total = 0; total <= constants.MAX_STRING_LENGTH; ) {
    const chunk = new Uint8Array(CHUNK);
    const count = readSome(chunk);
    if (count === 0) break;
    total += count;
    chunks.push(chunk.subarray(0, count));
  }
  return Buffer.concat(chunks);
}

/** Waits where a pipe has nothing yet; Windows reports the end of a pipe as an error. */
function readSome(chunk: Uint8Array): number {
  while (true) {
    try {
      return readSync(STDIN, chunk);
    } catch (error) {
      const code = errorCode(error);
      if (code === 'EOF') return 0;
      if (code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE);
    }
  }
}

/** A reader that has gone, as in `portcullis paths | head`, is no error; a full disk is one. */
function onOutputError(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') return;
  process.stderr.write(`portcullis: standard output cannot be written (${error.code})\n`);
  process.exitCode = 3;
}

process.stdout.on('error', onOutputError);
process.stderr.on('error', () => {});
const ended = main(process.argv.slice(2), {
  stdout: (text) => process.stdout.write(text),
  stderr: (text) => process.stderr.write(text),
  stdoutIsTerminal: process.stdout.isTTY === true,
  stderrIsTerminal: process.stderr.isTTY === true,
  env: process.env,
  cwd: process.cwd(),
  readStdin,
});
ended.then((code) => {
  process.exitCode ??= code;
});
