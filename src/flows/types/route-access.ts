// Who called, as an event tells it: the claims of a token, the context of a Lambda authorizer, the signer of a request.

import { memberType } from '../../models/types/type-text.ts';
import type { ApiDeclaration, RouteDeclaration } from '../../project/project.ts';
import { authorizerContexts } from './authorizer-contexts.ts';
import type { StageView } from './stage-view.ts';

/** The type of the part of `requestContext` that a route's auth fills in; nothing for a public route. */
export function accessType(view: StageView, api: ApiDeclaration, route: RouteDeclaration): string | undefined {
  const { project } = view;
  const { auth } = api.type === 'websocket' ? (connectRoute(api) ?? route) : route;
  if (auth.type === 'none') return undefined;
  const isV2 = api.type === 'http' && route.payload !== '1.0';
  if (auth.type === 'iam') return isV2 ? 'Lambda.IamAccess' : 'Lambda.RestIamAccess';
  const authorizer = project.authorizers?.[auth.authorizer];
  switch (authorizer?.type) {
    case 'jwt':
      return isV2 ? 'Lambda.JwtAccess' : 'Lambda.RestClaimsAccess';
    case 'cognito': {
      const claims = cognitoClaims(api, auth.scopes.length > 0);
      return `${isV2 ? 'Lambda.JwtAccess' : 'Lambda.RestClaimsAccess'}<${claims}>`;
    }
    case 'lambda': {
      const isKnown = authorizerContexts(view).some(({ name }) => name === authorizer.name);
      const context = isKnown ? `<${memberType('AuthorizerContexts', authorizer.name)}>` : '';
      if (api.type === 'http') return isV2 ? `Lambda.LambdaAccess${context}` : 'Lambda.HttpLambdaAccessV1';
      return `Lambda.RestLambdaAccess${context}`;
    }
    case undefined:
      return undefined;
  }
}

/** Scopes stand in access tokens alone; without any, REST APIs take ID tokens and HTTP APIs either. */
function cognitoClaims(api: ApiDeclaration, hasScopes: boolean): string {
  if (hasScopes) return 'Lambda.CognitoAccessClaims';
  return api.type === 'rest' ? 'Lambda.CognitoIdClaims' : 'Lambda.CognitoIdClaims | Lambda.CognitoAccessClaims';
}

/** A WebSocket API asks once, when a client connects; every later event says who it was. */
function connectRoute(api: ApiDeclaration): RouteDeclaration | undefined {
  return api.routes.find(({ key }) => key === '$connect');
}
