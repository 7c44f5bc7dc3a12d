// The public keys of token issuers, found as API Gateway finds them: OpenID discovery, then the `jwks_uri`. Both are
// small and quick or refused, and what was fetched is kept for two hours; a failure is never kept.

import { createPublicKey, type KeyObject } from 'node:crypto';
import type { CryptoKey } from 'jose';
import { isRecord } from '../json-record.ts';
import { fetchJson } from './fetch-json.ts';

/** A KeyObject verifies with every digest, a CryptoKey with its own alone. */
export type PublicKey = KeyObject | CryptoKey;

/** Where the key that signed a token is looked up. */
export interface KeySource {
  /**
   * The issuer's RSA key of that id; undefined when it publishes none.
   * @throws Error when the issuer's documents cannot be had.
   */
  find(issuer: string, keyId: string): Promise<PublicKey | undefined>;
}

export interface KeySourceOptions {
  /** Milliseconds since the epoch; default the clock. */
  now?(): number;
  /** How long keys are used before they are fetched again; API Gateway's two hours by default. */
  readonly keptMs?: number;
}

interface KeySet {
  readonly keys: ReadonlyMap<string, KeyObject>;
  readonly fetchedAt: number;
}

/** "API Gateway can cache the public key for two hours" (JWT authorizers, developer guide). */
export const KEYS_KEPT_MS = 2 * 60 * 60 * 1000;
// A rotated key must not lock everybody out for two hours, nor may made-up key ids make us fetch without end.
const REFETCH_AFTER_MS = 10_000;

/** Keys over HTTP, one fetch at a time per issuer. */
export function createKeySource(options: KeySourceOptions = {}): KeySource {
  const now = options.now ?? Date.now;
  const keptMs = options.keptMs ?? KEYS_KEPT_MS;
  const sets = new Map<string, KeySet>();
  const fetching = new Map<string, Promise<KeySet>>();

  const fetchOnce = (issuer: string): Promise<KeySet> => {
    const running = fetching.get(issuer);
    if (running !== undefined) return running;
    const started = fetchKeys(issuer)
      .then((keys) => {
        const set = { keys, fetchedAt: now() };
        sets.set(issuer, set);
        return set;
      })
      .finally(() => fetching.delete(issuer));
    fetching.set(issuer, started);
    return started;
  };

  return {
    async find(issuer, keyId) {
      const known = sets.get(issuer);
      const age = known === undefined ? Number.POSITIVE_INFINITY : now() - known.fetchedAt;
      const fresh = known !== undefined && age < keptMs && (known.keys.has(keyId) || age < REFETCH_AFTER_MS);
      const set = fresh ? known : await fetchOnce(issuer);
      return set.keys.get(keyId);
    },
  };
}

async function fetchKeys(issuer: string): Promise<ReadonlyMap<string, KeyObject>> {
  const discovery = await fetchJson(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
  const uri = isRecord(discovery) ? discovery['jwks_uri'] : undefined;
  if (typeof uri !== 'string') throw new Error(`${issuer} names no jwks_uri`);
  const document = await fetchJson(uri);
  const list = isRecord(document) ? document['keys'] : undefined;
  if (!Array.isArray(list)) throw new Error(`${uri} holds no keys`);
  const keys = new Map<string, KeyObject>();
  for (const candidate of list) {
    const key = rsaKey(candidate);
    if (key !== undefined) keys.set(key.id, key.key);
  }
  return keys;
}

// Only RSA keys can verify anything here, so others (and broken ones) are as good as unpublished.
function rsaKey(candidate: unknown): { id: string; key: KeyObject } | undefined {
  if (!isRecord(candidate) || candidate['kty'] !== 'RSA') return undefined;
  const { kid: id, n, e } = candidate;
  if (typeof id !== 'string' || typeof n !== 'string' || typeof e !== 'string' || n === '') return undefined;
  try {
    return { id, key: createPublicKey({ key: { kty: 'RSA', n, e }, format: 'jwk' }) };
  } catch {
    return undefined;
  }
}
