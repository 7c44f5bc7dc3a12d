// Which published versions of each function an API version has served, as far as its kept releases tell: what its log
// lines are told apart by, since API versions share functions and their log groups.

import { readLedger } from '../../ledger/read-ledger.ts';
import type { Project } from '../../project/project.ts';
import { scopeOf } from './scope.ts';
import type { Session } from './session.ts';

/** Numbers of Lambda versions by physical function name. */
export async function servedVersions(
  session: Session,
  project: Project,
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const { releases } = await readLedger(session.aws, scopeOf(project));
  const served = new Map<string, Set<string>>();
  for (const { props } of releases.flatMap((release) => release.cutover)) {
    const [name, version] = [props['functionName'], props['version']];
    if (typeof name !== 'string' || typeof version !== 'string') continue;
    served.set(name, (served.get(name) ?? new Set()).add(version));
  }
  return served;
}
