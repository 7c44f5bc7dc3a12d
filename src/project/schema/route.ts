// One route of an API: what answers it, who may call it, what is asked of a request, and the settings of its function.

import * as z from 'zod';
import { SCOPES_PER_ROUTE } from '../limits.ts';
import { access } from './access.ts';
import { functionSettings } from './function-settings.ts';
import { handler } from './handler.ts';
import { aws, dynamodb, mapping, mock, sns, sqs, url } from './integration.ts';
import { body, parameters, routeCache } from './request-rules.ts';
import { rule } from './rule.ts';
import { throttle } from './throttle.ts';

const scopes = z
  .array(z.string().min(1))
  .min(1, { error: 'is empty: write the name of the authorizer alone' })
  .max(SCOPES_PER_ROUTE, {
    error: `has more than ${SCOPES_PER_ROUTE} scopes, AWS's limit for a route: give tokens one scope that stands for several`,
  });

/** Who may call: `none` is public. */
export const auth = z
  .union([
    z.string().min(1, { error: 'is empty: write none, iam or the name of an authorizer' }),
    rule(z.record(z.string(), scopes), (entry) =>
      Object.keys(entry).length === 1
        ? undefined
        : {
            code: 'INVALID_AUTH',
            message: 'names more than one authorizer; a route has one',
            hint: 'Write { name: [scope] }.',
          },
    ),
  ])
  .describe(
    'Who may call: `none` (anyone on the internet), `iam` (requests signed with AWS credentials), the name of an authorizer of `auth:`, or `{ name: [scopes] }`.',
  );

const settings = z.strictObject({
  handler: handler.exactOptional(),
  url: url.exactOptional(),
  mock: mock.exactOptional(),
  sns: sns.exactOptional(),
  sqs: sqs.exactOptional(),
  dynamodb: dynamodb.exactOptional(),
  aws: aws.exactOptional(),
  auth: auth.exactOptional(),
  access: access.exactOptional(),
  body: body.exactOptional(),
  parameters: parameters.exactOptional(),
  key: z
    .enum(['required', 'none'])
    .describe('Whether callers need an API key of one of the plans. REST APIs. Default: none.')
    .exactOptional(),
  cache: routeCache.exactOptional(),
  throttle: throttle.describe('Limits of this route, in place of those that the API says for all.').exactOptional(),
  mapping: mapping.exactOptional(),
  payload: z
    .enum(['1.0', '2.0'])
    .describe("The format of the function's event on HTTP APIs (AWS: payload format version). Default: 2.0.")
    .exactOptional(),
  vpcLink: z.string().describe('A link of `vpcLinks:` by which `url` is reached.').exactOptional(),
  tlsName: z
    .string()
    .describe(
      'The name in the certificate of a private `url` on HTTP APIs (AWS: serverNameToVerify); the link then speaks HTTPS.',
    )
    .exactOptional(),
  method: z
    .enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'ANY'])
    .describe("The method towards `url`. Default: the route's own; POST on WebSocket APIs.")
    .exactOptional(),
  respond: z
    .boolean({ error: 'must be true or false' })
    .describe(
      "WebSocket: what the route's function or backend returns is sent back to the caller (AWS: route response). Default: false.",
    )
    .exactOptional(),
  ...functionSettings,
});

/** A bare string is its handler. Which keys go together is checked once the API's type is known. */
export const route = z.union([handler, settings]);

/** One route as written, short form expanded. */
export type RouteEntry = z.infer<typeof settings>;
/** `auth:` as written. */
export type AuthEntry = z.infer<typeof auth>;
