// Types of REST API, domains, and who may call.

import * as gateway from '@aws-sdk/client-api-gateway';
import { expect, it } from '@jest/globals';
import { visitor } from './account.ts';
import type { RestStand } from './rest-stand.ts';

export function restAccess(stand: RestStand): void {
  it('has an edge-optimized API with its domain and base path beside the regional one', async () => {
    const [world, partner] = [await stand.apiId('world'), await stand.apiId('partner')];
    const types = await Promise.all(
      [world, partner].map((id) => stand.aws.apiGateway.send(new gateway.GetRestApiCommand({ restApiId: id }))),
    );
    expect(types.map(({ endpointConfiguration }) => endpointConfiguration?.types)).toEqual([['EDGE'], ['REGIONAL']]);
    const domainName = `world.${stand.name}.example.com`;
    expect(await stand.aws.apiGateway.send(new gateway.GetDomainNameCommand({ domainName }))).toMatchObject({
      certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/4a6e1c2d-0000-4000-8000-000000000000',
      endpointConfiguration: { types: ['EDGE'] },
      securityPolicy: 'TLS_1_0',
    });
    const { items } = await stand.aws.apiGateway.send(new gateway.GetBasePathMappingsCommand({ domainName }));
    expect(items).toEqual([{ basePath: 'shop', restApiId: world, stage: 'dev' }]);
  });

  it('lets its authorizer of a token decide, by a pattern first, and keeps the answer for its ttl', async () => {
    const bearer = await stand.authorizer('bearer');
    expect(bearer).toMatchObject({
      type: 'TOKEN',
      identitySource: 'method.request.header.X-Token',
      authorizerResultTtlInSeconds: 120,
      ...(stand.called && { identityValidationExpression: '^let-.*$' }),
      authorizerUri: `arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:${stand.account}:function:${stand.name}-dev-bearer:v1/invocations`,
    });
    if (!stand.called) return;
    const hello = (token?: string) =>
      stand.project.call('partner', 'GET /hello', token === undefined ? {} : { headers: { 'x-token': token } });
    expect([(await hello()).status, (await hello('me')).status, (await hello('let-him-in')).status]).toEqual([
      401, 401, 403,
    ]);
    const { status, text } = await hello('let-me-in');
    expect([status, JSON.parse(text)]).toMatchObject([
      200,
      { authorizer: { token: 'let-me-in', principalId: 'ann' }, colour: 'green' },
    ]);
  });

  it('lets its authorizer of a whole request decide, with all of its identity sources', async () => {
    const visitors = await stand.authorizer('visitors');
    expect(visitors).toMatchObject({
      type: 'REQUEST',
      identitySource: 'method.request.header.X-Name,method.request.querystring.day,stageVariables.colour',
      authorizerResultTtlInSeconds: 300,
    });
    if (!stand.called) return;
    const visit = (query: string, who: string) =>
      stand.project.call('partner', `GET /visit${query}`, { headers: { 'x-name': who } });
    expect([(await visit('', 'ann')).status, (await visit('?day=1', 'bob')).status]).toEqual([401, 403]);
    const { status, text } = await visit('?day=1', 'ann');
    expect([status, JSON.parse(text).authorizer]).toMatchObject([200, { day: '1' }]);
  });

  it('asks tokens of its user pool for one of the scopes', async () => {
    const people = await stand.authorizer('people');
    const arn = `arn:aws:cognito-idp:eu-west-1:${stand.account}:userpool/${stand.pool.id}`;
    expect(people).toMatchObject({ type: 'COGNITO_USER_POOLS', providerARNs: [arn] });
    expect(await stand.method('/orders', 'GET')).toMatchObject({
      authorizationType: 'COGNITO_USER_POOLS',
      authorizerId: people?.id,
      authorizationScopes: ['orders/read'],
    });
    if (!stand.called) return;
    const orders = (token: string) =>
      stand.project.call('partner', 'GET /orders', { headers: { authorization: token } });
    expect((await orders('nonsense')).status).toBe(401);
    expect((await orders(await stand.pool.token('orders/write'))).status).toBe(401);
    const { status, text } = await orders(await stand.pool.token('orders/read'));
    expect([status, JSON.parse(text).authorizer.claims.client_id]).toEqual([200, stand.pool.client]);
  });

  it('takes requests signed with credentials of an identity pool', async () => {
    expect(await stand.method('/signed', 'GET')).toMatchObject({ authorizationType: 'AWS_IAM' });
    if (!stand.called) return;
    const { identity, accessKeyId } = await visitor(stand.endpoint, stand.name);
    const authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20260101/eu-west-1/execute-api/aws4_request, SignedHeaders=host, Signature=unchecked`;
    expect((await stand.project.call('partner', 'GET /signed')).status).toBe(403);
    const { status, text } = await stand.project.call('partner', 'GET /signed', { headers: { authorization } });
    expect([status, JSON.parse(text).identity]).toEqual([200, identity]);
  });
}
