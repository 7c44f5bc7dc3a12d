// The tables of `apigen dev`, behind DynamoDB's protocol on 127.0.0.1: dynalite's store in this process, kept in a folder,
// operations on items of our own, and what Dynamoose uses and dynalite lacks (transactions, time to live, index changes).
// Items survive restarts and kills; a write is applied whole, with its indexes and its whole transaction, or not at all.

import { depthOf } from '../triggers/lineage.ts';
import { answerRequest } from './answer-request.ts';
import { renewEntries } from './change-indexes.ts';
import { convergeTables } from './converge-tables.ts';
import { atDepth, type TableFollower } from './item-changes.ts';
import { openStore } from './open-store.ts';
import { forgetOldTokens } from './request-token.ts';
import { TableBase } from './table-base.ts';
import { settleTables } from './table-operations.ts';
import type { TableShape } from './table-shape.ts';
import { serveTables } from './tables-server.ts';
import { sweepExpired } from './time-to-live.ts';

export interface TablesOptions {
  /** Where items are kept: `.apigen/data`. Absent: in memory. */
  readonly folder?: string;
  /** Forget all items and tables first. */
  readonly fresh: boolean;
  readonly tables: readonly TableShape[];
  /** Default 0: any free port. A taken port: one of the next. */
  readonly port?: number;
  /** How often expired items are deleted; default a minute. */
  readonly sweepMs?: number;
  /** Milliseconds since 1970; default the system's clock. */
  now?(): number;
  /** Told of every change of an item of the tables that it follows. */
  readonly follower?: TableFollower | undefined;
  /** A sentence for the person at the terminal: a table was set aside, a request failed for a fault of ours. */
  note?(text: string): void;
}

export interface Tables {
  /** `http://127.0.0.1:40123`. Takes any credentials and region. */
  readonly endpoint: string;
  /**
   * After a change of models: makes new tables and indexes. A table whose keys changed is set aside under another
   * name with its items, which is said through `note`, and starts empty. Tables without a model stay.
   */
  update(tables: readonly TableShape[]): Promise<void>;
  /** Finishes requests in flight and lets go of the folder. */
  close(): Promise<void>;
}

const SWEEP_MS = 60_000;

/** @throws ApigenError `TABLES_IN_USE`, `TABLES_UNREADABLE`, `PORT_TAKEN`, `CANNOT_LISTEN` */
export async function startTables(options: TablesOptions): Promise<Tables> {
  const note = options.note?.bind(options) ?? (() => undefined);
  const store = await openStore(options);
  const base = new TableBase(store, options.now ?? Date.now, options.follower);
  try {
    await base.gate.run(() => settleTables(base).then(() => renewEntries(base)));
    await convergeTables(base, options.tables, note);
    await sweep(base);
    const server = await serveTables({
      port: options.port,
      answer: async (operation, request, trace) =>
        atDepth(depthOf(trace), () => answerRequest(base, operation, request)),
      failed: (operation, cause) => note(`The local tables failed to answer ${operation}: ${describe(cause)}`),
    });
    let sweeping = Promise.resolve();
    const timer = setInterval(() => {
      sweeping = sweep(base).catch((cause: unknown) => note(`Expired items could not be deleted: ${describe(cause)}`));
    }, options.sweepMs ?? SWEEP_MS).unref();
    return {
      endpoint: server.endpoint,
      update: (tables) => convergeTables(base, tables, note),
      async close() {
        clearInterval(timer);
        await server.close();
        await sweeping;
        await base.gate.idle();
        await store.db.close();
      },
    };
  } catch (error) {
    await store.db.close();
    throw error;
  }
}

async function sweep(base: TableBase): Promise<void> {
  await sweepExpired(base);
  await base.gate.run(() => forgetOldTokens(base));
}

const describe = (cause: unknown): string => (cause instanceof Error ? (cause.stack ?? cause.message) : String(cause));
