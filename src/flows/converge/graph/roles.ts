// The roles of a stage: one for each function, and one for each API that calls AWS services itself.

import type { ApiDefinition } from '../../../api/definition.ts';
import type { DesiredNode, NodeId, Props } from '../../../engine/kind.ts';
import { type IamRoleProps, mergeStatements, regionTag, rolePath } from '../../../kinds/iam-role.ts';
import { type GraphInput, nodeTags, placeOf } from './graph-input.ts';
import { roleName } from './names.ts';

/** @param logical a function's name, or `api-{name}` */
export const roleNodeId = (logical: string): NodeId => `role:${logical}`;

/** Of the role that a function gets, or that an API calls AWS services with. */
export const roleArn = (input: GraphInput, logical: string): string => {
  const place = placeOf(input);
  return `arn:${input.partition}:iam::${input.account}:role${rolePath(place)}${roleName(place, logical)}`;
};

/** A role of this stage, told from another region's by its name and tag. */
export function roleOf(
  input: GraphInput,
  logical: string,
  fields: Pick<IamRoleProps, 'trustedService' | 'statements'> & Partial<IamRoleProps>,
): DesiredNode {
  const place = placeOf(input);
  const id = roleNodeId(logical);
  const props: IamRoleProps = {
    roleName: roleName(place, logical),
    path: rolePath(place),
    permissionsBoundary: '',
    tags: { ...nodeTags(input, id), [regionTag]: place.region },
    ...fields,
  };
  return { id, kind: 'iam-role', name: props.roleName, props: props as unknown as Props, dependsOn: [] };
}

const apiRole = (name: string): string => `api-${name}`;

/** The ARN of the role with which an API calls AWS services: the `credentials` of such integrations. */
export const apiRoleArn = (input: GraphInput, { name }: Pick<ApiDefinition, 'name'>): string =>
  roleArn(input, apiRole(name));

/** The node of that role, for what depends on it; none for an API that calls nothing itself. */
export const apiRoleNodeIds = ({ name, integrationStatements = [] }: ApiDefinition): readonly NodeId[] =>
  integrationStatements.length > 0 ? [roleNodeId(apiRole(name))] : [];

/** One role per API, whatever the number of its versions and routes. */
export function apiRoleNodes(input: GraphInput): readonly DesiredNode[] {
  return [...input.definitions.values()].flatMap(({ name, integrationStatements = [] }) =>
    integrationStatements.length === 0
      ? []
      : [
          roleOf(input, apiRole(name), {
            trustedService: 'apigateway.amazonaws.com',
            statements: mergeStatements(integrationStatements),
          }),
        ],
  );
}
