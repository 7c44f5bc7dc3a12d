// WebSocket APIs: what answers messages without a function, who may connect, links of a REST API beside them.

import * as v1 from '@aws-sdk/client-api-gateway';
import * as gateway from '@aws-sdk/client-apigatewayv2';
import { DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { expect, it } from '@jest/globals';
import { grantedBy } from './account.ts';
import type { HttpStand } from './http-stand.ts';

const service = (rest: string): string => `arn:aws:apigateway:eu-west-1:${rest}`;

export function websocket(stand: HttpStand): void {
  it('answers messages by a mock, a website and services, as a role that may do that and no more', async () => {
    const { ping, tell, store, forward, run } = await stand.routes('chat');
    expect(ping).toMatchObject({ RouteResponseSelectionExpression: '$default', to: { IntegrationType: 'MOCK' } });
    expect(forward?.to).toMatchObject({
      IntegrationType: 'HTTP_PROXY',
      IntegrationMethod: 'PUT',
      IntegrationUri: 'http://0.0.0.0:1/messages',
    });
    expect(run?.to).toMatchObject({ IntegrationType: 'AWS', IntegrationUri: service('states:action/StartExecution') });
    expect(store?.to).toMatchObject({
      IntegrationType: 'AWS',
      IntegrationUri: service('dynamodb:action/PutItem'),
      TimeoutInMillis: 3000,
    });
    expect(store?.to.RequestTemplates?.['$default']).toContain(`"TableName":"${stand.name}-dev-Note"`);
    expect(tell?.to.IntegrationUri).toMatch(/:sns:/);
    const place = `eu-west-1:${stand.account}`;
    expect(await grantedBy(stand.aws, `${stand.name}-dev-api-chat-eu-west-1`)).toEqual({
      'dynamodb:PutItem': [`arn:aws:dynamodb:${place}:table/${stand.name}-dev-Note`],
      'sns:Publish': [`arn:aws:sns:${place}:${stand.name}-dev-signals`],
      'states:StartExecution': ['arn:aws:states:eu-west-1:123456789012:stateMachine:run'],
    });
  });

  it('asks who connects for a signature, and logs what it does', async () => {
    const { $connect } = await stand.routes('chat');
    expect($connect).toMatchObject({ AuthorizationType: 'AWS_IAM', to: { IntegrationType: 'MOCK' } });
    const api = await stand.api('chat');
    expect(api).toMatchObject({
      ProtocolType: 'WEBSOCKET',
      Description: 'The chat',
      RouteSelectionExpression: '$request.body.kind',
    });
    const stage = await stand.aws.apiGatewayV2.send(
      new gateway.GetStageCommand({ ApiId: api.ApiId, StageName: 'dev' }),
    );
    expect(stage.DefaultRouteSettings).toMatchObject({ LoggingLevel: 'ERROR', DataTraceEnabled: true });
  });

  it('has alarms by the dimensions that AWS measures', async () => {
    const AlarmNamePrefix = `${stand.name}-dev-`;
    const { MetricAlarms = [] } = await stand.aws.cloudwatch.send(new DescribeAlarmsCommand({ AlarmNamePrefix }));
    const seen = MetricAlarms.filter(({ Namespace }) => Namespace === 'AWS/ApiGateway').map((alarm) => [
      `${alarm.MetricName} ${alarm.ExtendedStatistic ?? alarm.Statistic} ${alarm.Threshold}`,
      (alarm.Dimensions ?? [])
        .map(({ Name, Value }) => `${Name}=${Value}`)
        .sort()
        .join(),
    ]);
    const [chat, open] = [await stand.api('chat'), await stand.api('public')];
    expect(Object.fromEntries(seen)).toEqual({
      'IntegrationError Average 0.05': `ApiId=${chat.ApiId},Stage=dev`,
      '5xx Average 0.01': `ApiId=${open.ApiId},Stage=$default`,
      'Latency p99 3000': `ApiId=${open.ApiId},Stage=$default`,
    });
  });

  if (!stand.called) {
    it('reaches a private backend of a REST API through a link that it makes', async () => {
      const { items = [] } = await stand.aws.apiGateway.send(new v1.GetVpcLinksCommand({}));
      expect(items.find((one) => one.name === `${stand.name}-dev-nlb`)).toMatchObject({
        targetArns: ['arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/net/orders/1'],
      });
      const { items: apis = [] } = await stand.aws.apiGateway.send(new v1.GetRestApisCommand({ limit: 500 }));
      const restApiId = apis.find((one) => one.name === `${stand.name}-dev-partner`)?.id;
      const embed = { restApiId, embed: ['methods'], limit: 500 };
      const { items: resources = [] } = await stand.aws.apiGateway.send(new v1.GetResourcesCommand(embed));
      const integration = (path: string) =>
        resources.find((one) => one.path === path)?.resourceMethods?.['GET']?.methodIntegration;
      expect(integration('/orders/{id}')).toMatchObject({ type: 'HTTP_PROXY', connectionType: 'VPC_LINK' });
      expect(integration('/mapped')).toMatchObject({ type: 'HTTP', connectionType: 'VPC_LINK' });
    });
  }
}
