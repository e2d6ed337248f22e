import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { type Converted, FILE, refusalOf } from './converted.ts';

/** So many workers share the pieces of a file, each with a Go runtime of some 60 MB. */
const MOST_WORKERS = 2;
/** Processor time of each worker, which is about the same on a busy machine. The largest ordinary files take 2.3 s. */
const MOST_CPU_MS = 3_300;
/** What the process may grow by. No limit of V8 counts the memory of WebAssembly, so what the system says is watched. */
const MOST_GROWTH = 450 * 1024 * 1024;
/** Where processor time does not pass, nothing else would end the wait. */
const MOST_WALL_MS = 60_000;
const GLANCE_MS = 25;

const WORKER = `const { parentPort, workerData } = require('node:worker_threads');
const { parse } = require(workerData.module);
parentPort.on('message', (text) => parse(workerData.name, text).then(
  (json) => parentPort.postMessage({ json }),
  (error) => parentPort.postMessage({ error: String(error && error.message) }),
));`;

type Answer = { readonly json: unknown } | { readonly error: string };

/**
 * Converts the pieces of a text in workers, where it can be stopped. Gives the answers in the order of the pieces, up to the
 * first that is no JSON; one alone when it is too much. Never rejects, and leaves no worker behind.
 */
export function convertBeside(pieces: readonly string[]): Promise<readonly Converted[]> {
  const module = createRequire(import.meta.url).resolve('@cdktf/hcl2json');
  const answers: Converted[] = [];
  const workers = new Set<Worker>();
  const all: Worker[] = [];
  let next = 0;
  return new Promise((resolve) => {
    const finish = (converted: readonly Converted[]): void => {
      clearInterval(timer);
      workers.clear();
      void Promise.all(all.map((worker) => worker.terminate())).then(() => resolve(converted));
    };
    const stop = (tooMuch: string): void => finish([{ tooMuch }]);
    const timer = setInterval(watch(workers, stop), GLANCE_MS);

    function handOut(worker: Worker): void {
      const index = next;
      const piece = pieces[index];
      if (piece === undefined) {
        workers.delete(worker);
        if (workers.size === 0) finish(upToRefusal(answers));
        return;
      }
      next += 1;
      worker.once('message', (answer: Answer) => {
        if (!workers.has(worker)) return;
        answers[index] = 'json' in answer ? answer : refusalOf(answer.error);
        // Pieces before a refused one are all handed out already, and theirs may be the first refusal.
        if ('error' in answer) next = pieces.length;
        handOut(worker);
      });
      worker.postMessage(piece);
    }

    for (let count = 0; count < Math.min(MOST_WORKERS, pieces.length); count += 1) {
      const worker = new Worker(WORKER, { eval: true, workerData: { module, name: FILE }, stderr: true });
      workers.add(worker);
      all.push(worker);
      worker.once('error', () => stop('needs more to read than there is'));
      // A Go runtime that has given up leaves its worker with nothing to wait for.
      worker.once('exit', () => workers.has(worker) && stop('needs more to read than there is'));
    }
    for (const worker of all) handOut(worker);
  });
}

/** Looks at the time and memory that have gone since. The time of the process is that of the workers, as it waits for them. */
function watch(busy: ReadonlySet<Worker>, stop: (tooMuch: string) => void): () => void {
  const memory = process.memoryUsage.rss();
  const began = performance.now();
  let last = process.cpuUsage();
  let spent = 0;
  return () => {
    const { user, system } = process.cpuUsage(last);
    last = process.cpuUsage();
    spent += (user + system) / 1_000 / Math.max(1, busy.size);
    if (spent > MOST_CPU_MS || performance.now() - began > MOST_WALL_MS) stop('takes too long to read');
    else if (process.memoryUsage.rss() - memory > MOST_GROWTH) stop('takes too much memory to read');
  };
}

function upToRefusal(answers: readonly Converted[]): readonly Converted[] {
  const refused = answers.findIndex((answer) => !('json' in answer));
  return refused === -1 ? answers : answers.slice(0, refused + 1);
}
