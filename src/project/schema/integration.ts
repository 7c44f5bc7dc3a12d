// What answers a route where no function does: an HTTP backend, a fixed answer, an AWS service, and the mapping
// between. Which type of API takes what is checked once the type is known.

import * as z from 'zod';
import { expressionJson, expressionText } from './expression.ts';
import { type Fault, rule } from './rule.ts';

const statusError = 'must be an HTTP status from 200 to 599';

/** An HTTP status. */
export const httpStatus = z
  .int({ error: statusError })
  .min(200, { error: statusError })
  .max(599, { error: statusError });

/** `url:`. */
export const url = rule(z.string(), judgeUrl).meta({
  description:
    'An HTTP backend: its address, where `{name}` is a parameter of the path. With `vpcLink` on an HTTP API: the ARN of a listener or of a Cloud Map service.',
  examples: ['https://old.example.com/{proxy}'],
});

/** `mock:`. */
export const mock = z
  .strictObject({
    status: httpStatus.describe('The HTTP status. Default: 200.').exactOptional(),
    body: z.json().describe('The body: any value, sent as JSON; nothing without it.').exactOptional(),
    headers: z.record(z.string(), z.string()).describe('Headers of the answer, as fixed text.').exactOptional(),
  })
  .describe('A fixed answer from API Gateway itself, without a function. REST and WebSocket APIs.');

const fifo = {
  groupId: expressionText.describe('Of a FIFO one (AWS: MessageGroupId).').exactOptional(),
  deduplicationId: expressionText.describe('Of a FIFO one (AWS: MessageDeduplicationId).').exactOptional(),
};

const attributes = z.record(z.string(), expressionText).describe('Message attributes, as text.').exactOptional();

const message = expressionText.describe('The message: `$request.body` or a part of it, or a text with expressions.');

/** `sns:`. */
export const sns = z
  .strictObject({
    topic: z.string().describe('A topic of `topics:`, or the ARN of one.'),
    message: message.exactOptional(),
    subject: expressionText.describe('For e-mail.').exactOptional(),
    attributes,
    ...fifo,
  })
  .describe('Publishes to an SNS topic without a function. REST and WebSocket APIs. `message` is the body by default.');

/** `sqs:`. */
export const sqs = z
  .strictObject({
    queue: z.string().describe('A queue of `queues:`, or the ARN of one.'),
    message: message.exactOptional(),
    delay: z.int().min(0).max(900).describe('Seconds before it can be received (AWS: DelaySeconds).').exactOptional(),
    attributes,
    ...fifo,
  })
  .describe('Sends to an SQS queue without a function. Every type of API. `message` is the body by default.');

const keyValues = z.record(z.string(), expressionJson);

/** `dynamodb:`. */
export const dynamodb = rule(
  z.strictObject({
    get: z.string().describe('A model: the item of `key`, or 404 `{"message":"Not Found"}`.').exactOptional(),
    put: z.string().describe('A model: writes `item`.').exactOptional(),
    query: z.string().describe('A model: the items whose key is `key`, as a list.').exactOptional(),
    key: keyValues
      .describe('Key attribute → value or expression; of a query the hash key and, optionally, the range key.')
      .exactOptional(),
    item: keyValues.describe('Attribute → value or expression.').exactOptional(),
    index: z.string().describe('The secondary index that a query reads.').exactOptional(),
    limit: z.int().min(1).max(1000).describe('Items of a query at most. Default: what fits in 1 MB.').exactOptional(),
    descending: z
      .boolean({ error: 'must be true or false' })
      .describe('A query from the highest range key down.')
      .exactOptional(),
    replace: z
      .boolean({ error: 'must be true or false' })
      .describe('Whether `put` may overwrite; with false an item that is there is answered 409. Default: true.')
      .exactOptional(),
  }),
  judgeDynamodb,
).describe('Reads or writes the table of a model without a function. REST and WebSocket APIs.');

/** What comes back, by status. */
const answer = z.strictObject({
  pattern: z
    .string()
    .describe(
      "A regular expression on the backend's status (services, HTTP) or the error's message (functions) that selects this answer. Default: the status itself.",
    )
    .exactOptional(),
  template: z
    .string()
    .describe('A mapping template (VTL) for application/json. Default: the body as it came.')
    .exactOptional(),
  headers: z
    .record(z.string(), expressionText)
    .describe('Header → text or expression (`$response.header.x`, `$response.body.x`, `$context.…`).')
    .exactOptional(),
});

/** By status: `200`, `default`. */
export const answers = z
  .record(z.string().regex(/^(?:[2-5]\d\d)$/, { error: 'must be an HTTP status in quotes or plain, as 200' }), answer)
  .describe('Answers by status (AWS: integration and method responses). The first without a pattern is the default.');

const template = z
  .union([z.string(), z.record(z.string(), z.string())])
  .describe('A mapping template (VTL) for application/json, or content type → template (AWS: requestTemplates).');

const places = z
  .record(z.string(), expressionText)
  .describe(
    "What the backend gets: `header.X`, `query.q`, `path.p` → text or expression. On HTTP APIs also AWS's own `append:header.X`, `overwrite:path`, `remove:querystring.q`.",
  );

/** `mapping:`. */
export const mapping = z
  .strictObject({
    parameters: places.exactOptional(),
    template: template.exactOptional(),
    passthrough: z
      .enum(['when_no_match', 'when_no_templates', 'never'])
      .describe(
        'What happens to content types without a template (AWS: passthroughBehavior). Default: never with a template, else when_no_match.',
      )
      .exactOptional(),
    responses: answers.exactOptional(),
  })
  .describe(
    'Maps the request and the answer. On REST APIs it makes the integration a non-proxy one (AWS: `AWS`, `HTTP`); on HTTP APIs it is parameter mapping.',
  );

/** `aws:`. */
export const aws = rule(
  z.strictObject({
    service: z
      .string()
      .regex(/^[a-z][a-z0-9.-]*$/, { error: "must be the service's name in ARNs, in lower case: sqs, states, events" })
      .describe(
        'The service, as in its endpoint: `sqs`, `events`, `states`, `s3`. A subdomain stands before a dot: `data.iot`.',
      ),
    action: z
      .string()
      .regex(/^[A-Z]\w*$/, { error: 'must be an action as AWS writes it: SendMessage' })
      .describe('The action: `SendMessage`. HTTP APIs know a few (AWS: integration subtypes).')
      .exactOptional(),
    path: z
      .string()
      .describe(
        'Instead of an action: the path of a REST service, where `{name}` comes from `parameters`: `my-bucket/{key}`.',
      )
      .exactOptional(),
    method: z
      .enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD'])
      .describe("The method towards the service. Default: POST for an action, the route's for a path.")
      .exactOptional(),
    parameters: z
      .record(z.string(), expressionJson)
      .describe(
        'The parameters of the action, as AWS writes them; of a path: `path.…`, `query.…`. Values may be expressions.',
      )
      .exactOptional(),
    headers: z
      .record(z.string(), expressionText)
      .describe('Headers towards the service: text or expression.')
      .exactOptional(),
    template: template.exactOptional(),
    responses: answers.exactOptional(),
    actions: z
      .array(z.string().regex(/^[\w-]+:[\w*]+$/, { error: 'must be an IAM action: s3:GetObject' }))
      .min(1)
      .describe("IAM actions that the API's role gets. Default: the action itself.")
      .exactOptional(),
    resources: z
      .array(z.string().min(1))
      .min(1)
      .describe('ARNs that the role may use them on. Default: what the parameters name.')
      .exactOptional(),
  }),
  judgeAws,
).describe(
  "Any action of any AWS service on REST and WebSocket APIs; on HTTP APIs those of AWS's list. A role of least privilege is made.",
);

function judgeUrl(value: string): Fault | undefined {
  const code = 'INVALID_URL';
  if (/^arn:aws[\w-]*:(?:elasticloadbalancing|servicediscovery):/.test(value)) return undefined;
  if (!/^https?:\/\/[^/\s?#{}]+/i.test(value)) {
    const hint = /^[\w.-]+\.[a-z]+(?:\/|$)/i.test(value) ? `Write https://${value}` : 'Write it as https://host/path.';
    return { code, message: 'must be an http or https address', hint };
  }
  if (/\s/.test(value)) return { code, message: 'holds a space', hint: 'Write %20.' };
  if (/[{}]/.test(value.replace(/\$?\{[A-Za-z0-9._$:-]+\+?\}/g, ''))) {
    return { code, message: 'has a brace that is no {parameter}', hint: 'Write {proxy}, or %7B for the character.' };
  }
  if (/^https?:\/\/(?:localhost|127\.|\[::1\])/i.test(value)) {
    return {
      code,
      message: 'points to this machine, which AWS cannot reach',
      hint: 'Override it in stages: for the others.',
    };
  }
  return undefined;
}

function judgeDynamodb(entry: Record<string, unknown>): Fault | undefined {
  const code = 'INVALID_INTEGRATION';
  const [action, other] = ['get', 'put', 'query'].filter((key) => entry[key] !== undefined);
  if (action === undefined || other !== undefined) {
    const message = action === undefined ? 'does not say get, put or query' : `has both ${action} and ${other}`;
    return { code, message, hint: 'Write { get: Product, key: { id: $request.path.id } }.' };
  }
  const needed = action === 'put' ? 'item' : 'key';
  if (entry[needed] === undefined) {
    return {
      code: 'MISSING_KEY',
      message: `has no ${needed}`,
      hint: `Add ${needed}: { id: $request.${action === 'put' ? 'body' : 'path'}.id }`,
    };
  }
  const known =
    { get: ['key'], put: ['item', 'replace'], query: ['key', 'index', 'limit', 'descending'] }[action] ?? [];
  const useless = Object.keys(entry).find((key) => key !== action && !known.includes(key));
  if (useless === undefined) return undefined;
  return { code: 'USELESS_KEY', message: `has ${useless}, which ${action} does not know`, hint: `Remove ${useless}.` };
}

function judgeAws(entry: Record<string, unknown>): Fault | undefined {
  const code = 'INVALID_INTEGRATION';
  const has = (key: string) => entry[key] !== undefined;
  if (has('action') === has('path')) {
    const message = has('action') ? 'has both action and path' : 'names neither an action nor a path';
    return { code, message, hint: 'Write action: SendMessage, or path: my-bucket/{key} for a REST service.' };
  }
  if (has('path') && !(has('actions') && has('resources'))) {
    const missing = has('actions') ? 'resources' : 'actions';
    const hint = `Add ${missing}: [${missing === 'actions' ? 's3:GetObject' : '"arn:aws:s3:::my-bucket/*"'}].`;
    return { code, message: `has a path, which does not say what the API's role needs: ${missing} is missing`, hint };
  }
  return undefined;
}
