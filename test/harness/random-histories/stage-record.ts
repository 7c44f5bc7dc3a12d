// What the ledger holds of a stage, read with the SDK.

import type { LedgerRow, Release } from '../../../src/engine/ledger.ts';
import { itemsOf, textOf } from '../crash-sweep/ledger-lines.ts';

export interface StageRecord {
  readonly rows: readonly LedgerRow[];
  /** Newest first. */
  readonly releases: readonly Release[];
  readonly journalOpen: boolean;
}

export async function stageRecord(endpoint: string, project: string): Promise<StageRecord> {
  const items = await itemsOf(endpoint, `${project}/dev`);
  const under = (start: string): readonly unknown[] =>
    items.filter((item) => item['sk']?.S?.startsWith(start)).map((item): unknown => JSON.parse(textOf(item['value'])));
  const releases = under('release#') as readonly Release[];
  return {
    rows: under('node#') as readonly LedgerRow[],
    releases: releases.toSorted((a, b) => b.number - a.number),
    journalOpen: under('journal').length > 0,
  };
}
