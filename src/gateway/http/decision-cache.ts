// Authorizer results kept for their time to live, by the values of the identity sources. Bounded: the oldest go first.

export interface DecisionCache<T> {
  get(key: string, now: number): T | undefined;
  set(key: string, value: T, expiresAt: number): void;
}

const MAX_ENTRIES = 10_000;

/** Times are milliseconds since the epoch. */
export function createDecisionCache<T>(): DecisionCache<T> {
  const entries = new Map<string, { readonly value: T; readonly expiresAt: number }>();
  return {
    get(key, now) {
      const entry = entries.get(key);
      if (entry === undefined) return undefined;
      if (entry.expiresAt > now) return entry.value;
      entries.delete(key);
      return undefined;
    },
    set(key, value, expiresAt) {
      entries.delete(key);
      entries.set(key, { value, expiresAt });
      if (entries.size <= MAX_ENTRIES) return;
      const [oldest] = entries.keys();
      if (oldest !== undefined) entries.delete(oldest);
    },
  };
}
