// All operations in a row on one project, each killed at the same call and moment and typed again: deploy, update,
// rollback, destroy. After each, what is there and what the ledger says are those of a chain without a fault, so what
// comes next starts where a case of its own would start, and whatever a kill left over is there for destroy to leave.

import type { CrashPoint } from '../quota-proxy/crash-point.ts';
import { checkOperation, difference } from './check-operation.ts';
import { type ApiType, type Operation, operationsFor } from './operations.ts';
import { sweptFiles } from './swept-files.ts';
import { type State, SweptProject, type Typist } from './swept-project.ts';

export interface ChainLink {
  readonly operation: Operation['name'];
  readonly killed: boolean;
  readonly calls: number;
  readonly state: State;
  readonly breaches: readonly string[];
}

/** @param clean the links of a chain without a fault; a chain ends at its first breach */
export async function runCrashChain(
  ministack: string,
  api: ApiType,
  name: string,
  typist: Typist,
  kill?: { readonly point: CrashPoint; readonly clean: readonly ChainLink[] },
): Promise<readonly ChainLink[]> {
  const project = await SweptProject.open(ministack, sweptFiles(name, api), name, typist);
  const links: ChainLink[] = [];
  try {
    const empty = await project.state();
    let before = empty;
    for (const operation of operationsFor(name, api)) {
      const clean = kill?.clean.find((link) => link.operation === operation.name);
      const point = clean && kill && kill.point.call <= clean.calls ? kill.point : undefined;
      const outcome = await checkOperation(project, operation, point, before, clean?.state);
      const breaches = project.breaches.splice(0);
      if (operation.name === 'destroy') {
        breaches.push(...difference('what destroy left', empty.resources, outcome.state.resources));
      }
      links.push({ operation: operation.name, ...outcome, breaches });
      before = outcome.state;
      if (breaches.length > 0) break;
    }
    return links;
  } finally {
    await project.close();
  }
}
