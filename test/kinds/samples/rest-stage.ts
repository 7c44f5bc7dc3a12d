import { ref } from '../../../src/engine/references.ts';
import { defaultMethodSettings } from '../../../src/kinds/rest-method-settings.ts';
import { restStageInputs } from '../../../src/kinds/rest-stage-props.ts';
import { logGroupSample } from './log-group.ts';
import { restApiSample } from './rest-api.ts';
import { restDefinitionNode, smallerRestDefinition } from './rest-definition.ts';
import { physical, type Sample, set, tagged, tagVariations } from './sample.ts';

const shellId = 'rest-api:partner';

const throttled = { ...defaultMethodSettings, throttle: { rate: 50, burst: 100 } };
const settings = {
  '*/*': throttled,
  '/orders/{id}/GET': { ...throttled, throttle: { rate: 5, burst: 10 }, cacheEncrypted: true },
};
const cached = { ...settings, '/orders/GET': { ...throttled, caching: true, cacheTtl: 60, cacheEncrypted: true } };
const logged = { ...throttled, loggingLevel: 'INFO', metrics: true };

export const restStageSample: Sample = {
  inputs: restStageInputs,
  parents: (place) => [restApiSample.node(place), restDefinitionNode(place), logGroupSample.node(place)],
  node: (place) => ({
    id: `${shellId}/stage`,
    kind: 'rest-stage',
    name: `${physical(place, 'partner')}/live`,
    props: {
      apiId: ref(shellId, 'apiId'),
      stageName: 'live',
      snapshot: String(restDefinitionNode(place).props['snapshot']),
      deploymentId: ref(`${shellId}/definition`, 'deploymentId'),
      description: '',
      variables: { colour: 'green', size: 'small' },
      settings,
      executionLogDays: null,
      accessLog: null,
      cacheCluster: '',
      tracing: false,
      tags: tagged(place, `${shellId}/stage`),
    },
    dependsOn: [],
    inside: shellId,
  }),
  variations: (place) => {
    const other = { ...restApiSample.node(place), id: 'rest-api:other' };
    const next = smallerRestDefinition(place);
    return {
      apiId: [
        {
          says: 'another API',
          first: [
            { ...other, props: { ...other.props, tags: tagged(place, other.id) } },
            {
              ...restDefinitionNode(place),
              id: 'rest-api:other/definition',
              props: { ...restDefinitionNode(place).props, apiId: ref(other.id, 'apiId') },
            },
          ],
          change: set({
            apiId: ref(other.id, 'apiId'),
            deploymentId: ref('rest-api:other/definition', 'deploymentId'),
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
      description: [{ says: 'words', change: set({ description: 'What partners call' }) }],
      settings: [
        {
          says: 'wider, another method',
          change: set({
            settings: {
              '*/*': { ...throttled, throttle: { rate: 75.5, burst: 150 }, metrics: true },
              '/orders/POST': throttled,
            },
          }),
        },
        { says: "none: the account's throttle", change: set({ settings: {} }) },
        {
          says: "the account's throttle, with metrics",
          change: set({ settings: { '*/*': { ...defaultMethodSettings, throttle: null, metrics: true } } }),
        },
      ],
      executionLogDays: [
        { says: 'logged for a month', change: set({ executionLogDays: 30, settings: { ...settings, '*/*': logged } }) },
      ],
      accessLog: [
        {
          says: 'as JSON, to a group of its own',
          change: set({
            accessLog: {
              destinationArn: ref('log-group:orders-list', 'arn'),
              format: '{"requestId":"$context.requestId","status":"$context.status"}',
            },
          }),
        },
      ],
      cacheCluster: [{ says: 'the smallest', change: set({ cacheCluster: '0.5', settings: cached }) }],
      tracing: [{ says: 'on', change: set({ tracing: true }) }],
      tags: tagVariations,
    };
  },
};
