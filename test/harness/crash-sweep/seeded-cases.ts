// Cases drawn by a seed, so that a failure can be replayed.

import type { Phase } from '../quota-proxy/options.ts';
import { SeededDraw } from '../quota-proxy/seeded-draw.ts';
import type { CrashCase } from './crash-case.ts';
import type { ApiType, Operation } from './operations.ts';

const phases: readonly Phase[] = ['received', 'committed', 'answered'];

/** @param calls how many control calls the operation makes without a fault */
export function drawCases(
  seed: string,
  count: number,
  type: ApiType,
  operation: Operation['name'],
  calls: number,
): readonly CrashCase[] {
  const seeded = new SeededDraw(seed);
  const draw = (): number => seeded.next(`${type} ${operation}`);
  return Array.from({ length: count }, () => ({
    type,
    operation,
    point: { call: 1 + Math.floor(draw() * calls), phase: phases[Math.floor(draw() * phases.length)] ?? 'received' },
  }));
}
