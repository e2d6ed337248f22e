import { type FSWatcher, readdirSync, statSync, watch } from 'node:fs';
import path from 'node:path';

/** In milliseconds. An editor writes a file in several steps. */
const QUIET = 200;
/** Where the system has no more watches to give, it is looked for changes in these intervals. */
const POLL = 1000;

/** A change of a file in one of the folders, and then a moment without one. */
export interface Change {
  readonly happened: Promise<void>;
  watch(folders: ReadonlySet<string>): void;
  /** How many folders are watched. */
  count(): number;
  end(): void;
}

/** Begins to wait. `ignored` are files whose changes do not count; absolute. */
export function nextChange(ignored: ReadonlySet<string>): Change {
  const watchers = new Map<string, FSWatcher | undefined>();
  let timer: NodeJS.Timeout | undefined;
  let poll: NodeJS.Timeout | undefined;
  let tell: () => void = () => {};
  const happened = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const onChange = (): void => {
    clearTimeout(timer);
    timer = setTimeout(tell, QUIET);
  };
  const onEvent = (folder: string, name: string | null): void => {
    const isOwn = name !== null && (name.startsWith('.portcullis-') || ignored.has(path.join(folder, name)));
    if (!isOwn) onChange();
  };
  const startPolling = (): void => {
    if (poll !== undefined) return;
    const folders = [...watchers.keys()];
    const before = stateOf(folders, ignored);
    poll = setInterval(() => {
      if (stateOf(folders, ignored) !== before) onChange();
    }, POLL);
  };
  const start = (folder: string): FSWatcher | undefined => {
    try {
      return watch(folder, (_, name) => onEvent(folder, name)).on('error', onChange);
    } catch {
      return undefined;
    }
  };
  return {
    happened,
    watch(folders) {
      for (const folder of folders) if (!watchers.has(folder)) watchers.set(folder, start(folder));
      if ([...watchers.values()].includes(undefined)) startPolling();
    },
    count: () => watchers.size,
    end() {
      for (const watcher of watchers.values()) watcher?.close();
      clearTimeout(timer);
      clearInterval(poll);
    },
  };
}

/** Names, times and sizes of all files in the folders. */
function stateOf(folders: readonly string[], ignored: ReadonlySet<string>): string {
  return folders
    .flatMap((folder) => entriesOf(folder).map(({ name }) => path.join(folder, name)))
    .filter((file) => !ignored.has(file))
    .map((file) => `${file} ${stampOf(file)}`)
    .join('\n');
}

/** What lies in a folder; nothing when it cannot be looked at, for folders come and go while they are watched. */
export function entriesOf(folder: string): readonly { readonly name: string; readonly isFolder: boolean }[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).map((entry) => ({
      name: entry.name,
      isFolder: entry.isDirectory(),
    }));
  } catch {
    return [];
  }
}

function stampOf(file: string): string {
  try {
    const { mtimeMs, size } = statSync(file);
    return `${mtimeMs} ${size}`;
  } catch {
    return '';
  }
}
