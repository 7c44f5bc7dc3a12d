// A built function's settings once all that they name stands: its secrets, its tables, the addresses that it is given.
// What a function does not use it never waits for.

import type { Project } from '../../project/project.ts';
import { modelsOf } from '../converge/graph/function-environment.ts';
import type { DevOptions } from './dev-options.ts';
import type { DevTables } from './dev-tables.ts';
import type { FunctionBuild } from './function-build.ts';
import { BrokenFunction } from './function-host.ts';
import { type FunctionSettings, functionSettings } from './function-settings.ts';
import { localSecrets } from './local-secrets.ts';
import type { ConnectionAddresses } from './served-apis.ts';
import type { DevMessaging } from './triggers/dev-messaging.ts';

export interface SettledParts {
  readonly session: DevOptions;
  readonly tables: DevTables;
  readonly messaging: DevMessaging;
  /** Where functions reach the clients of WebSocket APIs. */
  connections(): Promise<ConnectionAddresses>;
}

/** @throws BrokenFunction */
export async function settledFunction(
  project: Project,
  build: FunctionBuild,
  { session, tables: standing, messaging, connections }: SettledParts,
): Promise<FunctionSettings> {
  const { env, dynamodb, emit } = session;
  const { name } = build.declaration;
  const secrets = localSecrets(project, build.declaration, env);
  if (secrets.problems.length > 0) {
    emit({ type: 'broken', what: name, problems: secrets.problems });
    throw new BrokenFunction(name, secrets.problems);
  }
  const models = modelsOf(build.declaration, build.code?.models ?? []);
  // Without a model nothing is known of tables, and nothing waits for them.
  const tables = models.length > 0 ? await standing.state() : undefined;
  if (tables !== undefined && tables.problems.length > 0) {
    throw new BrokenFunction(name, tables.problems);
  }
  // Likewise with addresses: only who sends to clients waits until all APIs listen.
  const sends = (build.declaration.managedApis ?? []).length > 0;
  return functionSettings(project, build, {
    connections: sends ? await connections() : new Map(),
    secrets: secrets.values,
    specs: tables?.specs ?? [],
    endpoint: tables?.endpoint ?? dynamodb,
    messaging,
    path: env['PATH'],
  });
}
