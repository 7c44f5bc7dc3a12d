// What AWS refuses, refused by check: with line, reason and alternative, whatever an emulator would take.

import { describe, expect, it } from '@jest/globals';
import { problemsOf } from './project-fixture.ts';

const AUTH = `auth:
  people: { cognito: { userPool: eu-west-1_AbC } }
  clients: { jwt: { issuer: https://idp.example.com/, audience: [shop] } }
  legacy: { lambda: src/auth/legacy.handler }
  bearer: { lambda: src/auth/bearer.handler, type: token }
  keyless: { lambda: src/auth/keyless.handler, identity: [], ttl: 60 }
`;

const api = (type: string, route: string, settings = 'auth: none', key = 'GET /a') =>
  `${AUTH}apis:\n  p: { type: ${type}, ${settings}, routes: { "${key}": ${route} } }\n`;

const found = (...args: Parameters<typeof api>) => problemsOf(api(...args)).join('\n');

describe('a key that the type of API does not know', () => {
  it.each([
    ['http', 'cache: { size: 0.5 }', 'CACHE_ON_HTTP apis.p: API Gateway has no cache on HTTP APIs → Set type: rest'],
    ['http', 'plans: { free: { quota: 9/day } }', 'PLANS_ON_HTTP'],
    ['http', 'endpoint: edge', 'ENDPOINT_ON_HTTP'],
    ['http', 'policy: [{ Effect: Deny, Principal: "*" }]', 'POLICY_ON_HTTP'],
    ['http', 'tracing: true', 'TRACING_ON_HTTP'],
    ['http', 'binary: [image/png]', 'BINARY_ON_HTTP'],
    ['http', 'responses: { DEFAULT_4XX: {} }', 'RESPONSES_ON_HTTP'],
    ['http', 'compress: 1000', 'COMPRESS_ON_HTTP'],
    ['http', 'keySource: header', 'KEYSOURCE_ON_HTTP'],
    ['rest', 'select: $request.body.action', 'SELECT_ON_REST'],
    ['http', 'logs: { execution: errors }', 'EXECUTION_LOG_ON_HTTP'],
  ])('is refused on %s: %s', (type, setting, expected) => {
    expect(found(type, 'src/a.handler', `auth: none, ${setting}`)).toContain(expected);
  });

  it.each([
    ['http', '{ mock: {} }', 'MOCK_ON_HTTP'],
    ['http', '{ sns: { topic: "arn:aws:sns:eu-west-1:123456789012:t" } }', 'SNS_ON_HTTP'],
    ['http', '{ handler: src/a.handler, key: required }', 'KEY_ON_HTTP'],
    ['http', '{ handler: src/a.handler, cache: 60 }', 'CACHE_ON_HTTP'],
    ['rest', '{ handler: src/a.handler, payload: "2.0" }', 'PAYLOAD_ON_REST'],
    ['rest', '{ handler: src/a.handler, respond: true }', 'RESPOND_ON_REST'],
    ['http', '{ aws: { service: sns, action: Publish } }', 'ACTION_ON_HTTP'],
    ['http', '{ aws: { service: sqs, action: SendMessag } }', 'Did you mean sqs SendMessage?'],
    [
      'http',
      '{ aws: { service: sqs, action: SendMessage, parameters: { QueueUrl: q } } }',
      'SQS-SendMessage needs MessageBody',
    ],
    [
      'http',
      '{ aws: { service: kinesis, action: PutRecord, parameters: { StreamName: s, Data: x, PartitionKey: k, Dta: y } } }',
      'Kinesis-PutRecord has no parameter Dta → Did you mean Data?',
    ],
  ])('is refused on a route of %s: %s', (type, route, expected) => {
    expect(found(type, route)).toContain(expected);
  });

  it('is not refused where it says what holds anyway', () => {
    expect(
      found('http', '{ handler: src/a.handler, key: none }', 'auth: none, endpoint: regional, tracing: false'),
    ).toBe('');
  });
});

describe('a WebSocket API', () => {
  const socket = (key: string, route: string, settings = 'auth: none') => found('websocket', route, settings, key);

  it.each([
    ['send', '{ handler: src/a.handler, auth: iam }', 'AUTH_ON_MESSAGE', 'auth: none'],
    ['$connect', '{ handler: src/a.handler, auth: clients }', 'JWT_ON_WEBSOCKET', 'auth: none'],
    ['$connect', '{ handler: src/a.handler, auth: people }', 'COGNITO_ON_WEBSOCKET', 'auth: none'],
    ['$connect', '{ handler: src/a.handler, auth: bearer }', 'TOKEN_ON_WEBSOCKET', 'auth: none'],
    ['$conect', 'src/a.handler', 'Did you mean $connect?', 'auth: none'],
    ['GET /a', 'src/a.handler', 'is a route of HTTP', 'auth: none'],
    ['$connect', '{ handler: src/a.handler, respond: true }', 'RESPOND_ON_CONNECT', 'auth: none'],
    ['$connect', '{ handler: src/a.handler, body: src/a.json }', 'BODY_ON_CONNECT', 'auth: none'],
    ['send', 'src/a.handler', 'CORS_ON_WEBSOCKET', 'auth: none, cors: { origins: ["*"] }'],
    ['send', 'src/a.handler', 'INVALID_SELECT', 'auth: none, select: action'],
    ['send', 'src/a.handler', 'LATENCY_ON_WEBSOCKET', 'auth: none, alarms: { latency: 100 }'],
    ['$connect', 'src/a.handler', 'does not say who may call it', 'description: x'],
  ])('refuses %s: %s (%s)', (key, route, expected, settings) => {
    expect(socket(key, route, settings)).toContain(expected);
  });

  it('asks nobody who sends messages: the connection was authorized', () => {
    const body =
      'apis: { p: { type: websocket, routes: { $connect: { handler: src/c.handler, auth: iam }, send: src/s.handler, $default: { mock: {} } } } }\n';
    expect(problemsOf(body)).toEqual([]);
  });
});

describe('an authorizer', () => {
  it.each([
    [
      'rest',
      'clients',
      'JWT_ON_REST clients cannot stand here: API Gateway checks JSON Web Tokens of any issuer on HTTP APIs alone → Set type: http',
    ],
    ['http', 'people', 'MISSING_CLIENTS'],
    ['http', 'bearer', 'TOKEN_ON_HTTP'],
    ['http', 'keyless', 'TTL_WITHOUT_IDENTITY'],
    ['http', '{ legacy: [read] }', 'SCOPES_WITHOUT_TOKEN'],
    ['http', '{ none: [read] }', 'none knows no scopes'],
    ['http', '{ clients: [a], legacy: [b] }', 'names more than one authorizer'],
    ['http', `{ clients: [${Array.from({ length: 11 }, (_, i) => `s${i}`)}] }`, 'more than 10 scopes'],
    ['http', 'client', 'Did you mean clients?'],
    ['http', 'non', 'Did you mean none?'],
  ])('on %s cannot be %s', (type, auth, expected) => {
    expect(found(type, `{ handler: src/a.handler, auth: ${auth} }`)).toContain(expected);
  });

  it.each([
    ['{ lambda: src/a.handler, ttl: 3601 }', 'from 0 to 3,600'],
    ['{ lambda: src/a.handler, identity: method.request.header.X }', 'Write header.X'],
    ['{ lambda: src/a.handler, identity: body.x }', 'INVALID_IDENTITY'],
    ['{}', 'says nothing that decides who may call'],
    ['{ jwt: { issuer: http://idp, audience: [a] } }', 'must be an https address'],
    [
      '{ jwt: { issuer: https://idp.example.com/.well-known/openid-configuration, audience: [a] } }',
      'Write https://idp.example.com/',
    ],
    ['{ cognito: { userPool: pool } }', 'INVALID_USER_POOL'],
    ['{ cognito: { userPool: eu-west-1_A }, ttl: 5 }', 'has ttl, which belongs to lambda'],
  ])('cannot be %s', (entry, expected) => {
    expect(problemsOf(`auth: { x: ${entry} }\n`).join('\n')).toContain(expected);
  });

  it('is one of ten at most in an API', () => {
    const names = Array.from({ length: 11 }, (_, index) => `a${index}`);
    const auth = `auth:\n${names.map((name) => `  ${name}: { lambda: src/auth.${name} }\n`).join('')}`;
    const routes = names.map((name) => `      GET /${name}: { handler: src/h.${name}, auth: ${name} }\n`).join('');
    expect(problemsOf(`${auth}apis:\n  p:\n    type: http\n    routes:\n${routes}`).join()).toContain(
      'TOO_MANY_AUTHORIZERS',
    );
  });

  it('answers in the time that API Gateway waits', () => {
    const body =
      'auth:\n  slow: { lambda: src/s.handler, timeout: 20 }\napis: { p: { type: http, auth: slow, routes: { GET /a: src/a.handler } } }\n';
    expect(problemsOf(body)).toEqual([expect.stringContaining('4:43 AUTHORIZER_TIMEOUT')]);
  });
});

describe('a backend', () => {
  it.each([
    ['http', '{ url: example.com/a }', 'Write https://example.com/a'],
    ['http', '{ url: "https://example.com/{a" }', 'has a brace that is no {parameter}'],
    ['http', '{ url: "http://localhost:3000" }', 'points to this machine'],
    ['http', '{ url: https://example.com, timeout: 31 }', 'API Gateway waits 30 s at most on HTTP APIs'],
    ['rest', '{ url: https://example.com, timeout: 30 }', 'API Gateway waits 29 s at most on REST APIs'],
    ['http', '{ url: https://example.com, memory: 512 }', 'memory is a setting of functions, and a url has none'],
    ['http', '{ url: https://example.com, vpcLink: nowhere }', 'UNKNOWN_VPC_LINK'],
    ['http', '{ url: https://example.com, body: src/a.json }', 'VALIDATION_WITHOUT_FUNCTION'],
    ['rest', '{ aws: { service: s3, path: "b/{k}" } }', 'actions is missing'],
    [
      'rest',
      '{ aws: { service: states, action: StartExecution, parameters: { stateMachineArn: $request.body.arn } } }',
      'MISSING_RESOURCES',
    ],
    [
      'rest',
      '{ aws: { service: sqs, action: SendMessage, parameters: { QueueUrl: "https://sqs.eu-west-1.amazonaws.com/123456789012/q", MessageBody: $reqest.body } } }',
      'Did you mean $request?',
    ],
    ['rest', '{ dynamodb: { get: Product } }', 'has no key'],
    ['rest', '{ sqs: { queue: jobs } }', 'UNKNOWN_QUEUE'],
    ['rest', '{ handler: src/a.handler, key: required }', 'KEY_WITHOUT_PLAN'],
  ])('on %s cannot be %s', (type, route, expected) => {
    expect(found(type, route, 'auth: none', 'POST /a')).toContain(expected);
  });

  const links = `vpcLinks: { nlb: { target: "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/net/n/1" }, subnets: { subnets: [subnet-1] } }\n`;

  it.each([
    ['rest', 'endpoint: edge, auth: none', '{ url: http://n.example.com, vpcLink: nlb }', 'VPC_LINK_ON_EDGE'],
    ['rest', 'auth: none', '{ url: http://n.example.com, vpcLink: subnets }', 'WRONG_VPC_LINK'],
    [
      'http',
      'auth: none',
      '{ url: "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/net/n/1/2", vpcLink: nlb }',
      'WRONG_VPC_LINK',
    ],
    ['http', 'auth: none', '{ url: http://n.example.com, vpcLink: subnets }', 'URL_WITH_VPC_LINK'],
    [
      'http',
      'auth: none',
      '{ url: "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/net/n/1/2" }',
      'ARN_WITHOUT_VPC_LINK',
    ],
  ])('in a VPC, on %s with %s, cannot be %s', (type, settings, route, expected) => {
    expect(problemsOf(`${links}${api(type, route, settings)}`).join('\n')).toContain(expected);
  });
});

describe('settings of an API', () => {
  const certificate = 'arn:aws:acm:us-east-1:123456789012:certificate/abc';
  it.each([
    [`domain: { name: api.example.com, certificate: "${certificate}" }`, 'CERTIFICATE_REGION'],
    [`domain: { name: "https://api.example.com/", certificate: "${certificate}" }`, 'Write api.example.com'],
    ['defaultEndpoint: false', 'NO_ENDPOINT'],
    ['plans: { free: { rate: 5 } }', 'has one of rate and burst'],
    ['plans: { free: { quota: 1000 per dai } }', 'Write 1000/day'],
    ['plans: { free: { quota: 1/day, routes: { GET /b: { rate: 1, burst: 1 } } } }', 'UNKNOWN_ROUTE'],
    ['cache: { size: 1 }', 'Choose one of 0.5, 1.6'],
    ['cache: { size: 0.5, ttl: 4000 }', 'from 0 to 3,600'],
    ['logs: { access: $context.status }', 'LOG_WITHOUT_ID'],
    ['logs: { data: true }', 'data belongs to the execution log'],
    ['responses: { DEFAULT_4X: {} }', 'Did you mean DEFAULT_4XX?'],
    ['alarms: { notify: ops }', 'UNKNOWN_TOPIC'],
    [
      `policy: [${Array.from({ length: 90 }, (_, i) => `{ Effect: Deny, Principal: "*", Condition: { IpAddress: { aws:SourceIp: 203.0.113.${i}/32 } } }`)}]`,
      'API Gateway takes 8192',
    ],
  ])('cannot be %s', (setting, expected) => {
    expect(found('rest', 'src/a.handler', `auth: none, ${setting}`)).toContain(expected);
  });

  it('takes a certificate of us-east-1 for an edge-optimized domain', () => {
    const settings = `auth: none, endpoint: edge, domain: { name: api.example.com, certificate: "${certificate}" }`;
    expect(found('rest', 'src/a.handler', settings)).toBe('');
  });
});
