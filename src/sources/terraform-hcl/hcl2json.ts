import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';

/** The JSON of a file as hcl2json writes it, or why it is not HCL, with the 1-based place in the text. */
export type Converted =
  | { readonly json: unknown }
  | { readonly message: string; readonly line: number; readonly column: number };

/** What is used of `@cdktf/hcl2json`. */
export interface Hcl2json {
  /** Begins to load the package, which goes on beside other work. */
  prepare(): void;
  /** Converts the text of a file. Never rejects, and answers within some seconds. */
  convert(text: string): Promise<Converted>;
}

/** From this size on a file is converted beside the main thread, where it can be stopped. */
const LARGE = 256 * 1024;
/** A file of the largest size that is read takes 2 s; only lists of a hundred thousand items take longer. */
const LONGEST = 4_000;
/** What diagnostics call the text. */
const FILE = 'main.tf';

type Module = typeof import('@cdktf/hcl2json');

let loading: Promise<Module> | undefined;
let isHealthy = true;

/**
 * The one instance of a process: the package keeps its state in globals. It is loaded on first use, which costs about
 * 0.2 s and 50 MB. A Go runtime that has failed once is not used again: from then on files are converted in workers.
 */
export const hcl2json: Hcl2json = {
  prepare() {
    load().catch(() => {});
  },
  convert: (text) => (text.length < LARGE && isHealthy ? convertHere(text) : convertBeside(text)),
};

async function convertHere(text: string): Promise<Converted> {
  let timer: NodeJS.Timeout | undefined;
  const stopped = new Promise<Converted>((resolve) => {
    timer = setTimeout(() => {
      isHealthy = false;
      resolve(tooMuch('takes too long to read'));
    }, 2 * LONGEST);
  });
  const converted = load()
    .then(({ parse }) => parse(FILE, text))
    .then((json): Converted => ({ json }), refusalOf);
  const first = await Promise.race([converted, stopped]);
  clearTimeout(timer);
  return first;
}

function load(): Promise<Module> {
  loading ??= import('@cdktf/hcl2json');
  return loading;
}

const WORKER = `const { parentPort, workerData } = require('node:worker_threads');
require(workerData.module).parse(workerData.name, workerData.text).then(
  (json) => parentPort.postMessage({ json }),
  (error) => parentPort.postMessage({ error: String(error && error.message) }),
);`;

function convertBeside(text: string): Promise<Converted> {
  const module = createRequire(import.meta.url).resolve('@cdktf/hcl2json');
  return new Promise((resolve) => {
    const worker = new Worker(WORKER, { eval: true, workerData: { module, name: FILE, text }, stderr: true });
    const finish = (converted: Converted): void => {
      clearTimeout(timer);
      resolve(converted);
      void worker.terminate();
    };
    const timer = setTimeout(() => finish(tooMuch('takes too long to read')), LONGEST);
    worker.once('error', (error) => finish(refusalOf(error)));
    worker.once('message', (answer: { json: unknown } | { error: string }) =>
      finish('json' in answer ? { json: answer.json } : refusalOf(new Error(answer.error))),
    );
  });
}

const DIAGNOSTIC = /(?:^|\[|; )\S*?:(\d+),(\d+)-(?:\d+,)?\d+: ([^;\]]+)/;

/** The first of the diagnostics: `parse config: [main.tf:3,11-4,1: Summary; Detail]`. */
function refusalOf(error: unknown): Converted {
  const text = error instanceof Error ? error.message : String(error);
  if (error instanceof RangeError || /call stack/i.test(text)) {
    isHealthy = false;
    return tooMuch('is nested too deeply');
  }
  const match = DIAGNOSTIC.exec(text);
  const message = match?.[3]?.toLowerCase() ?? 'is not understood';
  return { message, line: Number(match?.[1] ?? 1), column: Number(match?.[2] ?? 1) };
}

function tooMuch(message: string): Converted {
  return { message, line: 1, column: 1 };
}
