// Takes away a lock whose lease is over.

import { breakLock } from '../../ledger/break-lock.ts';
import type { Project } from '../../project/project.ts';
import { holderOf, type LockHolder } from './locked-run.ts';
import { scopeOf } from './scope.ts';
import type { Session } from './session.ts';

/**
 * @returns whose lock it was; undefined when there was none
 * @throws ApigenError `LOCKED` while the lease runs
 */
export async function unlock(session: Session, project: Project): Promise<LockHolder | undefined> {
  const held = await breakLock(session.aws, scopeOf(project));
  return held && holderOf(held);
}
