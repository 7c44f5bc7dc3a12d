// The gateway responses of a REST API: what it answers by itself. Every type exists always, as AWS made it or
// customised; one that is customised but not declared goes back to AWS's own.

import {
  DeleteGatewayResponseCommand,
  type GatewayResponse,
  type GatewayResponseType,
  GetGatewayResponsesCommand,
  PutGatewayResponseCommand,
} from '@aws-sdk/client-api-gateway';
import { everyPage, type RestPart } from './rest-part.ts';

type StringMap = Readonly<Record<string, string>>;

export interface RestGatewayResponseProps {
  /** Empty: AWS's own for the type. */
  readonly statusCode: string;
  readonly responseParameters: StringMap;
  readonly responseTemplates: StringMap;
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html */
const ownStatus: StringMap = {
  ACCESS_DENIED: '403',
  API_CONFIGURATION_ERROR: '500',
  AUTHORIZER_CONFIGURATION_ERROR: '500',
  AUTHORIZER_FAILURE: '500',
  BAD_REQUEST_BODY: '400',
  BAD_REQUEST_PARAMETERS: '400',
  EXPIRED_TOKEN: '403',
  INTEGRATION_FAILURE: '504',
  INTEGRATION_TIMEOUT: '504',
  INVALID_API_KEY: '403',
  INVALID_SIGNATURE: '403',
  MISSING_AUTHENTICATION_TOKEN: '403',
  QUOTA_EXCEEDED: '429',
  REQUEST_TOO_LARGE: '413',
  RESOURCE_NOT_FOUND: '404',
  THROTTLED: '429',
  UNAUTHORIZED: '401',
  UNSUPPORTED_MEDIA_TYPE: '415',
  WAF_FILTERED: '403',
};

/** AWS fills this in where no template is given. */
const ownTemplates: StringMap = { 'application/json': '{"message":$context.error.messageString}' };

/** A response with AWS's own filled in, as it is compared and sent. */
export function gatewayResponseOf(
  type: string,
  declared: Pick<GatewayResponse, 'statusCode' | 'responseParameters' | 'responseTemplates'>,
): RestGatewayResponseProps {
  const { statusCode = '', responseParameters = {}, responseTemplates = {} } = declared;
  return {
    statusCode: statusCode === ownStatus[type] ? '' : statusCode,
    responseParameters,
    responseTemplates: Object.keys(responseTemplates).length === 0 ? ownTemplates : responseTemplates,
  };
}

export const restGatewayResponses: RestPart<RestGatewayResponseProps> = {
  title: 'gateway response',

  async list(aws, restApiId) {
    const all = await everyPage<GatewayResponse>((position) =>
      aws.apiGateway.send(new GetGatewayResponsesCommand({ restApiId, limit: 500, ...position })),
    );
    return all
      .filter(({ defaultResponse }) => defaultResponse !== true)
      .map((response) => {
        const type = response.responseType ?? '';
        return { id: type, name: type, ours: true, item: gatewayResponseOf(type, response) };
      });
  },

  async put(aws, { restApiId, name }, { statusCode, responseParameters, responseTemplates }) {
    await aws.apiGateway.send(
      new PutGatewayResponseCommand({
        restApiId,
        responseType: name as GatewayResponseType,
        ...(statusCode !== '' && { statusCode }),
        responseParameters: { ...responseParameters },
        responseTemplates: { ...responseTemplates },
      }),
    );
  },

  async remove(aws, restApiId, { id }) {
    await aws.apiGateway.send(new DeleteGatewayResponseCommand({ restApiId, responseType: id as GatewayResponseType }));
  },
};
