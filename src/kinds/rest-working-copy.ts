// The working copy of a REST API: resources by path, methods by `GET /path`. Reading takes one listing with methods
// embedded; writing takes the single calls that bring one method or path to what is desired. No stage serves the
// working copy, so its order of changes is free.

import {
  CreateResourceCommand,
  DeleteMethodCommand,
  DeleteResourceCommand,
  GetResourcesCommand,
  type Method,
  type PatchOperation,
  PutIntegrationCommand,
  PutIntegrationResponseCommand,
  PutMethodCommand,
  PutMethodResponseCommand,
  type Resource,
  UpdateMethodCommand,
} from '@aws-sdk/client-api-gateway';
import type { Aws } from '../aws/aws.ts';
import { isNotFound } from '../aws/is-not-found.ts';
import { equal } from '../engine/compare.ts';
import { type Json, KindFaultError } from '../engine/kind.ts';
import { operationNameOf, type RestMethodProps, type RestResponseProps } from './rest-method.ts';

export interface WorkingCopy {
  /** Resource by its full path. */
  readonly resources: ReadonlyMap<string, Resource>;
  /** Method by `GET /path`. */
  readonly methods: ReadonlyMap<string, Method>;
}

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

/** Where a method stands. */
export interface MethodAddress {
  readonly restApiId: string;
  readonly resourceId: string;
  readonly httpMethod: string;
  /** `GET /products`. */
  readonly key: string;
}

export async function putMethod(
  aws: Aws,
  at: MethodAddress,
  now: RestMethodProps | undefined,
  desired: RestMethodProps,
): Promise<void> {
  const { restApiId, resourceId, httpMethod } = at;
  if (!now) await createMethod(aws, at, desired);
  else await updateMethod(aws, at, now, desired);
  const { integration, responses } = desired;
  const sameIntegration = now !== undefined && equal(asJson(now.integration), asJson(integration));
  if (!sameIntegration) {
    await aws.apiGateway.send(
      new PutIntegrationCommand({
        restApiId,
        resourceId,
        httpMethod,
        type: integration.type as 'AWS_PROXY',
        ...(integration.httpMethod && { integrationHttpMethod: integration.httpMethod }),
        ...(integration.uri && { uri: integration.uri }),
        ...(integration.contentHandling && { contentHandling: integration.contentHandling as 'CONVERT_TO_TEXT' }),
        passthroughBehavior: integration.passthroughBehavior,
        timeoutInMillis: integration.timeoutInMillis,
        requestParameters: { ...integration.requestParameters },
        requestTemplates: { ...integration.requestTemplates },
      }),
    );
  }
  for (const [statusCode, response] of Object.entries(responses)) {
    const before = now?.responses[statusCode];
    // PutIntegration starts the integration's responses afresh.
    if (sameIntegration && equal(asJson(before), asJson(response))) continue;
    await putResponse(aws, at, statusCode, before, response);
  }
}

async function createMethod(aws: Aws, at: MethodAddress, desired: RestMethodProps): Promise<void> {
  const { restApiId, resourceId, httpMethod, key } = at;
  try {
    await aws.apiGateway.send(
      new PutMethodCommand({
        restApiId,
        resourceId,
        httpMethod,
        authorizationType: desired.authorizationType,
        apiKeyRequired: desired.apiKeyRequired,
        operationName: operationNameOf(key),
        requestParameters: { ...desired.requestParameters },
        requestModels: { ...desired.requestModels },
      }),
    );
  } catch (error) {
    // There already, by a call whose answer was lost: what it should be is put right by updates.
    if (!(error instanceof KindFaultError)) throw error;
  }
}

async function updateMethod(
  aws: Aws,
  at: MethodAddress,
  now: RestMethodProps,
  desired: RestMethodProps,
): Promise<void> {
  const { restApiId, resourceId, httpMethod } = at;
  const patchOperations: PatchOperation[] = [];
  const replace = (path: string, value: string): void => {
    patchOperations.push({ op: 'replace', path, value });
  };
  if (now.authorizationType !== desired.authorizationType) replace('/authorizationType', desired.authorizationType);
  if (now.apiKeyRequired !== desired.apiKeyRequired) replace('/apiKeyRequired', String(desired.apiKeyRequired));
  patchOperations.push(...patchMap('/requestParameters', now.requestParameters, desired.requestParameters));
  patchOperations.push(...patchMap('/requestModels', now.requestModels, desired.requestModels));
  if (patchOperations.length === 0) return;
  await aws.apiGateway.send(new UpdateMethodCommand({ restApiId, resourceId, httpMethod, patchOperations }));
}

/** JSON-patch paths escape `/` as `~1` and `~` as `~0`. */
const escapeKey = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');

/** Patch operations that turn one map into another, entry by entry. */
export function patchMap(
  root: string,
  now: Readonly<Record<string, string | boolean>>,
  desired: Readonly<Record<string, string | boolean>>,
): PatchOperation[] {
  const removed = Object.keys(now).filter((key) => !(key in desired));
  const changed = Object.entries(desired).filter(([key, value]) => now[key] !== value);
  return [
    ...removed.map((key): PatchOperation => ({ op: 'remove', path: `${root}/${escapeKey(key)}` })),
    ...changed.map(
      ([key, value]): PatchOperation => ({
        op: key in now ? 'replace' : 'add',
        path: `${root}/${escapeKey(key)}`,
        value: String(value),
      }),
    ),
  ];
}

async function putResponse(
  aws: Aws,
  { restApiId, resourceId, httpMethod }: MethodAddress,
  statusCode: string,
  before: RestResponseProps | undefined,
  response: RestResponseProps,
): Promise<void> {
  if (!before) {
    try {
      await aws.apiGateway.send(
        new PutMethodResponseCommand({
          restApiId,
          resourceId,
          httpMethod,
          statusCode,
          responseParameters: { ...response.responseParameters },
          responseModels: { ...response.responseModels },
        }),
      );
    } catch (error) {
      if (!(error instanceof KindFaultError)) throw error;
    }
  }
  await aws.apiGateway.send(
    new PutIntegrationResponseCommand({
      restApiId,
      resourceId,
      httpMethod,
      statusCode,
      ...(response.selectionPattern && { selectionPattern: response.selectionPattern }),
      ...(response.contentHandling && { contentHandling: response.contentHandling as 'CONVERT_TO_TEXT' }),
      responseParameters: { ...response.mappedParameters },
      responseTemplates: { ...response.responseTemplates },
    }),
  );
}

const asJson = (value: unknown): Json => (value ?? null) as Json;

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
