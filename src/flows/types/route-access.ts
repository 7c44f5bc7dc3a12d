// Who called, as an event tells it: the claims of a token, the context of a Lambda authorizer, the signer of a request.

import type { ApiDeclaration, Project, RouteDeclaration } from '../../project/project.ts';

/** The type of the part of `requestContext` that a route's auth fills in; nothing for a public route. */
export function accessType(project: Project, api: ApiDeclaration, route: RouteDeclaration): string | undefined {
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
    case 'lambda':
      if (api.type !== 'http') return 'Lambda.RestLambdaAccess';
      return isV2 ? 'Lambda.LambdaAccess' : 'Lambda.HttpLambdaAccessV1';
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
