// One method of a REST API as props, and its translation from API Gateway's shapes. Defaults that AWS fills in
// (29 s, WHEN_NO_MATCH, absent maps) are normalised here and nowhere else.

import type { Integration, Method } from '@aws-sdk/client-api-gateway';

type StringMap = Readonly<Record<string, string>>;
type FlagMap = Readonly<Record<string, boolean>>;

export interface RestMethodProps {
  readonly authorizationType: string;
  readonly apiKeyRequired: boolean;
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
  readonly passthroughBehavior: string;
  readonly contentHandling: string;
  readonly timeoutInMillis: number;
  readonly requestParameters: StringMap;
  readonly requestTemplates: StringMap;
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

/** A method's operation name marks it as ours: methods cannot carry tags. */
export const operationNameOf = (key: string): string => `apigen:${key}`;

export const isOurs = (method: Method): boolean => method.operationName?.startsWith('apigen:') ?? false;

/** AWS's default and largest integration timeout, in ms. */
export const defaultTimeoutMs = 29_000;

/** @param wanted as it is desired: an empty template, which API Gateway answers as null, reads as it is wanted */
export function methodFrom(method: Method, wanted?: RestMethodProps): RestMethodProps {
  const integration = method.methodIntegration ?? {};
  return {
    authorizationType: method.authorizationType ?? 'NONE',
    apiKeyRequired: method.apiKeyRequired ?? false,
    requestParameters: method.requestParameters ?? {},
    requestModels: method.requestModels ?? {},
    integration: integrationFrom(integration, wanted?.integration),
    responses: responsesFrom(method, integration, wanted?.responses),
  };
}

/** The SDK gives null values as they are, or leaves them out. */
function templatesFrom(live: Readonly<Record<string, string | null>> | undefined, wanted: StringMap = {}): StringMap {
  const filled = Object.entries(live ?? {}).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return Object.fromEntries([...Object.entries(wanted).filter(([, template]) => template === ''), ...filled]);
}

function integrationFrom(integration: Integration, wanted: RestIntegrationProps | undefined): RestIntegrationProps {
  const isMock = integration.type === 'MOCK';
  return {
    type: integration.type ?? '',
    httpMethod: isMock ? '' : (integration.httpMethod ?? ''),
    uri: integration.uri ?? '',
    passthroughBehavior: integration.passthroughBehavior ?? 'WHEN_NO_MATCH',
    contentHandling: integration.contentHandling ?? '',
    timeoutInMillis: integration.timeoutInMillis ?? defaultTimeoutMs,
    requestParameters: integration.requestParameters ?? {},
    requestTemplates: templatesFrom(integration.requestTemplates, wanted?.requestTemplates),
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
