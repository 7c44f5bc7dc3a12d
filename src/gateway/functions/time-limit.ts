// Ends what takes too long. For a function under a debugger only the time counts in which its thread's event loop
// turns: one that is held at a breakpoint is not late.

const LOOK_EVERY_MS = 100;

/**
 * @param beats grows while the thread's event loop turns; absent: every millisecond counts
 * @returns stops watching
 */
export function limitTime(limitMs: number, onOver: () => void, beats?: () => number): () => void {
  if (beats === undefined) {
    const timer = setTimeout(onOver, limitMs);
    return () => clearTimeout(timer);
  }
  let left = limitMs;
  let last = beats();
  const timer = setInterval(() => {
    const now = beats();
    if (now !== last) left -= LOOK_EVERY_MS;
    last = now;
    if (left > 0) return;
    clearInterval(timer);
    onOver();
  }, LOOK_EVERY_MS);
  return () => clearInterval(timer);
}
