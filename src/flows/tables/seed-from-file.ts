// A seed file into the table of a model.

import { openEncoder } from '../../models/item-encoder.ts';
import { requireLiveTable } from '../../operate/tables/live-table.ts';
import type { SessionOptions } from '../converge/session.ts';
import { openTable } from './open-table.ts';
import { readDocuments } from './read-documents.ts';
import { type Seeded, type SeedOptions, seedTable } from './seed-table.ts';

export interface SeedRequest extends Pick<SeedOptions, 'skip' | 'goOn' | 'signal' | 'onBad' | 'onProgress'> {
  readonly model: string;
  /** Absolute. */
  readonly file: string;
}

/** @throws ApigenError `NO_SUCH_TABLE`, and what reading and writing throw */
export async function seedFromFile(
  options: SessionOptions,
  { model, file, ...rest }: SeedRequest,
): Promise<Seeded & { readonly tableName: string }> {
  const { aws, project, declaration, spec } = await openTable(options, model);
  const { tableName } = spec.table;
  await requireLiveTable(aws, tableName);
  const encoder = await openEncoder(project, declaration);
  try {
    return { ...(await seedTable({ aws, encoder, documents: readDocuments(file), ...rest })), tableName };
  } finally {
    await encoder.close();
  }
}
