// Authorizers in the words of each type of API, and how routes refer to them.

import type { AuthorizerDeclaration, RequestPlace, RouteAuth } from '../project/project.ts';
import type { ApiContext } from './build-context.ts';
import type {
  HttpAuthorization,
  HttpAuthorizer,
  RestAuthorization,
  RestAuthorizer,
  WebSocketAuthorization,
  WebSocketAuthorizer,
} from './definition.ts';

/** The authorizers that the API's routes use, by name. */
function used({ project, api }: ApiContext): readonly AuthorizerDeclaration[] {
  const names = new Set(api.routes.flatMap(({ auth }) => (auth.type === 'authorizer' ? [auth.authorizer] : [])));
  return [...names].sort().flatMap((name) => project.authorizers?.[name] ?? []);
}

const typeOf = ({ project }: ApiContext, name: string): AuthorizerDeclaration['type'] | undefined =>
  project.authorizers?.[name]?.type;

const byName = <A>(entries: readonly (readonly [string, A])[]): Readonly<Record<string, A>> =>
  Object.fromEntries(entries);

/** `method.request.header.Authorization`, `$request.querystring.q`, `route.request.header.X`, `$context.…`. */
function identityOf({ place, name }: RequestPlace, side: 'method' | 'route' | '$'): string {
  const dollar = side === '$' ? '$' : '';
  if (place === 'context' || place === 'stageVariables') return `${dollar}${place}.${name}`;
  const where = place === 'query' ? 'querystring' : place;
  return side === '$' ? `$request.${where}.${name}` : `${side}.request.${where}.${name}`;
}

function poolArn({ project, place }: ApiContext, pool: string): string {
  if (pool.startsWith('arn:')) return pool;
  const region = pool.split('_')[0] ?? project.region;
  return `arn:${place.partition}:cognito-idp:${region}:${place.account}:userpool/${pool}`;
}

/**
 * `iss` of a user pool's tokens.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-verifying-a-jwt.html
 *
 * @param pool its id or ARN
 */
export function poolIssuer(partition: string, pool: string): string {
  const id = pool.split('/').at(-1) ?? pool;
  const suffix = partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
  return `https://cognito-idp.${id.split('_')[0]}.${suffix}/${id}`;
}

export function restAuthorizers(context: ApiContext): Readonly<Record<string, RestAuthorizer>> {
  return byName(
    used(context).flatMap((one): (readonly [string, RestAuthorizer])[] => {
      const identity = one.identity.map((place) => identityOf(place, 'method'));
      const [first = 'method.request.header.Authorization'] = identity;
      if (one.type === 'cognito') {
        const userPoolArns = one.userPools.map((pool) => poolArn(context, pool));
        const issuers = one.userPools.map((pool) => poolIssuer(context.place.partition, pool));
        return [[one.name, { type: 'COGNITO_USER_POOLS', identitySource: first, userPoolArns, issuers }]];
      }
      // `check` refuses JWT authorizers on REST APIs.
      if (one.type === 'jwt') return [];
      if (one.kind === 'request') {
        return [[one.name, { type: 'REQUEST', function: one.function, identitySource: identity, ttl: one.ttl }]];
      }
      return [
        [
          one.name,
          {
            type: 'TOKEN',
            function: one.function,
            identitySource: first,
            ...(one.pattern !== undefined && { identityValidationExpression: one.pattern }),
            ttl: one.ttl,
          },
        ],
      ];
    }),
  );
}

export function httpAuthorizers(context: ApiContext): Readonly<Record<string, HttpAuthorizer>> {
  return byName(
    used(context).map((one): readonly [string, HttpAuthorizer] => {
      const identity = one.identity.map((place) => identityOf(place, '$'));
      const identitySource = identity[0] ?? '$request.header.Authorization';
      if (one.type === 'jwt') {
        return [one.name, { type: 'JWT', identitySource, issuer: one.issuer, audience: one.audience }];
      }
      if (one.type === 'cognito') {
        const issuer = poolIssuer(context.place.partition, one.userPools[0] ?? '');
        return [one.name, { type: 'JWT', identitySource, issuer, audience: one.clients }];
      }
      return [
        one.name,
        {
          type: 'REQUEST',
          function: one.function,
          identitySource: identity,
          payloadFormatVersion: one.payload,
          simpleResponses: one.simpleResponses,
          ttl: one.ttl,
        },
      ];
    }),
  );
}

export function socketAuthorizers(context: ApiContext): Readonly<Record<string, WebSocketAuthorizer>> {
  return byName(
    used(context).flatMap((one): (readonly [string, WebSocketAuthorizer])[] => {
      // `check` refuses the others on WebSocket APIs, which keep no answers.
      if (one.type !== 'lambda') return [];
      const identitySource = one.identity.map((place) => identityOf(place, 'route'));
      return [[one.name, { type: 'REQUEST', function: one.function, identitySource, ttl: 0 }]];
    }),
  );
}

export function restAuthorization(context: ApiContext, auth: RouteAuth): RestAuthorization {
  if (auth.type === 'none') return { type: 'NONE' };
  if (auth.type === 'iam') return { type: 'AWS_IAM' };
  const { authorizer, scopes } = auth;
  if (typeOf(context, authorizer) !== 'cognito') return { type: 'CUSTOM', authorizer };
  return { type: 'COGNITO_USER_POOLS', authorizer, ...(scopes.length > 0 && { scopes }) };
}

export function httpAuthorization(context: ApiContext, auth: RouteAuth): HttpAuthorization {
  if (auth.type === 'none') return { type: 'NONE' };
  if (auth.type === 'iam') return { type: 'AWS_IAM' };
  const { authorizer, scopes } = auth;
  if (typeOf(context, authorizer) === 'lambda') return { type: 'CUSTOM', authorizer };
  return { type: 'JWT', authorizer, ...(scopes.length > 0 && { scopes }) };
}

export function socketAuthorization(auth: RouteAuth): WebSocketAuthorization {
  if (auth.type === 'authorizer') return { type: 'CUSTOM', authorizer: auth.authorizer };
  return { type: auth.type === 'iam' ? 'AWS_IAM' : 'NONE' };
}
