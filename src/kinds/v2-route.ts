// A route of an HTTP or WebSocket API as props, and its translation from and to API Gateway's shapes. It names its
// integration and authorizer by their keys in the definition, never by ids that AWS mints.

import type { CreateRouteCommandInput, Route } from '@aws-sdk/client-apigatewayv2';
import { whateverKey } from './v2-protocol.ts';
import { asWanted } from './v2-spelling.ts';

export interface V2RouteProps {
  readonly authorizationType: string;
  /** By its name in the definition; empty: none. */
  readonly authorizer: string;
  /** One of them must be in the token. */
  readonly scopes: readonly string[];
  /** Key of its integration. */
  readonly integration: string;
  /** Of WebSocket APIs: the model that messages must match; empty: none. */
  readonly requestModel: string;
  /** Of WebSocket APIs: whether what comes back is sent to the client. */
  readonly responds: boolean;
}

/** A route that anybody may call. */
export const openRoute = (integration: string): V2RouteProps => ({
  authorizationType: 'NONE',
  authorizer: '',
  scopes: [],
  integration,
  requestModel: '',
  responds: false,
});

/** How a route's ids are said by name, and the other way round. */
export interface RouteNames {
  readonly integration: string | undefined;
  readonly authorizer: string | undefined;
}

export function routeFrom(
  route: Route,
  names: RouteNames,
  responds: boolean,
  wanted: V2RouteProps | undefined,
): V2RouteProps {
  return {
    authorizationType: route.AuthorizationType ?? 'NONE',
    // An authorizer that somebody else made reads as one that differs from any of ours.
    authorizer: names.authorizer ?? route.AuthorizerId ?? '',
    scopes: asWanted(route.AuthorizationScopes ?? [], wanted?.scopes),
    integration: names.integration ?? '',
    requestModel: modelOf(route),
    responds,
  };
}

/** Other selections than the one that apigen writes read as a text that no model's name equals. */
function modelOf({ RequestModels, ModelSelectionExpression }: Route): string {
  const [first, ...others] = Object.entries(RequestModels ?? {});
  if (!first) return '';
  const isPlain = others.length === 0 && first[0] === whateverKey && ModelSelectionExpression === whateverKey;
  return isPlain ? first[1] : JSON.stringify([ModelSelectionExpression ?? '', RequestModels]);
}

/** The same fields in a creation and an update; what is empty is left out. */
export function routeInput(
  ApiId: string,
  RouteKey: string,
  props: V2RouteProps,
  ids: { readonly integration: string; readonly authorizer: string },
): CreateRouteCommandInput {
  return {
    ApiId,
    RouteKey,
    AuthorizationType: props.authorizationType as 'NONE',
    ...(ids.authorizer && { AuthorizerId: ids.authorizer }),
    ...(props.scopes.length > 0 && { AuthorizationScopes: [...props.scopes] }),
    ...(props.requestModel && {
      ModelSelectionExpression: whateverKey,
      RequestModels: { [whateverKey]: props.requestModel },
    }),
    ...(props.responds && { RouteResponseSelectionExpression: whateverKey }),
    Target: `integrations/${ids.integration}`,
  };
}
