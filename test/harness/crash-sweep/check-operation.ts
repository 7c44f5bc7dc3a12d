// One operation of a sweep: killed at one moment of one call, typed again, and everything that must hold afterwards.

import type { CrashPoint } from '../quota-proxy/crash-point.ts';
import { keepCalling } from './calling-client.ts';
import type { Operation } from './operations.ts';
import type { State, SweptProject } from './swept-project.ts';

export interface OperationOutcome {
  /** False when the operation ended before the point came. */
  readonly killed: boolean;
  /** Control calls of the operation, when nothing was killed. */
  readonly calls: number;
  readonly state: State;
}

/** What the sample's `GET /version` may answer. */
const versions = new Set(['200 one', '200 two']);

/**
 * Breaches are told to the project.
 * @param point absent: nothing is killed
 * @param expected the state that the same operation leaves without a fault
 */
export async function checkOperation(
  project: SweptProject,
  operation: Operation,
  point: CrashPoint | undefined,
  before: State,
  expected: State | undefined,
): Promise<OperationOutcome> {
  await project.edit(operation.edit);
  const command = operation.command(project.name);
  const watched = project.versionUrl !== '' && operation.name !== 'destroy';
  const client = watched ? keepCalling(project.versionUrl, versions) : undefined;
  const killed = point !== undefined && (await project.typeAndKill(command, point));
  const { calls } = await project.type(command);
  project.breaches.push(...((await client?.stop()) ?? []));
  const state = await project.state();
  if (operation.name !== 'destroy') {
    for (const [name, id] of Object.entries(before.tableIds)) {
      if (state.tableIds[name] !== id) project.breaches.push(`table ${name} is not the one it was`);
    }
  }
  if (expected) {
    project.breaches.push(...difference('what is there', expected.resources, state.resources));
    project.breaches.push(...difference('the ledger', ledgerAfter(operation, expected), ledgerAfter(operation, state)));
  }
  if (operation.name === 'deploy' || operation.name === 'update') {
    const { changes } = await project.type(['deploy', '--yes']);
    if (changes.length > 0) project.breaches.push(`the next deploy called ${changes.join(', ')}`);
  }
  return { killed, calls, state };
}

/**
 * A rollback that is typed again cannot tell whether the clean-up that is open is its own or a deploy's, so it leaves it
 * to the next deploy: a search, and no harm.
 */
function ledgerAfter(operation: Operation, { ledger }: State): readonly string[] {
  return operation.name === 'rollback' ? ledger.filter((line) => !line.startsWith('cleanup ')) : ledger;
}

export function difference(what: string, expected: readonly string[], actual: readonly string[]): readonly string[] {
  const missing = expected.filter((line) => !actual.includes(line)).map((line) => `  - ${line}`);
  const extra = actual.filter((line) => !expected.includes(line)).map((line) => `  + ${line}`);
  if (missing.length + extra.length === 0 && expected.length === actual.length) return [];
  return [[`${what} is not as without a fault:`, ...missing, ...extra].join('\n')];
}
