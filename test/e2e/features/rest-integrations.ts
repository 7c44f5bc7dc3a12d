// What answers a route beside a proxied function, and what surrounds the routes.

import * as gateway from '@aws-sdk/client-api-gateway';
import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { expect, it } from '@jest/globals';
import type { RestStand } from './rest-stand.ts';

const service = (rest: string): string => `arn:aws:apigateway:eu-west-1:${rest}`;
const json = { 'content-type': 'application/json' };

export function restIntegrations(stand: RestStand): void {
  it('calls a function without proxy, with templates of request and answer, and an answer for a kind of error', async () => {
    const { methodIntegration, methodResponses } = await stand.method('/mapped/{id}', 'POST');
    expect(methodIntegration).toMatchObject({
      type: 'AWS',
      httpMethod: 'POST',
      passthroughBehavior: 'NEVER',
      uri: service(
        `lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:${stand.account}:function:${stand.name}-dev-mapped:v1/invocations`,
      ),
      requestTemplates: { 'application/json': `{"id":"$input.params('id')","name":$input.json('$.name')}` },
      integrationResponses: {
        200: {
          responseTemplates: { 'application/json': `{"greeting":$input.json('$.text')}` },
          responseParameters: { 'method.response.header.X-Kind': "'mapped'" },
        },
        404: { selectionPattern: 'No such.*', responseTemplates: { 'application/json': '{"message":"Not here"}' } },
      },
    });
    expect(methodResponses?.['200']?.responseParameters).toMatchObject({ 'method.response.header.X-Kind': false });
    if (!stand.called) return;
    // MiniStack evaluates no template for functions: what it returns is the bare answer, not a proxied one.
    const mapped = await stand.project.call('partner', 'POST /mapped/7', { body: '{"name":"ann"}', headers: json });
    expect([mapped.status, mapped.text]).toEqual([200, '{"text": "hello nobody"}']);
    const other = { body: 'ann', headers: { 'content-type': 'text/plain' } };
    expect((await stand.project.call('partner', 'POST /mapped/7', other)).status).toBe(415);
  });

  it('calls a website without proxy, with parameters and headers mapped there and back', async () => {
    const { methodIntegration, requestParameters } = await stand.method('/backend/{id}', 'GET');
    expect(requestParameters).toMatchObject({
      'method.request.path.id': true,
      'method.request.header.X-Tenant': false,
    });
    expect(methodIntegration).toMatchObject({
      type: 'HTTP',
      httpMethod: 'GET',
      uri: 'https://old.example.com/items/{id}',
      timeoutInMillis: 5000,
      requestParameters: {
        'integration.request.path.id': 'method.request.path.id',
        'integration.request.header.X-Id': 'method.request.path.id',
        'integration.request.querystring.tenant': 'method.request.header.X-Tenant',
      },
      integrationResponses: {
        200: { responseParameters: { 'method.response.header.X-Old': 'integration.response.header.X-Version' } },
      },
    });
  });

  it('calls any service by action or path, short forms included, as a role that may do that and no more', async () => {
    const uri = async (path: string, method: string) => (await stand.method(path, method)).methodIntegration?.uri;
    expect(await uri('/files/{file}', 'GET')).toBe(service('s3:path/shop/{file}'));
    expect(await uri('/runs', 'POST')).toBe(service('states:action/StartExecution'));
    expect(await uri('/signals', 'POST')).toMatch(new RegExp(`^${service('sns:(action/Publish|path//)')}`));
    expect(await uri('/jobs', 'POST')).toBe(service(`sqs:path/${stand.account}/${stand.name}-dev-jobs`));
    const table = `${stand.name}-dev-Note`;
    for (const [path, method, action] of [
      ['/notes/{id}', 'GET', 'GetItem'],
      ['/notes/{id}', 'PUT', 'PutItem'],
      ['/owners/{owner}', 'GET', 'Query'],
    ] as const) {
      expect(await uri(path, method)).toBe(service(`dynamodb:action/${action}`));
      const { methodIntegration } = await stand.method(path, method);
      expect(methodIntegration?.requestTemplates?.['application/json']).toContain(`"TableName":"${table}"`);
    }
    const place = `eu-west-1:${stand.account}`;
    const granted = (await stand.statements('api-partner')).flatMap(({ Action, Resource }) =>
      Action.map((action) => [action, Resource]),
    );
    expect(Object.fromEntries(granted)).toEqual({
      'dynamodb:GetItem': [`arn:aws:dynamodb:${place}:table/${table}`],
      'dynamodb:PutItem': [`arn:aws:dynamodb:${place}:table/${table}`],
      'dynamodb:Query': [`arn:aws:dynamodb:${place}:table/${table}/index/byOwner`],
      's3:GetObject': ['arn:aws:s3:::shop/*'],
      'sns:Publish': [`arn:aws:sns:${place}:${stand.name}-dev-signals`],
      'sqs:SendMessage': [`arn:aws:sqs:${place}:${stand.name}-dev-jobs`],
      'states:StartExecution': ['arn:aws:states:eu-west-1:123456789012:stateMachine:run'],
    });
  });

  if (stand.called) {
    it('puts a part of the body into its queue, with attributes', async () => {
      const sent = await stand.project.call('partner', 'POST /jobs', { body: '{"job":"paint"}', headers: json });
      expect(sent.status).toBe(200);
      const QueueUrl = `${stand.endpoint}/${stand.account}/${stand.name}-dev-jobs`;
      const { Messages = [] } = await stand.aws.sqs.send(
        new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 5, MessageAttributeNames: ['All'] }),
      );
      expect(Messages).toMatchObject([{ Body: 'paint', MessageAttributes: { colour: { DataType: 'String' } } }]);
    });

    it('limits one route of a plan below the others', async () => {
      const { json: key } = await stand.project.apigen('keys', 'create', 'acme', '--plan', 'free');
      const headers = { 'x-api-key': key.value };
      const call = async () => (await stand.project.call('partner', 'GET /limited', { headers })).status;
      expect((await stand.project.call('partner', 'GET /limited')).status).toBe(403);
      const { items = [] } = await stand.aws.apiGateway.send(new gateway.GetUsagePlansCommand({ limit: 500 }));
      expect(items.find((plan) => plan.name === `${stand.name}-dev-partner-free`)).toMatchObject({
        description: 'To try it',
        throttle: { rateLimit: 50, burstLimit: 100 },
        quota: { limit: 5000, period: 'WEEK' },
        apiStages: [{ stage: 'dev', throttle: { '/limited/GET': { rateLimit: 0.1, burstLimit: 1 } } }],
      });
      expect([await call(), await call()]).toEqual([200, 429]);
    });

    it('answers preflights, and lets bytes through both ways', async () => {
      const preflight = await stand.project.call('partner', 'OPTIONS /hello', {
        headers: { origin: 'https://shop.example.com', 'access-control-request-method': 'GET' },
      });
      expect([preflight.status, Object.fromEntries(preflight.headers)]).toMatchObject([
        204,
        {
          'access-control-allow-origin': 'https://shop.example.com',
          'access-control-allow-methods': 'GET,OPTIONS',
          'access-control-allow-headers': 'x-token',
          'access-control-max-age': '600',
          'access-control-allow-credentials': 'true',
        },
      ]);
      const type = { 'content-type': 'image/png', accept: 'image/png' };
      const sent = await stand.project.call('partner', 'POST /bytes', { body: Uint8Array.of(1, 2, 3), headers: type });
      expect([sent.status, Buffer.from(sent.text).toString('hex')]).toEqual([200, '030201']);
    });
  }

  it('is denied by its resource policy from elsewhere', async () => {
    const restApiId = await stand.apiId('partner');
    const { policy = '' } = await stand.aws.apiGateway.send(new gateway.GetRestApiCommand({ restApiId }));
    const { Statement } = JSON.parse(policy.replace(/\\"/g, '"').replace(/\\\//g, '/'));
    expect(Statement).toMatchObject([
      { Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke' },
      {
        Effect: 'Deny',
        Principal: '*',
        Action: 'execute-api:Invoke',
        Resource: expect.stringMatching(/\/\*\/GET\/closed$/),
        Condition: { NotIpAddress: { 'aws:SourceIp': ['203.0.113.0/24'] } },
      },
    ]);
  });

  it('keeps answers as its cache says: size, time, keys, encryption, and who may refresh them', async () => {
    const restApiId = await stand.apiId('partner');
    const stage = await stand.aws.apiGateway.send(new gateway.GetStageCommand({ restApiId, stageName: 'dev' }));
    expect(stage).toMatchObject({
      cacheClusterEnabled: true,
      cacheClusterSize: '1.6',
      methodSettings: {
        [stand.called ? '/kept/{id}/GET' : '~1kept~1{id}/GET']: {
          cachingEnabled: true,
          cacheTtlInSeconds: 60,
          cacheDataEncrypted: false,
          requireAuthorizationForCacheControl: true,
          unauthorizedCacheControlHeaderStrategy: 'FAIL_WITH_403',
        },
        '*/*': { loggingLevel: 'INFO', dataTraceEnabled: true, throttlingRateLimit: 50, throttlingBurstLimit: 100 },
      },
    });
    const { methodIntegration, requestParameters } = await stand.method('/kept/{id}', 'GET');
    expect(requestParameters).toMatchObject({ 'method.request.querystring.q': false });
    if (!stand.called) return;
    expect([...(methodIntegration?.cacheKeyParameters ?? [])].sort()).toEqual([
      'method.request.header.X-Lang',
      'method.request.path.id',
      'method.request.querystring.q',
    ]);
  });
}
