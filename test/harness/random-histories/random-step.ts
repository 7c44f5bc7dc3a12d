// What may happen to a project, drawn at random: deployed as it is or edited, returned to an earlier release, changed
// by hand, taken down; each command maybe killed, or with the connection of one call cut.

import fc from 'fast-check';
import type { CrashPoint } from '../quota-proxy/crash-point.ts';
import { type Tampering, tamperings } from './by-hand.ts';
import { type Source, source } from './random-source.ts';

export interface Fault {
  readonly blow: 'kill' | 'cut';
  readonly point: CrashPoint;
}

export type Step =
  /** @property source null: as it stands */
  | { readonly type: 'deploy'; readonly source: Source | null; readonly fault: Fault | null }
  | { readonly type: 'rollback'; readonly back: number; readonly fault: Fault | null }
  | { readonly type: 'by-hand'; readonly what: Tampering; readonly which: number }
  | { readonly type: 'destroy'; readonly keepTables: boolean; readonly fault: Fault | null };

const fault: fc.Arbitrary<Fault | null> = fc.option(
  fc.record({
    blow: fc.constantFrom('kill' as const, 'kill' as const, 'cut' as const),
    point: fc.record({
      call: fc.integer({ min: 1, max: 120 }),
      phase: fc.constantFrom('received' as const, 'committed' as const, 'answered' as const),
    }),
  }),
  { freq: 2 },
);

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ type: fc.constant('deploy' as const), source: fc.option(source, { freq: 5 }), fault }),
  },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('rollback' as const), back: fc.nat(2), fault }) },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('by-hand' as const),
      what: fc.constantFrom(...tamperings),
      which: fc.nat(20),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('destroy' as const), keepTables: fc.boolean(), fault }) },
);

export interface DrawnHistory {
  /** Of the API that is always there. */
  readonly type: 'http' | 'rest';
  readonly first: Source;
  readonly steps: readonly Step[];
}

export const history: fc.Arbitrary<DrawnHistory> = fc.record({
  type: fc.constantFrom('http' as const, 'rest' as const),
  first: source,
  steps: fc.array(step, { minLength: 3, maxLength: 6 }),
});

/** In a few words. */
export const described = (step: Step): string =>
  [
    step.type,
    ...(step.type === 'by-hand' ? [step.what] : []),
    ...(step.type === 'rollback' ? [`${step.back} back`] : []),
    ...(step.type !== 'by-hand' && step.fault
      ? [`${step.fault.blow} at call ${step.fault.point.call} ${step.fault.point.phase}`]
      : []),
  ].join(' ');
