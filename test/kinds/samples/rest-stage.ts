import { ref } from '../../../src/engine/references.ts';
import { restStageInputs } from '../../../src/kinds/rest-stage.ts';
import { restApiSample } from './rest-api.ts';
import { restDefinitionNode, smallerRestDefinition } from './rest-definition.ts';
import { physical, type Sample, set, tagged, tagVariations } from './sample.ts';

const shellId = 'rest-api:partner';

export const restStageSample: Sample = {
  inputs: restStageInputs,
  parents: (place) => [restApiSample.node(place), restDefinitionNode(place)],
  node: (place) => ({
    id: `${shellId}/stage`,
    kind: 'rest-stage',
    name: `${physical(place, 'partner')}/live`,
    props: {
      apiId: ref(shellId, 'apiId'),
      stageName: 'live',
      snapshot: String(restDefinitionNode(place).props['snapshot']),
      deploymentId: ref(`${shellId}/definition`, 'deploymentId'),
      variables: { colour: 'green', size: 'small' },
      throttle: { rate: 50, burst: 100 },
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
      throttle: [
        { says: 'wider', change: set({ throttle: { rate: 75.5, burst: 150 } }) },
        { says: "the account's", change: set({ throttle: null }) },
      ],
      tags: tagVariations,
    };
  },
};
