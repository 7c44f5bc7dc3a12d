// The environment variables that a function gets beside its own settings: the same when it is deployed and when it
// runs under dev.

import { TABLE_PREFIX_VARIABLE, tablePrefix } from '../../../build/table-prefix.ts';
import type { TableSpec } from '../../../models/table-spec.ts';
import type { FunctionDeclaration, Project } from '../../../project/project.ts';

/** The models a function imports or is given access to, sorted. */
export const modelsOf = (declaration: FunctionDeclaration, imported: readonly string[]): readonly string[] =>
  [...new Set([...imported, ...Object.keys(declaration.access)])].sort();

/**
 * `PRODUCT_TABLE` for each model, the prefix that the models' code needs, and what apigen.yml says.
 *
 * @param imported models whose code the bundle holds
 */
export function functionEnvironment(
  input: { readonly project: Pick<Project, 'name' | 'stage'>; readonly tables: readonly TableSpec[] },
  declaration: FunctionDeclaration,
  imported: readonly string[],
): Readonly<Record<string, string>> {
  const models = modelsOf(declaration, imported);
  const tables = models.flatMap((model) => {
    const spec = input.tables.find((table) => table.model === model);
    return spec ? [[`${constantCase(model)}_TABLE`, spec.tableName] as const] : [];
  });
  const prefix = models.length > 0 ? { [TABLE_PREFIX_VARIABLE]: tablePrefix(input.project) } : {};
  return { ...prefix, ...Object.fromEntries(tables), ...declaration.environment };
}

/** `CHAT_ENDPOINT`: where a function sends to the clients of WebSocket API `chat`. */
export const connectionsVariable = (api: string): string => `${constantCase(api)}_ENDPOINT`;

/** `OrderLine` → `ORDER_LINE`, `team-chat` → `TEAM_CHAT`. */
const constantCase = (name: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/\W/g, '_')
    .toUpperCase();
