import { ref } from '../../../src/engine/references.ts';
import { websocketStageInputs } from '../../../src/kinds/websocket-stage.ts';
import { accessLogArn } from './http-stage.ts';
import { physical, type Sample, set, tagged, tagVariations } from './sample.ts';
import { websocketApiSample } from './websocket-api.ts';
import { smallerWebsocketDefinition, websocketDefinitionNode } from './websocket-definition.ts';

const shellId = 'websocket-api:chat';

export const websocketStageSample: Sample = {
  inputs: websocketStageInputs,
  parents: (place) => [websocketApiSample.node(place), websocketDefinitionNode(place)],
  node: (place) => ({
    id: `${shellId}/stage`,
    kind: 'websocket-stage',
    name: `${physical(place, 'chat')}/dev`,
    props: {
      apiId: ref(shellId, 'apiId'),
      stageName: 'dev',
      description: '',
      snapshot: String(websocketDefinitionNode(place).props['snapshot']),
      deploymentId: ref(`${shellId}/definition`, 'deploymentId'),
      variables: { colour: 'green' },
      throttle: { rate: 50, burst: 100 },
      routeThrottles: { send: { rate: 10, burst: 20 } },
      accessLog: { destinationArn: accessLogArn(place), format: '{"id":"$context.requestId"}' },
      executionLog: { level: 'ERROR', dataTrace: false },
      detailedMetrics: true,
      tags: tagged(place, `${shellId}/stage`),
    },
    dependsOn: [],
    inside: shellId,
  }),
  variations: (place) => {
    const other = { ...websocketApiSample.node(place), id: 'websocket-api:other' };
    const next = smallerWebsocketDefinition(place);
    return {
      apiId: [
        {
          says: 'another API',
          first: [
            { ...other, props: { ...other.props, tags: tagged(place, other.id) } },
            {
              ...websocketDefinitionNode(place),
              id: 'websocket-api:other/definition',
              props: { ...websocketDefinitionNode(place).props, apiId: ref(other.id, 'apiId') },
            },
          ],
          change: set({
            apiId: ref(other.id, 'apiId'),
            deploymentId: ref('websocket-api:other/definition', 'deploymentId'),
          }),
        },
      ],
      stageName: [{ says: 'another name', change: set({ stageName: 'next' }) }],
      description: [{ says: 'some words', change: set({ description: 'What clients call' }) }],
      snapshot: [
        { says: 'another deployment', first: [next], change: set({ snapshot: String(next.props['snapshot']) }) },
      ],
      variables: [{ says: 'one fewer, one more', change: set({ variables: { size: 'small' } }) }],
      throttle: [{ says: "the account's", change: set({ throttle: null }) }],
      routeThrottles: [{ says: 'none', change: set({ routeThrottles: {} }) }],
      accessLog: [
        {
          says: 'another format',
          change: set({ accessLog: { destinationArn: accessLogArn(place), format: '$context.requestId' } }),
        },
        { says: 'off', change: set({ accessLog: null }) },
      ],
      executionLog: [
        { says: 'all of it', change: set({ executionLog: { level: 'INFO', dataTrace: true } }) },
        { says: 'off', change: set({ executionLog: { level: 'OFF', dataTrace: false } }) },
      ],
      detailedMetrics: [{ says: 'off', change: set({ detailedMetrics: false }) }],
      tags: tagVariations,
    };
  },
};
