// The working copy of a REST API: resources by path, methods by `GET /path`. Reading takes one listing with methods
// embedded. No stage serves the working copy, so the order of its changes is free.

import {
  CreateResourceCommand,
  DeleteMethodCommand,
  DeleteResourceCommand,
  GetResourcesCommand,
  type Method,
  type Resource,
} from '@aws-sdk/client-api-gateway';
import type { Aws } from '../aws/aws.ts';
import { isNotFound } from '../aws/is-not-found.ts';
import { KindFaultError } from '../engine/kind.ts';

export interface WorkingCopy {
  /** Resource by its full path. */
  readonly resources: ReadonlyMap<string, Resource>;
  /** Method by `GET /path`. */
  readonly methods: ReadonlyMap<string, Method>;
}

/** @throws ApigenError that {@link isNotFound} knows, when the API is gone */
export async function readWorkingCopy(aws: Aws, restApiId: string): Promise<WorkingCopy> {
  const resources = new Map<string, Resource>();
  const methods = new Map<string, Method>();
  let position: string | undefined;
  do {
    const page = await aws.apiGateway.send(
      new GetResourcesCommand({ restApiId, embed: ['methods'], limit: 500, ...(position && { position }) }),
    );
    for (const resource of page.items ?? []) {
      const path = resource.path ?? '/';
      resources.set(path, resource);
      for (const [verb, method] of Object.entries(resource.resourceMethods ?? {}))
        methods.set(`${verb} ${path}`, method);
    }
    position = page.position;
  } while (position);
  return { resources, methods };
}

/** `/a/{b}/c` → `/`, `/a`, `/a/{b}`, `/a/{b}/c`. */
export function pathsTo(path: string): readonly string[] {
  const parts = path.split('/').filter((part) => part !== '');
  return ['/', ...parts.map((_, index) => `/${parts.slice(0, index + 1).join('/')}`)];
}

/** Creates the resources on the way to a path and returns the id of the last; `known` grows with what it makes. */
export async function ensureResource(
  aws: Aws,
  restApiId: string,
  path: string,
  known: Map<string, string>,
): Promise<string> {
  let parentId = known.get('/') ?? '';
  for (const step of pathsTo(path).slice(1)) {
    const existing = known.get(step);
    parentId = existing ?? (await createResource(aws, restApiId, parentId, step));
    known.set(step, parentId);
  }
  return parentId;
}

async function createResource(aws: Aws, restApiId: string, parentId: string, path: string): Promise<string> {
  const pathPart = path.slice(path.lastIndexOf('/') + 1);
  try {
    const made = await aws.apiGateway.send(new CreateResourceCommand({ restApiId, parentId, pathPart }));
    return made.id ?? '';
  } catch (error) {
    if (!(error instanceof KindFaultError)) throw error;
    // Made by a call whose answer was lost: one path part stands once under its parent.
    const found = (await readWorkingCopy(aws, restApiId)).resources.get(path)?.id;
    if (found === undefined) throw error;
    return found;
  }
}

export async function deleteMethod(aws: Aws, restApiId: string, resourceId: string, httpMethod: string): Promise<void> {
  await orGone(() => aws.apiGateway.send(new DeleteMethodCommand({ restApiId, resourceId, httpMethod })));
}

export async function deleteResource(aws: Aws, restApiId: string, resourceId: string): Promise<void> {
  await orGone(() => aws.apiGateway.send(new DeleteResourceCommand({ restApiId, resourceId })));
}

async function orGone(send: () => Promise<unknown>): Promise<void> {
  try {
    await send();
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
}
