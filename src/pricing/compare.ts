// The same traffic under every combination of some settings, each a whole estimate.

import {
  withApiType,
  withArchitecture,
  withCache,
  withCapacity,
  withMemory,
  withRegion,
  withTableClass,
} from './alternatives.ts';
import { type Estimate, estimate } from './estimate.ts';
import type { FreeTier } from './free-allowances.ts';
import type { Architecture, TableClass, Workload } from './workload.ts';

/** What can be compared. */
export const DIMENSIONS = [
  'type',
  'architecture',
  'memory',
  'capacity',
  'class',
  'cache',
  'region',
  'free-tier',
] as const;

export type Dimension = (typeof DIMENSIONS)[number];

/** Settings to try: `type=rest,http`. */
export interface Range {
  readonly dimension: Dimension;
  readonly values: readonly string[];
}

export interface Choice {
  readonly dimension: Dimension;
  readonly value: string;
}

export interface Alternative {
  readonly choices: readonly Choice[];
  readonly workload: Workload;
  readonly freeTier: FreeTier;
  readonly estimate: Estimate;
}

/** More combinations than this are no comparison any more. */
export const MOST_ALTERNATIVES = 64;

/** Every combination, in the order of the ranges; values must have been checked. */
export function alternatives(workload: Workload, freeTier: FreeTier, ranges: readonly Range[]): Alternative[] {
  let combinations: (readonly Choice[])[] = [[]];
  for (const { dimension, values } of ranges) {
    combinations = combinations.flatMap((choices) => values.map((value) => [...choices, { dimension, value }]));
  }
  return combinations.map((choices) => {
    const chosen = choices.reduce(apply, { workload, freeTier });
    return { choices, ...chosen, estimate: estimate(chosen.workload, chosen.freeTier) };
  });
}

interface Setting {
  readonly workload: Workload;
  readonly freeTier: FreeTier;
}

function apply(setting: Setting, { dimension, value }: Choice): Setting {
  if (dimension === 'free-tier') return { ...setting, freeTier: value as FreeTier };
  return { ...setting, workload: change(setting.workload, dimension, value) };
}

function change(workload: Workload, dimension: Exclude<Dimension, 'free-tier'>, value: string): Workload {
  switch (dimension) {
    case 'type':
      return withApiType(workload, value as 'rest' | 'http');
    case 'architecture':
      return withArchitecture(workload, value as Architecture);
    case 'memory':
      return withMemory(workload, Number(value));
    case 'capacity':
      return withCapacity(workload, value as 'on-demand' | 'provisioned');
    case 'class':
      return withTableClass(workload, value as TableClass);
    case 'cache':
      return withCache(workload, value);
    case 'region':
      return withRegion(workload, value);
  }
}
