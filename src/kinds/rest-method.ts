// One method of a REST API as props, and its translation from API Gateway's shapes. Defaults that AWS fills in
// (29 s, WHEN_NO_MATCH, absent maps) are normalised here and nowhere else.

import type { Integration, Method } from '@aws-sdk/client-api-gateway';

type StringMap = Readonly<Record<string, string>>;
type FlagMap = Readonly<Record<string, boolean>>;

export interface RestMethodProps {
  readonly authorizationType: string;
  /** By name: AWS mints its id. Empty: none. */
  readonly authorizer: string;
  /** Sorted. */
  readonly scopes: readonly string[];
  readonly apiKeyRequired: boolean;
  /** By name: AWS mints its id. Empty: nothing is checked. */
  readonly validator: string;
  /** Empty: none of the project's. */
  readonly operationName: string;
  readonly requestParameters: FlagMap;
  readonly requestModels: StringMap;
  readonly integration: RestIntegrationProps;
  /** By status code. */
  readonly responses: Readonly<Record<string, RestResponseProps>>;
}

export interface RestIntegrationProps {
  readonly type: string;
  /** Towards the backend: POST for Lambda; empty for MOCK. */
  readonly httpMethod: string;
  readonly uri: string;
  /** The ARN of the role that AWS services are called with. Empty: none. */
  readonly credentials: string;
  /** A VPC link. Empty: over the internet. */
  readonly connectionId: string;
  readonly insecureSkipVerification: boolean;
  readonly passthroughBehavior: string;
  readonly contentHandling: string;
  readonly timeoutInMillis: number;
  readonly requestParameters: StringMap;
  readonly requestTemplates: StringMap;
  /** Sorted. */
  readonly cacheKeyParameters: readonly string[];
  /** Empty: AWS's own, the id of the resource. */
  readonly cacheNamespace: string;
  /** `BUFFERED` or `STREAM`. */
  readonly responseTransferMode: string;
}

export interface RestResponseProps {
  readonly responseParameters: FlagMap;
  readonly responseModels: StringMap;
  /** Empty: the default response. */
  readonly selectionPattern: string;
  readonly mappedParameters: StringMap;
  readonly responseTemplates: StringMap;
  readonly contentHandling: string;
}

const mark = 'apigen:';
const isMark = (text: string | undefined): boolean => text?.startsWith(mark) ?? false;

/** A method's operation name marks it as ours, since methods cannot carry tags; unless the project gives it one. */
export const operationNameOf = (key: string, { operationName }: Pick<RestMethodProps, 'operationName'>): string =>
  operationName === '' ? mark + key : operationName;

/** Where the operation name is the project's, the method's cache namespace carries the mark: one of its own either way. */
export function cacheNamespaceOf(key: string, { operationName, integration }: RestMethodProps): string | undefined {
  if (integration.cacheNamespace !== '') return integration.cacheNamespace;
  return operationName === '' ? undefined : mark + key;
}

export const isOurs = (method: Method): boolean =>
  isMark(method.operationName) || isMark(method.methodIntegration?.cacheNamespace);

/** What ids that AWS minted are called in the definition. */
export interface MintedNames {
  readonly authorizers: ReadonlyMap<string, string>;
  readonly validators: ReadonlyMap<string, string>;
  /** Of the resource that a method stands on: its id is the cache namespace where none is given. */
  readonly resourceId: string;
}

/** AWS's default and largest integration timeout, in ms. */
export const defaultTimeoutMs = 29_000;

/** @param wanted as it is desired: an empty template, which API Gateway answers as null, reads as it is wanted */
export function methodFrom(method: Method, minted: MintedNames, wanted?: RestMethodProps): RestMethodProps {
  const integration = method.methodIntegration ?? {};
  const named = (names: ReadonlyMap<string, string>, id = ''): string => names.get(id) ?? id;
  return {
    authorizationType: method.authorizationType ?? 'NONE',
    authorizer: named(minted.authorizers, method.authorizerId),
    scopes: [...(method.authorizationScopes ?? [])].sort(),
    apiKeyRequired: method.apiKeyRequired ?? false,
    validator: named(minted.validators, method.requestValidatorId),
    operationName: isMark(method.operationName) ? '' : (method.operationName ?? ''),
    requestParameters: method.requestParameters ?? {},
    requestModels: method.requestModels ?? {},
    integration: integrationFrom(integration, minted, wanted?.integration),
    responses: responsesFrom(method, integration, wanted?.responses),
  };
}

/** The SDK gives null values as they are, or leaves them out. */
function templatesFrom(live: Readonly<Record<string, string | null>> | undefined, wanted: StringMap = {}): StringMap {
  const filled = Object.entries(live ?? {}).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return Object.fromEntries([...Object.entries(wanted).filter(([, template]) => template === ''), ...filled]);
}

function integrationFrom(
  integration: Integration,
  { resourceId }: MintedNames,
  wanted: RestIntegrationProps | undefined,
): RestIntegrationProps {
  const isMock = integration.type === 'MOCK';
  const { cacheNamespace = '' } = integration;
  return {
    type: integration.type ?? '',
    httpMethod: isMock ? '' : (integration.httpMethod ?? ''),
    uri: integration.uri ?? '',
    credentials: integration.credentials ?? '',
    connectionId: integration.connectionType === 'VPC_LINK' ? (integration.connectionId ?? '') : '',
    insecureSkipVerification: integration.tlsConfig?.insecureSkipVerification ?? false,
    passthroughBehavior: integration.passthroughBehavior ?? 'WHEN_NO_MATCH',
    contentHandling: integration.contentHandling ?? '',
    timeoutInMillis: integration.timeoutInMillis ?? defaultTimeoutMs,
    requestParameters: integration.requestParameters ?? {},
    requestTemplates: templatesFrom(integration.requestTemplates, wanted?.requestTemplates),
    cacheKeyParameters: [...(integration.cacheKeyParameters ?? [])].sort(),
    cacheNamespace: cacheNamespace === resourceId || isMark(cacheNamespace) ? '' : cacheNamespace,
    responseTransferMode: integration.responseTransferMode ?? 'BUFFERED',
  };
}

function responsesFrom(
  method: Method,
  integration: Integration,
  wanted: RestMethodProps['responses'] | undefined,
): Record<string, RestResponseProps> {
  const statuses = new Set([
    ...Object.keys(method.methodResponses ?? {}),
    ...Object.keys(integration.integrationResponses ?? {}),
  ]);
  return Object.fromEntries(
    [...statuses].sort().map((status) => {
      const declared = method.methodResponses?.[status];
      const mapped = integration.integrationResponses?.[status];
      return [
        status,
        {
          responseParameters: declared?.responseParameters ?? {},
          responseModels: declared?.responseModels ?? {},
          selectionPattern: mapped?.selectionPattern ?? '',
          mappedParameters: mapped?.responseParameters ?? {},
          responseTemplates: templatesFrom(mapped?.responseTemplates, wanted?.[status]?.responseTemplates),
          contentHandling: mapped?.contentHandling ?? '',
        },
      ];
    }),
  );
}
