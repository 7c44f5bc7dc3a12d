// An event of a stream, queue, topic or schedule is for one API version: the oldest that stands. Two would both work on
// the same tables, and share the messages of a queue by chance.

import type { Aws } from '../../aws/aws.ts';
import { readLedger } from '../../ledger/read-ledger.ts';
import { apiVersionOf, compareVersions, FIRST_VERSION } from '../../project/api-version.ts';
import type { Project } from '../../project/project.ts';
import { scopeOf } from './scope.ts';

export async function triggerVersion(aws: Aws, project: Project): Promise<string> {
  const own = apiVersionOf(project);
  if (own === FIRST_VERSION) return own;
  const { otherVersions } = await readLedger(aws, scopeOf(project));
  return [own, ...otherVersions.keys()].sort(compareVersions)[0] ?? own;
}
