// The chunk of Dynamoose and the AWS SDK for dev: built once, kept in the project's .apigen folder, and taken from there
// by every function and every later start that needs the same modules, as long as none of its files changed.

import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { mkdir, readFile, realpath, rename, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { version } from 'esbuild';
import { type BundleSettings, commonOptions } from './bundle-options.ts';
import { build } from './esbuild-process.ts';
import { INSTALL_MARKS } from './install-marks.ts';
import { pruneVendor } from './prune-vendor.ts';
import type { VendorModules } from './vendor-imports.ts';

export type ChunkSettings = Omit<BundleSettings, 'format' | 'sourceMaps'>;

/** What is kept about a chunk, beside it. */
export interface ChunkRecord {
  /** Its name in the folder. */
  readonly file: string;
  /** When each of its files was changed, and its size; of what is not there nothing. */
  readonly seen: Readonly<Record<string, readonly [number, number] | null>>;
}

/** Changes with what a chunk looks like. */
const FORM = 2;

export class VendorChunks {
  /** How often they were checked: what could not be built before may be worth another try. */
  checks = 0;
  readonly #root: string;
  readonly #folder: string;
  readonly #found = new Map<string, Promise<string | undefined>>();

  /**
   * @param root real path of the project
   * @param folder where chunks are kept
   */
  constructor(root: string, folder: string) {
    this.#root = root;
    this.#folder = folder;
  }

  /**
   * The file of a chunk that holds these modules, CommonJS: `take(name)` runs one and gives its exports, `preload()`
   * runs all that a function would run when it loads. Undefined where it cannot be built; a whole bundle says why.
   */
  find(modules: VendorModules, settings: ChunkSettings): Promise<string | undefined> {
    const names = [...modules].sort(([a], [b]) => (a < b ? -1 : 1));
    const text = JSON.stringify([FORM, version, names, settings]);
    const key = createHash('sha256').update(text).digest('hex').slice(0, 16);
    const found = this.#found.get(key) ?? this.#make(key, names, settings).catch(() => undefined);
    this.#found.set(key, found);
    return found;
  }

  /** Packages may have changed: chunks are compared with their files again before they are given out. */
  recheck(): void {
    this.checks += 1;
    this.#found.clear();
  }

  async #make(key: string, names: readonly Name[], settings: ChunkSettings): Promise<string> {
    await mkdir(this.#folder, { recursive: true });
    const folder = await realpath(this.#folder);
    const record = join(folder, `${key}.json`);
    const kept = await readFile(record, 'utf8').then(
      (text) => JSON.parse(text) as ChunkRecord,
      () => undefined,
    );
    if (kept !== undefined && this.#holds(folder, kept)) {
      const now = new Date();
      await utimes(record, now, now);
      return join(folder, kept.file);
    }
    const made = await this.#build(folder, names, settings);
    await put(record, JSON.stringify(made));
    await pruneVendor(folder);
    return join(folder, made.file);
  }

  async #build(folder: string, names: readonly Name[], settings: ChunkSettings): Promise<ChunkRecord> {
    // Before they are read: what changes meanwhile is then seen as changed.
    const started = Date.now();
    const built = await build({
      ...commonOptions({ ...settings, format: 'cjs', sourceMaps: true }),
      // One letter beyond Latin would double what every thread that loads it holds of its text.
      charset: 'ascii',
      absWorkingDir: this.#root,
      stdin: { contents: entry(this.#root, names), resolveDir: this.#root, sourcefile: 'apigen-vendor.js' },
      outfile: join(folder, 'vendor.cjs'),
      write: false,
      metafile: true,
    });
    const code = built.outputFiles.find(({ path }) => path.endsWith('.cjs'))?.text ?? '';
    const map = built.outputFiles.find(({ path }) => path.endsWith('.map'))?.contents ?? new Uint8Array();
    const file = `vendor-${createHash('sha256').update(code).digest('hex').slice(0, 16)}.cjs`;
    await put(join(folder, `${file}.map`), map);
    await put(join(folder, file), code.replace(/vendor\.cjs\.map\s*$/, `${file}.map\n`));
    const inputs = Object.keys(built.metafile.inputs).filter((path) => path !== 'apigen-vendor.js');
    const seen = Object.fromEntries([...inputs, ...marksBeside(inputs)].map((path) => [path, this.#look(path)]));
    const isFresh = Object.values(seen).every((one) => one === null || one[0] < started);
    return { file, seen: isFresh ? seen : { ...seen, '.': null } };
  }

  #holds(folder: string, { file, seen }: ChunkRecord): boolean {
    if (statSync(join(folder, file), { throwIfNoEntry: false }) === undefined) return false;
    return Object.entries(seen).every(([path, then]) => {
      const now = this.#look(path);
      return now === null ? then === null : then !== null && then[0] === now[0] && then[1] === now[1];
    });
  }

  #look(path: string): readonly [number, number] | null {
    const stat = statSync(join(this.#root, path), { throwIfNoEntry: false });
    return stat === undefined ? null : [stat.mtimeMs, stat.size];
  }
}

type Name = readonly [string, 'at-load' | 'later'];

function entry(root: string, names: readonly Name[]): string {
  const modules = names.map(([name]) => `${JSON.stringify(name)}: () => require(${JSON.stringify(join(root, name))}),`);
  const atLoad = names.filter(([, when]) => when === 'at-load').map(([name]) => name);
  return `const modules = {\n${modules.join('\n')}\n};
exports.take = (name) => modules[name]();
exports.preload = () => ${JSON.stringify(atLoad)}.forEach((name) => modules[name]());
`;
}

/** An install may lead an import to another file while the one before stays. */
function marksBeside(inputs: readonly string[]): readonly string[] {
  const folders = new Set(['node_modules']);
  for (const input of inputs) {
    for (let at = input.indexOf('node_modules/'); at !== -1; at = input.indexOf('node_modules/', at + 1)) {
      folders.add(input.slice(0, at + 'node_modules'.length));
    }
  }
  return [...folders].flatMap((folder) => [...INSTALL_MARKS].map((mark) => `${folder}/${mark}`));
}

/** Whole or not at all: another process may read it. */
async function put(file: string, contents: string | Uint8Array): Promise<void> {
  await writeFile(`${file}.${process.pid}`, contents);
  await rename(`${file}.${process.pid}`, file);
}
