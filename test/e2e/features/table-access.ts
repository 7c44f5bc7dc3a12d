// Types of APIs, who may call them, plans and keys.

import type { Feature } from './table.ts';

const REST = 'e2e/features/rest-access.ts';
const HTTP = 'e2e/features/http.ts';
const SHAPES = 'e2e/rest-shapes.aws.test.ts';
const CHAT = 'e2e/chat.aws.test.ts';
const DEPLOYED = 'e2e/features.aws.test.ts: is planned, with every public route named, and deployed';
const BOTH = 'e2e/features-http.aws.test.ts: is deployed, and planned again to nothing';

/** The same test on both emulators. */
const onBoth = (shown: string) => ({ ministack: shown, moto: shown });

export const access: Readonly<Record<string, readonly Feature[]>> = {
  types: [
    {
      feature: 'REST, regional',
      ...onBoth(`${SHAPES}: has the stage that was asked for`),
      docs: 'apigen-yml.md: `regional`',
    },
    {
      feature: 'REST, edge-optimized',
      ...onBoth(`${REST}: has an edge-optimized API with its domain and base path beside the regional one`),
      refused: ['ENDPOINT_ON_HTTP', 'CERTIFICATE_REGION', 'VPC_LINK_ON_EDGE'],
      docs: 'apigen-yml.md: `edge`',
    },
    {
      feature: 'HTTP',
      ministack: 'e2e/http-shapes.aws.test.ts: reaches the backend',
      moto: BOTH,
      docs: 'apis.md: type: http',
    },
    {
      feature: 'WebSocket with route responses',
      ministack: `${CHAT}: answers on the socket, and sends through the connections of the API with what the authorizer said`,
      moto: BOTH,
      refused: ['RESPOND_ON_CONNECT', 'RESPOND_ON_REST', 'SELECT_ON_REST', 'INVALID_SELECT'],
      docs: 'apis.md: ## WebSocket',
    },
    {
      feature: 'WebSocket, @connections',
      ministack: `${CHAT}: gives the sender alone the right to manage connections, on that stage alone`,
      moto: { lacks: 'no data plane' },
      docs: 'apis.md: chat: manage',
    },
    { feature: 'several APIs in one project', ...onBoth(DEPLOYED), docs: 'deploy.md: API' },
  ],
  auth: [
    {
      feature: 'none, said aloud and named by plan',
      ministack: 'e2e/http-shapes.aws.test.ts: is planned with its public routes named, and deployed',
      moto: DEPLOYED,
      docs: 'apigen-yml.md: `none` is public',
    },
    {
      feature: 'IAM, and Cognito identity pools by it',
      ...onBoth(`${REST}: takes requests signed with credentials of an identity pool`),
      dev: 'gateway/authorizers/sigv4.test.ts: gives the signature of the worked example in the IAM user guide',
      refused: ['AUTH_ON_MESSAGE'],
      docs: 'apis.md: identity pool',
    },
    {
      feature: 'Cognito user pools with scopes, REST',
      ...onBoth(`${REST}: asks tokens of its user pool for one of the scopes`),
      refused: ['INVALID_USER_POOL', 'COGNITO_ON_WEBSOCKET'],
      docs: 'apis.md: cognito',
    },
    {
      feature: 'Cognito user pools and JWT issuers with scopes, HTTP',
      ...onBoth(`${HTTP}: asks tokens of an issuer, and of a user pool, for one of the scopes`),
      refused: ['MISSING_CLIENTS', 'JWT_ON_REST', 'JWT_ON_WEBSOCKET'],
      docs: 'apis.md: jwt',
    },
    {
      feature: 'Lambda TOKEN with pattern and ttl',
      ...onBoth(`${REST}: lets its authorizer of a token decide, by a pattern first, and keeps the answer for its ttl`),
      refused: ['TOKEN_ON_HTTP', 'TOKEN_ON_WEBSOCKET'],
      docs: 'apigen-yml.md: identityValidationExpression',
    },
    {
      feature: 'Lambda REQUEST with identity sources',
      ...onBoth(`${REST}: lets its authorizer of a whole request decide, with all of its identity sources`),
      refused: ['INVALID_IDENTITY', 'TTL_WITHOUT_IDENTITY', 'AUTHORIZER_TIMEOUT', 'TOO_MANY_AUTHORIZERS'],
      docs: 'apigen-yml.md: `identity`',
    },
    {
      feature: 'simple responses',
      ...onBoth(`${HTTP}: takes the simple answers of an authorizer, with what it says of the caller`),
      docs: 'apigen-yml.md: `simple`',
    },
    {
      feature: 'IAM responses, payload 1.0',
      ...onBoth(
        `${HTTP}: takes the policies of an authorizer of the older format, and calls the function in the older format`,
      ),
      docs: 'apigen-yml.md: `policy`',
    },
    {
      feature: 'WebSocket: a Lambda authorizer on $connect',
      ministack: `${CHAT}: lets in who the authorizer lets in`,
      moto: BOTH,
      docs: 'apis.md: functions on `$connect`',
    },
    {
      feature: 'default per API, override per route',
      ...onBoth(DEPLOYED),
      docs: 'apigen-yml.md: The default of its routes',
    },
    {
      feature: 'resource policies',
      ...onBoth('e2e/features/rest-integrations.ts: is denied by its resource policy from elsewhere'),
      refused: ['POLICY_ON_HTTP', 'POLICY_TOO_LONG'],
      docs: 'apigen-yml.md: Resource policy',
    },
  ],
  plans: [
    {
      feature: 'API keys: made, listed, rotated, removed',
      ...onBoth(`${SHAPES}: makes, lists, rotates and removes keys, and shows a value only where it is asked for`),
      refused: ['KEY_ON_HTTP', 'KEY_WITHOUT_PLAN'],
      docs: 'apis.md: apigen keys',
    },
    {
      feature: 'a key lets in',
      ministack: `${SHAPES}: lets a key in, and nobody without one`,
      moto: { lacks: 'no data plane' },
      docs: 'apis.md: key: required',
    },
    {
      feature: 'keys from an authorizer',
      ...onBoth('e2e/features/rest-integrations.ts: takes API keys from an authorizer, which reads a table'),
      refused: ['KEYSOURCE_ON_HTTP', 'KEY_WITHOUT_AUTHORIZER'],
      docs: 'apigen-yml.md: `keySource`',
    },
    {
      feature: 'rate, burst and quota of a plan, and of single routes in it',
      ministack: 'e2e/features/rest-integrations.ts: limits one route of a plan below the others',
      moto: { lacks: 'a plan that limits a route cannot be taken away again; plans without: rest-shapes' },
      refused: ['PLANS_ON_HTTP', 'UNKNOWN_ROUTE'],
      docs: 'apigen-yml.md: Limits of single routes within the plan',
    },
    {
      feature: 'throttles of the stage, REST',
      ...onBoth(`${SHAPES}: has the stage that was asked for`),
      docs: 'apigen-yml.md: `throttle`',
    },
    {
      feature: 'throttles of the stage and of routes, HTTP',
      ministack: 'e2e/http-shapes.aws.test.ts: has its stage and the paths of its domain as declared',
      moto: BOTH,
      docs: 'apigen-yml.md: Limits of this route',
    },
  ],
};
