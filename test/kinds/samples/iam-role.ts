import type { Json } from '../../../src/engine/kind.ts';
import { iamRoleInputs, mergeStatements, regionTag, rolePath, type Statement } from '../../../src/kinds/iam-role.ts';
import { type Place, physical, type Sample, set, tagged, tagVariations } from './sample.ts';

const nameOf = (place: Place): string => `${physical(place, 'orders-list')}-${place.region}`;

const arn = ({ partition, region, account }: Place, service: string, resource: string): string =>
  `arn:${partition}:${service}:${region}:${account}:${resource}`;

const statements = (place: Place, actions: readonly string[]): Json =>
  mergeStatements([
    {
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [arn(place, 'logs', `log-group:/aws/lambda/${physical(place, 'orders-list')}:*`)],
    },
    { actions, resources: [arn(place, 'dynamodb', `table/${physical(place, 'Order')}`)] },
  ] satisfies Statement[]) as unknown as Json;

export const iamRoleSample: Sample = {
  inputs: iamRoleInputs,
  parents: () => [],
  node: (place) => ({
    id: 'role:orders-list',
    kind: 'iam-role',
    name: nameOf(place),
    props: {
      roleName: nameOf(place),
      path: rolePath(place.owner),
      trustedService: 'lambda.amazonaws.com',
      statements: statements(place, ['dynamodb:GetItem', 'dynamodb:Query']),
      permissionsBoundary: '',
      tags: { ...tagged(place, 'role:orders-list'), [regionTag]: place.region },
    },
    dependsOn: [],
  }),
  variations: (place) => ({
    roleName: [{ says: 'another name', change: set({ roleName: `${physical(place, 'orders-all')}-${place.region}` }) }],
    path: [{ says: 'another path', change: set({ path: `${rolePath(place.owner)}more/` }) }],
    trustedService: [{ says: 'another service', change: set({ trustedService: 'apigateway.amazonaws.com' }) }],
    statements: [
      { says: 'more rights', change: set({ statements: statements(place, ['dynamodb:GetItem', 'dynamodb:PutItem']) }) },
      { says: 'none', change: set({ statements: [] }) },
      {
        says: 'a condition and a denial',
        change: set({
          statements: mergeStatements([
            {
              actions: ['kms:Decrypt'],
              resources: [arn(place, 'kms', 'key/1234abcd-12ab-34cd-56ef-1234567890ab')],
              conditions: { StringEquals: { 'kms:ViaService': ['ssm.eu-west-1.amazonaws.com'] } },
            },
            { effect: 'Deny', actions: ['ec2:CreateNetworkInterface'], resources: ['*'] },
          ]) as unknown as Json,
        }),
      },
    ],
    permissionsBoundary: [
      {
        says: 'bounded',
        change: set({ permissionsBoundary: `arn:${place.partition}:iam::aws:policy/PowerUserAccess` }),
      },
    ],
    tags: tagVariations,
  }),
};
