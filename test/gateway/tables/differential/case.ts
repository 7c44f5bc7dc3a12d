// A hand-made case: operations sent one after another to both engines, whose answers are to be equal.

import type { Step } from './wire.ts';

export interface Case {
  readonly name: string;
  readonly steps: readonly Step[];
}
