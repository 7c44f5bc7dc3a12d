// A value inside a body for parameter mapping: `method.request.body.order.lines[0].sku`.

/** The whole body for an empty path (`{}` when there is none); undefined where the path finds nothing. */
export function bodyValue(text: string, path: string): string | undefined {
  const body = text === '' ? '{}' : text;
  if (path === '') return body;
  let current: unknown;
  try {
    current = JSON.parse(body);
  } catch {
    return undefined;
  }
  for (const key of path.split(/[.[\]]/).filter((part) => part !== '')) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, key)) return undefined;
    current = (current as Record<string, unknown>)[key];
  }
  if (current === undefined || current === null) return undefined;
  return typeof current === 'object' ? JSON.stringify(current) : String(current);
}
