// The tables of a project under dev: read from its models, embedded or elsewhere, made again when a model changes.
// Functions without models never wait for them.

import type { Problem } from '../../errors.ts';
import type { TableFollower } from '../../gateway/tables/item-changes.ts';
import type { ModelSpec } from '../../models/model-spec.ts';
import type { TableSpec } from '../../models/table-spec.ts';
import type { Project } from '../../project/project.ts';

/** Embedded tables, as the gateway keeps them. */
export interface Tables {
  /** `http://127.0.0.1:8000`. */
  readonly endpoint: string;
  update(tables: readonly TableSpec[]): Promise<void>;
  close(): Promise<void>;
}

export interface TablesOptions {
  /** Told of every change of an item of the tables that it follows. */
  readonly follower?: TableFollower;
  /** Where items are kept. */
  readonly folder: string;
  /** Forget what an earlier run kept. */
  readonly fresh: boolean;
  readonly tables: readonly TableSpec[];
  note(text: string): void;
}

export type TablesStarter = (options: TablesOptions) => Promise<Tables>;

export interface DevTablesOptions extends Omit<TablesOptions, 'tables'> {
  /** `--dynamodb`: tables of somebody else, which are not made here. */
  readonly endpoint?: string | undefined;
  readonly start: TablesStarter;
  /** Told of the tables as they are about to stand. */
  standing?(specs: readonly TableSpec[]): void;
}

export interface TablesState {
  readonly specs: readonly TableSpec[];
  readonly endpoint: string | undefined;
  readonly problems: readonly Problem[];
}

interface ModelReading {
  readonly models: Readonly<Record<string, ModelSpec>>;
  readonly problems: readonly Problem[];
}

export class DevTables {
  readonly #options: DevTablesOptions;
  #tables: Tables | undefined;
  #state: Promise<TablesState>;
  #models: Promise<Readonly<Record<string, ModelSpec>>> = Promise.resolve({});
  #text = '';
  #begin: (() => void) | undefined;

  /** Reads and starts nothing yet. */
  constructor(project: Project, options: DevTablesOptions) {
    this.#options = options;
    const asked = new Promise<void>((resolve) => {
      this.#begin = resolve;
    });
    this.#state = this.#follow(asked, project);
  }

  /** Once the tables stand as the models say. */
  state(): Promise<TablesState> {
    this.#ask();
    return this.#state;
  }

  /** What the models say, before any table stands. */
  models(): Promise<Readonly<Record<string, ModelSpec>>> {
    this.#ask();
    return this.#models;
  }

  /** Reads the models again, after what is under way. */
  reload(project: Project): Promise<TablesState> {
    this.#ask();
    this.#state = this.#follow(
      this.#state.catch(() => undefined),
      project,
    );
    return this.#state;
  }

  #ask(): void {
    this.#begin?.();
    this.#begin = undefined;
  }

  async close(): Promise<void> {
    if (this.#begin !== undefined) return;
    await this.#state.catch(() => undefined);
    await this.#tables?.close();
  }

  #follow(before: Promise<unknown>, project: Project): Promise<TablesState> {
    const reading = before.then(() => readModelsOf(project));
    this.#models = reading.then(({ models }) => models);
    const state = reading.then((read) => this.#stand(read));
    for (const promise of [this.#models, state]) promise.catch(() => undefined);
    return state;
  }

  #without(): TablesState {
    return { specs: [], endpoint: this.#options.endpoint ?? this.#tables?.endpoint, problems: [] };
  }

  async #stand({ models, problems }: ModelReading): Promise<TablesState> {
    if (Object.keys(models).length === 0 && problems.length === 0) return this.#without();
    const specs = Object.values(models).map(({ table }) => table);
    const { endpoint, start, standing, ...options } = this.#options;
    standing?.(specs);
    if (endpoint !== undefined || specs.length === 0) {
      return { specs, endpoint: endpoint ?? this.#tables?.endpoint, problems };
    }
    const text = JSON.stringify(specs);
    if (this.#tables === undefined) this.#tables = await start({ ...options, tables: specs });
    else if (text !== this.#text) await this.#tables.update(specs);
    this.#text = text;
    return { specs, endpoint: this.#tables.endpoint, problems };
  }
}

async function readModelsOf(project: Project): Promise<ModelReading> {
  if (Object.keys(project.models).length === 0) return { models: {}, problems: [] };
  const { readModels } = await import('../../models/read-models.ts');
  return readModels(project);
}
