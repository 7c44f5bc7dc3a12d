// What answers a route, and what is asked of a request before.

import type { Feature } from './table.ts';

const REST = 'e2e/features/rest-integrations.ts';
const HTTP = 'e2e/features/http.ts';
const SHAPES = 'e2e/rest-shapes.aws.test.ts';
const noFunctions = { lacks: 'no functions are run' };
const onBoth = (shown: string) => ({ ministack: shown, moto: shown });

export const answers: Readonly<Record<string, readonly Feature[]>> = {
  integrations: [
    {
      feature: 'Lambda proxy, payload 1.0',
      ...onBoth(
        `${HTTP}: takes the policies of an authorizer of the older format, and calls the function in the older format`,
      ),
      dev: 'gateway/http/events.test.ts: is null where 2.0 leaves out',
      refused: ['PAYLOAD_ON_REST'],
      docs: 'apigen-yml.md: payload format version',
    },
    {
      feature: 'Lambda proxy, payload 2.0',
      ministack:
        'e2e/main-job.aws.test.ts: serves it: a note is written and read back through its own least-privilege role',
      moto: `${HTTP}: takes the policies of an authorizer of the older format, and calls the function in the older format`,
      docs: 'apigen-yml.md: Default: 2.0',
    },
    {
      feature: 'Lambda without proxy, with mapping templates',
      ...onBoth(
        `${REST}: calls a function without proxy, with templates of request and answer, and an answer for a kind of error`,
      ),
      dev: 'api/function-mapping.test.ts: gives the function what its template makes of the request, and the client what another makes of the answer',
      refused: ['MAPPING_ON_WEBSOCKET'],
      docs: 'apis.md: template:',
    },
    {
      feature: 'mock',
      ministack: `${REST}: answers a mock with its status, body and headers`,
      moto: { lacks: 'PutRestApi takes no mock; by single calls: conformance of rest-definition' },
      refused: ['MOCK_ON_HTTP'],
      docs: 'apis.md: mock:',
    },
    {
      feature: 'HTTP_PROXY, REST',
      ministack: `${SHAPES}: passes the rest on to another website, and answers mocks by itself`,
      moto: `${SHAPES}: is planned again to nothing`,
      refused: ['INVALID_URL'],
      docs: 'apis.md: url:',
    },
    {
      feature: 'HTTP, REST',
      ...onBoth(`${REST}: calls a website without proxy, with parameters and headers mapped there and back`),
      docs: 'apigen-yml.md: `HTTP`',
    },
    {
      feature: 'HTTP_PROXY with parameter mapping, HTTP',
      ministack: `${HTTP}: maps parameters to a website and back`,
      moto: `${HTTP}: maps parameters to a website and back`,
      dev: 'gateway/http/mapping.test.ts: append, overwrite and remove headers, reading each from the request as it came',
      docs: 'apigen-yml.md: parameter mapping',
    },
    {
      feature: 'VPC link v1: NLB',
      ministack: { lacks: 'no VPC links' },
      moto: 'e2e/features/websocket.ts: reaches a private backend of a REST API through a link that it makes',
      refused: ['WRONG_VPC_LINK', 'UNKNOWN_VPC_LINK'],
      docs: 'apis.md: vpcLinks',
    },
    {
      feature: 'VPC link v2: ALB, NLB, Cloud Map, and one that stands',
      ministack: { lacks: 'no VPC links' },
      moto: `${HTTP}: reaches private backends through links that it makes, and one that stands`,
      refused: ['ARN_WITHOUT_VPC_LINK', 'URL_WITH_VPC_LINK', 'VPCLINK_ON_WEBSOCKET'],
      docs: 'apis.md: vpcLink',
    },
    {
      feature: 'any action of a service, REST, with a role of least privilege',
      ...onBoth(
        `${REST}: calls any service by action or path, short forms included, as a role that may do that and no more`,
      ),
      dev: 'api/services.test.ts: calls any action with JSON parameters',
      refused: ['MISSING_RESOURCES', 'INVALID_INTEGRATION'],
      docs: 'apis.md: StartExecution',
    },
    {
      feature: 'every subtype of HTTP APIs, with a role of least privilege',
      ...onBoth(`${HTTP}: calls every service that an HTTP API can call, as a role that may do that and no more`),
      refused: ['ACTION_ON_HTTP'],
      docs: 'apigen-yml.md: integration subtypes',
    },
    {
      feature: 'services, mocks and websites behind messages',
      ...onBoth(
        'e2e/features/websocket.ts: answers messages by a mock, a website and services, as a role that may do that and no more',
      ),
      docs: 'apigen-yml.md: Any action of any AWS service on REST and WebSocket APIs',
    },
    {
      feature: 'short form sqs',
      ministack: `${REST}: puts a part of the body into its queue, with attributes`,
      moto: `${REST}: calls any service by action or path, short forms included, as a role that may do that and no more`,
      refused: ['UNKNOWN_QUEUE'],
      docs: 'apis.md: sqs:',
    },
    {
      feature: 'short form sns',
      ...onBoth(
        `${REST}: calls any service by action or path, short forms included, as a role that may do that and no more`,
      ),
      dev: 'api/services.test.ts: publishes the body, whatever is in it, and answers the id',
      refused: ['SNS_ON_HTTP'],
      docs: 'apis.md: sns:',
    },
    {
      feature: 'short forms dynamodb get, put and query',
      ...onBoth(
        `${REST}: calls any service by action or path, short forms included, as a role that may do that and no more`,
      ),
      dev: 'api/services.test.ts: puts an item with the types of the model, and 409 where it may not replace',
      refused: ['DYNAMODB_ON_HTTP', 'MISSING_KEY'],
      docs: 'apigen-yml.md: Reads or writes the table of a model without a function',
    },
    {
      feature: 'topics and queues made by apigen',
      ...onBoth('e2e/features/functions.ts: has its topics and queues as declared'),
      docs: 'functions.md: ## Topics and queues',
    },
  ],
  validation: [
    {
      feature: 'parameters and bodies, REST',
      ministack: `${SHAPES}: checks parameters and bodies`,
      moto: `${SHAPES}: is planned again to nothing`,
      refused: ['BODY_ON_GET', 'PARAMETERS_ON_WEBSOCKET'],
      docs: 'apis.md: Invalid request body',
    },
    {
      feature: 'bodies by model: omit, pick, partial',
      ...onBoth(`${REST}: checks bodies by a schema, by a model without some attributes, and by some of them alone`),
      docs: 'apigen-yml.md: `omit`',
    },
    {
      feature: 'parameters and bodies, HTTP, by the bundle',
      ministack: `${HTTP}: checks bodies and parameters before the handler runs, and answers the rest by $default`,
      moto: noFunctions,
      refused: ['VALIDATION_WITHOUT_FUNCTION'],
      docs: 'apigen-yml.md: What the body must be',
    },
    {
      feature: 'bodies of messages',
      ministack: 'e2e/examples.aws.test.ts: is deployed, refuses a stranger, and goes again',
      moto: { lacks: 'models: conformance of websocket-definition on MiniStack' },
      refused: ['BODY_ON_CONNECT'],
      docs: 'apigen-yml.md: What the body must be',
    },
  ],
  caching: [
    {
      feature: 'size, ttl per method, key parameters, encryption, invalidation',
      ...onBoth(`${REST}: keeps answers as its cache says: size, time, keys, encryption, and who may refresh them`),
      refused: ['CACHE_ON_HTTP'],
      docs: 'apigen-yml.md: `invalidation`',
    },
    {
      feature: 'cache flush',
      ...onBoth(`${SHAPES}: says why a cache cannot be flushed, where there is none`),
      docs: 'apis.md: cache',
    },
  ],
};
