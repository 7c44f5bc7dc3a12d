import { ref } from '../../../src/engine/references.ts';
import { usagePlanInputs } from '../../../src/kinds/usage-plan-patch.ts';
import { restApiSample } from './rest-api.ts';
import { restDefinitionNode } from './rest-definition.ts';
import { restStageSample } from './rest-stage.ts';
import { type Place, physical, type Sample, set, tagged, tagVariations } from './sample.ts';

const id = 'usage-plan:partner/free';

const stage = (throttles: Readonly<Record<string, { rate: number; burst: number }>> = {}) => ({
  apiId: ref('rest-api:partner', 'apiId'),
  stage: 'live',
  throttles,
});

export const usagePlanSample: Sample = {
  inputs: usagePlanInputs,
  parents: (place: Place) => [restApiSample.node(place), restDefinitionNode(place), restStageSample.node(place)],
  node: (place) => ({
    id,
    kind: 'usage-plan',
    name: physical(place, 'partner-free'),
    props: {
      planName: physical(place, 'partner-free'),
      description: 'To try it',
      throttle: { rate: 5, burst: 10 },
      quota: { limit: 1000, period: 'DAY', offset: 0 },
      stages: [stage()],
      tags: tagged(place, id),
    },
    dependsOn: ['rest-api:partner/stage'],
  }),
  variations: (place) => ({
    planName: [{ says: 'another name', change: set({ planName: physical(place, 'partner-trial') }) }],
    description: [{ says: 'other words', change: set({ description: 'For a while' }) }],
    throttle: [
      { says: 'wider', change: set({ throttle: { rate: 50, burst: 100 } }) },
      { says: 'none', change: set({ throttle: null }) },
    ],
    quota: [
      { says: 'by the month', change: set({ quota: { limit: 50_000, period: 'MONTH', offset: 0 } }) },
      { says: 'none', change: set({ quota: null }) },
    ],
    stages: [
      { says: 'limits of a method', change: set({ stages: [stage({ '/orders/POST': { rate: 1, burst: 2 } })] }) },
    ],
    tags: tagVariations,
  }),
};
