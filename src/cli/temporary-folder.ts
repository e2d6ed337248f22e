import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const SIGNALS = ['SIGHUP', 'SIGINT', 'SIGTERM'] as const;

/**
 * Works with a new folder that only the user can open, and removes it: also when the work throws, and when the process is
 * told to end, which it then does unless somebody else listens to the signal.
 */
export async function inTemporaryFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(path.join(realpathSync(tmpdir()), 'portcullis-'));
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
