import { hashOf } from '../../../src/engine/compare.ts';
import type { DesiredNode, Json, Props } from '../../../src/engine/kind.ts';
import { ref } from '../../../src/engine/references.ts';
import type { V2AuthorizerProps } from '../../../src/kinds/v2-authorizer.ts';
import type { V2Content } from '../../../src/kinds/v2-content.ts';
import { plainIntegration, type V2IntegrationProps } from '../../../src/kinds/v2-integration.ts';
import { keyPrefix } from '../../../src/kinds/v2-protocol.ts';
import { openRoute } from '../../../src/kinds/v2-route.ts';
import { websocketDefinitionInputs } from '../../../src/kinds/websocket-definition-inputs.ts';
import { type Place, physical, type Sample, set, tagged } from './sample.ts';
import { websocketApiSample } from './websocket-api.ts';

const invocation = ({ partition, region, account }: Place, functionName: string): string =>
  `arn:${partition}:apigateway:${region}:lambda:path/2015-03-31/functions/arn:${partition}:lambda:${region}:${account}:function:${functionName}:v1/invocations`;

const lambda = (place: Place, functionName: string): V2IntegrationProps => ({
  ...plainIntegration('WEBSOCKET'),
  type: 'AWS_PROXY',
  uri: invocation(place, functionName),
});

const mock: V2IntegrationProps = {
  ...plainIntegration('WEBSOCKET'),
  type: 'MOCK',
  requestTemplates: { $default: '{"statusCode":200}' },
  passthroughBehavior: 'WHEN_NO_MATCH',
  responses: { $default: { responseTemplates: {}, templateSelectionExpression: '' } },
};

const authorizer = (place: Place, functionName: string): V2AuthorizerProps => ({
  type: 'REQUEST',
  identitySource: ['route.request.header.Authorization'],
  uri: invocation(place, functionName),
});

const [connect, send, ping] = ['function:connect', 'function:send', 'route:ping'];

const contentOf = (place: Place): V2Content => ({
  authorizers: { legacy: authorizer(place, physical(place, 'authorize')) },
  models: {},
  integrations: {
    [connect]: lambda(place, physical(place, 'connect')),
    [send]: lambda(place, physical(place, 'send')),
    [ping]: mock,
  },
  routes: {
    $connect: { ...openRoute(connect), authorizationType: 'CUSTOM', authorizer: 'legacy' },
    $disconnect: openRoute(connect),
    send: { ...openRoute(send), responds: true },
    ping: { ...openRoute(ping), responds: true },
  },
});

const snapshotOf = (content: V2Content): Props => ({
  ...(content as unknown as Props),
  snapshot: `${keyPrefix}${hashOf(content as unknown as Json)}`,
});

export const websocketDefinitionNode = (place: Place, content: V2Content = contentOf(place)): DesiredNode => ({
  id: 'websocket-api:chat/definition',
  kind: 'websocket-definition',
  name: physical(place, 'chat'),
  props: { apiId: ref('websocket-api:chat', 'apiId'), ...snapshotOf(content) },
  dependsOn: [],
  inside: 'websocket-api:chat',
});

/** The same API with one route fewer: another deployment of it. */
export function smallerWebsocketDefinition(place: Place): DesiredNode {
  const content = contentOf(place);
  const { $disconnect: _, ...routes } = content.routes;
  return websocketDefinitionNode(place, { ...content, routes });
}

const message: Json = { type: 'object', required: ['text'], properties: { text: { type: 'string' } } };

export const websocketDefinitionSample: Sample = {
  inputs: websocketDefinitionInputs,
  parents: (place) => [websocketApiSample.node(place)],
  node: websocketDefinitionNode,
  variations: (place) => {
    const content = contentOf(place);
    const change = (fields: Partial<V2Content>) => set(snapshotOf({ ...content, ...fields }));
    const other = websocketApiSample.node(place);
    const mocked = (props: Partial<V2IntegrationProps>) =>
      change({ integrations: { ...content.integrations, [ping]: { ...mock, ...props } } });
    return {
      apiId: [
        {
          says: 'another API',
          first: [
            {
              ...other,
              id: 'websocket-api:other',
              props: { ...other.props, tags: tagged(place, 'websocket-api:other') },
            },
          ],
          change: set({ apiId: ref('websocket-api:other', 'apiId') }),
        },
      ],
      authorizers: [
        {
          says: 'another function and source',
          change: change({
            authorizers: {
              legacy: {
                ...authorizer(place, physical(place, 'authorize-all')),
                identitySource: ['route.request.querystring.token', 'stageVariables.colour'],
              },
            },
          }),
        },
        {
          says: 'none',
          change: change({ authorizers: {}, routes: { ...content.routes, $connect: openRoute(connect) } }),
        },
      ],
      models: [
        {
          says: 'one, which a route heeds',
          change: change({
            models: { Message: { schema: message } },
            routes: { ...content.routes, send: { ...openRoute(send), responds: true, requestModel: 'Message' } },
          }),
        },
      ],
      integrations: [
        {
          says: 'another function',
          change: change({
            integrations: { ...content.integrations, [send]: lambda(place, physical(place, 'send-all')) },
          }),
        },
        { says: 'a shorter timeout', change: mocked({ timeoutInMillis: 5_000 }) },
        { says: 'another template', change: mocked({ requestTemplates: { $default: '{"statusCode":202}' } }) },
        {
          says: 'an answer by its status',
          change: mocked({
            responses: {
              '/5\\d\\d/': { responseTemplates: { $default: '{"sorry":true}' }, templateSelectionExpression: '' },
              $default: { responseTemplates: { $default: '{"pong":true}' }, templateSelectionExpression: '' },
            },
          }),
        },
        {
          says: 'a backend',
          change: mocked({
            type: 'HTTP_PROXY',
            uri: 'https://bot.example.com/ping',
            method: 'POST',
            requestTemplates: {},
            passthroughBehavior: '',
            responses: {},
          }),
        },
      ],
      routes: [
        { says: 'one more', change: change({ routes: { ...content.routes, $default: openRoute(send) } }) },
        {
          says: 'one fewer',
          change: set({ ...smallerWebsocketDefinition(place).props, apiId: ref('websocket-api:chat', 'apiId') }),
        },
        { says: 'without an answer', change: change({ routes: { ...content.routes, send: openRoute(send) } }) },
        {
          says: 'with one more answer, to another function',
          change: change({ routes: { ...content.routes, $disconnect: { ...openRoute(send), responds: true } } }),
        },
        {
          says: 'signed by IAM',
          change: change({
            routes: { ...content.routes, $connect: { ...openRoute(connect), authorizationType: 'AWS_IAM' } },
          }),
        },
      ],
      snapshot: [
        { says: 'another hash of the same routes', change: set({ snapshot: `${keyPrefix}${'0'.repeat(32)}` }) },
      ],
    };
  },
};
