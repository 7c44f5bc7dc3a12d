import { ref } from '../../../src/engine/references.ts';
import { lambdaPermissionInputs } from '../../../src/kinds/lambda-permission.ts';
import { httpApiSample } from './http-api.ts';
import { aliasNode } from './lambda-alias.ts';
import { functionNodes } from './lambda-function.ts';
import { restApiSample } from './rest-api.ts';
import { physical, type Sample, set } from './sample.ts';

export const lambdaPermissionSample: Sample = {
  inputs: lambdaPermissionInputs,
  parents: (place) => [...functionNodes(place), aliasNode(place), restApiSample.node(place), httpApiSample.node(place)],
  node: (place) => ({
    id: 'permission:orders-list@v1/rest-partner',
    kind: 'lambda-permission',
    name: `${physical(place, 'orders-list')}:v1:apigen-rest-partner`,
    props: {
      functionName: physical(place, 'orders-list'),
      aliasName: 'v1',
      statementId: 'apigen-rest-partner',
      principal: 'apigateway.amazonaws.com',
      apiId: ref('rest-api:partner', 'apiId'),
      sourceArnPrefix: `arn:${place.partition}:execute-api:${place.region}:${place.account}:`,
    },
    dependsOn: ['alias:orders-list@v1'],
    inside: 'function:orders-list',
  }),
  variations: (place) => ({
    functionName: [{ says: 'another function', change: set({ functionName: physical(place, 'orders-all') }) }],
    aliasName: [{ says: 'another API version', change: set({ aliasName: 'v2' }) }],
    statementId: [{ says: 'another API', change: set({ statementId: 'apigen-http-public' }) }],
    principal: [{ says: 'another service', change: set({ principal: 'events.amazonaws.com' }) }],
    apiId: [{ says: 'another API', change: set({ apiId: ref('http-api:public', 'apiId') }) }],
    sourceArnPrefix: [
      {
        says: 'another region',
        change: set({ sourceArnPrefix: `arn:${place.partition}:execute-api:us-west-2:${place.account}:` }),
      },
    ],
  }),
};
