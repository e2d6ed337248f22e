/** What the measurements over a directory of sources share. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

export const SLOW_MILLISECONDS = 1_000;
export const SHOWN = 10;

/** All files below a folder, without those of git, sorted. */
export function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/(^|[/\\])\.git([/\\]|$)/.test(entry.parentPath))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}

export function readTextOrNothing(file) {
  try {
    return statSync(file).isFile() ? readFileSync(file, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}

/** Marks the texts that were there before. */
export function createCopyFinder() {
  const seen = new Set();
  return (text) => {
    const digest = createHash('sha256').update(text).digest('hex');
    const isCopy = seen.has(digest);
    seen.add(digest);
    return isCopy;
  };
}

export function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}

export function percent(part, whole) {
  return whole === 0 ? '-' : `${((part / whole) * 100).toFixed(2)} %`;
}

/** Megabytes a second of `{ text, milliseconds }`. */
export function speedOf(measured) {
  const milliseconds = sum(measured.map((one) => one.milliseconds));
  const megabytes = sum(measured.map(({ text }) => text.length)) / 1e6;
  return `${((megabytes / milliseconds) * 1_000 || 0).toFixed(2)} MB/s`;
}

export function printSlowest(measured, count = 1) {
  const slowest = measured.toSorted((a, b) => b.milliseconds - a.milliseconds).slice(0, count);
  for (const { file, milliseconds } of slowest)
    console.log(`  slowest ${milliseconds.toFixed(0)} ms ${file}`);
}

export function printCrashes(crashes) {
  for (const { file, error } of crashes.slice(0, SHOWN)) console.log(`  crash ${file}: ${error.stack}`);
  if (crashes.length > 0) process.exitCode = 1;
}

/** How often each key occurs, the most frequent first: `expression-refused 12, module-empty 3`. */
export function tally(keys) {
  const counts = new Map();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  const sorted = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return sorted.length === 0 ? 'none' : sorted.map(([key, count]) => `${key} ${count}`).join(', ');
}
