// Refusals by their code: each with the line it stands at, the reason, and what to do instead.

import { describe, expect, it } from '@jest/globals';
import { problemsOf } from './project-fixture.ts';

interface Refused {
  readonly code: string;
  /** What stands behind name and region, with ¦ before what the problem points at. */
  readonly yml: string;
  /** Of the reason. */
  readonly says: string;
  /** Of the alternative. */
  readonly instead: string;
}

const api = (type: string, settings: string, route: string, key = 'POST /a', more = ''): string =>
  `${more}apis:\n  p:\n    type: ${type}\n    auth: none\n${settings === '' ? '' : `    ${settings}\n`}    routes:\n      ${key}: ${route}\n`;

const certificate = 'arn:aws:acm:eu-west-1:123456789012:certificate/abc';
const denied = `{ Effect: Deny, Principal: "*", Condition: { IpAddress: { aws:SourceIp: 203.0.113.0/24 } } }`;

const REFUSED: readonly Refused[] = [
  {
    code: 'POLICY_TOO_LONG',
    yml: api('rest', `¦policy: [${Array.from({ length: 90 }, () => denied)}]`, 'src/a.handler'),
    says: 'API Gateway takes 8192',
    instead: 'Join statements',
  },
  {
    code: 'KEY_WITHOUT_AUTHORIZER',
    yml: api(
      'rest',
      '¦keySource: authorizer\n    plans: { a: { quota: 9/day } }',
      '{ handler: src/a.handler, key: required }',
    ),
    says: 'no Lambda authorizer stands before it',
    instead: 'keySource: header',
  },
  {
    code: 'SHARED_ROUTE',
    yml: [
      'models: { Note: src/note.ts }',
      'apis:',
      '  a: { type: http, auth: none, routes: { POST /a: { handler: src/a.handler, body: Note } } }',
      '  b: { type: http, auth: none, routes: { ¦POST /a: src/a.handler } }',
      '',
    ].join('\n'),
    says: 'a sends POST /a to the same handler and checks another body',
    instead: 'a handler of its own',
  },
  {
    code: 'RESPONSES_ON_WEBSOCKET',
    yml: api(
      'websocket',
      '',
      '{ aws: { service: sns, action: Publish, parameters: { TopicArn: arn:aws:sns:eu-west-1:123456789012:a, Message: b }, ¦responses: { 200: {} } } }',
      'send',
    ),
    says: 'a message has one answer and no status',
    instead: 'answer with a handler',
  },
  {
    code: 'MIXED_PARAMETER',
    yml: api(
      'rest',
      '',
      '{ url: https://example.com/a, mapping: { parameters: { header.x-who: ¦"user ${request.header.who}" } } }',
    ),
    says: 'one expression or a fixed text on REST APIs, not both',
    instead: 'Send the expression alone',
  },
  {
    code: 'TEMPLATE_TOO_LONG',
    yml: api('rest', '', `{ handler: src/a.handler, mapping: { template: ¦"${'x'.repeat(307_201)}" } }`),
    says: '307201 bytes; API Gateway takes 307200',
    instead: 'Shorten it',
  },
  {
    code: 'MAPPING_ON_WEBSOCKET',
    yml: api('websocket', '', '{ handler: src/a.handler, ¦mapping: { template: "{}" } }', 'send'),
    says: 'maps messages to AWS services alone',
    instead: 'Use aws with a template',
  },
  {
    code: 'VPCLINK_ON_WEBSOCKET',
    yml: api(
      'websocket',
      '',
      '{ url: https://example.com, ¦vpcLink: inner }',
      'send',
      'vpcLinks: { inner: { subnets: [subnet-1] } }\n',
    ),
    says: 'has no private integrations',
    instead: 'from a handler in the VPC',
  },
  {
    code: 'PARAMETERS_ON_WEBSOCKET',
    yml: api('websocket', '', '{ handler: src/a.handler, ¦parameters: [query.q] }', 'send'),
    says: 'checks no parameters of messages',
    instead: 'Check them with body',
  },
  {
    code: 'INVALID_URL',
    yml: api('http', '', '{ url: ¦ftp://example.com }'),
    says: 'must be an http or https address',
    instead: 'https://host/path',
  },
  {
    code: 'INVALID_INTEGRATION',
    yml: api('rest', '', '{ ¦aws: { service: sqs } }'),
    says: 'names neither an action nor a path',
    instead: 'Write action: SendMessage',
  },
  {
    code: 'DYNAMODB_ON_HTTP',
    yml: api(
      'http',
      '',
      '{ ¦dynamodb: { get: Note, key: { id: $request.path.id } } }',
      'GET /a/{id}',
      'models: { Note: src/note.ts }\n',
    ),
    says: 'has no DynamoDB integration',
    instead: 'Set type: rest',
  },
  {
    code: 'BODY_ON_GET',
    yml: api('rest', '', '{ handler: src/a.handler, ¦body: src/a.json }', 'GET /a'),
    says: 'have no body that could be checked',
    instead: 'check the query with parameters',
  },
  {
    code: 'TLS_1_0',
    yml: api(
      'http',
      `domain: { name: a.example.com, certificate: "${certificate}", security: ¦TLS_1_0 }`,
      'src/a.handler',
    ),
    says: 'for REST APIs alone',
    instead: 'Write TLS_1_2',
  },
  {
    code: 'MUTUAL_TLS_ON_EDGE',
    yml: api(
      'rest',
      `endpoint: edge\n    domain: { name: a.example.com, certificate: "${certificate.replace('eu-west-1', 'us-east-1')}", ¦mutualTls: { truststore: "s3://b/t.pem" } }`,
      'src/a.handler',
    ),
    says: 'on regional domains alone',
    instead: 'endpoint: regional',
  },
  {
    code: 'MUTUAL_TLS_ON_WILDCARD',
    yml: api(
      'http',
      `domain: { name: "*.example.com", certificate: "${certificate}", ¦mutualTls: { truststore: "s3://b/t.pem" } }`,
      'src/a.handler',
    ),
    says: 'no client certificates on wildcard domains',
    instead: 'Name the domain itself',
  },
  {
    code: 'INVALID_SECRET',
    yml: 'functions: { f: { handler: src/a.handler, secrets: { KEY: ¦sk_live_1 } } }\n',
    says: 'the value itself does not belong here',
    instead: 'ssm:/shop/prod/key',
  },
  {
    code: 'TIMEOUT_OVER_LIMIT',
    yml: api('rest', '', '{ url: https://example.com, timeout: ¦30 }'),
    says: 'API Gateway waits 29 s at most on REST APIs',
    instead: '202 and a queue',
  },
  {
    code: 'INVALID_SCHEDULE',
    yml: 'functions: { f: { handler: src/a.handler, on: [{ schedule: ¦"0 3 * * *" }] } }\n',
    says: '',
    instead: 'cron(0 3 * * ? *)',
  },
];

describe('check refuses', () => {
  it.each(REFUSED.map((one) => [one.code, one] as const))('%s', (code, { yml, says, instead }) => {
    const before = yml.slice(0, yml.indexOf('¦')).split('\n');
    const found = problemsOf(yml.replace('¦', ''));
    expect(found).toEqual([expect.stringContaining(` ${code} `)]);
    const [problem = ''] = found;
    expect(problem.split(' ')[0]).toBe(`${before.length + 2}:${(before.at(-1)?.length ?? 0) + 1}`);
    const [reason = '', hint = ''] = problem.split(' → ');
    expect(reason).toContain(says);
    expect(hint).toContain(instead);
  });
});
