// The kept releases of a stage, newest first.

import type { Release } from '../../engine/ledger.ts';
import { readLedger } from '../../ledger/read-ledger.ts';
import type { Project } from '../../project/project.ts';
import { scopeOf } from './scope.ts';
import type { Session } from './session.ts';

export async function listReleases(session: Session, project: Project): Promise<readonly Release[]> {
  return (await readLedger(session.aws, scopeOf(project))).releases;
}
