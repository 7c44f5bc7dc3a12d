// What the engine tells while it works; `ui/` decides how it looks.

import type { NodeId } from './kind.ts';
import type { Phase } from './plan.ts';

export type StepVerb = 'read' | 'create' | 'update' | 'replace' | 'move' | 'narrow' | 'delete' | 'retire' | 'prune';

export interface StepEvent {
  readonly type: 'start' | 'done' | 'failed';
  readonly phase: Phase | 'observe';
  readonly verb: StepVerb;
  readonly node: NodeId;
  readonly title: string;
  readonly name: string;
  readonly ms?: number | undefined;
  readonly error?: unknown;
}

export interface Reporter {
  step(event: StepEvent): void;
}

export const silentReporter: Reporter = { step: () => undefined };
