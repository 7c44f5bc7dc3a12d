// Fills a table from a file: items are decoded and checked by the model, written in batches, and counted once DynamoDB
// has them. Memory stays flat: a few batches are under way at a time, however long the file is.

import type { Aws } from '../../aws/aws.ts';
import { ApigenError } from '../../errors.ts';
import type { ItemEncoder } from '../../models/item-encoder.ts';
import type { StoredItem } from '../../operate/tables/item-json.ts';
import { itemBytes, LARGEST_ITEM_BYTES } from '../../operate/tables/item-size.ts';
import { BATCH_SIZE, writeItems } from '../../operate/tables/write-items.ts';
import type { SeedDocument } from './read-documents.ts';

export interface SeedOptions {
  readonly aws: Aws;
  readonly encoder: ItemEncoder;
  readonly documents: AsyncIterable<SeedDocument>;
  /** Items of the file that an earlier run has written. */
  readonly skip: number;
  /** Items with problems are told and left out; otherwise the first one ends the run. */
  readonly goOn: boolean;
  readonly signal: AbortSignal;
  onBad(place: string, problem: string): void;
  onProgress(written: number, busy: boolean): void;
}

export interface Seeded {
  readonly written: number;
  readonly bad: number;
  /** Items of the file that need not be looked at again. */
  readonly done: number;
}

/** Items checked at once; the model's process is asked once for all. */
const chunkSize = BATCH_SIZE * 16;
/** Batches under way at once. */
const parallel = 4;

/**
 * @throws ApigenError `SEED_STOPPED` with how to go on, at the first bad item or when a write fails
 */
export async function seedTable(options: SeedOptions): Promise<Seeded> {
  const state = { written: 0, bad: 0, done: options.skip };
  let chunk: SeedDocument[] = [];
  let seen = 0;
  for await (const document of options.documents) {
    seen += 1;
    if (seen <= options.skip) continue;
    chunk.push(document);
    if (chunk.length < chunkSize) continue;
    await writeChunk(options, chunk, state);
    chunk = [];
  }
  if (chunk.length > 0) await writeChunk(options, chunk, state);
  return state;
}

async function writeChunk(
  options: SeedOptions,
  chunk: readonly SeedDocument[],
  state: { written: number; bad: number; done: number },
): Promise<void> {
  options.signal.throwIfAborted();
  const { items, bad, readTo } = await checkChunk(options, chunk);
  try {
    await writeAll(options, items, () => {
      options.onProgress(state.written, true);
    });
  } catch (error) {
    throw stopped(options, state.done, 'Writing failed', error);
  }
  state.written += items.length;
  state.done += readTo;
  options.onProgress(state.written, false);
  for (const { place, problem } of bad) {
    state.bad += 1;
    options.onBad(place, problem);
  }
  const [first] = bad;
  if (first !== undefined && !options.goOn) {
    throw stopped(options, state.done, `${first.place} ${first.problem}`, undefined);
  }
}

interface Checked {
  /** By key: two puts of one key in a batch are refused by DynamoDB, and the last one wins anyway. */
  readonly items: readonly StoredItem[];
  readonly bad: readonly { readonly place: string; readonly problem: string }[];
  /** Documents up to and without the first bad one, or all. */
  readonly readTo: number;
}

async function checkChunk({ encoder, goOn }: SeedOptions, chunk: readonly SeedDocument[]): Promise<Checked> {
  const encoded = await encoder.encode(chunk.map(({ value }) => value));
  const items = new Map<string, StoredItem>();
  const bad: { place: string; problem: string }[] = [];
  const keys = encoder.spec.table.keySchema.map(({ AttributeName }) => AttributeName);
  for (const [index, { place, problem }] of chunk.entries()) {
    const { item, problems = [] } = encoded[index] ?? {};
    const tooLarge = item !== undefined && itemBytes(item) > LARGEST_ITEM_BYTES;
    const why =
      problem ??
      (tooLarge
        ? largeText(itemBytes(item))
        : problems.map(({ path, message }) => `${path} ${message}`.trim()).join('; '));
    if (problem === undefined && item !== undefined && !tooLarge) {
      items.set(JSON.stringify(keys.map((name) => item[name])), { ...item });
      continue;
    }
    bad.push({ place, problem: why });
    if (!goOn) return { items: [...items.values()], bad, readTo: index };
  }
  return { items: [...items.values()], bad, readTo: chunk.length };
}

const largeText = (bytes: number): string =>
  `is ${Math.ceil(bytes / 1024).toLocaleString('en-US')} KB; DynamoDB takes items of 400 KB at most`;

async function writeAll(options: SeedOptions, items: readonly StoredItem[], onBusy: () => void): Promise<void> {
  const batches = Array.from({ length: Math.ceil(items.length / BATCH_SIZE) }, (_, index) =>
    items.slice(index * BATCH_SIZE, (index + 1) * BATCH_SIZE),
  );
  const { tableName } = options.encoder.spec.table;
  const worker = async (): Promise<void> => {
    for (let batch = batches.shift(); batch !== undefined; batch = batches.shift()) {
      await writeItems(options.aws, tableName, batch, options.signal, onBusy);
    }
  };
  await Promise.all(Array.from({ length: parallel }, worker));
}

function stopped(options: SeedOptions, done: number, detail: string, cause: unknown): ApigenError {
  const reason = cause instanceof ApigenError ? `${detail}: ${cause.summary}. ${cause.detail ?? ''}`.trim() : detail;
  return new ApigenError({
    code: 'SEED_STOPPED',
    summary: `Seeding ${options.encoder.spec.table.tableName} stopped after ${done} items of the file`,
    detail: reason,
    hint:
      cause === undefined
        ? `mend it and run again with --skip ${done}, or with --continue to leave out what is wrong`
        : `run again with --skip ${done} to go on from there`,
    cause,
  });
}
