// Loads a chunk of packages as `require` would, but with V8's compiled code of an earlier load beside it: compiling is
// most of what loading Dynamoose takes. Where that is missing or of another V8, it is compiled as ever.

import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire, Module } from 'node:module';
import { dirname } from 'node:path';
import { constants, Script } from 'node:vm';
import { threadId } from 'node:worker_threads';

export interface VendorChunk {
  take(name: string): unknown;
  /** Runs what a function would run when it loads. */
  preload(): void;
}

export interface LoadedVendor {
  readonly chunk: VendorChunk;
  /** Keeps the compiled code for later loads, unless it came from there. */
  keepCode(): void;
}

/** @throws whatever the chunk throws; a later `require` of it then tries again */
export function loadVendor(file: string): LoadedVendor {
  const require = createRequire(file);
  const codeFile = `${file}.v8-${process.versions.v8}-${process.arch}`;
  const cachedData = existsSync(codeFile) ? readFileSync(codeFile) : undefined;
  const script = new Script(
    `(function (exports, require, module, __filename, __dirname) {${readFileSync(file, 'utf8')}\n})`,
    {
      filename: file,
      ...(cachedData !== undefined && { cachedData }),
      importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    },
  );
  const module = new Module(file);
  module.filename = file;
  require.cache[file] = module;
  try {
    script.runInThisContext()(module.exports, require, module, file, dirname(file));
  } catch (cause) {
    delete require.cache[file];
    throw cause;
  }
  module.loaded = true;
  const isCompiled = cachedData !== undefined && script.cachedDataRejected === false;
  return {
    chunk: module.exports as VendorChunk,
    keepCode: () => {
      if (!isCompiled) put(codeFile, script.createCachedData());
    },
  };
}

/** Whole or not at all: another thread may read it. A folder that cannot be written costs time, nothing else. */
function put(file: string, contents: Uint8Array): void {
  const part = `${file}.${process.pid}-${threadId}`;
  try {
    writeFileSync(part, contents);
    renameSync(part, file);
  } catch {}
}
