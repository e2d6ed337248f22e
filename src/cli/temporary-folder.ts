import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { errorCode } from './error-code.ts';
import { quoted } from './nearest.ts';
import { UsageError } from './usage-error.ts';

const SIGNALS = ['SIGHUP', 'SIGINT', 'SIGTERM'] as const;

/**
 * Works with a new folder that only the user can open, and removes it: also when the work throws, and when the process is
 * told to end, which it then does unless somebody else listens to the signal. Throws a UsageError when none can be made.
 */
export async function inTemporaryFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = newFolder();
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  const onSignal = (signal: NodeJS.Signals): void => {
    remove();
    leave();
    if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
  };
  const leave = (): void => {
    for (const signal of SIGNALS) process.removeListener(signal, onSignal);
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  try {
    return await work(folder);
  } finally {
    leave();
    remove();
  }
}

function newFolder(): string {
  try {
    return mkdtempSync(path.join(realpathSync(tmpdir()), 'portcullis-'));
  } catch (error) {
    throw new UsageError(
      `no temporary folder can be made in ${quoted(tmpdir())} (${errorCode(error)}); TMPDIR may name another`,
    );
  }
}
