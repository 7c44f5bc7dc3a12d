// An integration of an HTTP or WebSocket API as props, and its translation from and to API Gateway's shapes. Defaults
// that AWS fills in are normalised here and nowhere else.

import type { CreateIntegrationCommandInput, Integration, IntegrationResponse } from '@aws-sdk/client-apigatewayv2';
import { defaultTimeoutMs, keyPrefix, type V2Protocol } from './v2-protocol.ts';
import type { StringMap } from './v2-spelling.ts';

export interface V2IntegrationProps {
  readonly type: string;
  /** What is called: a function, a URL, a listener. Empty for mocks and for subtypes. */
  readonly uri: string;
  /** Towards HTTP backends and AWS services; empty where API Gateway itself says which. */
  readonly method: string;
  /** `SQS-SendMessage`, …: an AWS service's action behind an HTTP API. */
  readonly subtype: string;
  /** ARN of the role that calls an AWS service. */
  readonly credentials: string;
  /** Id of the VPC link; empty: by the internet. */
  readonly connectionId: string;
  /** The name in the certificate of a private target that is called by HTTPS. */
  readonly tlsServerName: string;
  /** Of HTTP APIs; empty for WebSocket APIs, which have one payload. */
  readonly payloadFormatVersion: string;
  readonly timeoutInMillis: number;
  readonly requestParameters: StringMap;
  /** By status. */
  readonly responseParameters: Readonly<Record<string, StringMap>>;
  readonly requestTemplates: StringMap;
  readonly templateSelectionExpression: string;
  /** Of WebSocket APIs where the message is mapped; empty elsewhere. */
  readonly passthroughBehavior: string;
  /** By key: what comes back from a WebSocket API's mapped integrations. */
  readonly responses: Readonly<Record<string, V2IntegrationResponseProps>>;
}

export interface V2IntegrationResponseProps {
  readonly responseTemplates: StringMap;
  readonly templateSelectionExpression: string;
}

/** What an integration is where nothing else is said of it. */
export const plainIntegration = (protocol: V2Protocol): Omit<V2IntegrationProps, 'type'> => ({
  uri: '',
  method: '',
  subtype: '',
  credentials: '',
  connectionId: '',
  tlsServerName: '',
  payloadFormatVersion: protocol === 'HTTP' ? '1.0' : '',
  timeoutInMillis: defaultTimeoutMs[protocol],
  requestParameters: {},
  responseParameters: {},
  requestTemplates: {},
  templateSelectionExpression: '',
  passthroughBehavior: '',
  responses: {},
});

/** Whether messages are mapped to the backend and its answers back: such integrations have responses of their own. */
export const isMapped = (type: string): boolean => type === 'AWS' || type === 'MOCK' || type === 'HTTP';

export function integrationFrom(
  item: Integration,
  responses: readonly IntegrationResponse[],
  protocol: V2Protocol,
): V2IntegrationProps {
  const type = item.IntegrationType ?? '';
  const mapped = protocol === 'WEBSOCKET' && isMapped(type);
  return {
    type,
    uri: item.IntegrationUri ?? '',
    method: type === 'HTTP_PROXY' || type === 'HTTP' || type === 'AWS' ? (item.IntegrationMethod ?? '') : '',
    subtype: item.IntegrationSubtype ?? '',
    credentials: item.CredentialsArn ?? '',
    connectionId: item.ConnectionId ?? '',
    tlsServerName: item.TlsConfig?.ServerNameToVerify ?? '',
    payloadFormatVersion: protocol === 'HTTP' ? (item.PayloadFormatVersion ?? '1.0') : '',
    timeoutInMillis: item.TimeoutInMillis ?? defaultTimeoutMs[protocol],
    requestParameters: item.RequestParameters ?? {},
    responseParameters: item.ResponseParameters ?? {},
    requestTemplates: item.RequestTemplates ?? {},
    templateSelectionExpression: item.TemplateSelectionExpression ?? '',
    passthroughBehavior: mapped ? (item.PassthroughBehavior ?? 'WHEN_NO_MATCH') : '',
    responses: Object.fromEntries(
      responses.map((response) => [
        response.IntegrationResponseKey ?? '',
        {
          responseTemplates: response.ResponseTemplates ?? {},
          templateSelectionExpression: response.TemplateSelectionExpression ?? '',
        },
      ]),
    ),
  };
}

/** The same fields in a creation and an update; what is empty is left out. */
export function integrationInput(
  ApiId: string,
  key: string,
  props: V2IntegrationProps,
  protocol: V2Protocol,
): CreateIntegrationCommandInput {
  const filled = (map: object): boolean => Object.keys(map).length > 0;
  // A function is called by POST whatever the client's method is; HTTP APIs say so themselves.
  const method = props.method || (protocol === 'WEBSOCKET' && props.type === 'AWS_PROXY' ? 'POST' : '');
  return {
    ApiId,
    Description: keyPrefix + key,
    IntegrationType: props.type as 'AWS_PROXY',
    ...(props.uri && { IntegrationUri: props.uri }),
    ...(method && { IntegrationMethod: method }),
    ...(props.subtype && { IntegrationSubtype: props.subtype }),
    ...(props.credentials && { CredentialsArn: props.credentials }),
    ...(props.connectionId && { ConnectionType: 'VPC_LINK', ConnectionId: props.connectionId }),
    ...(props.tlsServerName && { TlsConfig: { ServerNameToVerify: props.tlsServerName } }),
    ...(props.payloadFormatVersion && { PayloadFormatVersion: props.payloadFormatVersion }),
    TimeoutInMillis: props.timeoutInMillis,
    ...(filled(props.requestParameters) && { RequestParameters: { ...props.requestParameters } }),
    ...(filled(props.responseParameters) && { ResponseParameters: { ...props.responseParameters } }),
    ...(filled(props.requestTemplates) && { RequestTemplates: { ...props.requestTemplates } }),
    ...(props.templateSelectionExpression && { TemplateSelectionExpression: props.templateSelectionExpression }),
    ...(props.passthroughBehavior && { PassthroughBehavior: props.passthroughBehavior as 'NEVER' }),
  };
}
