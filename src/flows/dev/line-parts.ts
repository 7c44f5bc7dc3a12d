// Parts of the lines of dev.

/** `2.1 ms`, `31 ms`. */
export function milliseconds(ms: number): string {
  return ms < 10 ? `${ms.toFixed(1)} ms` : `${Math.round(ms)} ms`;
}

/** Colours may stay; what would move the cursor or ring the bell may not. */
export function printable(text: string): string {
  return text.replace(/\p{Cc}\[[0-9;]*m|\p{Cc}/gu, (found) => (found.length > 1 || found === '\t' ? found : ' '));
}
