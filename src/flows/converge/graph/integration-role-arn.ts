// The role that an API calls AWS services with: one per API, trusted by API Gateway, named deterministically so that
// integrations can say it before it stands.

import type { ApiDefinition } from '../../../api/definition.ts';
import type { NodeId } from '../../../engine/kind.ts';
import { rolePath } from '../../../kinds/iam-role.ts';
import { type GraphInput, placeOf } from './graph-input.ts';
import { roleName } from './names.ts';

export const integrationRoleNodeId = ({ name }: Pick<ApiDefinition, 'name'>): NodeId => `role:api-${name}`;

export function integrationRoleArn(input: GraphInput, { name }: Pick<ApiDefinition, 'name'>): string {
  const place = placeOf(input);
  return `arn:${input.partition}:iam::${input.account}:role${rolePath(place)}${roleName(place, `api-${name}`)}`;
}
