import type { DesiredNode } from '../../../src/engine/kind.ts';
import { ref } from '../../../src/engine/references.ts';
import { lambdaAliasInputs } from '../../../src/kinds/lambda-alias.ts';
import { functionNode, functionNodes } from './lambda-function.ts';
import { type Place, physical, type Sample, set } from './sample.ts';

const functionId = 'function:orders-list';

export const aliasNode = (place: Place): DesiredNode => ({
  id: 'alias:orders-list@v1',
  kind: 'lambda-alias',
  name: `${physical(place, 'orders-list')}:v1`,
  props: {
    functionName: physical(place, 'orders-list'),
    aliasName: 'v1',
    publication: String(functionNode(place).props['publication']),
    version: ref(functionId, 'version'),
    weights: {},
  },
  dependsOn: [functionId],
  inside: functionId,
});

export const lambdaAliasSample: Sample = {
  inputs: lambdaAliasInputs,
  parents: functionNodes,
  node: aliasNode,
  variations: (place) => {
    const old = String(functionNode(place).props['publication']);
    const next = functionNode(place, { memory: 512 });
    const moved = { publication: String(next.props['publication']), version: ref(functionId, 'version') };
    return {
      functionName: [{ says: 'another function', change: set({ functionName: physical(place, 'orders-all') }) }],
      aliasName: [{ says: 'another API version', change: set({ aliasName: 'v2' }) }],
      publication: [{ says: 'the next version', first: [next], change: set(moved) }],
      weights: [
        { says: 'a tenth to the old version', first: [next], change: set({ ...moved, weights: { [old]: 0.1 } }) },
      ],
    };
  },
};
