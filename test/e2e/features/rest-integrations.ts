// What answers a route beside a proxied function, and what surrounds the routes.

import * as gateway from '@aws-sdk/client-api-gateway';
import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { expect, it } from '@jest/globals';
import { grantedBy } from './account.ts';
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
    expect((await stand.method('/files/{file}', 'POST')).methodIntegration).toMatchObject({
      httpMethod: 'PUT',
      uri: service('s3:path/shop/{file}'),
      requestParameters: {
        'integration.request.path.file': 'method.request.path.file',
        'integration.request.header.Content-Type': 'method.request.header.X-Kind',
        'integration.request.header.x-amz-acl': "'private'",
      },
    });
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
    expect(await grantedBy(stand.aws, `${stand.name}-dev-api-partner-eu-west-1`)).toEqual({
      'dynamodb:GetItem': [`arn:aws:dynamodb:${place}:table/${table}`],
      'dynamodb:PutItem': [`arn:aws:dynamodb:${place}:table/${table}`],
      'dynamodb:Query': [`arn:aws:dynamodb:${place}:table/${table}/index/byOwner`],
      's3:GetObject': ['arn:aws:s3:::shop/*'],
      's3:PutObject': ['arn:aws:s3:::shop/*'],
      'sns:Publish': ['ordered.fifo', 'signals'].map((one) => `arn:aws:sns:${place}:${stand.name}-dev-${one}`),
      'sqs:SendMessage': ['jobs', 'sealed.fifo'].map((one) => `arn:aws:sqs:${place}:${stand.name}-dev-${one}`),
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

    it('answers a mock with its status, body and headers', async () => {
      const { status, text, headers } = await stand.project.call('partner', 'GET /fixed');
      expect([status, text, headers.get('x-fixed')]).toEqual([203, '{"fixed":true}', 'always']);
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

  it('checks bodies by a schema, by a model without some attributes, and by some of them alone', async () => {
    const restApiId = await stand.apiId('partner');
    const schema = async (path: string, method: string): Promise<unknown> => {
      const { requestModels, requestValidatorId } = await stand.method(path, method);
      expect(requestValidatorId).toBeTruthy();
      const modelName = requestModels?.['application/json'];
      const model = await stand.aws.apiGateway.send(new gateway.GetModelCommand({ restApiId, modelName }));
      return JSON.parse(model.schema ?? '');
    };
    expect(await schema('/there', 'POST')).toMatchObject({ type: 'object', required: ['total'] });
    const partial = await schema('/notes', 'POST');
    expect(partial).toMatchObject({ properties: { id: { type: 'string' }, text: { type: 'string' } } });
    expect(partial).not.toHaveProperty('required');
    expect(partial).not.toHaveProperty('properties.owner');
    expect(await schema('/notes', 'PATCH')).toMatchObject({ properties: { text: { type: 'string' } } });
    expect(await schema('/notes', 'PATCH')).not.toHaveProperty('properties.id');
  });

  it('takes API keys from an authorizer, which reads a table', async () => {
    const restApiId = await stand.apiId('keyed');
    const api = await stand.aws.apiGateway.send(new gateway.GetRestApiCommand({ restApiId }));
    expect(api.apiKeySource).toBe('AUTHORIZER');
    const table = `arn:aws:dynamodb:eu-west-1:${stand.account}:table/${stand.name}-dev-Note`;
    const granted = await grantedBy(stand.aws, `${stand.name}-dev-keeper-eu-west-1`);
    expect(granted['dynamodb:Scan']?.[0]).toBe(table);
  });

  it('is denied by its resource policy from elsewhere', async () => {
    const restApiId = await stand.apiId('partner');
    const { policy = '' } = await stand.aws.apiGateway.send(new gateway.GetRestApiCommand({ restApiId }));
    const { Statement } = JSON.parse(policy.replace(/\\"/g, '"').replace(/\\\//g, '/'));
    expect(Statement).toMatchObject([
      { Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke' },
      {
        Sid: 'NotFromElsewhere',
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
