// Drops what the caches of a stage's REST APIs keep. The APIs are found by their tags: nothing is built or compared.

import { ApigenError } from '../../errors.ts';
import { flushCache } from '../../kinds/rest-cache-cluster.ts';
import { apiVersionOf } from '../../project/api-version.ts';
import type { Project } from '../../project/project.ts';
import { apiNodeId } from '../converge/graph/api-node-id.ts';
import { kindsFor } from '../converge/kinds-for.ts';
import type { Session } from '../converge/session.ts';

/**
 * @param only the API; undefined: every one that has a cache
 * @returns the names of the APIs whose caches were flushed
 * @throws ApigenError `NO_CACHE` or `NOT_DEPLOYED`
 */
export async function flushCaches(
  session: Session,
  project: Project,
  only: string | undefined,
): Promise<readonly string[]> {
  const cached = Object.values(project.apis).filter((api) => api.type === 'rest' && api.cache);
  const names = cached.map(({ name }) => name).filter((name) => only === undefined || name === only);
  if (names.length === 0)
    throw noCache(
      only,
      cached.map(({ name }) => name),
    );
  const shells = kindsFor(session, project, []).get('rest-api');
  for (const name of names) {
    const id = apiNodeId({ type: 'rest', name }, apiVersionOf(project));
    const live = await shells?.read({ id, name }, undefined);
    if (!live?.owned) throw notDeployed(project, name);
    await flushCache(session.aws, live.physicalId, project.stage.name);
  }
  return names;
}

const noCache = (only: string | undefined, cached: readonly string[]): ApigenError =>
  new ApigenError({
    code: 'NO_CACHE',
    summary: only === undefined ? 'No REST API of apigen.yml has a cache' : `API ${only} has no cache`,
    detail: cached.length === 0 ? 'There is nothing to flush.' : `APIs with a cache: ${cached.join(', ')}.`,
    hint: 'under the API in apigen.yml: cache: { size: 0.5 }',
  });

const notDeployed = ({ stage }: Project, name: string): ApigenError =>
  new ApigenError({
    code: 'NOT_DEPLOYED',
    summary: `API ${name} is not deployed on stage ${stage.name}`,
    hint: `apigen deploy --stage ${stage.name}`,
  });
