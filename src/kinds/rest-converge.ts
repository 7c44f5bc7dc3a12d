// Brings a REST API's working copy to its definition: what methods refer to first, then paths and methods, then what
// nothing refers to any more goes. An authorizer, a validator or a model goes only after no method uses it.

import type { Aws } from '../aws/aws.ts';
import { equal } from '../engine/compare.ts';
import type { Json } from '../engine/kind.ts';
import { restAuthorizers } from './rest-authorizers.ts';
import { idsOf, type LiveContent, liveMethod, type RestContent, readContent } from './rest-content.ts';
import { restGatewayResponses } from './rest-gateway-responses.ts';
import { isOurs } from './rest-method.ts';
import { restModels } from './rest-models.ts';
import { clearItems, putItems } from './rest-part.ts';
import { putMethod } from './rest-put-method.ts';
import { restValidators } from './rest-validators.ts';
import { putWhole } from './rest-whole.ts';
import { deleteMethod, deleteResource, ensureResource, pathsTo } from './rest-working-copy.ts';

/** Calls on one API at a time; API Gateway refuses concurrent changes of one method, and paces to 10 a second anyway. */
const parallelMethods = 3;

export async function convergeContent(aws: Aws, restApiId: string, desired: RestContent): Promise<void> {
  const found = await readContent(aws, restApiId);
  const whole = await putWhole(aws, restApiId, desired, found);
  const live = await settled(aws, restApiId, desired, whole ? await readContent(aws, restApiId) : found);
  await putMethods(aws, restApiId, desired, live);
  await putItems(aws, restApiId, restGatewayResponses, live.gatewayResponses, desired.gatewayResponses);
  await clearMethods(aws, restApiId, desired, live);
  await clearItems(aws, restApiId, restAuthorizers, live.authorizers, desired.authorizers);
  await clearItems(aws, restApiId, restValidators, live.validators, desired.validators);
  await clearItems(aws, restApiId, restModels, live.models, desired.models);
  await clearItems(aws, restApiId, restGatewayResponses, live.gatewayResponses, desired.gatewayResponses);
}

/** What methods refer to stands: read again where something was made, for its id. */
async function settled(aws: Aws, restApiId: string, desired: RestContent, found: LiveContent): Promise<LiveContent> {
  const live = await withoutRetyped(aws, restApiId, desired, found);
  await putItems(aws, restApiId, restModels, live.models, desired.models);
  await putItems(aws, restApiId, restValidators, live.validators, desired.validators);
  await putItems(aws, restApiId, restAuthorizers, live.authorizers, desired.authorizers);
  const lacks = (ids: ReadonlyMap<string, string>, items: object): boolean =>
    Object.keys(items).some((name) => !ids.has(name));
  return {
    ...live,
    ...(lacks(idsOf(live.authorizers), desired.authorizers) && {
      authorizers: await restAuthorizers.list(aws, restApiId),
    }),
    ...(lacks(idsOf(live.validators), desired.validators) && {
      validators: await restValidators.list(aws, restApiId),
    }),
  };
}

/**
 * An authorizer that becomes one of another type is made anew, its methods with it: they carry the type too, and
 * neither can change before the other.
 */
async function withoutRetyped(
  aws: Aws,
  restApiId: string,
  desired: RestContent,
  live: LiveContent,
): Promise<LiveContent> {
  const retyped = live.authorizers.filter(
    ({ name, ours, item }) => ours && (desired.authorizers[name]?.type ?? item.type) !== item.type,
  );
  if (retyped.length === 0) return live;
  const ids = new Set<string | undefined>(retyped.map(({ id }) => id));
  for (const [key, { authorizerId }] of live.copy.methods) {
    if (!ids.has(authorizerId)) continue;
    const [httpMethod = '', path = ''] = key.split(' ');
    await deleteMethod(aws, restApiId, live.copy.resources.get(path)?.id ?? '', httpMethod);
  }
  for (const authorizer of retyped) await restAuthorizers.remove(aws, restApiId, authorizer);
  return readContent(aws, restApiId);
}

async function putMethods(aws: Aws, restApiId: string, desired: RestContent, live: LiveContent): Promise<void> {
  const ids = new Map([...live.copy.resources].map(([path, resource]) => [path, resource.id ?? '']));
  // One at a time, since paths share their beginnings; methods follow while the next path is made.
  let path = Promise.resolve('');
  const reach = (wanted: string): Promise<string> => {
    path = path.then(() => ensureResource(aws, restApiId, wanted, ids));
    return path;
  };
  const minted = { authorizers: idsOf(live.authorizers), validators: idsOf(live.validators) };
  await inParallel(Object.entries(desired.methods), parallelMethods, async ([key, method]) => {
    const [httpMethod = '', wanted = ''] = key.split(' ');
    const resourceId = await reach(wanted);
    const now = liveMethod(live, key, method);
    if (now && equal(now as unknown as Json, method as unknown as Json)) return;
    const at = { restApiId, resourceId, httpMethod, key, ...minted };
    await putMethod(aws, at, now, method);
  });
}

/** Removes our methods that left the source, then resources that serve nothing any more, leaves first. */
async function clearMethods(aws: Aws, restApiId: string, desired: RestContent, { copy }: LiveContent): Promise<void> {
  const left = new Map(copy.methods);
  for (const [key, method] of copy.methods) {
    if (key in desired.methods || !isOurs(method)) continue;
    const [httpMethod = '', path = ''] = key.split(' ');
    await deleteMethod(aws, restApiId, copy.resources.get(path)?.id ?? '', httpMethod);
    left.delete(key);
  }
  const needed = new Set(
    [...pathsOf(desired), ...[...left.keys()].map((key) => key.split(' ')[1] ?? '')].flatMap(pathsTo),
  );
  const idle = [...copy.resources.keys()].filter((path) => !needed.has(path)).sort((a, b) => b.length - a.length);
  for (const path of idle) await deleteResource(aws, restApiId, copy.resources.get(path)?.id ?? '');
}

const pathsOf = ({ methods }: RestContent): readonly string[] => [
  ...new Set(Object.keys(methods).map((key) => key.split(' ')[1] ?? '')),
];

async function inParallel<T>(items: readonly T[], width: number, work: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items];
  const worker = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(width, queue.length) }, worker));
}
