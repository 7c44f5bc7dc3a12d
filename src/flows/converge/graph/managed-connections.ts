// What a function gets that sends to the clients of a WebSocket API: the address of its connections in the environment,
// and the right to manage the connections of that API's stage alone. The API mints its id, so both are references to
// its shell, which needs no function: the graph stays free of cycles.

import type { DesiredNode, Json, NodeId, Props } from '../../../engine/kind.ts';
import { hashed, ref } from '../../../engine/references.ts';
import { publicationPrefix } from '../../../kinds/lambda-function.ts';
import type { FunctionDeclaration } from '../../../project/project.ts';
import { apiNodeId } from './api-node-id.ts';
import { connectionsVariable } from './function-environment.ts';
import type { GraphInput } from './graph-input.ts';

/** @param nodes the function's own: its role, itself, its alias */
export function withConnections(
  input: GraphInput,
  { managedApis = [] }: FunctionDeclaration,
  nodes: readonly DesiredNode[],
): readonly DesiredNode[] {
  const shells = managedApis.flatMap((name): { name: string; id: NodeId }[] => {
    const definition = input.definitions.get(name);
    return definition ? [{ name, id: apiNodeId(definition, input.version) }] : [];
  });
  if (shells.length === 0) return nodes;
  const addresses = Object.fromEntries(
    shells.map(({ name, id }) => [connectionsVariable(name), ref(id, 'connectionsUrl')] as const),
  );
  const rights = shells.map(({ id }) => ({
    actions: ['execute-api:ManageConnections'],
    resources: [ref(id, 'connectionsArn')],
  }));
  return nodes.map((node) => {
    const change = changes[node.kind];
    return change ? { ...node, props: { ...node.props, ...change(node.props, addresses, rights) } } : node;
  });
}

/** What a version is made of includes the addresses: another API is another version. */
const publicationOf = ({ publication = null }: Props, addresses: Props): Json =>
  hashed(publicationPrefix, { publication, addresses: addresses as Json });

type Change = (props: Props, addresses: Props, rights: readonly Json[]) => Props;

const changes: Readonly<Record<string, Change>> = {
  'iam-role': ({ statements }, _, rights) => ({ statements: [...(statements as readonly Json[]), ...rights] }),
  'lambda-function': (props, addresses) => ({
    // What the project says itself comes first.
    environment: { ...addresses, ...(props['environment'] as Props) },
    publication: publicationOf(props, addresses),
  }),
  'lambda-alias': (props, addresses) => ({ publication: publicationOf(props, addresses) }),
};
