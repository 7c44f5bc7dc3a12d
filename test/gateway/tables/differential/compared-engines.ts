// The embedded tables and DynamoDB Local side by side: one step to both, and what is different about their answers.

import { isDeepStrictEqual } from 'node:util';
import { startTables } from '../../../../src/gateway/tables/start-tables.ts';
import { startDynamodbLocal } from '../../../harness/dynamodb-local.ts';
import { comparable } from './compare.ts';
import { remakeTables } from './compared-tables.ts';
import { type DifferenceName, knownDifference } from './known-differences.ts';
import { isReworded } from './rewordings.ts';
import { type Fields, type Step, send } from './wire.ts';

export interface Mismatch {
  readonly step: Step;
  readonly local: Fields;
  readonly embedded: Fields;
}

export interface ComparedEngines {
  /** Known differences that steps have met. */
  readonly met: ReadonlySet<DifferenceName>;
  /** Faults of the embedded tables' own. */
  readonly notes: readonly string[];
  /** Empty tables in both. */
  remake(): Promise<void>;
  /** `undefined`: both did the same. */
  compare(step: Step): Promise<Mismatch | undefined>;
  stop(): Promise<void>;
}

export async function startComparedEngines(): Promise<ComparedEngines> {
  const notes: string[] = [];
  const local = await startDynamodbLocal();
  const embedded = await startTables({ fresh: true, tables: [], note: (text) => notes.push(text) });
  const endpoints = [local.endpoint, embedded.endpoint] as const;
  const met = new Set<DifferenceName>();
  return {
    met,
    notes,
    async remake() {
      await Promise.all(endpoints.map(remakeTables));
    },
    async compare(step) {
      const [theirs, ours] = await Promise.all([send(endpoints[0], step), send(endpoints[1], step)]);
      const [a, b] = [comparable(step, theirs), comparable(step, ours)];
      if (isDeepStrictEqual(a, b)) return undefined;
      if (a['error'] !== undefined && a['error'] === b['error'] && isReworded(a['message'], b['message']))
        return undefined;
      const known = knownDifference(step, theirs, ours);
      if (known === undefined) return { step, local: a, embedded: b };
      met.add(known);
      return undefined;
    },
    async stop() {
      await Promise.all([local.stop(), embedded.close()]);
    },
  };
}
