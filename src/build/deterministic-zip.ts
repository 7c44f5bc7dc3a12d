// A zip whose bytes depend on nothing but names and contents: fixed time, order and permissions. fflate's deflate is
// plain JavaScript; zlib's output differs between Node versions and processors.

import { type Zippable, zipSync } from 'fflate';

// Zip stores local time, which fflate takes from the date's local fields: these are the same in every time zone.
const EPOCH = new Date(1980, 0, 1, 12, 0, 0);
const UNIX = 3;
/** A regular file, rw-r--r--: Lambda refuses packages that other users cannot read. */
const REGULAR_0644 = (0o100644 << 16) >>> 0;

/** @param files contents by name, in any order */
export function deterministicZip(files: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const entries: Zippable = {};
  for (const name of Object.keys(files).sort()) {
    const contents = files[name];
    if (contents !== undefined) entries[name] = [contents, { mtime: EPOCH, os: UNIX, attrs: REGULAR_0644, level: 6 }];
  }
  return zipSync(entries);
}
