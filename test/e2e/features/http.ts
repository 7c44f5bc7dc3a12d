// HTTP APIs: who may call, both payloads, mappings, private backends, every service.

import * as gateway from '@aws-sdk/client-apigatewayv2';
import { expect, it } from '@jest/globals';
import { grantedBy } from './account.ts';
import type { HttpStand } from './http-stand.ts';

export function http(stand: HttpStand): void {
  const call = (request: string, headers: Record<string, string> = {}, body?: string) =>
    stand.project.call('public', request, { headers, ...(body !== undefined && { body }) });

  it('asks tokens of an issuer, and of a user pool, for one of the scopes', async () => {
    const routes = await stand.routes('public');
    const issuer = `https://cognito-idp.eu-west-1.amazonaws.com/${stand.pool.id}`;
    for (const [route, name, scopes] of [
      ['GET /orders', 'tokens', ['orders/read', 'orders/all']],
      ['GET /people', 'people', ['orders/write']],
    ] as const) {
      const authorizer = await stand.authorizer('public', name);
      expect(authorizer).toMatchObject({
        AuthorizerType: 'JWT',
        IdentitySource: ['$request.header.Authorization'],
        JwtConfiguration: { Issuer: issuer, Audience: [stand.pool.client] },
      });
      expect(routes[route]).toMatchObject({ AuthorizationType: 'JWT', AuthorizerId: authorizer?.AuthorizerId });
      expect([...(routes[route]?.AuthorizationScopes ?? [])].sort()).toEqual([...scopes].sort());
    }
    if (!stand.called) return;
    const [reads, writes] = [await stand.pool.token('orders/read'), await stand.pool.token('orders/write')];
    const status = async (path: string, token?: string) =>
      (await call(`GET ${path}`, token === undefined ? {} : { authorization: `Bearer ${token}` })).status;
    expect([await status('/orders'), await status('/orders', 'a.b.c'), await status('/orders', writes)]).toEqual([
      401, 401, 403,
    ]);
    expect([await status('/orders', reads), await status('/people', reads), await status('/people', writes)]).toEqual([
      200, 403, 200,
    ]);
  });

  it('takes the simple answers of an authorizer, with what it says of the caller', async () => {
    expect(await stand.authorizer('public', 'simple')).toMatchObject({
      AuthorizerType: 'REQUEST',
      AuthorizerPayloadFormatVersion: '2.0',
      EnableSimpleResponses: true,
      AuthorizerResultTtlInSeconds: 60,
      IdentitySource: ['$request.header.X-Key', '$context.httpMethod'],
    });
    if (!stand.called) return;
    expect([(await call('GET /simple')).status, (await call('GET /simple', { 'x-key': 'shut' })).status]).toEqual([
      401, 403,
    ]);
    const { status, text } = await call('GET /simple', { 'x-key': 'open' });
    const told = { name: 'ann', version: '2.0', sources: ['open', 'GET'] };
    expect([status, JSON.parse(text).requestContext.authorizer]).toEqual([200, { lambda: told }]);
  });

  it('takes the policies of an authorizer of the older format, and calls the function in the older format', async () => {
    expect(await stand.authorizer('public', 'older')).toMatchObject({
      AuthorizerPayloadFormatVersion: '1.0',
      AuthorizerResultTtlInSeconds: 0,
      IdentitySource: ['$request.header.X-Key', '$request.querystring.day'],
    });
    const routes = await stand.routes('public');
    expect(routes['GET /older']?.to).toMatchObject({ IntegrationType: 'AWS_PROXY', PayloadFormatVersion: '1.0' });
    expect(routes['GET /simple']?.to).toMatchObject({ IntegrationType: 'AWS_PROXY', PayloadFormatVersion: '2.0' });
    if (!stand.called) return;
    expect([
      (await call('GET /older', { 'x-key': 'open' })).status,
      (await call('GET /older?day=1', { 'x-key': 'shut' })).status,
    ]).toEqual([401, 403]);
    // MiniStack sends functions the newer format whatever the integration says: dev's gateway sends the older one.
    const { status, text } = await call('GET /older?day=1', { 'x-key': 'open' });
    expect([status, JSON.parse(text).requestContext.authorizer.lambda]).toMatchObject([200, { type: 'REQUEST' }]);
  });

  it('maps parameters to a website and back', async () => {
    const { 'ANY /backend/{proxy+}': route } = await stand.routes('public');
    expect(route?.to).toMatchObject({
      IntegrationType: 'HTTP_PROXY',
      IntegrationMethod: 'ANY',
      TimeoutInMillis: 7000,
      RequestParameters: {
        'overwrite:header.X-Id': '$request.path.proxy',
        'append:header.X-Tag': 'two',
        'remove:querystring.secret': "''",
        'overwrite:path': `/items/\${request.path.proxy}`,
      },
      ResponseParameters: { 200: { 'overwrite:header.X-Out': '$context.requestId' } },
    });
  });

  it('checks bodies and parameters before the handler runs, and answers the rest by $default', async () => {
    const routes = await stand.routes('public');
    expect(routes['$default']?.to.IntegrationUri).toContain(':v1');
    if (!stand.called) return;
    const json = { 'content-type': 'application/json' };
    const checked = async (query: string, headers: Record<string, string>, body: string) => {
      const { status, text } = await call(`POST /checked${query}`, { ...json, ...headers }, body);
      return `${status} ${text}`;
    };
    expect(await checked('?page=1', { 'x-tenant': 'acme' }, '{"total":1}')).toBe('200 fine');
    expect(await checked('?page=1', { 'x-tenant': 'acme' }, '{"total":"much"}')).toMatch(/^400 .*Invalid request body/);
    expect(await checked('', {}, '{"total":1}')).toMatch(
      /^400 .*Missing required request parameters: \[X-Tenant, page\]/,
    );
    expect(JSON.parse((await call('GET /anything/else')).text).routeKey).toBe('$default');
  });

  it('answers preflights by itself', async () => {
    expect((await stand.api('public')).CorsConfiguration).toMatchObject({
      AllowOrigins: ['https://shop.example.com'],
      AllowMethods: ['GET'],
      AllowHeaders: ['authorization'],
      ExposeHeaders: ['x-out'],
      MaxAge: 60,
      AllowCredentials: true,
    });
    if (!stand.called) return;
    const asked = { origin: 'https://shop.example.com', 'access-control-request-method': 'GET' };
    const { status, headers } = await call('OPTIONS /orders', asked);
    expect([status, headers.get('access-control-allow-origin')]).toEqual([204, 'https://shop.example.com']);
  });

  it('has its domain, whose clients must show certificates, and no other address', async () => {
    const DomainName = `api.${stand.name}.example.com`;
    const domain = await stand.aws.apiGatewayV2.send(new gateway.GetDomainNameCommand({ DomainName }));
    const certificate = 'arn:aws:acm:eu-west-1:123456789012:certificate';
    expect(domain).toMatchObject({
      DomainNameConfigurations: [
        {
          CertificateArn: `${certificate}/4a6e1c2d-0000-4000-8000-000000000000`,
          OwnershipVerificationCertificateArn: `${certificate}/5b7f2d3e-0000-4000-8000-000000000000`,
          EndpointType: 'REGIONAL',
          SecurityPolicy: 'TLS_1_2',
        },
      ],
      MutualTlsAuthentication: { TruststoreUri: 's3://shop/truststore.pem', TruststoreVersion: '3' },
    });
    expect((await stand.api('public')).DisableExecuteApiEndpoint).toBe(true);
  });

  it('calls every service that an HTTP API can call, as a role that may do that and no more', async () => {
    const routes = await stand.routes('public');
    const queue = 'https://sqs.eu-west-1.amazonaws.com/123456789012/elsewhere';
    const machine = 'arn:aws:states:eu-west-1:123456789012:stateMachine:run';
    const expected: Readonly<Record<string, readonly [string, Readonly<Record<string, string>>]>> = {
      'POST /events': ['EventBridge-PutEvents', { Source: 'shop', DetailType: 'made', Detail: '$request.body' }],
      'GET /queue': ['SQS-ReceiveMessage', { QueueUrl: queue, WaitTimeSeconds: '1' }],
      'DELETE /queue/{handle}': ['SQS-DeleteMessage', { QueueUrl: queue, ReceiptHandle: '$request.path.handle' }],
      'DELETE /queue': ['SQS-PurgeQueue', { QueueUrl: queue }],
      'POST /records': [
        'Kinesis-PutRecord',
        { StreamName: 'clicks', Data: '$request.body', PartitionKey: '$context.requestId' },
      ],
      'GET /settings': [
        'AppConfig-GetConfiguration',
        { Application: 'shop', Environment: 'live', Configuration: 'colours', ClientId: 'api' },
      ],
      'POST /runs': ['StepFunctions-StartExecution', { StateMachineArn: machine, Input: '$request.body' }],
      'POST /runs/now': ['StepFunctions-StartSyncExecution', { StateMachineArn: machine }],
      'DELETE /runs/{arn}': ['StepFunctions-StopExecution', { ExecutionArn: '$request.path.arn' }],
      'POST /jobs': ['SQS-SendMessage', { MessageBody: '$request.body', MessageGroupId: '$request.header.X-Tenant' }],
    };
    const role = `arn:aws:iam::${stand.account}:role/apigen/${stand.name}/dev/`;
    for (const [route, [IntegrationSubtype, RequestParameters]] of Object.entries(expected)) {
      const to = routes[route]?.to;
      expect([route, to?.IntegrationType, to?.RequestParameters]).toMatchObject([
        route,
        'AWS_PROXY',
        RequestParameters,
      ]);
      // MiniStack keeps neither the subtype nor the role.
      if (!stand.called)
        expect([to?.IntegrationSubtype, to?.CredentialsArn]).toEqual([
          IntegrationSubtype,
          expect.stringContaining(role),
        ]);
    }
    const place = `eu-west-1:${stand.account}`;
    expect(await grantedBy(stand.aws, `${stand.name}-dev-api-public-eu-west-1`)).toEqual({
      'appconfig:GetConfiguration': ['arn:aws:appconfig:eu-west-1:123456789012:application/shop/*'],
      'events:PutEvents': [`arn:aws:events:${place}:event-bus/default`],
      'kinesis:PutRecord': [`arn:aws:kinesis:${place}:stream/clicks`],
      'sqs:DeleteMessage': ['arn:aws:sqs:eu-west-1:123456789012:elsewhere'],
      'sqs:PurgeQueue': ['arn:aws:sqs:eu-west-1:123456789012:elsewhere'],
      'sqs:ReceiveMessage': ['arn:aws:sqs:eu-west-1:123456789012:elsewhere'],
      'sqs:SendMessage': [`arn:aws:sqs:${place}:${stand.name}-dev-jobs.fifo`],
      'states:StartExecution': [machine],
      'states:StartSyncExecution': [machine],
      'states:StopExecution': ['arn:aws:states:eu-west-1:123456789012:execution:run:*'],
    });
  });

  if (!stand.called) {
    it('reaches private backends through links that it makes, and one that stands', async () => {
      const routes = await stand.routes('public');
      const { Items = [] } = await stand.aws.apiGatewayV2.send(new gateway.GetVpcLinksCommand({}));
      const link = Items.find((one) => one.Name === `${stand.name}-dev-inner`);
      expect(link).toMatchObject({ SubnetIds: ['subnet-1', 'subnet-2'], SecurityGroupIds: ['sg-1'] });
      const through = { ConnectionType: 'VPC_LINK', ConnectionId: link?.VpcLinkId, IntegrationType: 'HTTP_PROXY' };
      const balancer = 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener';
      expect(routes['GET /alb']?.to).toMatchObject({
        ...through,
        IntegrationUri: `${balancer}/app/orders/1/2`,
        IntegrationMethod: 'GET',
      });
      const tls = { TlsConfig: { ServerNameToVerify: 'orders.example.com' } };
      expect(routes['GET /nlb']?.to).toMatchObject({
        ...through,
        ...tls,
        IntegrationUri: `${balancer}/net/orders/1/2`,
        IntegrationMethod: 'POST',
      });
      expect(routes['GET /map']?.to).toMatchObject({
        ...through,
        IntegrationUri: 'arn:aws:servicediscovery:eu-west-1:123456789012:service/srv-1',
      });
      expect(routes['GET /private']?.to).toMatchObject({ ConnectionType: 'VPC_LINK', ConnectionId: 'abc123' });
    });
  }
}
