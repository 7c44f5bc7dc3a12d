// The working copy of a REST API: resources by path, methods by `GET /path`. Reading takes one listing with methods
// embedded; writing takes the single calls that bring one method or path to what is desired. No stage serves the
// working copy, so its order of changes is free.

import {
  CreateResourceCommand,
  DeleteMethodCommand,
  DeleteResourceCommand,
  GetResourcesCommand,
  type Method,
  PutIntegrationCommand,
  PutIntegrationResponseCommand,
  PutMethodCommand,
  PutMethodResponseCommand,
  type Resource,
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

/** Where a method stands. */
export interface MethodAddress {
  readonly restApiId: string;
  readonly resourceId: string;
  readonly httpMethod: string;
  /** `GET /products`. */
  readonly key: string;
}

/**
 * Brings one method to what it should be. What belongs to the method itself (its authorization, parameters and the
 * responses it declares) is never patched: the method is made anew, which no client sees, since the working copy
 * serves nobody. So no rule about which patches API Gateway supports, and in which order while an integration still
 * maps a parameter, can keep a definition from converging.
 * https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html
 */
export async function putMethod(
  aws: Aws,
  at: MethodAddress,
  now: RestMethodProps | undefined,
  desired: RestMethodProps,
): Promise<void> {
  const { restApiId, resourceId, httpMethod } = at;
  const stays = now !== undefined && equal(methodItself(now), methodItself(desired));
  if (!stays) {
    if (now) await deleteMethod(aws, restApiId, resourceId, httpMethod);
    await createMethod(aws, at, desired);
  }
  const sameIntegration = stays && equal(asJson(now.integration), asJson(desired.integration));
  if (!sameIntegration) await putIntegration(aws, at, desired);
  for (const [statusCode, response] of Object.entries(desired.responses)) {
    // PutIntegration replaces the integration, its responses included.
    // https://docs.aws.amazon.com/apigateway/latest/api/API_PutIntegration.html
    if (sameIntegration && equal(asJson(now.responses[statusCode]), asJson(response))) continue;
    if (!stays) await putMethodResponse(aws, at, statusCode, response);
    await putIntegrationResponse(aws, at, statusCode, response);
  }
}

/** What PutMethod and PutMethodResponse make. */
function methodItself({ integration: _, responses, ...method }: RestMethodProps): Json {
  const declared = Object.entries(responses).map(([status, { responseParameters, responseModels }]) => [
    status,
    { responseParameters, responseModels },
  ]);
  return asJson({ ...method, responses: Object.fromEntries(declared) });
}

async function putIntegration(aws: Aws, at: MethodAddress, { integration }: RestMethodProps): Promise<void> {
  const { restApiId, resourceId, httpMethod } = at;
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
    // Made a moment ago by a call whose answer was lost.
    if (!(error instanceof KindFaultError)) throw error;
  }
}

async function putMethodResponse(
  aws: Aws,
  { restApiId, resourceId, httpMethod }: MethodAddress,
  statusCode: string,
  response: RestResponseProps,
): Promise<void> {
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
    // Made a moment ago by a call whose answer was lost.
    if (!(error instanceof KindFaultError)) throw error;
  }
}

async function putIntegrationResponse(
  aws: Aws,
  { restApiId, resourceId, httpMethod }: MethodAddress,
  statusCode: string,
  response: RestResponseProps,
): Promise<void> {
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
