import { convertBeside } from './convert-beside.ts';
import { type Converted, FILE, isStackOverflow, refusalOf } from './converted.ts';

/** What is used of `@cdktf/hcl2json`. */
export interface Hcl2json {
  /** Begins to load the package, which goes on beside other work. */
  prepare(): void;
  /** Converts the text of a file. Never rejects, and answers within some seconds. */
  convert(text: string): Promise<Converted>;
  /** Converts the pieces of a large file: the answers in their order, up to the first that is no JSON. */
  convertPieces(pieces: readonly string[]): Promise<readonly Converted[]>;
}

/** From this size on a file is converted beside the main thread, where it can be stopped. */
export const LARGE: number = 256 * 1024;
/** Only a Go runtime that has given up does not answer for a small file. */
const LONGEST = 4_000;

/** Each takes up to 70 µs, and more the longer it is written out; `1e999999` takes 11 s. */
const NUMBER = /(?<![\w."])\d/g;
const LONG_NUMBER = /\d{1000}|(?<![\w"])\d[\d.]*e[+-]?\d{4,}(?!\w)/i;
const MOST_NUMBERS = 10_000;

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
  async convert(text) {
    if (isHealthy && isQuick(text)) return await convertHere(text);
    const [answer] = await convertBeside([text]);
    return answer ?? { tooMuch: 'is not answered for' };
  },
  convertPieces: convertBeside,
};

function isQuick(text: string): boolean {
  if (text.length >= LARGE || LONG_NUMBER.test(text)) return false;
  return (text.match(NUMBER)?.length ?? 0) <= MOST_NUMBERS;
}

async function convertHere(text: string): Promise<Converted> {
  let timer: NodeJS.Timeout | undefined;
  const stopped = new Promise<Converted>((resolve) => {
    timer = setTimeout(() => {
      isHealthy = false;
      resolve({ tooMuch: 'takes too long to read' });
    }, LONGEST);
  });
  const converted = load()
    .then(({ parse }) => parse(FILE, text))
    .then((json): Converted => ({ json }), refuse);
  const first = await Promise.race([converted, stopped]);
  clearTimeout(timer);
  return first;
}

function refuse(error: unknown): Converted {
  const text = error instanceof Error ? error.message : String(error);
  if (isStackOverflow(text)) isHealthy = false;
  return refusalOf(text);
}

function load(): Promise<Module> {
  loading ??= import('@cdktf/hcl2json');
  return loading;
}
