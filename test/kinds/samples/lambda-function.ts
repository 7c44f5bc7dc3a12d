import { createHash } from 'node:crypto';
import { canonical } from '../../../src/engine/compare.ts';
import type { DesiredNode, Json, Props } from '../../../src/engine/kind.ts';
import { rolePath } from '../../../src/kinds/iam-role.ts';
import { lambdaFunctionInputs, publicationPrefix } from '../../../src/kinds/lambda-function-props.ts';
import { oneBuild, otherBuild } from './artifacts.ts';
import { iamRoleSample } from './iam-role.ts';
import { logGroupSample } from './log-group.ts';
import { type Place, physical, type Sample, set, tagged, tagVariations, type Variation } from './sample.ts';

const id = 'function:orders-list';

/** A version is named by the hash of all that makes it. */
function published(props: Props): Props {
  const { tags: _, publication: __, reservedConcurrency: ___, ...settings } = props;
  const hash = createHash('sha256')
    .update(canonical(settings as Json))
    .digest('hex')
    .slice(0, 32);
  return { ...props, publication: `${publicationPrefix}${hash}` };
}

const change = (says: string, fields: Props): Variation => ({ says, change: (props) => published(set(fields)(props)) });

/** A function like the sample's with other settings: a further version of it. */
export function functionNode(place: Place, fields: Props = {}): DesiredNode {
  const node = lambdaFunctionSample.node(place);
  return { ...node, props: published({ ...node.props, ...fields }) };
}

/** All that a function needs, and the function. */
export const functionNodes = (place: Place): readonly DesiredNode[] => [
  ...lambdaFunctionSample.parents(place),
  functionNode(place),
];

export const lambdaFunctionSample: Sample = {
  inputs: lambdaFunctionInputs,
  alike: [
    'memory',
    'role',
    'runtime',
    'handler',
    'timeout',
    'environment',
    'logGroup',
    'ephemeralStorage',
    'vpc',
    'tracing',
  ],
  parents: (place) => {
    const role = iamRoleSample.node(place);
    const other = {
      ...role,
      id: 'role:other',
      name: `${role.name}-2`,
      props: { ...role.props, roleName: `${role.name}-2` },
    };
    return [logGroupSample.node(place), role, other];
  },
  node: (place) => {
    const role = iamRoleSample.node(place).name;
    return {
      id,
      kind: 'lambda-function',
      name: physical(place, 'orders-list'),
      props: published({
        functionName: physical(place, 'orders-list'),
        role: `arn:${place.partition}:iam::${place.account}:role${rolePath(place.owner)}${role}`,
        runtime: 'nodejs22.x',
        handler: 'index.handler',
        architecture: 'arm64',
        memory: 256,
        timeout: 10,
        environment: { ORDER_TABLE: physical(place, 'Order'), GREETING: 'hello' },
        logGroup: logGroupSample.node(place).name,
        ephemeralStorage: 512,
        vpc: null,
        tracing: 'PassThrough',
        reservedConcurrency: null,
        description: '',
        codeSha256: oneBuild.codeSha256,
        tags: tagged(place, id),
      }),
      dependsOn: [],
    };
  },
  variations: (place) => {
    const role = iamRoleSample.node(place).name;
    return {
      functionName: [
        change('another name', {
          functionName: physical(place, 'orders-all'),
          logGroup: `/aws/lambda/${physical(place, 'orders-all')}`,
        }),
      ],
      role: [
        change('another role', {
          role: `arn:${place.partition}:iam::${place.account}:role${rolePath(place.owner)}${role}-2`,
        }),
      ],
      runtime: [change('newer', { runtime: 'nodejs24.x' })],
      handler: [change('another export', { handler: 'index.other' })],
      architecture: [change('the other', { architecture: 'x86_64' })],
      memory: [change('more', { memory: 512 })],
      timeout: [change('longer', { timeout: 25 })],
      environment: [
        change('a value, a variable fewer, one more', { environment: { GREETING: 'hi', LEVEL: 'debug' } }),
        change('none', { environment: {} }),
      ],
      logGroup: [change('another group', { logGroup: '/shop/shared' })],
      ephemeralStorage: [change('more', { ephemeralStorage: 2048 })],
      vpc: [
        change('in one', { vpc: { subnets: ['subnet-0a1b2c3d4e5f60718'], securityGroups: ['sg-0a1b2c3d4e5f60718'] } }),
      ],
      tracing: [change('on', { tracing: 'Active' })],
      description: [change('a text', { description: 'Lists orders' })],
      reservedConcurrency: [
        { says: 'some', change: set({ reservedConcurrency: 5 }) },
        { says: 'none at all: it is stopped', change: set({ reservedConcurrency: 0 }) },
      ],
      codeSha256: [change('another build', { codeSha256: otherBuild.codeSha256 })],
      publication: [
        {
          says: 'another hash of the same settings',
          change: set({ publication: `${publicationPrefix}${'0'.repeat(32)}` }),
        },
      ],
      tags: tagVariations,
    };
  },
};
