import { ref } from '../../../src/engine/references.ts';
import { basePathMappingInputs } from '../../../src/kinds/base-path-mapping.ts';
import { restApiSample } from './rest-api.ts';
import { restDefinitionNode } from './rest-definition.ts';
import { restDomainSample } from './rest-domain.ts';
import { restStageSample } from './rest-stage.ts';
import { type Place, type Sample, set, tagged } from './sample.ts';

const other = (place: Place) => {
  const [api, definition, stage] = [restApiSample.node(place), restDefinitionNode(place), restStageSample.node(place)];
  const apiId = ref('rest-api:other', 'apiId');
  return [
    { ...api, id: 'rest-api:other', props: { ...api.props, tags: tagged(place, 'rest-api:other') } },
    { ...definition, id: 'rest-api:other/definition', props: { ...definition.props, apiId } },
    {
      ...stage,
      id: 'rest-api:other/stage',
      props: { ...stage.props, apiId, deploymentId: ref('rest-api:other/definition', 'deploymentId') },
    },
  ];
};

const nextStage = (place: Place) => {
  const stage = restStageSample.node(place);
  return { ...stage, id: 'rest-api:partner/next', props: { ...stage.props, stageName: 'next' } };
};

export const basePathMappingSample: Sample = {
  inputs: basePathMappingInputs,
  parents: (place) => [
    restApiSample.node(place),
    restDefinitionNode(place),
    restStageSample.node(place),
    restDomainSample.node(place),
  ],
  node: (place) => {
    const domain = restDomainSample.node(place);
    return {
      id: `${domain.id}/v1`,
      kind: 'base-path-mapping',
      name: `${domain.name}/v1`,
      props: { domainName: domain.name, basePath: 'v1', apiId: ref('rest-api:partner', 'apiId'), stage: 'live' },
      dependsOn: [domain.id, 'rest-api:partner/stage'],
      inside: domain.id,
    };
  },
  variations: (place) => {
    const domain = restDomainSample.node(place);
    const next = { ...domain, id: 'domain:next', name: `next-${domain.name}` };
    const props = { ...domain.props, domainName: next.name, tags: tagged(place, 'domain:next') };
    return {
      domainName: [{ says: 'another domain', first: [{ ...next, props }], change: set({ domainName: next.name }) }],
      basePath: [
        { says: 'another path', change: set({ basePath: 'v2' }) },
        { says: 'the root', change: set({ basePath: '' }) },
      ],
      apiId: [{ says: 'another API', first: other(place), change: set({ apiId: ref('rest-api:other', 'apiId') }) }],
      stage: [{ says: 'another stage', first: [nextStage(place)], change: set({ stage: 'next' }) }],
    };
  },
};
