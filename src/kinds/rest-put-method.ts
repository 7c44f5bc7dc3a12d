// Brings one method of a REST API's working copy to what it should be, by single calls: the method, its integration,
// its responses.

import {
  PutIntegrationCommand,
  PutIntegrationResponseCommand,
  PutMethodCommand,
  PutMethodResponseCommand,
} from '@aws-sdk/client-api-gateway';
import type { Aws } from '../aws/aws.ts';
import { equal } from '../engine/compare.ts';
import { type Json, KindFaultError } from '../engine/kind.ts';
import { cacheNamespaceOf, operationNameOf, type RestMethodProps, type RestResponseProps } from './rest-method.ts';
import { deleteMethod } from './rest-working-copy.ts';

/** Where a method stands, and what AWS calls what it refers to. */
export interface MethodAddress {
  readonly restApiId: string;
  readonly resourceId: string;
  readonly httpMethod: string;
  /** `GET /products`. */
  readonly key: string;
  /** Ids by name. */
  readonly authorizers: ReadonlyMap<string, string>;
  readonly validators: ReadonlyMap<string, string>;
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

async function putIntegration(aws: Aws, at: MethodAddress, method: RestMethodProps): Promise<void> {
  const { restApiId, resourceId, httpMethod } = at;
  const { integration } = method;
  const cacheNamespace = cacheNamespaceOf(at.key, method);
  await aws.apiGateway.send(
    new PutIntegrationCommand({
      restApiId,
      resourceId,
      httpMethod,
      type: integration.type as 'AWS_PROXY',
      ...(integration.httpMethod && { integrationHttpMethod: integration.httpMethod }),
      ...(integration.uri && { uri: integration.uri }),
      ...(integration.credentials && { credentials: integration.credentials }),
      ...(integration.connectionId && { connectionType: 'VPC_LINK', connectionId: integration.connectionId }),
      ...(integration.insecureSkipVerification && { tlsConfig: { insecureSkipVerification: true } }),
      ...(integration.contentHandling && { contentHandling: integration.contentHandling as 'CONVERT_TO_TEXT' }),
      passthroughBehavior: integration.passthroughBehavior,
      timeoutInMillis: integration.timeoutInMillis,
      requestParameters: { ...integration.requestParameters },
      requestTemplates: { ...integration.requestTemplates },
      ...(integration.cacheKeyParameters.length > 0 && { cacheKeyParameters: [...integration.cacheKeyParameters] }),
      ...(cacheNamespace !== undefined && { cacheNamespace }),
      ...(integration.responseTransferMode === 'STREAM' && { responseTransferMode: 'STREAM' }),
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
        ...(desired.authorizer && { authorizerId: at.authorizers.get(desired.authorizer) ?? '' }),
        ...(desired.scopes.length > 0 && { authorizationScopes: [...desired.scopes] }),
        apiKeyRequired: desired.apiKeyRequired,
        ...(desired.validator && { requestValidatorId: at.validators.get(desired.validator) ?? '' }),
        operationName: operationNameOf(key, desired),
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
