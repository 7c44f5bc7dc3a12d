// The environment variables of functions, by name: what deploy and dev set.

import { TABLE_PREFIX_VARIABLE } from '../../build/table-prefix.ts';
import type { FunctionDeclaration } from '../../project/project.ts';
import { connectionsVariable, functionEnvironment } from '../converge/graph/function-environment.ts';
import type { StageView } from './stage-view.ts';

/** Names are all that counts. */
const PLACE = { account: '000000000000', partition: 'aws' };

/** By name: those that a function surely has. Of tables it has those too whose models it imports. */
export function functionVariables(view: StageView, declaration: FunctionDeclaration): readonly string[] {
  const names = [
    ...environmentNames(view, declaration, []),
    ...(declaration.managedApis ?? []).map(connectionsVariable),
    ...Object.keys(declaration.secrets ?? {}),
  ];
  return [...new Set(names)].sort();
}

/** Of all models' tables. */
export function tableVariables(view: StageView): readonly string[] {
  const { sources, project } = view;
  const [any] = Object.values(project.functions);
  if (any === undefined) return [];
  const nothing = { ...any, environment: {}, access: {}, topicAccess: {}, queueAccess: {} };
  return environmentNames(view, nothing, Object.keys(sources.models));
}

function environmentNames(
  { project, sources }: StageView,
  declaration: FunctionDeclaration,
  imported: readonly string[],
): readonly string[] {
  const tables = Object.values(sources.models).map(({ table }) => table);
  const names = Object.keys(functionEnvironment({ ...PLACE, project, tables }, declaration, imported));
  return names.filter((name) => name !== TABLE_PREFIX_VARIABLE);
}
