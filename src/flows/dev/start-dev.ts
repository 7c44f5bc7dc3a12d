// `apigen dev`: the project of a folder, served on this machine and kept in step with its files. What is served comes
// from the same definitions and bundles that deploy uses; what a save breaks is said and heals with a later save.

import { realpathSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { warmUp } from '../../build/esbuild-process.ts';
import { VendorChunks } from '../../build/vendor-chunk.ts';
import type { Problem } from '../../errors.ts';
import { type LocalFunctions, startFunctions } from '../../gateway/functions/local-functions.ts';
import { loadProject } from '../../project/load-project.ts';
import type { Project } from '../../project/project.ts';
import { BrokenParts } from './broken-parts.ts';
import { bundleFolder } from './bundle-folder.ts';
import { closeInspector, openInspector } from './debugger.ts';
import { devChecks, needsSources } from './dev-definitions.ts';
import type { ServedApi } from './dev-event.ts';
import type { DevOptions, DevSession } from './dev-options.ts';
import { DevTables } from './dev-tables.ts';
import { type FolderWatch, watchFolders } from './folder-watch.ts';
import { FreshTypes } from './fresh-types.ts';
import { FunctionHost } from './function-host.ts';
import { handlerProblems } from './handler-problems.ts';
import { loadAgain } from './load-again.ts';
import { secretsFile } from './local-secrets.ts';
import { observedFunctions, problemsOf } from './observed-api.ts';
import { ProjectServer } from './project-server.ts';
import { settledFunction } from './settled-function.ts';
import { DevMessaging } from './triggers/dev-messaging.ts';
import { DevTriggers } from './triggers/dev-triggers.ts';
import type { ServedTrigger } from './triggers/served-trigger.ts';
import { concernAllImports, concernApis, concernModels, foldersOf } from './watched-folders.ts';

export type { DevOptions, DevSession } from './dev-options.ts';

/** Whoever waits for the first answer comes first, unless it needs the tables. */
const TABLES_AFTER_MS = 300;

/** @throws ApigenError: no project, an apigen.yml that cannot be used, no port, none for a debugger */
export async function startDev(options: DevOptions): Promise<DevSession> {
  const started = performance.now();
  const { emit, inspect } = options;
  // Lambda's clocks are UTC; a thread has its process's zone, whatever its own TZ says.
  options.env['TZ'] = 'UTC';
  void warmUp();
  const project = await loadProject(options);
  const inspector = inspect === undefined ? undefined : openInspector(inspect);
  const debugged = inspector !== undefined;
  const folder = await bundleFolder(project.root, debugged);
  const functions = await startFunctions({
    folder,
    debugged,
    print: ({ functionName: name, ...output }) => emit({ type: 'output', function: name, ...output }),
  });
  const session = new Session(project, folder, functions, options);
  try {
    await session.start();
  } catch (cause) {
    await session.close();
    throw cause;
  }
  const ms = performance.now() - started;
  const [apis, triggers] = [session.apis(), session.triggers()];
  emit({ type: 'ready', ms, apis, triggers, ...(debugged && { inspector }) });
  return session;
}

class Session implements DevSession {
  #project: Project;
  readonly #folder: string;
  readonly #functions: LocalFunctions;
  readonly #options: DevOptions;
  readonly #host: FunctionHost;
  readonly #tables: DevTables;
  readonly #server: ProjectServer;
  readonly #watch: FolderWatch;
  readonly #types: FreshTypes;
  readonly #broken: BrokenParts;
  readonly #messaging: DevMessaging;
  readonly #triggers: DevTriggers;
  #reloading: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(project: Project, folder: string, functions: LocalFunctions, options: DevOptions) {
    const { emit } = options;
    const note = (text: string): void => emit({ type: 'note', text });
    this.#project = project;
    this.#folder = folder;
    this.#functions = functions;
    this.#options = options;
    this.#broken = new BrokenParts(emit);
    const [folderOfData, fresh] = [join(project.root, '.apigen', 'data'), options.fresh ?? false];
    this.#messaging = new DevMessaging({ folder: folderOfData, fresh, elsewhere: options.endpointUrl, emit });
    this.#triggers = new DevTriggers({
      messaging: this.#messaging,
      functions: { run: (name, event, call) => this.#host.run(name, event, call) },
      emit,
      foreignTables: options.dynamodb !== undefined,
    });
    this.#tables = new DevTables(project, {
      follower: this.#triggers.follower,
      standing: (specs) => this.#triggers.setTables(specs),
      folder: folderOfData,
      fresh,
      endpoint: options.dynamodb,
      start: options.startTables,
      note,
    });
    const parts = { session: options, tables: this.#tables, messaging: this.#messaging };
    this.#host = new FunctionHost({
      folder,
      chunks: new VendorChunks(realpathSync(project.root), join(project.root, '.apigen', 'dev', 'vendor')),
      functions,
      emit: (event) => {
        emit(event);
        this.#triggers.heard(event);
      },
      debugged: options.inspect !== undefined,
      settingsOf: (build) =>
        settledFunction(this.#project, build, { ...parts, connections: () => this.#server.connections() }),
      checksOf: (name) => devChecks(this.#project, name, () => this.#tables.models()),
      onInputs: () => this.#watchFiles(),
    });
    this.#host.setProject(project);
    this.#server = new ProjectServer({
      ...parts,
      functions: observedFunctions(this.#host),
      broken: () => this.#broken.first(),
    });
    this.#types = new FreshTypes(project.root, note);
    this.#watch = watchFolders((paths) => this.#changed(paths), note);
  }

  async start(): Promise<void> {
    await this.#serve();
    this.#watchFiles();
    void this.#checkHandlers();
    void this.#checkModels();
  }

  apis(): readonly ServedApi[] {
    return this.#server.apis();
  }

  triggers(): readonly ServedTrigger[] {
    return this.#triggers.list();
  }

  fireSchedules(): void {
    this.#triggers.fireSchedules();
  }

  restart(): Promise<void> {
    this.#host.refresh(true);
    return this.#reload('the project');
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#watch.close();
    this.#triggers.close();
    await this.#server.close();
    this.#functions.close();
    await this.#messaging.close();
    await Promise.all([this.#host.close(), this.#tables.close(), this.#types.close()]);
    await rm(this.#folder, { recursive: true, force: true });
    if (this.#options.inspect !== undefined) closeInspector();
  }

  async #serve(): Promise<void> {
    await this.#messaging.setProject(this.#project);
    this.#judge('schemas', await this.#server.serve(this.#project));
    this.#triggers.setProject(this.#project);
  }

  #watchFiles(): void {
    if (this.#closed) return;
    this.#watch.set(foldersOf(this.#project, this.#host.inputs()));
  }

  #changed(paths: ReadonlySet<string>): void {
    // First the models: functions that are built again then wait for their tables.
    const [ofApis, ofModels] = [concernApis(this.#project, paths), concernModels(this.#project, paths)];
    if (ofApis) void this.#reload('apigen.yml');
    else if (ofModels) void this.#reloadModels();
    if (ofApis || ofModels) this.#types.refresh();
    const ofAll = concernAllImports(this.#project, paths) || paths.has(secretsFile(this.#project));
    if (ofAll) this.#host.refresh();
    else this.#host.filesChanged(paths, ofApis);
    this.#watchFiles();
  }

  #reload(what: string): Promise<void> {
    this.#reloading = this.#reloading.then(async () => {
      const started = performance.now();
      try {
        const project = await loadAgain(this.#project, this.#options);
        this.#project = project;
        const tables = this.#tables.reload(project);
        this.#host.setProject(project);
        await this.#serve();
        this.#judge('apigen.yml', []);
        this.#options.emit({ type: 'reloaded', what, ms: performance.now() - started });
        void this.#checkHandlers();
        this.#judge('models', (await tables).problems);
        this.#host.refresh();
      } catch (cause) {
        this.#judge('apigen.yml', problemsOf(cause));
      }
      this.#watchFiles();
    });
    return this.#reloading;
  }

  #reloadModels(): Promise<void> {
    const tables = this.#tables.reload(this.#project);
    // One after the other: two at once would both open an API that is new.
    this.#reloading = this.#reloading.then(async () => {
      try {
        const { problems } = await tables;
        if (needsSources(this.#project)) await this.#serve();
        this.#judge('models', problems);
        if (problems.length === 0) this.#host.refresh();
      } catch (cause) {
        this.#judge('models', problemsOf(cause));
      }
    });
    return this.#reloading;
  }

  async #checkHandlers(): Promise<void> {
    const problems = await handlerProblems(this.#project, this.#options.env);
    if (problems.length > 0 && !this.#closed) this.#options.emit({ type: 'broken', what: 'handlers', problems });
  }

  async #checkModels(): Promise<void> {
    await setTimeout(TABLES_AFTER_MS, undefined, { ref: false });
    if (this.#closed) return;
    try {
      this.#judge('models', (await this.#tables.state()).problems);
    } catch (cause) {
      this.#judge('models', problemsOf(cause));
    }
  }

  #judge(what: string, problems: readonly Problem[]): void {
    if (!this.#closed) this.#broken.judge(what, problems);
  }
}
