// What every part of a workload is built from, and where it puts what it finds wrong or takes for granted.

import type { Notes } from './notes.ts';
import type { Shape } from './shape.ts';
import type { UsageProblems } from './usage-problems.ts';
import type { Usage } from './usage-schema.ts';

export interface BuildContext {
  /** Undefined: the usage stands alone and says itself what there is. */
  readonly shape: Shape | undefined;
  readonly usage: Usage;
  readonly problems: UsageProblems;
  readonly notes: Notes;
}
