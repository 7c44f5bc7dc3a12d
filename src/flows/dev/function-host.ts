// The functions of a project under dev, as the gateway calls them. A call waits for the build that its last save
// started, and never meets code that is older than that; a broken function answers with its problems.

import { sep } from 'node:path';
import { endWhileUnused } from '../../build/esbuild-process.ts';
import type { FunctionChecks } from '../../build/request-checks.ts';
import type { VendorChunks } from '../../build/vendor-chunk.ts';
import type { Problem } from '../../errors.ts';
import type { InvocationOptions } from '../../gateway/exchange.ts';
import type { FunctionCode } from '../../gateway/functions/function-code.ts';
import type { PoolResult } from '../../gateway/functions/function-pool.ts';
import type { LocalFunctions } from '../../gateway/functions/local-functions.ts';
import type { Project } from '../../project/project.ts';
import type { Emit } from './dev-event.ts';
import { FunctionBuild } from './function-build.ts';

export interface FunctionHostOptions {
  /** Where bundles are written. */
  readonly folder: string;
  readonly chunks: VendorChunks;
  readonly functions: LocalFunctions;
  /** Built for a debugger. */
  readonly debugged: boolean;
  readonly emit: Emit;
  /** Lambda's settings for a built function; may wait until the tables are there. */
  settingsOf(build: FunctionBuild): Promise<Omit<FunctionCode, 'name' | 'file' | 'vendor'>>;
  /** What the function's bundle checks before its handler. */
  checksOf(name: string): Promise<FunctionChecks | undefined>;
  /** What is built of changed: other folders may have to be watched. */
  onInputs(): void;
}

/** The function cannot be built. */
export class BrokenFunction extends Error {
  readonly problems: readonly Problem[];

  constructor(name: string, problems: readonly Problem[]) {
    super(`the function ${name} cannot be built`);
    this.problems = problems;
  }
}

interface Hosted {
  build: FunctionBuild;
  /** The build under way or done; absent until the first call. */
  ready?: Promise<void>;
  attemptedAt: number;
  /** What its pool runs now. */
  running: string;
  wasBroken: boolean;
  /** Its problems as they were last told: a call that looks again tells them only where they differ. */
  told: string;
}

/** esbuild keeps what it parsed, some 50 MB with the AWS SDK: only for the functions that were built last. */
const KEPT_BUNDLERS = 3;
/** A broken function may wait for a file that nobody watches: a call looks again after this long. */
const LOOK_AGAIN_MS = 500;

export class FunctionHost {
  readonly #options: FunctionHostOptions;
  #hosted = new Map<string, Hosted>();
  #recent: FunctionBuild[] = [];
  readonly #endEsbuild = endWhileUnused();
  #isClosed = false;

  constructor(options: FunctionHostOptions) {
    this.#options = options;
  }

  /** @throws BrokenFunction; Error when the project has no such function */
  async run(name: string, event: string, options: InvocationOptions): Promise<PoolResult> {
    const hosted = this.#hosted.get(name);
    if (hosted === undefined) throw new Error(`apigen.yml has no function ${name}`);
    const mayHaveHealed = hosted.wasBroken && Date.now() - hosted.attemptedAt > LOOK_AGAIN_MS;
    if (hosted.ready === undefined || mayHaveHealed) this.#rebuild(name, hosted);
    await hosted.ready;
    if (hosted.build.problems.length > 0) throw new BrokenFunction(name, hosted.build.problems);
    return this.#options.functions.run(name, event, options);
  }

  /** Takes over another state of the project; functions that did not change go on as they are. */
  setProject(project: Project): void {
    const next = new Map<string, Hosted>();
    for (const declaration of Object.values(project.functions)) {
      const { name } = declaration;
      const before = this.#hosted.get(name);
      const { folder, chunks, debugged } = this.#options;
      const checks = () => this.#options.checksOf(name);
      const build = new FunctionBuild(project, declaration, folder, chunks, checks, debugged);
      // A build may be under way: what it finds is of the function that goes on.
      const hosted: Hosted = before ?? { attemptedAt: 0, running: '', wasBroken: false, told: '', build };
      // Settings may have changed, or only the line they stand at: what is the same in the end is not swapped.
      if (hosted.build.isSameAs(build)) hosted.build.moveTo(build);
      else {
        void hosted.build.forget();
        hosted.build = build;
        if (hosted.ready !== undefined) this.#rebuild(name, hosted);
      }
      next.set(name, hosted);
    }
    for (const [name, { build }] of this.#hosted) {
      if (next.has(name)) continue;
      this.#options.functions.remove(name);
      void build.forget();
    }
    this.#hosted = next;
  }

  /** Builds again what is made of these files, and what is broken unless a reload will. */
  filesChanged(paths: ReadonlySet<string>, reloads: boolean): void {
    for (const [name, hosted] of this.#hosted) {
      if (hosted.ready === undefined) continue;
      const { inputs } = hosted.build;
      // A folder that was moved or removed is told by its own name alone.
      const touched = [...paths].some(
        (path) => inputs.has(path) || [...inputs].some((input) => input.startsWith(path + sep)),
      );
      if (!touched && (reloads || !hosted.wasBroken)) continue;
      if (touched) hosted.told = '';
      this.#rebuild(name, hosted);
    }
  }

  /** Tables or settings changed: what was built gets its environment again; `afresh`: new workers in any case. */
  refresh(afresh = false): void {
    this.#options.chunks.recheck();
    for (const [name, hosted] of this.#hosted) {
      if (hosted.ready === undefined) continue;
      if (afresh) hosted.running = '';
      this.#rebuild(name, hosted);
    }
  }

  /** The files that functions are made of. */
  inputs(): readonly string[] {
    return [...this.#hosted.values()].flatMap(({ build }) => [...build.inputs]);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    // What is being built ends first: a bundler that is made later would never be let go.
    await Promise.allSettled([...this.#hosted.values()].map(({ ready }) => ready));
    await Promise.all([...this.#hosted.values()].map(({ build }) => build.forget()));
    await this.#endEsbuild();
  }

  #rebuild(name: string, hosted: Hosted): void {
    if (this.#isClosed) return;
    const before = (hosted.ready ?? Promise.resolve()).catch(() => undefined);
    hosted.attemptedAt = Date.now();
    hosted.ready = before.then(() => this.#build(name, hosted));
    hosted.ready.catch(() => undefined);
  }

  async #build(name: string, hosted: Hosted): Promise<void> {
    const { emit, functions, settingsOf, onInputs } = this.#options;
    const started = performance.now();
    const { build } = hosted;
    await build.build();
    this.#keepRecent(build);
    onInputs();
    if (build.problems.length > 0 || build.code === undefined) {
      hosted.wasBroken = true;
      const told = JSON.stringify(build.problems);
      if (told !== hosted.told) emit({ type: 'broken', what: name, problems: build.problems });
      hosted.told = told;
      return;
    }
    const { wasBroken } = hosted;
    // Until its tables are there as well: what goes wrong with them is tried again, as with its own files.
    hosted.wasBroken = true;
    const settings = await settingsOf(build);
    hosted.wasBroken = false;
    hosted.told = '';
    if (wasBroken) emit({ type: 'healed', what: name });
    const running = JSON.stringify([build.code.hash, settings]);
    if (running === hosted.running) return;
    const { file, vendor } = build.code;
    functions.put({ name, file, ...(vendor !== undefined && { vendor }), ...settings });
    if (hosted.running !== '') emit({ type: 'reloaded', what: name, ms: performance.now() - started });
    hosted.running = running;
  }

  #keepRecent(build: FunctionBuild): void {
    this.#recent = [build, ...this.#recent.filter((one) => one !== build)];
    for (const old of this.#recent.splice(KEPT_BUNDLERS)) void old.forget();
  }
}
