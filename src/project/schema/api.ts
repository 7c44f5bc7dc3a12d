// `apis:`: API Gateway APIs with their routes.

import * as z from 'zod';
import { COMPRESSION_BYTES, NAME_LENGTHS, STAGE_VARIABLES } from '../limits.ts';
import { domain, gatewayResponses, policy } from './api-edges.ts';
import { alarms, apiCache, logs, plans } from './api-settings.ts';
import { cors } from './cors.ts';
import { auth, route } from './route.ts';
import { LOWER_CASE_NAME, type NameRule, nameOf, rule, wholeNumber } from './rule.ts';
import { tags } from './tags.ts';
import { throttle } from './throttle.ts';

/** What an API may be called. */
export const API_NAME: NameRule = { ...LOWER_CASE_NAME, length: NAME_LENGTHS.api };

const variableName = rule(z.string(), (name) =>
  /^[A-Za-z0-9_]+$/.test(name) && name.length <= STAGE_VARIABLES.nameLength
    ? undefined
    : { message: `must be letters, digits and _, at most ${STAGE_VARIABLES.nameLength}` },
);

const variableValue = rule(z.string(), (value) =>
  /^[A-Za-z0-9\-._~:/?#&=,]*$/.test(value) && value.length <= STAGE_VARIABLES.valueLength
    ? undefined
    : { message: `may hold letters, digits and -._~:/?#&=, only, at most ${STAGE_VARIABLES.valueLength}` },
);

const variables = rule(z.record(variableName, variableValue), (all) =>
  Object.keys(all).length > STAGE_VARIABLES.count
    ? { message: `has more than ${STAGE_VARIABLES.count} variables, AWS's limit` }
    : undefined,
).describe('Stage variables of API Gateway. For values that functions read, use `environment`.');

const select = rule(z.string(), (value) =>
  /^\$request\.(?:body|header|query|querystring)\.[\w.[\]-]+$/.test(value) ||
  /^(?:\$\{[\w.[\]-]+\}[^${}]*)+$/.test(value)
    ? undefined
    : {
        code: 'INVALID_SELECT',
        message: 'must be a part of the message, as $request.body.action',
        hint: 'Write $request.body.action.',
      },
);

const mediaType = rule(z.string(), (value) =>
  /^[\w.+-]+\/[\w.+*-]+$|^\*\/\*$/.test(value) ? undefined : { message: 'must be a media type: image/png, or */*' },
);

const yesOrNo = (text: string) => z.boolean({ error: 'must be true or false' }).describe(text).exactOptional();

const api = z.strictObject({
  type: z
    .enum(['rest', 'http', 'websocket'])
    .describe(
      '`http`: cheaper and faster, right for most. `rest`: validates, caches, answers by itself, has keys and plans. `websocket`: messages both ways.',
    ),
  description: z
    .string()
    .max(1024, { error: 'is longer than 1,024 characters' })
    .describe('Shown in the AWS console.')
    .exactOptional(),
  auth: auth
    .describe(
      'The default of its routes: `none`, `iam`, an authorizer of `auth:`, or `{ name: [scopes] }`. It must be said aloud, here or on every route; of a WebSocket API for `$connect` alone.',
    )
    .exactOptional(),
  select: select
    .describe(
      'WebSocket: what of a message names its route (AWS: route selection expression). Default: `$request.body.action`.',
    )
    .exactOptional(),
  endpoint: z
    .enum(['regional', 'edge'])
    .describe(
      'REST: `edge` answers through CloudFront, near to callers all over the world (AWS: endpoint type). Default: regional.',
    )
    .exactOptional(),
  defaultEndpoint: yesOrNo(
    'Whether the address of AWS (execute-api) works beside `domain` (AWS: disableExecuteApiEndpoint). Default: true.',
  ),
  domain: domain.exactOptional(),
  cors: cors.exactOptional(),
  throttle: throttle
    .describe(
      "Limits of each route that has none of its own (AWS: default method or route throttling). The account's own limits hold besides.",
    )
    .exactOptional(),
  plans: plans.exactOptional(),
  keySource: z
    .enum(['header', 'authorizer'])
    .describe(
      'REST: where the API key comes from: the header `x-api-key`, or the Lambda authorizer (`usageIdentifierKey`). Default: header.',
    )
    .exactOptional(),
  policy: policy.exactOptional(),
  binary: z
    .array(mediaType)
    .min(1)
    .describe('REST: media types that are bytes, not text (AWS: binaryMediaTypes).')
    .exactOptional(),
  compress: wholeNumber(COMPRESSION_BYTES, 'bytes')
    .describe('REST: answers from this size on are compressed for clients that ask (AWS: minimumCompressionSize).')
    .exactOptional(),
  responses: gatewayResponses.exactOptional(),
  cache: apiCache.exactOptional(),
  logs: logs.exactOptional(),
  metrics: yesOrNo('Metrics for each route, at a price (AWS: detailed metrics). Default: false.'),
  tracing: yesOrNo('REST: X-Ray traces of the stage. For functions, `tracing` of theirs. Default: false.'),
  alarms: alarms.exactOptional(),
  tags: tags.describe('Added to this API, beside those of the project.').exactOptional(),
  variables: variables.exactOptional(),
  routes: z
    .record(z.string(), route)
    .describe(
      'By `METHOD /path`: `GET /products/{id}`, `ANY /files/{path+}`; `$default` answers the rest of an HTTP API. Of a WebSocket API: `$connect`, `$disconnect`, `$default` and values of `select`.',
    ),
});

/** `apis:` by name. */
export const apis = z.record(nameOf(API_NAME), api).describe('APIs of API Gateway, by name.');

/** One API as written. */
export type ApiEntry = z.infer<typeof api>;
/** The types of API. */
export type ApiType = ApiEntry['type'];
