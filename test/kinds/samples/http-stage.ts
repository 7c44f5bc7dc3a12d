import { ref } from '../../../src/engine/references.ts';
import { httpStageInputs } from '../../../src/kinds/http-stage.ts';
import { httpApiSample } from './http-api.ts';
import { httpDefinitionNode, smallerHttpDefinition } from './http-definition.ts';
import { type Place, physical, type Sample, set, tagged, tagVariations } from './sample.ts';

const shellId = 'http-api:public';

export const accessLogArn = ({ partition, region, account }: Place): string =>
  `arn:${partition}:logs:${region}:${account}:log-group:/aws/apigateway/conf-public`;

export const httpStageSample: Sample = {
  inputs: httpStageInputs,
  parents: (place) => [httpApiSample.node(place), httpDefinitionNode(place)],
  node: (place) => ({
    id: `${shellId}/stage`,
    kind: 'http-stage',
    name: `${physical(place, 'public')}/$default`,
    props: {
      apiId: ref(shellId, 'apiId'),
      stageName: '$default',
      snapshot: String(httpDefinitionNode(place).props['snapshot']),
      deploymentId: ref(`${shellId}/definition`, 'deploymentId'),
      description: 'What clients call',
      variables: { colour: 'green', size: 'small' },
      throttle: { rate: 50, burst: 100 },
      routeThrottles: { 'GET /orders': { rate: 10, burst: 20 } },
      accessLog: { destinationArn: accessLogArn(place), format: '{"id":"$context.requestId"}' },
      detailedMetrics: true,
      tags: tagged(place, `${shellId}/stage`),
    },
    dependsOn: [],
    inside: shellId,
  }),
  variations: (place) => {
    const other = { ...httpApiSample.node(place), id: 'http-api:other' };
    const next = smallerHttpDefinition(place);
    return {
      apiId: [
        {
          says: 'another API',
          first: [
            { ...other, props: { ...other.props, tags: tagged(place, other.id) } },
            {
              ...httpDefinitionNode(place),
              id: 'http-api:other/definition',
              props: { ...httpDefinitionNode(place).props, apiId: ref(other.id, 'apiId') },
            },
          ],
          change: set({
            apiId: ref(other.id, 'apiId'),
            deploymentId: ref('http-api:other/definition', 'deploymentId'),
          }),
        },
      ],
      stageName: [{ says: 'another name', change: set({ stageName: 'next' }) }],
      snapshot: [
        { says: 'another deployment', first: [next], change: set({ snapshot: String(next.props['snapshot']) }) },
      ],
      variables: [
        { says: 'a value, one fewer, one more', change: set({ variables: { colour: 'blue', shape: 'round' } }) },
        { says: 'none', change: set({ variables: {} }) },
      ],
      throttle: [
        { says: 'wider', change: set({ throttle: { rate: 75.5, burst: 150 } }) },
        { says: "the account's", change: set({ throttle: null }) },
      ],
      description: [
        { says: 'other words', change: set({ description: 'The shop' }) },
        { says: 'none', change: set({ description: '' }) },
      ],
      routeThrottles: [
        { says: 'another', change: set({ routeThrottles: { 'GET /orders': { rate: 5, burst: 5 } } }) },
        { says: 'of another route', change: set({ routeThrottles: { 'GET /orders/{id}': { rate: 5, burst: 5 } } }) },
        { says: 'none', change: set({ routeThrottles: {} }) },
      ],
      accessLog: [
        {
          says: 'another format',
          change: set({
            accessLog: { destinationArn: accessLogArn(place), format: '$context.requestId $context.status' },
          }),
        },
        { says: 'off', change: set({ accessLog: null }) },
      ],
      detailedMetrics: [{ says: 'off', change: set({ detailedMetrics: false }) }],
      tags: tagVariations,
    };
  },
};
