// All pages of a list: what an emulator that other tests share holds does not fit on the first one.

/** @param pick what a page has of it */
export async function everyPage<Page, Item>(
  pages: AsyncIterable<Page>,
  pick: (page: Page) => readonly Item[] | undefined,
): Promise<readonly Item[]> {
  const found: Item[] = [];
  for await (const page of pages) found.push(...(pick(page) ?? []));
  return found;
}
