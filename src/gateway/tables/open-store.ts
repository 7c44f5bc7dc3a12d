// Opens the LevelDB of a set of tables, in a folder or in memory. One process at a time may hold a folder.

import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ApigenError } from '../../errors.ts';
import { arithmetic, type Store } from './dynalite.ts';

export interface StorePlace {
  /** `.apigen/data`; absent: in memory. */
  readonly folder?: string | undefined;
  /** Forget what is there. */
  readonly fresh: boolean;
}

/** @throws ApigenError `TABLES_IN_USE`, `TABLES_UNREADABLE` */
export async function openStore({ folder, fresh }: StorePlace): Promise<Store> {
  const path = folder === undefined ? undefined : join(folder, 'tables');
  if (path !== undefined) await mkdir(path, { recursive: true });
  // Statuses change at once: nobody waits for a table here.
  const create = (): Store =>
    arithmetic.create({ ...(path !== undefined && { path }), createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  let store = create();
  try {
    await store.db.open();
    if (fresh) await store.db.clear();
    return store;
  } catch (error) {
    if (isLocked(error)) {
      throw new ApigenError({
        code: 'TABLES_IN_USE',
        summary: `The local tables in ${folder} are in use`,
        detail: 'Another process serves them, probably another apigen dev of this project.',
        hint: 'Stop that one, or run with --dynamodb URL',
        cause: error,
      });
    }
    if (!fresh || path === undefined) throw unreadable(folder, error);
  }
  // Unreadable, and to be forgotten anyway.
  await rm(path, { recursive: true, force: true });
  store = create();
  await store.db.open().catch((error: unknown) => {
    throw unreadable(folder, error);
  });
  return store;
}

function unreadable(folder: string | undefined, cause: unknown): ApigenError {
  const detail = reasons(cause).join(': ');
  const isDenied = /permission denied|read-only file system/i.test(detail);
  return new ApigenError({
    code: 'TABLES_UNREADABLE',
    summary: `Cannot open the local tables in ${folder ?? 'memory'}`,
    detail,
    hint: isDenied ? 'make that folder writable for this user' : 'apigen dev --fresh    (forgets the items kept there)',
    cause,
  });
}

// LevelDB's binding makes its errors: told by their shape, since their class may be another realm's.
interface Reason {
  readonly code?: unknown;
  readonly message?: unknown;
  readonly cause?: unknown;
}

const isLocked = (error: unknown): boolean => chain(error).some(({ code }) => code === 'LEVEL_LOCKED');

const reasons = (error: unknown): readonly string[] => chain(error).map(({ message }) => String(message));

function chain(error: unknown): readonly Reason[] {
  if (typeof error !== 'object' || error === null) return [];
  return [error, ...chain((error as Reason).cause)];
}
