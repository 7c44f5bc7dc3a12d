// One small JSON document over HTTP within API Gateway's limits for identity providers: what is slow, large, moved or
// not JSON is an error.

/** "Timeout for JSON Web Key Set endpoint" and "for OpenID Connect discovery endpoint" (HTTP API quotas). */
const TIMEOUT_MS = 1500;
/** "Response size from JSON Web Key Set endpoint" (HTTP API quotas). */
const LIMIT_BYTES = 150_000;

/** @throws Error naming the address, for anything but a JSON document in time. */
export async function fetchJson(address: string): Promise<unknown> {
  try {
    const response = await fetch(address, {
      headers: { accept: 'application/json' },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!response.ok) {
      await response.body?.cancel();
      throw new Error(`answered ${response.status}`);
    }
    return JSON.parse(await readLimited(response));
  } catch (cause) {
    throw new Error(`${address}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

async function readLimited(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > LIMIT_BYTES) throw new Error(`is larger than ${LIMIT_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
