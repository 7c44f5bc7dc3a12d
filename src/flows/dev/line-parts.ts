// Parts of the lines of dev.

/** `2.1 ms`, `31 ms`. */
export function milliseconds(ms: number): string {
  return ms < 10 ? `${ms.toFixed(1)} ms` : `${Math.round(ms)} ms`;
}

/**
 * What would move the cursor or ring the bell does not stay.
 * @param hasColors colours of a function's own do
 */
export function printable(text: string, hasColors = false): string {
  const kept = text.replace(/\p{Cc}\[[0-9;]*m|\p{Cc}/gu, (found) => {
    if (found === '\t') return found;
    if (found.length === 1) return ' ';
    return hasColors ? found : '';
  });
  // One that is never ended would colour all that follows.
  return kept.includes('\u001b') ? `${kept}\u001b[0m` : kept;
}
