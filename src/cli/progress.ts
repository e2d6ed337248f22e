import type { Progress } from '../engine/load-roots.ts';
import { printable } from '../text/printable.ts';
import type { Io } from './io.ts';

/** In milliseconds. Who waits for less does not want to be told. */
const PATIENCE = 1000;
const INTERVAL = 100;
const ERASE = '\r\u001b[K';
/** Columns of a narrow terminal: a line that wraps cannot be erased. */
const LONGEST = 70;

/** One line on standard error that says what a long run is at; nothing unless that is a terminal. */
export interface ProgressLine {
  readonly show: (progress: Progress) => void;
  /** Takes the line away. */
  readonly end: () => void;
}

/** `now` tells the time in milliseconds. */
export function createProgressLine(
  io: Pick<Io, 'stderr' | 'stderrIsTerminal'>,
  now: () => number = Date.now,
): ProgressLine {
  let last = now() + PATIENCE - INTERVAL;
  let isShown = false;
  return {
    show({ doing, done, total, root }) {
      if (io.stderrIsTerminal !== true || now() - last < INTERVAL) return;
      last = now();
      isShown = true;
      io.stderr(`${ERASE}${printable(`${doing} ${done + 1} of ${total}: ${root}`, LONGEST)}`);
    },
    end() {
      if (isShown) io.stderr(ERASE);
      isShown = false;
    },
  };
}
