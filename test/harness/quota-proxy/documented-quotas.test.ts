import { describe, expect, it } from '@jest/globals';
import { identifyCall, type ProxiedRequest } from './control-call.ts';
import { documentedLimits } from './documented-quotas.ts';
import { QuotaMeter } from './quota-meter.ts';

function signed(
  service: string,
  method: string,
  url: string,
  body = '',
  headers: Record<string, string> = {},
): ProxiedRequest {
  const authorization = `AWS4-HMAC-SHA256 Credential=x/20260101/eu-west-1/${service}/aws4_request, Signature=0`;
  return { method, url, headers: { authorization, ...headers }, body: Buffer.from(body) };
}

/** How many of `calls` equal requests pass when sent all at once, and how many more a second later. */
function passing(request: ProxiedRequest, calls = 200): { readonly atOnce: number; readonly aSecondLater: number } {
  const call = identifyCall(request);
  if (call === undefined) throw new Error('not a control call');
  const meter = new QuotaMeter();
  const limits = documentedLimits(call, request);
  const count = (now: number): number =>
    Array.from({ length: calls }, () => meter.take(limits, now)).filter((full) => full === undefined).length;
  return { atOnce: count(0), aSecondLater: count(1000) };
}

describe('control calls are told apart', () => {
  const cases: readonly (readonly [ProxiedRequest, string, string | undefined])[] = [
    [signed('apigateway', 'POST', '/restapis', '{"name":"shop"}'), 'api-gateway CreateRestApi', 'shop'],
    [signed('apigateway', 'POST', '/restapis?mode=import', '{}'), 'api-gateway ImportRestApi', undefined],
    [signed('apigateway', 'PUT', '/restapis/a1?mode=overwrite', '{}'), 'api-gateway PutRestApi', 'a1'],
    [signed('apigateway', 'POST', '/restapis/a1/resources/r1', '{}'), 'api-gateway CreateResource', 'a1'],
    [signed('apigateway', 'GET', '/restapis/a1/resources?embed=methods'), 'api-gateway GetResources', 'a1'],
    [
      signed('apigateway', 'PUT', '/restapis/a1/resources/r1/methods/GET/integration'),
      'api-gateway PutIntegration',
      'a1',
    ],
    [
      signed('apigateway', 'PUT', '/tags/arn%3Aaws%3Aapigateway%3Aeu-west-1%3A%3A%2Frestapis%2Fa1'),
      'api-gateway TagResource',
      'a1',
    ],
    [signed('apigateway', 'POST', '/v2/apis/a2/routes', '{}'), 'api-gateway-v2 CreateRoute', 'a2'],
    [signed('apigateway', 'POST', '/v2/vpclinks', '{"name":"v"}'), 'api-gateway-v2 CreateVpcLink', 'v'],
    [signed('lambda', 'POST', '/2015-03-31/functions', '{"FunctionName":"f"}'), 'lambda CreateFunction', 'f'],
    [signed('lambda', 'PUT', '/2015-03-31/functions/f/code', '{}'), 'lambda UpdateFunctionCode', 'f'],
    [
      signed(
        'lambda',
        'GET',
        `/2015-03-31/functions/${encodeURIComponent('arn:aws:lambda:eu-west-1:1:function:f:live')}/policy`,
      ),
      'lambda GetPolicy',
      'f',
    ],
    [signed('lambda', 'POST', '/2015-03-31/functions/f/policy', '{}'), 'lambda AddPermission', 'f'],
    [signed('iam', 'POST', '/', 'Action=CreateRole&RoleName=r&Version=2010-05-08'), 'iam CreateRole', 'r'],
    [
      signed('dynamodb', 'POST', '/', '{"TableName":"t"}', { 'x-amz-target': 'DynamoDB_20120810.DescribeTable' }),
      'dynamodb DescribeTable',
      't',
    ],
    [
      signed('logs', 'POST', '/', '{"logGroupName":"/aws/lambda/f"}', {
        'x-amz-target': 'Logs_20140328.CreateLogGroup',
      }),
      'logs CreateLogGroup',
      '/aws/lambda/f',
    ],
  ];

  it.each(cases)('%# by signature, target, action, or method and path', (request, name, resource) => {
    const call = identifyCall(request);
    expect(`${call?.service} ${call?.operation}`).toBe(name);
    expect(call?.resource).toBe(resource);
  });

  it('requests to deployed APIs and unsigned ones are none', () => {
    expect(identifyCall(signed('execute-api', 'GET', '/prod/items'))).toBeUndefined();
    expect(identifyCall(signed('lambda', 'GET', '/_aws/execute-api/a1/prod/items'))).toBeUndefined();
    expect(identifyCall(signed('apigateway', 'GET', '/restapis/a1/prod/_user_request_/items'))).toBeUndefined();
    expect(identifyCall({ method: 'GET', url: '/health', headers: {}, body: Buffer.alloc(0) })).toBeUndefined();
  });
});

describe('the documented quotas', () => {
  const regional = '{"endpointConfiguration":{"types":["REGIONAL"]}}';
  const vector: readonly (readonly [string, ProxiedRequest, number, number])[] = [
    ['one regional API in 3 s', signed('apigateway', 'POST', '/restapis', regional), 1, 0],
    ['one PutRestApi a second', signed('apigateway', 'PUT', '/restapis/a'), 1, 1],
    ['one deployment in 5 s', signed('apigateway', 'POST', '/restapis/a/deployments'), 1, 0],
    ['5 new resources a second', signed('apigateway', 'POST', '/restapis/a/resources/r'), 5, 5],
    ['5 GetResources in 2 s', signed('apigateway', 'GET', '/restapis/a/resources'), 2, 2],
    ['40 of other management calls at once, 10 a second', signed('apigateway', 'GET', '/v2/apis'), 40, 10],
    ['one VPC link in 15 s', signed('apigateway', 'POST', '/v2/vpclinks'), 1, 0],
    ['15 Lambda calls a second', signed('lambda', 'POST', '/2015-03-31/functions'), 15, 15],
    ['100 GetFunction a second', signed('lambda', 'GET', '/2015-03-31/functions/f'), 100, 100],
  ];

  it.each(vector)('%s', (_title, request, atOnce, aSecondLater) => {
    expect(passing(request)).toEqual({ atOnce, aSecondLater });
  });

  it('an API without an endpoint type is an edge one: one in 30 s', () => {
    const edge = signed('apigateway', 'POST', '/restapis', '{"name":"x"}');
    const call = identifyCall(edge);
    const meter = new QuotaMeter();
    const limits = call === undefined ? [] : documentedLimits(call, edge);
    expect([0, 3_000, 29_000, 30_001].map((now) => meter.take(limits, now) === undefined)).toEqual([
      true,
      false,
      false,
      true,
    ]);
  });

  it('API Gateway v1 and v2 share the account-wide 10 a second', () => {
    const meter = new QuotaMeter();
    const one = signed('apigateway', 'GET', '/restapis');
    const two = signed('apigateway', 'GET', '/v2/apis');
    const passed = Array.from({ length: 60 }, (_, index) => (index % 2 === 0 ? one : two)).filter((request) => {
      const call = identifyCall(request);
      return call !== undefined && meter.take(documentedLimits(call, request), 0) === undefined;
    });
    expect(passed).toHaveLength(40);
  });

  it('CloudWatch Logs counts each operation by itself', () => {
    const target = (operation: string) =>
      signed('logs', 'POST', '/', '{}', { 'x-amz-target': `Logs_20140328.${operation}` });
    expect(passing(target('CreateLogGroup'))).toEqual({ atOnce: 10, aSecondLater: 10 });
    expect(passing(target('ListTagsForResource'))).toEqual({ atOnce: 5, aSecondLater: 5 });
  });

  it('items of tables, invocations and log events count against no control-plane quota', () => {
    const put = signed('dynamodb', 'POST', '/', '{}', { 'x-amz-target': 'DynamoDB_20120810.PutItem' });
    expect(passing(put)).toEqual({ atOnce: 200, aSecondLater: 200 });
    expect(passing(signed('lambda', 'POST', '/2015-03-31/functions/f/invocations')).atOnce).toBe(200);
  });

  it('a refused call uses no other quota up', () => {
    const meter = new QuotaMeter();
    const narrow = { bucket: 'narrow', perSecond: 1, capacity: 1 };
    const wide = { bucket: 'wide', perSecond: 1, capacity: 3 };
    expect([meter.take([narrow, wide], 0), meter.take([narrow, wide], 0), meter.take([narrow, wide], 0)]).toEqual([
      undefined,
      'narrow',
      'narrow',
    ]);
    expect([meter.take([wide], 0), meter.take([wide], 0), meter.take([wide], 0)]).toEqual([
      undefined,
      undefined,
      'wide',
    ]);
  });
});
