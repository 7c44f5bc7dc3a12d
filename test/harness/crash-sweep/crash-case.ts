// One case by itself: an operation is killed at one moment of one call, typed again, and taken down from there. What
// must hold is checked, and each breach comes back as a sentence.

import type { CrashPoint } from '../quota-proxy/crash-point.ts';
import { checkOperation, difference } from './check-operation.ts';
import { type ApiType, type Operation, operationsFor } from './operations.ts';
import { sweptFiles } from './swept-files.ts';
import { type State, SweptProject, type Typist } from './swept-project.ts';

export interface CrashCase {
  readonly type: ApiType;
  readonly operation: Operation['name'];
  /** Absent: nothing is killed; the state is what the others are held against. */
  readonly point?: CrashPoint;
}

export interface CrashOutcome {
  readonly breaches: readonly string[];
  readonly state: State;
  /** Control calls of the operation, when nothing was killed. */
  readonly calls: number;
  /** False when the operation ended before the point came. */
  readonly killed: boolean;
}

export async function runCrashCase(
  ministack: string,
  testCase: CrashCase,
  name: string,
  expected: State | undefined,
  typist?: Typist,
): Promise<CrashOutcome> {
  const operation = operationsFor(name, testCase.type).find((known) => known.name === testCase.operation);
  if (!operation) throw new Error(`no operation ${testCase.operation}`);
  const project = await SweptProject.open(ministack, sweptFiles(name, testCase.type), name, typist);
  try {
    const empty = await project.state();
    for (const files of operation.before) {
      await project.edit(files);
      await project.type(['deploy', '--yes']);
    }
    const before = await project.state();
    const outcome = await checkOperation(project, operation, testCase.point, before, expected);
    await project.type(['destroy', '--confirm', `${name}/dev`]);
    const left = (await project.state()).resources;
    return { ...outcome, breaches: [...project.breaches, ...difference('what destroy left', empty.resources, left)] };
  } finally {
    await project.close();
  }
}
