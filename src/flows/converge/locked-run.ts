// Work under the stage's lock: the ledger's table is there, every call passes the lock's lease, and the lock is let go
// whatever happens.

import { isNotFound } from '../../aws/is-not-found.ts';
import type { Json } from '../../engine/kind.ts';
import type { Reporter } from '../../engine/reporter.ts';
import type { ApplyOptions } from '../../engine/run.ts';
import { ApigenError } from '../../errors.ts';
import type { Lock } from '../../ledger/lease.ts';
import { ensureLedgerTable } from '../../ledger/ledger-table.ts';
import { acquireLock, type LockHeld, lockHolder, mayTakeOver } from '../../ledger/lock.ts';
import { shapesOf } from '../../models/model-shape.ts';
import type { ModelSpec } from '../../models/model-spec.ts';
import { KEPT_RELEASES } from '../../project/limits.ts';
import type { Project } from '../../project/project.ts';
import { shapeOfProject } from '../estimate/shape-of-project.ts';
import { releaseFacts } from './release-facts.ts';
import { scopeOf } from './scope.ts';
import type { Session } from './session.ts';

/** How many releases can be returned to. */
export const keptReleasesOf = (project: Project): number => project.keptReleases ?? KEPT_RELEASES;

/** Who holds a lock, as a person is told. */
export interface LockHolder {
  /** `ada@laptop`. */
  readonly who: string;
  readonly pid: number;
  readonly since: Date;
}

export const holderOf = ({ holder, since }: LockHeld): LockHolder => ({
  who: holder.who,
  pid: holder.pid,
  since: new Date(since),
});

export interface LockOptions {
  readonly signal?: AbortSignal | undefined;
  /** Wait while another deploy holds the lock, and say who; absent: fail at once. */
  readonly onWait?: ((held: LockHolder) => void) | undefined;
}

const lookEveryMs = 2000;

export async function underLock<T>(
  session: Session,
  project: Project,
  options: LockOptions,
  work: (lock: Lock) => Promise<T>,
): Promise<T> {
  const lock = await acquire(session, project, options);
  session.hold(lock);
  try {
    return await work(lock);
  } finally {
    await lock.release();
  }
}

async function acquire(session: Session, project: Project, options: LockOptions): Promise<Lock> {
  for (;;) {
    try {
      return await acquireLock(session.aws, scopeOf(project));
    } catch (error) {
      if (isNotFound(error)) {
        await ensureLedgerTable(session.aws);
        continue;
      }
      const busy = error instanceof ApigenError && error.code === 'LOCKED';
      if (!busy || !options.onWait) throw error;
      const held = await lockHolder(session.aws, scopeOf(project));
      if (held && !mayTakeOver(held)) options.onWait(holderOf(held));
      await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
      options.signal?.throwIfAborted();
    }
  }
}

/** What the engine wants to know of this run. */
export async function applyOptions(
  project: Project,
  reporter: Reporter,
  signal: AbortSignal | undefined,
  models: Readonly<Record<string, ModelSpec>> = {},
): Promise<ApplyOptions> {
  const attachment = { ...shapeOfProject(project), models: shapesOf(models) } as unknown as Json;
  const release = { ...(await releaseFacts(project.root)), attachment };
  return { reporter, signal, release, keep: keptReleasesOf(project) };
}
