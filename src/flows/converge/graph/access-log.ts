// The access logs of an API's stage: a log group of its own, made before the stage that writes to it.

import type { ApiDefinition } from '../../../api/definition.ts';
import type { DesiredNode, Json, NodeId } from '../../../engine/kind.ts';
import { ref } from '../../../engine/references.ts';
import { type GraphInput, nodeTags } from './graph-input.ts';
import { accessLogGroupName } from './names.ts';

const nodeIdOf = (shellId: NodeId): NodeId => `log-group:${shellId}`;

/** None, where the stage logs no access. */
export function accessLogNodes(
  input: GraphInput,
  { stage }: ApiDefinition,
  shellId: NodeId,
  apiName: string,
): readonly DesiredNode[] {
  if (!stage.accessLog) return [];
  const id = nodeIdOf(shellId);
  const name = accessLogGroupName(apiName);
  return [
    {
      id,
      kind: 'log-group',
      name,
      props: { logGroupName: name, retentionDays: stage.accessLog.retentionDays, tags: nodeTags(input, id) },
      dependsOn: [],
    },
  ];
}

/** Where the stage writes, and what; null for nothing. */
export const accessLogOf = ({ stage }: ApiDefinition, shellId: NodeId): Json =>
  stage.accessLog ? { destinationArn: ref(nodeIdOf(shellId), 'arn'), format: stage.accessLog.format } : null;
