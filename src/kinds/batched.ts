// One listing for all who ask at about the same time. It is sent after the last of them asked, so that each gets an
// answer as fresh as a call of its own would give.

/** How long to wait for others that ask, in ms: reads of one plan come together. */
const windowMs = 5;

/** @param list told the names that were asked for */
export function batched<T>(list: (names: ReadonlySet<string>) => Promise<T>): (name: string) => Promise<T> {
  let next: Promise<T> | undefined;
  let asked = new Set<string>();
  return (name) => {
    asked.add(name);
    next ??= new Promise((resolve) => setTimeout(resolve, windowMs)).then(() => {
      const names = asked;
      next = undefined;
      asked = new Set();
      return list(names);
    });
    return next;
  };
}
