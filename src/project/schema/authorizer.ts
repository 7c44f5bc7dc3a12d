// `auth:` of the project: authorizers by name, which routes and APIs refer to.

import * as z from 'zod';
import { AUTHORIZER_TTL_SECONDS, NAME_LENGTHS } from '../limits.ts';
import { access } from './access.ts';
import { functionSettings } from './function-settings.ts';
import { handler } from './handler.ts';
import { identitySource } from './identity.ts';
import { type Fault, type NameRule, nameOf, rule, wholeNumber } from './rule.ts';

/** What an authorizer may be called: `none` and `iam` mean something already. */
export const AUTHORIZER_NAME: NameRule = {
  pattern: /^(?!(?:none|iam)$)[A-Za-z][A-Za-z0-9_-]*$/,
  length: NAME_LENGTHS.authorizer,
  allowed: 'letters, digits, - and _, beginning with a letter, and neither none nor iam',
};

const userPool = rule(z.string(), (value) =>
  /^[\w-]+_[0-9A-Za-z]+$/.test(value) ||
  /^arn:aws[\w-]*:cognito-idp:[\w-]+:\d{12}:userpool\/[\w-]+_[0-9A-Za-z]+$/.test(value)
    ? undefined
    : {
        code: 'INVALID_USER_POOL',
        message: 'must be the id of a user pool or its ARN',
        hint: 'Write it as eu-west-1_AbC123.',
      },
);

const cognito = z.strictObject({
  userPool: z
    .union([userPool, z.array(userPool).min(1, { error: 'is empty: name a user pool' })])
    .describe('The user pool, by id or ARN. REST APIs take several, HTTP APIs one.'),
  clients: z
    .array(z.string().min(1))
    .min(1, { error: 'is empty: name an app client, or leave it out' })
    .describe("Ids of the pool's app clients (the audience). HTTP APIs need them, REST APIs ignore them.")
    .exactOptional(),
});

const issuer = rule(z.string(), judgeIssuer).meta({ examples: ['https://idp.example.com/'] });

const jwt = z.strictObject({
  issuer: issuer.describe(
    'The `iss` of tokens, exactly. API Gateway reads the keys from `{issuer}/.well-known/openid-configuration`.',
  ),
  audience: z
    .array(z.string().min(1))
    .min(1, { error: 'is empty: name what tokens must be meant for' })
    .max(50, { error: "has more than 50 entries, AWS's limit" })
    .describe('`aud` of tokens (or `client_id` of those without `aud`): one of these.'),
});

const authorizer = rule(
  z.strictObject({
    cognito: cognito.describe('A user pool of Amazon Cognito. REST and HTTP APIs.').exactOptional(),
    jwt: jwt.describe('An issuer of JSON Web Tokens (OpenID Connect, OAuth 2.0). HTTP APIs.').exactOptional(),
    lambda: handler
      .meta({
        description: 'A function that decides (a Lambda authorizer), as `file.export`. Every type of API.',
        examples: ['src/auth/legacy.handler'],
      })
      .exactOptional(),
    type: z
      .enum(['request', 'token'])
      .describe(
        '`request`: the function gets headers, query and context (AWS: REQUEST). `token`: one header alone (TOKEN, REST APIs). Default: request.',
      )
      .exactOptional(),
    identity: z
      .union([identitySource, z.array(identitySource).max(10)])
      .describe(
        'What identifies a caller: `header.…`, `query.…`, `context.…`, `stageVariables.…`. A request that lacks one is answered 401 without a call; answers are kept by them. Default: `header.Authorization`.',
      )
      .exactOptional(),
    ttl: wholeNumber(AUTHORIZER_TTL_SECONDS, 'seconds')
      .describe(
        "Seconds that a function's answer is kept for the same identity; 0: never. WebSocket APIs keep none. Default: 300.",
      )
      .exactOptional(),
    pattern: z
      .string()
      .describe(
        'A regular expression that a `token` must match, or it is answered 401 without a call (AWS: identityValidationExpression).',
      )
      .exactOptional(),
    payload: z
      .enum(['1.0', '2.0'])
      .describe("The format of the function's event on HTTP APIs (AWS: payload format version). Default: 2.0.")
      .exactOptional(),
    responses: z
      .enum(['simple', 'policy'])
      .describe(
        'What the function returns on HTTP APIs: `simple` is `{ isAuthorized, context }`, `policy` an IAM policy. REST and WebSocket take policies alone. Default: simple.',
      )
      .exactOptional(),
    access: access.exactOptional(),
    ...functionSettings,
  }),
  judgeAuthorizer,
);

/** `auth:` by name. */
export const authorizers = z
  .record(nameOf(AUTHORIZER_NAME), authorizer)
  .describe('Authorizers by name: who may call what, beside `none` and `iam`. APIs and routes refer to them.');

/** One authorizer as written. */
export type AuthorizerEntry = z.infer<typeof authorizer>;

const KINDS = ['cognito', 'jwt', 'lambda'] as const;
const OF_LAMBDA = ['type', 'ttl', 'pattern', 'payload', 'responses', 'access', ...Object.keys(functionSettings)];

function judgeAuthorizer(entry: Record<string, unknown>): Fault | undefined {
  const [kind, other] = KINDS.filter((one) => entry[one] !== undefined);
  const code = 'INVALID_AUTHORIZER';
  if (kind === undefined) {
    const hint = 'Add cognito: { userPool: … }, jwt: { issuer: …, audience: […] } or lambda: src/auth/check.handler.';
    return { code, message: 'says nothing that decides who may call', hint };
  }
  if (other !== undefined) {
    const hint = 'Keep one; give the other a name of its own.';
    return { code, message: `has both ${kind} and ${other}`, hint };
  }
  const useless = kind === 'lambda' ? undefined : OF_LAMBDA.find((key) => entry[key] !== undefined);
  if (useless !== undefined) {
    return { code: 'USELESS_KEY', message: `has ${useless}, which belongs to lambda`, hint: `Remove ${useless}.` };
  }
  const identity = entry['identity'];
  if (Array.isArray(identity) && identity.length !== 1 && kind !== 'lambda') {
    return { code, message: `takes its token from one place, not ${identity.length}`, hint: 'Name one header.' };
  }
  return undefined;
}

function judgeIssuer(value: string): Fault | undefined {
  const code = 'INVALID_ISSUER';
  if (!URL.canParse(value) || !/^https:\/\//.test(value)) {
    return { code, message: 'must be an https address', hint: 'Write it as tokens carry it: https://idp.example.com/' };
  }
  if (/\/\.well-known\//.test(value)) {
    return { code, message: 'is the address of its metadata', hint: `Write ${value.replace(/\.well-known\/.*$/, '')}` };
  }
  return undefined;
}
