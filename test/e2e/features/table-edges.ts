// What surrounds the routes, and what can be seen of them.

import type { Feature } from './table.ts';

const REST = 'e2e/features/rest-integrations.ts';
const HTTP = 'e2e/features/http.ts';
const SHAPES = 'e2e/rest-shapes.aws.test.ts';
const HTTP_SHAPES = 'e2e/http-shapes.aws.test.ts';
const STAGE = `${SHAPES}: has the stage that was asked for`;
const onBoth = (shown: string) => ({ ministack: shown, moto: shown });

export const edges: Readonly<Record<string, readonly Feature[]>> = {
  edges: [
    {
      feature: 'CORS, REST',
      ministack: `${REST}: answers preflights, and lets bytes through both ways`,
      moto: { lacks: 'PutRestApi takes no mock' },
      refused: ['CORS_ON_WEBSOCKET'],
      docs: 'apigen-yml.md: ## `apis.{name}.cors`',
    },
    { feature: 'CORS, HTTP', ...onBoth(`${HTTP}: answers preflights by itself`), docs: 'apigen-yml.md: `maxAge`' },
    {
      feature: 'gateway responses',
      ministack: `${SHAPES}: asks the authorizer`,
      moto: `${SHAPES}: is planned again to nothing`,
      refused: ['RESPONSES_ON_HTTP'],
      docs: 'apigen-yml.md: gateway responses',
    },
    {
      feature: 'binary types',
      ministack: `${REST}: answers preflights, and lets bytes through both ways`,
      moto: { lacks: 'media types are dropped by PutRestApi; by single calls: conformance of rest-api' },
      refused: ['BINARY_ON_HTTP'],
      docs: 'apigen-yml.md: binaryMediaTypes',
    },
    {
      feature: 'compression',
      ...onBoth(`${SHAPES}: is planned again to nothing`),
      refused: ['COMPRESS_ON_HTTP'],
      docs: 'apigen-yml.md: minimumCompressionSize',
    },
    {
      feature: 'custom domain of a REST API, with base path',
      ...onBoth(
        'e2e/features/rest-access.ts: has an edge-optimized API with its domain and base path beside the regional one',
      ),
      refused: ['CERTIFICATE_REGION', 'NO_ENDPOINT', 'TLS_1_0'],
      docs: 'apis.md: ## Domains',
    },
    {
      feature: 'custom domain of an HTTP API, with base path',
      ministack: `${HTTP_SHAPES}: has its stage and the paths of its domain as declared`,
      moto: `${HTTP}: has its domain, whose clients must show certificates, and no other address`,
      docs: 'apigen-yml.md: `basePath`',
    },
    {
      feature: 'certificates of clients',
      ...onBoth(`${HTTP}: has its domain, whose clients must show certificates, and no other address`),
      refused: ['MUTUAL_TLS_ON_EDGE', 'MUTUAL_TLS_ON_WILDCARD'],
      docs: 'apigen-yml.md: `truststore`',
    },
    {
      feature: 'stage variables',
      ministack:
        'e2e/features/rest-access.ts: lets its authorizer of a token decide, by a pattern first, and keeps the answer for its ttl',
      moto: STAGE,
      docs: 'apigen-yml.md: Stage variables',
    },
    {
      feature: 'descriptions of APIs',
      ...onBoth('e2e/features/websocket.ts: asks who connects for a signature, and logs what it does'),
      docs: 'apigen-yml.md: Shown in the AWS console',
    },
    { feature: 'tags', ...onBoth(STAGE), docs: 'apigen-yml.md: `tags`' },
  ],
  observability: [
    {
      feature: 'access logs as JSON',
      ...onBoth(STAGE),
      refused: ['LOG_WITHOUT_ID'],
      docs: 'apigen-yml.md: One line for each request',
    },
    {
      feature: 'execution logs with whole requests',
      ...onBoth(`${REST}: keeps answers as its cache says: size, time, keys, encryption, and who may refresh them`),
      refused: ['EXECUTION_LOG_ON_HTTP'],
      docs: 'apigen-yml.md: loggingLevel',
    },
    {
      feature: 'detailed metrics',
      ministack: `${HTTP_SHAPES}: has its stage and the paths of its domain as declared`,
      moto: STAGE,
      docs: 'apigen-yml.md: detailed metrics',
    },
    { feature: 'X-Ray on stages', ...onBoth(STAGE), refused: ['TRACING_ON_HTTP'], docs: 'apis.md: tracing: true' },
    {
      feature: 'X-Ray on functions',
      ...onBoth('e2e/features/functions.ts: has a function with every setting of functions'),
      docs: 'apigen-yml.md: tracing mode Active',
    },
    {
      feature: 'alarms of REST APIs and their functions',
      ...onBoth(
        'e2e/features/functions.ts: has alarms of its API and functions, each by the dimensions that AWS measures, told to its topic',
      ),
      refused: ['UNKNOWN_TOPIC', 'LATENCY_ON_WEBSOCKET'],
      docs: 'apis.md: alarms:',
    },
    {
      feature: 'alarms of HTTP and WebSocket APIs: default',
      ...onBoth('e2e/features/websocket.ts: has alarms by the dimensions that AWS measures'),
      docs: 'functions.md: alarms: default',
    },
    {
      feature: "the account's role for logs",
      ...onBoth(`${SHAPES}: is planned with the role for logs named, if the account has none, and deployed`),
      docs: 'deploy.md: role',
    },
  ],
};
