// How long an integration of a REST API may take.

/** AWS's default and maximum, ms. */
const DEFAULT_TIMEOUT_MS = 29_000;
const MIN_TIMEOUT_MS = 50;

/** The time limit of an integration in ms, within AWS's bounds. */
export function timeLimit(timeoutMs: number | undefined): number {
  return Math.min(DEFAULT_TIMEOUT_MS, Math.max(MIN_TIMEOUT_MS, timeoutMs ?? DEFAULT_TIMEOUT_MS));
}
