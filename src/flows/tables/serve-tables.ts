// The embedded tables of a project alone, without its APIs: for tests of code that stores and reads.

import { tablePrefix } from '../../build/table-prefix.ts';
import { startTables } from '../../gateway/tables/start-tables.ts';
import { readModels } from '../../models/read-models.ts';
import { invalidProject, type LoadOptions, loadProject } from '../../project/load-project.ts';

export interface ServeOptions extends LoadOptions {
  /** Default: any free port. */
  readonly port?: number | undefined;
  /** A sentence for the person at the terminal. */
  note(text: string): void;
}

export interface ServedTables {
  /** `http://127.0.0.1:40123`. Takes any credentials and region. */
  readonly endpoint: string;
  /** What Dynamoose puts before a model's name: `shop-dev-`. */
  readonly prefix: string;
  /** The tables by model. */
  readonly tables: Readonly<Record<string, string>>;
  /** Finishes requests in flight; the items are gone. */
  close(): Promise<void>;
}

/**
 * Starts the tables of all models, empty and in memory.
 *
 * @throws InvalidProjectError, ApigenError `PORT_TAKEN`
 */
export async function serveTables({ port, note, ...options }: ServeOptions): Promise<ServedTables> {
  const project = await loadProject(options);
  const { models, problems } = await readModels(project);
  if (problems.length > 0) throw invalidProject(problems);
  const specs = Object.values(models).map(({ table }) => table);
  const served = await startTables({ fresh: true, tables: specs, note, ...(port === undefined ? {} : { port }) });
  return {
    endpoint: served.endpoint,
    prefix: tablePrefix(project),
    tables: Object.fromEntries(specs.map(({ model, tableName }) => [model, tableName])),
    close: () => served.close(),
  };
}
