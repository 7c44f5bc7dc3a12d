// The edges of an API: its domain, who may reach it, and what API Gateway answers by itself.

import * as z from 'zod';
import { GATEWAY_RESPONSES } from '../limits.ts';
import { nearestName } from '../nearest-name.ts';
import { httpStatus } from './integration.ts';
import { type Fault, rule } from './rule.ts';

const certificate = rule(z.string(), (arn) =>
  /^arn:aws[\w-]*:acm:[\w-]+:\d{12}:certificate\/[\w-]+$/.test(arn)
    ? undefined
    : {
        code: 'INVALID_ARN',
        message: 'must be the ARN of a certificate in ACM',
        hint: 'Write it as arn:aws:acm:eu-west-1:123456789012:certificate/….',
      },
);

const domainName = rule(z.string(), judgeDomain).meta({ examples: ['api.example.com'] });

/** `domain:` of an API. */
export const domain = z
  .strictObject({
    name: domainName.describe('The name: `api.example.com`. Point it at what `apigen deploy` prints.'),
    certificate: certificate.describe(
      "Its certificate in ACM: in the API's region, for `endpoint: edge` in us-east-1.",
    ),
    basePath: z
      .string()
      .regex(/^[A-Za-z0-9$_.+!*'()-]+(?:\/[A-Za-z0-9$_.+!*'()-]+)*$/, {
        error: 'must be words with slashes between them: shop or shop/api',
      })
      .max(300)
      .describe('Where the API stands below the domain. Default: its root. API versions stand below it: /v1, /v2.')
      .exactOptional(),
    security: z
      .enum(['TLS_1_0', 'TLS_1_2'])
      .describe('The least version of TLS (AWS: security policy); TLS_1_0 for REST APIs alone. Default: TLS_1_2.')
      .exactOptional(),
    mutualTls: z
      .strictObject({
        truststore: rule(z.string(), (value) =>
          /^s3:\/\/[a-z0-9.-]+\/.+$/.test(value)
            ? undefined
            : { message: 'must be an object in S3', hint: 'Write it as s3://bucket/truststore.pem.' },
        ).describe('The CAs whose certificates clients may have: `s3://bucket/truststore.pem`.'),
        version: z.string().describe("The object's version in S3.").exactOptional(),
      })
      .describe('Clients must show a certificate. Regional domains.')
      .exactOptional(),
    ownershipCertificate: certificate
      .describe(
        'A public ACM certificate that proves ownership, where `certificate` is imported or private and `mutualTls` is on.',
      )
      .exactOptional(),
  })
  .describe('A domain of your own, mapped to the API.');

const statement = z.strictObject({
  Sid: z.string().describe('A name of the statement.').exactOptional(),
  Effect: z.enum(['Allow', 'Deny']).describe('Allow or Deny.'),
  Principal: z.json().describe('Who: `"*"`, or `{ AWS: [arn] }`.'),
  Action: z
    .union([z.string(), z.array(z.string())])
    .describe('`execute-api:Invoke`. Default: that.')
    .exactOptional(),
  Resource: z
    .union([z.string(), z.array(z.string())])
    .describe('`execute-api:/*` (all of this API), `execute-api:/prod/GET/products`. Default: all.')
    .exactOptional(),
  Condition: z
    .record(z.string(), z.record(z.string(), z.json()))
    .describe('When: `{ IpAddress: { aws:SourceIp: [203.0.113.0/24] } }`.')
    .exactOptional(),
});

/** `policy:` of an API. */
export const policy = z
  .array(statement)
  .min(1, { error: 'is empty: leave it out' })
  .describe('Resource policy: who may call from where, as statements of IAM. REST APIs. 8,192 characters at most.');

const gatewayResponse = z.strictObject({
  status: httpStatus.describe('The HTTP status. Default: the one of AWS.').exactOptional(),
  headers: z
    .record(z.string(), z.string())
    .describe('Header → fixed text, or `$context.…`, `$request.header.…`.')
    .exactOptional(),
  template: z.string().describe('The body as a template: `{"message": $context.error.messageString}`.').exactOptional(),
});

const responseName = rule(z.string(), (name) => {
  if (GATEWAY_RESPONSES.some((one) => one === name)) return undefined;
  const near = nearestName(name.toUpperCase(), GATEWAY_RESPONSES);
  const hint = near === undefined ? `Choose one of ${GATEWAY_RESPONSES.join(', ')}.` : `Did you mean ${near}?`;
  return { code: 'UNKNOWN_GATEWAY_RESPONSE', message: 'is no gateway response of AWS', hint };
});

/** `responses:` of an API. */
export const gatewayResponses = z
  .record(responseName, gatewayResponse)
  .describe(
    "What API Gateway answers by itself, by AWS's name (gateway responses): `DEFAULT_4XX`, `UNAUTHORIZED`, …. REST APIs.",
  );

function judgeDomain(name: string): Fault | undefined {
  if (/^(?:\*\.)?(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/.test(name) && name.length <= 253)
    return undefined;
  const bare = name
    .replace(/^https?:\/\//, '')
    .replace(/\/.*$/, '')
    .toLowerCase();
  const message = 'must be a domain name in lower case, without scheme and path';
  return { code: 'INVALID_DOMAIN', message, hint: bare === name ? 'Write it as api.example.com.' : `Write ${bare}` };
}
