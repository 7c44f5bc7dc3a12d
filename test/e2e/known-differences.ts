// Where dev and MiniStack differ, and what says that dev's is AWS's way.

export interface KnownDifference {
  readonly api: 'http' | 'rest';
  /** Of the lines of `side-by-side.ts`. */
  readonly at: RegExp;
  /** AWS's documentation, or a recorded case by its id. */
  readonly source: string;
}

const GUIDE = 'https://docs.aws.amazon.com/apigateway/latest/developerguide/';
const LAMBDA = `${GUIDE}http-api-develop-integrations-lambda.html`;

export const KNOWN: readonly KnownDifference[] = [
  { api: 'http', at: /: event\.headers\.(connection|content-length): /, source: `${LAMBDA} (samples of format 2.0)` },
  { api: 'http', at: /: event\.pathParameters: nothing here, null there$/, source: `${LAMBDA} (absent, not null)` },
  { api: 'http', at: /^cookies: event\.(cookies\.\d|headers\.cookie): /, source: 'http-event-cookies-split-out' },
  {
    api: 'http',
    at: /^(fails in time|returns throws): (status: 500 here, 502 there|body: \{"message":"Internal Server Error"\} here)/,
    source: 'http-auth-throws; https://repost.aws/knowledge-center/api-gateway-http-api-500-error',
  },
  {
    api: 'http',
    at: /^returns (empty|moved): answer\.content-type: text\/plain; charset=utf-8 here, application\/json there$/,
    source: `${LAMBDA} (application/json is inferred only without a statusCode)`,
  },
  {
    api: 'http',
    at: /^returns malformed: (answer\.content-type|body): /,
    source: `${LAMBDA} (an error is a JSON document)`,
  },
  {
    api: 'rest',
    at: /: event\.(headers|multiValueHeaders)\.(connection|content-length)(\.0)?: /,
    source: 'rest-proxy-event-dropped-headers',
  },
  {
    api: 'rest',
    at: /: event\.(headers|multiValueHeaders)\.(accept|cookie|content-type|user-agent|x-mixed-case)(\.0)?: /i,
    source: 'rest-proxy-event-exact-keys (header names keep their case)',
  },
  { api: 'rest', at: /: event\.requestContext\.identity\.\w+: null here, /, source: 'rest-proxy-event-exact-keys' },
  { api: 'rest', at: /: event\.version: nothing here, "1\.0" there$/, source: 'rest-proxy-event-exact-keys' },
  {
    api: 'rest',
    at: /^repeated query: event\.queryStringParameters\.a: "2" here, /,
    source: 'rest-proxy-event-multi-values',
  },
  {
    api: 'rest',
    at: /^parameter encoded: event\.(path|pathParameters\.id|requestContext\.path): ".*a%20b" here, /,
    source: 'rest-proxy-event-path-path-encoded-email',
  },
  {
    api: 'rest',
    at: /^(fails in time|returns (throws|malformed|plain|text)): answer\.x-amzn-errortype: InternalServerErrorException here, /,
    source: 'rest-gwresp-default-5xx-on-502',
  },
  {
    api: 'rest',
    at: /^(fails in time|returns throws): body: \{"message":"Internal server error"\} here, /,
    source: 'rest-proxy-response-function-throws',
  },
  {
    api: 'rest',
    at: /^returns (malformed|plain|text): (status: 502|answer\.content-type: application\/json|body: \{"message":"Internal server error"\}) here, /,
    source: `rest-proxy-response-bare-string; ${GUIDE}set-up-lambda-proxy-integrations.html (a malformed answer is a 502)`,
  },
];
