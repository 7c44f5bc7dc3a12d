// Tells which files changed, soon after they did. Folders are watched, not files: editors save by putting a new file
// in the place of the old one.

import { existsSync, type FSWatcher, watch } from 'node:fs';
import { basename, dirname, join } from 'node:path';

export interface FolderWatch {
  /** Watches these folders and no others; for one that does not exist, the nearest above it that does. */
  set(folders: Iterable<string>): void;
  close(): void;
}

/** Editors write in several steps; a save is over when this long nothing happened. */
const QUIET_MS = 30;

/** @param onChange absolute paths; a folder stands for all in it */
export function watchFolders(
  onChange: (paths: ReadonlySet<string>) => void,
  onFailure: (text: string) => void,
): FolderWatch {
  const watchers = new Map<string, FSWatcher>();
  /** Told of themselves: removed, moved or made again, so that another may lie in their place, of which nothing is heard. */
  const suspect = new Set<string>();
  /** Wanted and not there when it was last looked at. */
  let absent = new Set<string>();
  let changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;

  const note = (path: string): void => {
    changed.add(path);
    clearTimeout(timer);
    timer = setTimeout(() => {
      const paths = changed;
      changed = new Set();
      onChange(paths);
    }, QUIET_MS);
  };
  const unwatch = (folder: string): void => {
    watchers.get(folder)?.close();
    watchers.delete(folder);
  };
  const start = (folder: string): void => {
    try {
      const watcher = watch(folder, (_type, name) => {
        if (name === basename(folder)) suspect.add(folder);
        note(name === null ? folder : join(folder, name));
      });
      watcher.on('error', () => unwatch(folder));
      watchers.set(folder, watcher);
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      onFailure(`Changes in ${folder} are not seen: ${reason}`);
    }
  };

  return {
    set(folders) {
      const all = [...folders];
      const missing = new Set(all.filter((folder) => !existsSync(folder)));
      const wanted = new Set(all.map(nearestExisting));
      for (const folder of watchers.keys()) {
        const replaced = suspect.has(folder) && wanted.has(folder);
        if (replaced) note(folder);
        if (replaced || !wanted.has(folder)) unwatch(folder);
      }
      suspect.clear();
      for (const folder of wanted) if (!watchers.has(folder)) start(folder);
      // What lies in a folder that has just appeared may have been written before it was watched.
      for (const folder of absent) if (wanted.has(folder) && !missing.has(folder)) note(folder);
      absent = missing;
    },
    close() {
      clearTimeout(timer);
      for (const folder of [...watchers.keys()]) unwatch(folder);
    },
  };
}

function nearestExisting(folder: string): string {
  let nearest = folder;
  while (!existsSync(nearest) && dirname(nearest) !== nearest) nearest = dirname(nearest);
  return nearest;
}
