import { afterEach, describe, expect, it } from '@jest/globals';
import type { HttpIntegration } from '../../../src/api/definition.ts';
import { type Backend, startBackend } from '../backend.ts';
import { headerOf, jsonOf, route, type TestApi, type TestApiOptions, testApi, textOf } from './http-harness.ts';

const open: Backend[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((backend) => backend.close()));
});
const backend = async (...given: Parameters<typeof startBackend>): Promise<Backend> => {
  const started = await startBackend(...given);
  open.push(started);
  return started;
};
const proxy = (
  routeKey: string,
  uri: string,
  extra: Partial<HttpIntegration> = {},
  options: TestApiOptions = {},
): TestApi =>
  testApi({
    ...options,
    routes: [
      route(routeKey, 'fn', {
        integration: { type: 'HTTP_PROXY', uri, httpMethod: 'ANY', ...extra } as HttpIntegration,
      }),
    ],
  });

describe('an HTTP proxy integration', () => {
  it('passes method, headers, query and body on, and the answer back', async () => {
    const be = await backend((request, response) => {
      response.writeHead(
        201,
        [
          ['X-A', '1'],
          ['X-A', '2'],
          ['Content-Type', 'text/html'],
        ].flat(),
      );
      response.end(request.body.toUpperCase());
    });
    const answer = await proxy('ANY /p/{id}', `${be.url}/b?fixed=1`).ask(
      'PUT /p/1?q=%2F',
      [
        ['X-Case', 'v'],
        ['Accept', 'a/b'],
      ],
      'body',
    );
    expect([answer.status, textOf(answer)]).toEqual([201, 'BODY']);
    expect(answer.headers.filter(([name]) => name === 'X-A').map(([, value]) => value)).toEqual(['1', '2']);
    expect(be.requests[0]).toMatchObject({
      method: 'PUT',
      target: '/b?fixed=1&q=%2F',
      body: 'body',
      headers: { host: be.host, accept: 'a/b', via: 'HTTP/1.1 AmazonAPIGateway', 'content-length': '4' },
    });
    expect(be.requests[0]?.rawHeaders).toContain('X-Case');
    expect(be.requests[0]?.headers['forwarded']).toContain('for=203.0.113.7;host=shop.localhost:3000;proto=http');
    expect(be.requests[0]?.headers).not.toHaveProperty('x-forwarded-for');
  });

  it('fills path variables and stage variables into the URI, encoded', async () => {
    const be = await backend();
    const stage = { name: '$default', variables: { host: be.host } };
    const uri = 'http://${stageVariables.host}/x/{id}/{proxy}';
    await proxy('GET /p/{id}/{proxy+}', uri, {}, { stage }).ask('GET /p/a%20b/c/d%3Fe');
    expect(be.requests[0]?.target).toBe('/x/a%20b/c/d%3Fe');
  });

  it('appends the whole path behind the URI on $default, as the client encoded it and without the stage', async () => {
    const be = await backend();
    await proxy('$default', be.url).ask('GET /store/a%2Fb?id=4&type=dog');
    const stage = { name: 'prod', variables: {} };
    await proxy('$default', `${be.url}/base/`, {}, { stage }).ask('GET /prod/x');
    expect(be.requests.map((request) => request.target)).toEqual(['/store/a%2Fb?id=4&type=dog', '/base/x']);
  });

  it('uses its own method and a mapped path', async () => {
    const be = await backend();
    const requestParameters = { 'overwrite:path': '/new/$request' };
    await proxy('GET /p', `${be.url}/old`, { httpMethod: 'POST', requestParameters } as Partial<HttpIntegration>).ask(
      'GET /p',
    );
    expect(be.requests[0]).toMatchObject({ method: 'POST', target: '/new/$request' });
  });

  it('sends the Host that a mapping wrote, and leaves in a path what may stand in one', async () => {
    const be = await backend();
    const requestParameters = { 'overwrite:header.host': 'app.internal', 'overwrite:path': '/in/$request.path.proxy' };
    await proxy('GET /out/{proxy+}', be.url, { requestParameters } as Partial<HttpIntegration>).ask(
      'GET /out/a@b/c%3Fd:e%20f',
    );
    expect(be.requests[0]).toMatchObject({ target: '/in/a@b/c%3Fd:e%20f', headers: { host: 'app.internal' } });
  });

  it('answers 503 when the backend is slow or refuses, 500 when the URI is no address', async () => {
    const slow = await backend(() => {});
    const late = await proxy('GET /p', slow.url, { timeoutInMillis: 60 }).ask('GET /p');
    expect([late.status, jsonOf(late)]).toEqual([503, { message: 'Service Unavailable' }]);
    const nobody = proxy('GET /p', 'http://127.0.0.1:1/');
    expect((await nobody.ask('GET /p')).status).toBe(503);
    expect(nobody.notes[0]).toContain('127.0.0.1:1');
    for (const uri of ['arn:aws:elasticloadbalancing:x', 'not a url', 'ftp://127.0.0.1/', '']) {
      expect((await proxy('GET /p', uri).ask('GET /p')).status).toBeGreaterThanOrEqual(500);
    }
  });

  it('answers 500 to an answer over 10 MB', async () => {
    const be = await backend((_request, response) => response.end(Buffer.alloc(10 * 1024 * 1024 + 1)));
    expect((await proxy('GET /p', be.url).ask('GET /p')).status).toBe(500);
  });

  it('leaves compression alone', async () => {
    const be = await backend((_request, response) => {
      response.writeHead(200, { 'Content-Encoding': 'gzip' });
      response.end(Buffer.from([0x1f, 0x8b, 1]));
    });
    const answer = await proxy('GET /p', be.url).ask('GET /p');
    expect([headerOf(answer, 'content-encoding'), [...answer.body]]).toEqual(['gzip', [0x1f, 0x8b, 1]]);
  });
});

describe('an AWS service integration', () => {
  const service = (subtype: string, requestParameters: Record<string, string>, endpoint?: string): TestApi =>
    testApi({
      routes: [
        route('POST /s', 'fn', { integration: { type: 'AWS_PROXY', subtype, credentials: 'arn', requestParameters } }),
      ],
      environment: endpoint === undefined ? {} : { serviceEndpoint: () => endpoint },
    });

  it('sends the mapped parameters to the endpoint, signed for service and region', async () => {
    const be = await backend((_request, response) => {
      response.writeHead(200, { 'Content-Type': 'application/x-amz-json-1.0', 'X-Secret': '1' });
      response.end('{"MessageId":"m"}');
    });
    const parameters = {
      QueueUrl: 'http://q/1',
      MessageBody: '$request.body.text',
      DelaySeconds: '5',
      Region: 'us-east-1',
    };
    const answer = await service('SQS-SendMessage', parameters, be.url).ask('POST /s', [], '{"text":"hi"}');
    expect([answer.status, jsonOf(answer), headerOf(answer, 'x-secret')]).toEqual([200, { MessageId: 'm' }, undefined]);
    expect(be.requests[0]).toMatchObject({
      method: 'POST',
      target: '/',
      headers: { 'x-amz-target': 'AmazonSQS.SendMessage', 'content-type': 'application/x-amz-json-1.0' },
    });
    expect(be.requests[0]?.headers.authorization).toContain('/us-east-1/sqs/aws4_request');
    expect(JSON.parse(be.requests[0]?.body ?? '')).toEqual({
      QueueUrl: 'http://q/1',
      MessageBody: 'hi',
      DelaySeconds: 5,
    });
  });

  it.each([
    [
      'EventBridge-PutEvents',
      { Detail: '$request.body', DetailType: 't', Source: 's', Resources: 'a, b' },
      'AWSEvents.PutEvents',
      { Entries: [{ Detail: '{"n":1}', DetailType: 't', Source: 's', Resources: ['a', 'b'] }] },
    ],
    [
      'Kinesis-PutRecord',
      { StreamName: 's', Data: '$request.body.n', PartitionKey: 'p' },
      'Kinesis_20131202.PutRecord',
      { StreamName: 's', Data: 'MQ==', PartitionKey: 'p' },
    ],
    [
      'StepFunctions-StartExecution',
      { StateMachineArn: 'arn', Input: '$request.body' },
      'AWSStepFunctions.StartExecution',
      { stateMachineArn: 'arn', input: '{"n":1}' },
    ],
    [
      'SQS-ReceiveMessage',
      { QueueUrl: 'q', MaxNumberOfMessages: '3', AttributeNames: '["All"]' },
      'AmazonSQS.ReceiveMessage',
      { QueueUrl: 'q', MaxNumberOfMessages: 3, AttributeNames: ['All'] },
    ],
  ])('speaks the protocol of %s', async (subtype, parameters, target, body) => {
    const be = await backend();
    await service(subtype, parameters, be.url).ask('POST /s', [], '{"n":1}');
    expect(be.requests[0]?.headers['x-amz-target']).toBe(target);
    expect(JSON.parse(be.requests[0]?.body ?? '')).toEqual(body);
  });

  it('reads a configuration by path', async () => {
    const be = await backend();
    const parameters = { Application: 'a b', Environment: 'e', Configuration: 'c', ClientId: 'me' };
    await service('AppConfig-GetConfiguration', parameters, be.url).ask('POST /s');
    expect(be.requests[0]).toMatchObject({
      method: 'GET',
      target: '/applications/a%20b/environments/e/configurations/c?client_id=me',
    });
  });

  it('is shown and answered 5xx with the reason where no endpoint is at hand', async () => {
    const api = service('SQS-SendMessage', { QueueUrl: 'q', MessageBody: 'm' });
    const answer = await api.ask('POST /s');
    expect(answer.status).toBe(501);
    expect(jsonOf(answer)).toMatchObject({ message: expect.stringContaining('--endpoint-url') });
    expect(api.notes[0]).toContain('"MessageBody":"m"');
  });

  // LocalStack's tests of Kinesis-PutRecord, validated on AWS.
  it('answers 500 for whatever the service refuses, says why at the terminal, and wants every mapped parameter', async () => {
    const be = await backend((_request, response) => {
      response.writeHead(400, { 'Content-Type': 'application/x-amz-json-1.1' });
      response.end('{"__type":"ResourceNotFoundException"}');
    });
    const parameters = {
      StreamName: 'none',
      Data: '$request.body.d',
      PartitionKey: 'p',
      ExplicitHashKey: '$request.body.hash',
    };
    const api = service('Kinesis-PutRecord', parameters, be.url);
    const answer = await api.ask('POST /s', [], '{"d":"x","hash":"1"}');
    expect([answer.status, jsonOf(answer)]).toEqual([500, { message: 'Internal Server Error' }]);
    expect(api.notes.at(-1)).toContain('Kinesis-PutRecord answered 400: {"__type":"ResourceNotFoundException"}');
    for (const body of ['{"d":"x"}', '{"d":"x","hash":""}', '{"d":"","hash":"1"}']) {
      expect((await api.ask('POST /s', [], body)).status).toBe(400);
    }
    expect(be.requests).toHaveLength(1);
  });

  it('refuses a call that lacks a required parameter, and a subtype nobody knows', async () => {
    const lacking = await service('SQS-SendMessage', { QueueUrl: 'q', MessageBody: '$request.body.none' }).ask(
      'POST /s',
    );
    expect([lacking.status, jsonOf(lacking)]).toEqual([400, { message: 'SQS-SendMessage needs MessageBody' }]);
    expect((await service('SNS-Publish', {}).ask('POST /s')).status).toBe(500);
    expect((await service('toString', {}).ask('POST /s')).status).toBe(500);
  });
});
