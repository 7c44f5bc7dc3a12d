// Routes that AWS services answer, from apigen.yml to the call on the wire.

import { afterEach, describe, expect, it } from '@jest/globals';
import { answerOf, definitionOf, PRODUCT, type Sent, startService } from './api-fixture.ts';

const rest = (route: string, key = 'POST /a', more = '') =>
  `models: { Product: src/models/product.ts }\ntopics: { signals: {} }\nqueues: { jobs: { fifo: true }, plain: {} }\napis:\n  p: { type: rest, auth: none, ${more} routes: { "${key}": ${route} } }\n`;

let close: (() => Promise<void>) | undefined;
afterEach(async () => close?.());

async function call(body: string, sent: Sent, answer = { status: 200, body: '{}' }) {
  const service = await startService(answer);
  close = service.close;
  const definition = definitionOf(body, 'rest', { models: { Product: PRODUCT } });
  const result = await answerOf(definition, sent, service.endpoint);
  return { ...result, asked: service.asked[0], definition };
}

const form = (body: string | undefined) => Object.fromEntries(new URLSearchParams(body));

describe('sns', () => {
  it('publishes the body, whatever is in it, and answers the id', async () => {
    const text = '{"a":"x & y = $z #1 ü"}';
    const { asked, status, body, definition } = await call(
      rest('{ sns: { topic: signals } }'),
      { method: 'POST', path: '/a', body: text },
      { status: 200, body: '{"PublishResponse":{"PublishResult":{"MessageId":"m-1"}}}' },
    );
    expect(form(asked?.body)).toEqual({
      Action: 'Publish',
      TopicArn: 'arn:aws:sns:eu-west-1:123456789012:shop-dev-signals',
      Message: text,
    });
    expect(asked?.headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect({ status, body }).toEqual({ status: 200, body: '{"messageId":"m-1"}' });
    expect(definition.integrationStatements).toEqual([
      { actions: ['sns:Publish'], resources: ['arn:aws:sns:eu-west-1:123456789012:shop-dev-signals'] },
    ]);
  });

  it('takes subject and attributes from the request, and a header never from the query', async () => {
    const route =
      '{ sns: { topic: signals, message: "$request.body.text", subject: "Order ${request.body.id}", attributes: { tenant: $request.header.X-Tenant } } }';
    const { asked } = await call(rest(route), {
      method: 'POST',
      path: '/a',
      query: 'X-Tenant=evil',
      headers: [
        ['Content-Type', 'application/json'],
        ['X-Tenant', 'good'],
      ],
      body: '{"text":"hi","id":7}',
    });
    expect(form(asked?.body)).toMatchObject({
      Message: 'hi',
      Subject: 'Order 7',
      'MessageAttributes.entry.1.Name': 'tenant',
      'MessageAttributes.entry.1.Value.StringValue': 'good',
    });
  });

  it('refuses other types of content, which no template would quote', async () => {
    const sent = {
      method: 'POST',
      path: '/a',
      headers: [['Content-Type', 'text/plain']] as const,
      body: 'Action=DeleteTopic',
    };
    const { status, asked } = await call(rest('{ sns: { topic: signals } }'), sent);
    expect({ status, asked }).toEqual({ status: 415, asked: undefined });
  });

  it('does not tell the client what failed inside AWS', async () => {
    const { status, body } = await call(
      rest('{ sns: { topic: signals } }'),
      { method: 'POST', path: '/a', body: '{}' },
      { status: 503, body: '{"secret":1}' },
    );
    expect({ status, body }).toEqual({ status: 500, body: '{"message":"Internal server error"}' });
  });
});

describe('sqs', () => {
  it('sends to the queue of the stage with its group', async () => {
    const { asked, definition } = await call(rest('{ sqs: { queue: jobs, groupId: $request.body.customer } }'), {
      method: 'POST',
      path: '/a',
      body: '{"customer":"c 1"}',
    });
    expect(asked?.url).toBe('/123456789012/shop-dev-jobs.fifo');
    expect(form(asked?.body)).toEqual({
      Action: 'SendMessage',
      MessageBody: '{"customer":"c 1"}',
      MessageGroupId: 'c 1',
    });
    expect(definition.integrationStatements).toEqual([
      { actions: ['sqs:SendMessage'], resources: ['arn:aws:sqs:eu-west-1:123456789012:shop-dev-jobs.fifo'] },
    ]);
  });

  it('is a subtype with parameters on an HTTP API', () => {
    const body = rest(
      '{ sqs: { queue: plain, message: $request.body.job, attributes: { who: $request.query.who } } }',
    ).replace('type: rest', 'type: http');
    const { routes, integrationStatements } = definitionOf(body, 'http');
    expect(routes[0]?.integration).toEqual({
      type: 'AWS_PROXY',
      subtype: 'SQS-SendMessage',
      requestParameters: {
        QueueUrl: 'https://sqs.eu-west-1.amazonaws.com/123456789012/shop-dev-plain',
        MessageBody: '$request.body.job',
        MessageAttributes: '{"who":{"DataType":"String","StringValue":"${request.querystring.who}"}}',
      },
    });
    expect(integrationStatements?.[0]?.resources).toEqual(['arn:aws:sqs:eu-west-1:123456789012:shop-dev-plain']);
  });
});

describe('dynamodb', () => {
  const item = { id: { S: 'p1' }, name: { S: 'A "cup"' }, price: { N: '2.5' }, tags: { SS: ['a', 'b'] } };

  it('gets an item as plain JSON', async () => {
    const { asked, status, body } = await call(
      rest('{ dynamodb: { get: Product, key: { id: $request.path.id } } }', 'GET /p/{id}'),
      { method: 'GET', path: '/p/p1' },
      { status: 200, body: JSON.stringify({ Item: item }) },
    );
    expect(asked?.headers['x-amz-target']).toBe('DynamoDB_20120810.GetItem');
    expect(JSON.parse(asked?.body ?? '')).toEqual({ TableName: 'shop-dev-Product', Key: { id: { S: 'p1' } } });
    expect({ status, body: JSON.parse(body) }).toEqual({
      status: 200,
      body: { id: 'p1', name: 'A "cup"', price: 2.5, tags: ['a', 'b'] },
    });
  });

  it('answers 404 for what is not there', async () => {
    const route = rest('{ dynamodb: { get: Product, key: { id: $request.path.id } } }', 'GET /p/{id}');
    const { status, body } = await call(route, { method: 'GET', path: '/p/p1' });
    expect({ status, body }).toEqual({ status: 404, body: '{"message":"Not Found"}' });
  });

  it('puts an item with the types of the model, and 409 where it may not replace', async () => {
    const route =
      '{ dynamodb: { put: Product, replace: false, item: { id: $context.requestId, name: $request.body.name, price: $request.body.price, tags: $request.body.tags } } }';
    const sent = { method: 'POST', path: '/a', body: '{"name":"It\'s \\"x\\"","price":3,"tags":["a"]}' };
    const { asked } = await call(rest(route), sent);
    expect(JSON.parse(asked?.body ?? '')).toMatchObject({
      Item: { name: { S: 'It\'s "x"' }, price: { N: '3' }, tags: { SS: ['a'] } },
      ConditionExpression: 'attribute_not_exists(#k)',
      ExpressionAttributeNames: { '#k': 'id' },
    });
    await close?.();
    const taken = await call(rest(route), sent, {
      status: 400,
      body: '{"__type":"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException"}',
    });
    expect({ status: taken.status, body: taken.body }).toEqual({ status: 409, body: '{"message":"Conflict"}' });
  });

  it('queries by key and answers a list', async () => {
    const { asked, body } = await call(
      rest(
        '{ dynamodb: { query: Product, key: { id: $request.path.id }, limit: 5, descending: true } }',
        'GET /p/{id}',
      ),
      { method: 'GET', path: '/p/a%22b' },
      { status: 200, body: JSON.stringify({ Items: [item, { id: { S: 'p2' } }] }) },
    );
    expect(JSON.parse(asked?.body ?? '')).toEqual({
      TableName: 'shop-dev-Product',
      KeyConditionExpression: '#k0 = :v0',
      ExpressionAttributeNames: { '#k0': 'id' },
      ExpressionAttributeValues: { ':v0': { S: 'a"b' } },
      Limit: 5,
      ScanIndexForward: false,
    });
    expect(JSON.parse(body)).toEqual([{ id: 'p1', name: 'A "cup"', price: 2.5, tags: ['a', 'b'] }, { id: 'p2' }]);
  });
});

describe('aws', () => {
  it('calls any action with JSON parameters', async () => {
    const route =
      '{ aws: { service: states, action: StartExecution, parameters: { stateMachineArn: "arn:aws:states:eu-west-1:123456789012:stateMachine:m", input: $request.body, name: "run-${request.body.id}" } } }';
    const { asked, definition } = await call(rest(route), { method: 'POST', path: '/a', body: '{"id":"x"}' });
    expect(asked?.headers['x-amz-target']).toBe('AWSStepFunctions.StartExecution');
    expect(JSON.parse(asked?.body ?? '')).toEqual({
      stateMachineArn: 'arn:aws:states:eu-west-1:123456789012:stateMachine:m',
      input: '{"id":"x"}',
      name: 'run-x',
    });
    expect(definition.integrationStatements).toEqual([
      { actions: ['states:StartExecution'], resources: ['arn:aws:states:eu-west-1:123456789012:stateMachine:m'] },
    ]);
  });

  it('keeps the types of what the body holds', async () => {
    const route =
      '{ aws: { service: dynamodb, action: DeleteItem, parameters: { TableName: Product, Key: $request.body.key } } }';
    const { asked, definition } = await call(rest(route), {
      method: 'POST',
      path: '/a',
      body: '{"key":{"id":{"S":"1"}}}',
    });
    expect(JSON.parse(asked?.body ?? '')).toEqual({ TableName: 'shop-dev-Product', Key: { id: { S: '1' } } });
    expect(definition.integrationStatements?.[0]?.resources).toEqual([
      'arn:aws:dynamodb:eu-west-1:123456789012:table/shop-dev-Product',
    ]);
  });

  it('reaches REST services by path', async () => {
    const route =
      '{ aws: { service: s3, path: "bucket/{key}", parameters: { path.key: $request.path.key }, actions: [s3:GetObject], resources: ["arn:aws:s3:::bucket/*"] } }';
    const { asked } = await call(rest(route, 'GET /files/{key}'), { method: 'GET', path: '/files/a.txt' });
    expect({ method: asked?.method, url: asked?.url }).toEqual({ method: 'GET', url: '/bucket/a.txt' });
  });

  it('has no rights where it is not clear what it uses', () => {
    const route =
      '{ aws: { service: sqs, action: SendMessage, parameters: { QueueUrl: somewhere, MessageBody: $request.body } } }';
    expect(definitionOf(rest(route), 'rest').integrationStatements).toBeUndefined();
  });
});
