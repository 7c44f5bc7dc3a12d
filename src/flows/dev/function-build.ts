// One function of the project under dev: built when it is first called, built again when one of its files changes, and
// written where its workers load it. A broken one keeps its problems until a save heals it.

import { createHash } from 'node:crypto';
import { mkdir, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Bundle } from '../../build/bundle-functions.ts';
import { findHandlerSource, type HandlerSource } from '../../build/handler-source.ts';
import { type IncrementalBundler, incrementalBundler } from '../../build/incremental-bundler.ts';
import type { FunctionChecks } from '../../build/request-checks.ts';
import type { VendorChunks } from '../../build/vendor-chunk.ts';
import type { Problem } from '../../errors.ts';
import type { FunctionDeclaration, Project } from '../../project/project.ts';

/** A bundle on disk. */
export interface BuiltCode {
  /** `…/index.js` or `…/index.mjs`. */
  readonly file: string;
  /** Of its bytes: equal code is not swapped. */
  readonly hash: string;
  /** Models whose code it holds. */
  readonly models: readonly string[];
  /** The chunk of Dynamoose and the AWS SDK that it requires. */
  readonly vendor?: string;
}

const OWN_MAP = /^index\.m?js\.map$/;

export class FunctionBuild {
  declaration: FunctionDeclaration;
  /** Absolute paths of the project's files it is made of, as far as they are known. */
  inputs: ReadonlySet<string> = new Set();
  problems: readonly Problem[] = [];
  code: BuiltCode | undefined;
  #project: Project;
  readonly #folder: string;
  readonly #debugged: boolean;
  readonly #checks: () => Promise<FunctionChecks | undefined>;
  readonly #chunks: VendorChunks;
  #checked: string | undefined;
  #bundler: IncrementalBundler | undefined;
  #count = 0;
  #stale: string | undefined;
  #moved = false;

  /**
   * @param chunks where Dynamoose and the AWS SDK are taken from
   * @param checks what its bundle checks before its handler, asked anew for every build
   * @param debugged someone will read the built code in a debugger
   */
  constructor(
    project: Project,
    declaration: FunctionDeclaration,
    folder: string,
    chunks: VendorChunks,
    checks: () => Promise<FunctionChecks | undefined>,
    debugged = false,
  ) {
    this.#debugged = debugged;
    this.#project = project;
    this.#chunks = chunks;
    this.#checks = checks;
    this.declaration = declaration;
    this.#folder = join(folder, declaration.name);
  }

  /** Never rejects for what the sources say; `code` stays the last good one while there are problems. */
  async build(): Promise<void> {
    const source = findHandlerSource(this.#project, this.declaration);
    if ('code' in source) {
      await this.forget();
      this.problems = [source];
      return;
    }
    const checks = await this.#checks();
    const text = JSON.stringify(checks);
    // esbuild keeps what it parsed, the checks among it.
    if (text !== this.#checked) await this.forget();
    this.#checked = text;
    const checked = checks === undefined ? source : { ...source, checks };
    let built = await this.#bundlerOf(checked).build();
    // A bundler that is older than the lines of apigen.yml as they stand now would name others.
    if (this.#moved && built.problems.length > 0) {
      await this.forget();
      built = await this.#bundlerOf(checked).build();
    }
    const { bundle, problems, inputs, packages, vendor } = built;
    this.problems = problems;
    this.inputs = inputs;
    if (bundle === undefined) return;
    await linkPackages(join(this.#folder, 'node_modules'), packages);
    await this.#keep(bundle, vendor);
  }

  /** Lets go of what esbuild keeps in memory; the next build starts anew. */
  async forget(): Promise<void> {
    const bundler = this.#bundler;
    this.#bundler = undefined;
    this.#moved = false;
    await bundler?.dispose();
  }

  /** Whether another would build and run the same from the same files. */
  isSameAs(other: FunctionBuild): boolean {
    const text = (one: FunctionBuild): string => {
      const { path: _path, ...declaration } = one.declaration;
      return JSON.stringify([declaration, Object.values(one.#project.models).map(({ name, file }) => [name, file])]);
    };
    return text(this) === text(other);
  }

  /** Stands where the other one does in apigen.yml, which is the same otherwise. */
  moveTo(other: FunctionBuild): void {
    this.declaration = other.declaration;
    this.#project = other.#project;
    this.#moved = true;
  }

  #bundlerOf(source: HandlerSource): IncrementalBundler {
    this.#bundler ??= incrementalBundler(this.#project, source, {
      target: targetOf(this.declaration.runtime),
      readable: this.#debugged,
      chunks: this.#chunks,
    });
    return this.#bundler;
  }

  async #keep(bundle: Bundle, vendor: string | undefined): Promise<void> {
    const files = Object.entries(bundle.files);
    const hash = createHash('sha256');
    for (const [name, contents] of files) hash.update(`${name}\n${contents.byteLength}\n`).update(contents);
    const digest = hash.digest('hex');
    if (digest === this.code?.hash) return;
    this.#count += 1;
    const folder = join(this.#folder, String(this.#count));
    await mkdir(folder, { recursive: true });
    await Promise.all(
      files.map(async ([name, contents]) => {
        await mkdir(dirname(join(folder, name)), { recursive: true });
        await writeFile(join(folder, name), OWN_MAP.test(name) ? this.#rooted(contents) : contents);
      }),
    );
    // A worker of the code before may be loading it now; that of the one before that is not.
    if (this.#stale !== undefined) await rm(this.#stale, { recursive: true, force: true });
    this.#stale = this.code === undefined ? undefined : join(this.code.file, '..');
    const main = files.find(([name]) => /^index\.m?js$/.test(name))?.[0] ?? 'index.js';
    const code = { file: join(folder, main), hash: digest, models: bundle.models };
    this.code = vendor === undefined ? code : { ...code, vendor };
  }

  /** The map's sources are relative to where deploy's bundles would lie. */
  #rooted(map: Uint8Array): Buffer {
    const base = pathToFileURL(join(this.#project.root, '.apigen', 'bundles', '/')).href;
    const text = Buffer.from(map);
    return Buffer.concat([Buffer.from(`{"sourceRoot":${JSON.stringify(base)},`), text.subarray(text.indexOf('{') + 1)]);
  }
}

/** The function's runtime, or this machine's Node where that is older: the code has to run here. */
function targetOf(runtime: string): string {
  const wanted = Number(/^nodejs(\d+)/.exec(runtime)?.[1] ?? 22);
  return `node${Math.min(wanted, Number(process.versions.node.split('.')[0]))}`;
}

/** `node_modules` of a function points to these; what runs meanwhile may be requiring them. */
async function linkPackages(folder: string, packages: ReadonlyMap<string, string>): Promise<void> {
  for (const [name, target] of packages) {
    const link = join(folder, name);
    if ((await realpath(link).catch(() => undefined)) === target) continue;
    await mkdir(dirname(link), { recursive: true });
    await rm(link, { recursive: true, force: true });
    await symlink(target, link, 'junction');
  }
}
