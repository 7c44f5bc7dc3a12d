import { describe, expect, it } from '@jest/globals';
import type { Aws } from '../../../src/aws/aws.ts';
import { itemBytes, LARGEST_ITEM_BYTES } from '../../../src/operate/tables/item-size.ts';
import { writeItems } from '../../../src/operate/tables/write-items.ts';

/** A table that takes so many items of each batch and gives the others back. */
function busyTable(takes: readonly number[]) {
  const stored: string[] = [];
  const batches: number[] = [];
  const send = async ({
    input,
  }: {
    input: { RequestItems: Record<string, { PutRequest: { Item: { id: { S: string } } } }[]> };
  }) => {
    const items = input.RequestItems['t'] ?? [];
    const taken = takes[batches.length] ?? items.length;
    batches.push(items.length);
    stored.push(...items.slice(0, taken).map((one) => one.PutRequest.Item.id.S));
    const left = items.slice(taken);
    return left.length === 0 ? {} : { UnprocessedItems: { t: left } };
  };
  return { aws: { dynamodb: { send } } as unknown as Aws, stored, batches };
}

const items = Array.from({ length: 25 }, (_, index) => ({ id: { S: `i${index}` } }));

describe('writing items', () => {
  it('sends again what the table did not take, until it has every item once', async () => {
    const { aws, stored, batches } = busyTable([10, 0, 3]);
    let busy = 0;
    await writeItems(aws, 't', items, new AbortController().signal, () => {
      busy += 1;
    });
    expect(batches).toEqual([25, 15, 15, 12]);
    expect([stored.length, new Set(stored).size, busy]).toEqual([25, 25, 3]);
  });

  it('ends at once when it is interrupted while it waits', async () => {
    const { aws } = busyTable([0, 0, 0, 0, 0, 0, 0, 0]);
    const stop = new AbortController();
    const writing = writeItems(aws, 't', items, stop.signal, () => stop.abort());
    await expect(writing).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('the size of an item', () => {
  it('counts names and values as DynamoDB does', () => {
    expect(itemBytes({ id: { S: 'é' } })).toBe(4);
    expect(itemBytes({ n: { N: '-12.5' } })).toBe(1 + 3);
    expect(itemBytes({ b: { B: new Uint8Array(5) }, ok: { BOOL: true } })).toBe(6 + 3);
    expect(itemBytes({ m: { M: { a: { S: 'xy' } } }, l: { L: [{ NULL: true }] } })).toBe(
      1 + 3 + 1 + 1 + 2 + 1 + 3 + 1 + 1,
    );
    expect(itemBytes({ id: { S: 'x'.repeat(LARGEST_ITEM_BYTES) } })).toBeGreaterThan(LARGEST_ITEM_BYTES);
  });
});
