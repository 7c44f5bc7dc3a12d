// A route of an HTTP API and the integration it leads to as props, and their translation from API Gateway's shapes.
// Defaults that AWS fills in (30 s, payload 1.0) are normalised here and nowhere else.

import type { Integration, Route } from '@aws-sdk/client-apigatewayv2';

export interface HttpIntegrationProps {
  readonly type: string;
  readonly uri: string;
  readonly payloadFormatVersion: string;
  readonly timeoutInMillis: number;
}

export interface HttpRouteProps {
  readonly authorizationType: string;
  /** Key of its integration. */
  readonly integration: string;
}

/** AWS's default and largest integration timeout of HTTP APIs, in ms. */
export const httpTimeoutMs = 30_000;

export const integrationFrom = (item: Integration): HttpIntegrationProps => ({
  type: item.IntegrationType ?? '',
  uri: item.IntegrationUri ?? '',
  payloadFormatVersion: item.PayloadFormatVersion ?? '1.0',
  timeoutInMillis: item.TimeoutInMillis ?? httpTimeoutMs,
});

export const integrationInput = (props: HttpIntegrationProps) => ({
  IntegrationType: props.type as 'AWS_PROXY',
  IntegrationUri: props.uri,
  PayloadFormatVersion: props.payloadFormatVersion,
  TimeoutInMillis: props.timeoutInMillis,
});

export const routeFrom = (route: Route, integration: string | undefined): HttpRouteProps => ({
  authorizationType: route.AuthorizationType ?? 'NONE',
  integration: integration ?? '',
});
