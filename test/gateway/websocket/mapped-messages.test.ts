import { afterEach, describe, expect, it } from '@jest/globals';
import type { WebSocketIntegration } from '../../../src/api/definition.ts';
import { functionAnswer } from '../../../src/gateway/websocket/function-answer.ts';
import { type Backend, startBackend } from '../backend.ts';
import { ok, route, socketApi, type TestSocketApi, type TestSocketOptions } from './websocket-harness.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});
const api = async (options: TestSocketOptions): Promise<TestSocketApi> => {
  const started = await socketApi(options);
  open.push(started);
  return started;
};
const backend = async (...given: Parameters<typeof startBackend>): Promise<Backend> => {
  const started = await startBackend(...given);
  open.push(started);
  return started;
};
const answering = (integration: WebSocketIntegration, extra: TestSocketOptions = {}): Promise<TestSocketApi> =>
  api({ routes: [route('$default', '', { integration, routeResponse: true })], ...extra });
const asked = async (chat: TestSocketApi, text: string): Promise<string> => {
  const client = await chat.connect();
  client.socket.send(text);
  return client.frame();
};
const PONG = '{"type":"pong","id":$input.json(\'$.id\'),"to":"$context.connectionId"}';

describe('a mock', () => {
  const mock = (extra: object): WebSocketIntegration => ({
    type: 'MOCK',
    requestTemplates: { 200: '{statusCode: 200}', 404: '{"statusCode":404}' },
    templateSelectionExpression: '${request.body.want}',
    ...extra,
  });

  it('answers by the integration response that fits the status of the template the message names', async () => {
    const responses = [
      { key: '/4\\d\\d/', responseTemplates: { $default: 'no such $context.routeKey' } },
      { key: '$default', responseTemplates: { $default: 'fine' }, templateSelectionExpression: '\\$default' },
    ];
    const chat = await answering(mock({ responses }));
    expect(await asked(chat, '{"want":200}')).toBe('fine');
    expect(await asked(chat, '{"want":"404"}')).toBe('no such $default');
  });

  it('fails where nothing fits', async () => {
    const chat = await answering(mock({ responses: [{ key: '/5\\d\\d/' }] }));
    expect(JSON.parse(await asked(chat, '{"want":200}'))).toMatchObject({ message: 'Internal server error' });
    expect(JSON.parse(await asked(chat, '{"want":"none"}'))).toMatchObject({ message: 'Internal server error' });
    expect(chat.notes).toEqual([
      '$default: no integration response fits the status 200',
      `$default: the mock's template must yield {"statusCode": 200}, not "{\\"want\\":\\"none\\"}"`,
    ]);
  });
});

describe('an HTTP backend whose messages are mapped', () => {
  it('gets parameters and the template’s body, and its answer is mapped back', async () => {
    const be = await backend((_request, response) => {
      response.writeHead(201, { 'X-Kind': 'b' });
      response.end('{"id":7}');
    });
    const chat = await answering(
      {
        type: 'HTTP',
        uri: '${stageVariables.base}/rooms/{room}',
        httpMethod: 'PUT',
        requestParameters: {
          'integration.request.header.connectionId': 'context.connectionId',
          'integration.request.header.Content-Type': "'text/plain'",
          'integration.request.querystring.n': 'route.request.body.list[1]',
          'integration.request.path.room': 'route.request.body.room',
          'integration.request.header.X-None': 'route.request.querystring.none',
          'integration.request.header.X-Stage': 'stageVariables.env',
        },
        requestTemplates: { $default: "text: $input.path('$.text')" },
        templateSelectionExpression: '\\$default',
        responses: [
          {
            key: '/2\\d\\d/',
            responseTemplates: { '201/b': PONG, $default: 'other' },
            templateSelectionExpression: '${integration.response.statuscode}/${integration.response.header.X-Kind}',
          },
        ],
      },
      { stage: { name: 'dev', variables: { base: be.url, env: 'blue' } } },
    );
    const answer = await asked(chat, '{"room":"a b","list":[1,2],"text":"hi"}');
    expect(JSON.parse(answer)).toMatchObject({ type: 'pong', id: 7, to: be.requests[0]?.headers['connectionid'] });
    expect(be.requests[0]).toMatchObject({
      method: 'PUT',
      target: '/rooms/a%20b?n=2',
      body: 'text: hi',
      headers: { 'content-type': 'text/plain', 'x-stage': 'blue' },
    });
    expect(be.requests[0]?.headers).not.toHaveProperty('x-none');
  });

  it('gets the handshake’s query and headers with $connect', async () => {
    const be = await backend();
    const integration: WebSocketIntegration = {
      type: 'HTTP_PROXY',
      uri: be.url,
      httpMethod: 'POST',
      requestParameters: {
        'integration.request.header.authToken': 'route.request.querystring.authToken',
        'integration.request.querystring.all': 'route.request.multivaluequerystring.authToken',
        'integration.request.header.ua': 'route.request.header.User-Agent',
      },
    };
    const chat = await api({ routes: [route('$connect', '', { integration })] });
    expect(
      (await chat.connect({ path: '/dev?authToken=a&authToken=b', headers: { 'User-Agent': 'u/1' } })).status,
    ).toBe(101);
    expect(be.requests[0]).toMatchObject({ target: '/?all=a&all=b', headers: { authtoken: 'b', ua: 'u/1' } });
  });

  it('is not called where the message may not pass without a template', async () => {
    const be = await backend();
    const chat = await answering({
      type: 'HTTP',
      uri: be.url,
      httpMethod: 'POST',
      passthroughBehavior: 'NEVER',
      requestTemplates: { a: '{}' },
      templateSelectionExpression: '${request.body.kind}',
    });
    expect(JSON.parse(await asked(chat, '{"kind":"b"}'))).toMatchObject({ message: 'Internal server error' });
    expect(be.requests).toEqual([]);
  });
});

describe('an AWS service behind a message', () => {
  const SQS: WebSocketIntegration = {
    type: 'AWS',
    uri: 'arn:aws:apigateway:eu-west-1:sqs:path/123456789012/jobs',
    httpMethod: 'POST',
    requestParameters: { 'integration.request.header.Content-Type': "'application/x-www-form-urlencoded'" },
    requestTemplates: { $default: "Action=SendMessage&MessageBody=$util.urlEncode($input.json('$.job'))" },
    templateSelectionExpression: '\\$default',
    responses: [
      { key: '$default', responseTemplates: { $default: 'queued' }, templateSelectionExpression: '\\$default' },
    ],
  };

  it('is called at its endpoint here, signed, and answers', async () => {
    const be = await backend();
    const chat = await answering(SQS, { environment: { serviceEndpoint: () => be.url } });
    expect(await asked(chat, '{"job":{"n":1}}')).toBe('queued');
    expect(be.requests[0]).toMatchObject({
      method: 'POST',
      target: '/123456789012/jobs',
      body: 'Action=SendMessage&MessageBody=%7B%22n%22%3A1%7D',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(be.requests[0]?.headers['authorization']).toContain('/eu-west-1/sqs/aws4_request');
  });

  it('fails, and says why at the terminal, where no endpoint is at hand', async () => {
    const chat = await answering(SQS);
    expect(JSON.parse(await asked(chat, '{"job":1}'))).toMatchObject({ message: 'Internal server error' });
    expect(chat.notes[0]).toContain('no local endpoint for sqs is known');
  });
});

describe('what a function returns', () => {
  it.each([
    ['{}', { status: 200, headers: [], body: '' }],
    ['{"statusCode":"201","body":null}', { status: 201, headers: [], body: '' }],
    ['{"statusCode":200,"body":"aGk=","isBase64Encoded":true}', { status: 200, headers: [], body: 'hi' }],
    [
      '{"headers":{"A":1},"multiValueHeaders":{"B":["x","y"]}}',
      {
        status: 200,
        headers: [
          ['A', '1'],
          ['B', 'x'],
          ['B', 'y'],
        ],
        body: '',
      },
    ],
  ])('%s is an answer', (payload, answer) => {
    expect(functionAnswer(payload)).toEqual(answer);
  });

  it.each([
    ['null', 'must return { statusCode, body }, not null'],
    ['{"statusCode":200,"Data":"x"}', 'not Data'],
    ['{"statusCode":99}', 'status of HTTP'],
    ['{"body":{"a":1}}', 'body as text, not as an object'],
    ['{"headers":[]}', 'headers by name'],
  ])('%s is none', (payload, problem) => {
    expect(functionAnswer(payload)).toEqual({ problem: expect.stringContaining(problem) });
  });

  it('is sent where the route responds, be it empty', async () => {
    const chat = await api({ functions: { fn: ok }, routes: [route('$default', 'fn', { routeResponse: true })] });
    expect(await asked(chat, 'x')).toBe('');
  });
});
