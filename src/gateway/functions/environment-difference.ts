// How one set of environment variables becomes another.

/** What to set, and null for what to remove. */
export function environmentDifference(
  from: Readonly<Record<string, string>>,
  to: Readonly<Record<string, string>>,
): Readonly<Record<string, string | null>> {
  const changes: Record<string, string | null> = {};
  for (const [name, value] of Object.entries(to)) if (from[name] !== value) changes[name] = value;
  for (const name of Object.keys(from)) if (to[name] === undefined) changes[name] = null;
  return changes;
}
