import { ref } from '../../../src/engine/references.ts';
import { apiMappingInputs } from '../../../src/kinds/api-mapping.ts';
import { domainNameSample, domainOf } from './domain-name.ts';
import { httpStageSample } from './http-stage.ts';
import { type Sample, set, tagged } from './sample.ts';

export const apiMappingSample: Sample = {
  inputs: apiMappingInputs,
  parents: (place) => [...httpStageSample.parents(place), httpStageSample.node(place), domainNameSample.node(place)],
  node: (place) => ({
    id: 'mapping:api/shop/v1',
    kind: 'api-mapping',
    name: `${domainOf(place)}/shop/v1`,
    props: {
      domainName: domainOf(place),
      mappingKey: 'shop/v1',
      apiId: ref('http-api:public', 'apiId'),
      stageName: '$default',
    },
    dependsOn: [],
    inside: 'domain:api',
  }),
  variations: (place) => {
    const [shell, definition] = httpStageSample.parents(place);
    const stage = httpStageSample.node(place);
    const domain = domainNameSample.node(place);
    const www = `www-${domainOf(place)}`;
    if (!shell || !definition) throw new Error('the sample has lost its API');
    const other = 'http-api:other';
    const inOther = { apiId: ref(other, 'apiId') };
    const next = {
      ...stage,
      name: stage.name.replace('$default', 'next'),
      props: { ...stage.props, stageName: 'next' },
    };
    return {
      domainName: [
        {
          says: 'another domain',
          first: [
            {
              ...domain,
              id: 'domain:www',
              name: www,
              props: { ...domain.props, domainName: www, tags: tagged(place, 'domain:www') },
            },
          ],
          change: set({ domainName: www }),
        },
      ],
      mappingKey: [{ says: 'another path', change: set({ mappingKey: 'shop/v2' }) }],
      apiId: [
        {
          says: 'another API',
          first: [
            { ...shell, id: other, props: { ...shell.props, tags: tagged(place, other) } },
            { ...definition, id: `${other}/definition`, props: { ...definition.props, ...inOther } },
            {
              ...stage,
              id: `${other}/stage`,
              props: { ...stage.props, ...inOther, deploymentId: ref(`${other}/definition`, 'deploymentId') },
            },
          ],
          change: set({ apiId: ref(other, 'apiId') }),
        },
      ],
      stageName: [
        { says: 'another stage', first: [{ ...next, id: `${stage.id}-next` }], change: set({ stageName: 'next' }) },
      ],
    };
  },
};
