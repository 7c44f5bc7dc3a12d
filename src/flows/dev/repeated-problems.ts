// A broken file is met by the look at all handlers and by each function that is built of it: a person is to read of it
// once, until it is saved again.

import type { Problem } from '../../errors.ts';
import type { DevEvent } from './dev-event.ts';

/** @returns whether all that an event says stands on the screen already, said of something else */
export function repeatedProblems(): (event: DevEvent) => boolean {
  const saidOf = new Map<string, string>();
  return (event) => {
    if (event.type === 'healed') saidOf.clear();
    if (event.type !== 'broken') return false;
    const keys = event.problems.map(keyOf);
    const isRepeated = keys.every((key) => saidOf.has(key) && saidOf.get(key) !== event.what);
    for (const key of keys) saidOf.set(key, event.what);
    return isRepeated;
  };
}

function keyOf({ code, message, position }: Problem): string {
  return JSON.stringify([code, message, position?.file, position?.line]);
}
