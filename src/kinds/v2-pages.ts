// Lists of API Gateway's second API, whole.

interface Page<Item> {
  readonly Items?: readonly Item[] | undefined;
  readonly NextToken?: string | undefined;
}

/** Every item of every page. @param page asks for one, with what its input has beside the list's own fields */
export async function everyPage<Item>(
  page: (more: { readonly MaxResults: string; readonly NextToken?: string }) => Promise<Page<Item>>,
): Promise<readonly Item[]> {
  const all: Item[] = [];
  let token: string | undefined;
  do {
    const { Items = [], NextToken } = await page({ MaxResults: '500', ...(token && { NextToken: token }) });
    all.push(...Items);
    token = NextToken;
  } while (token);
  return all;
}
