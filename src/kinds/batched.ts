// One listing for all who ask at about the same time. It is sent after the last of them asked, so that each gets an
// answer as fresh as a call of its own would give.

/** How long to wait for others that ask, in ms: reads of one plan come together. */
const windowMs = 5;

export function batched<T>(list: () => Promise<T>): () => Promise<T> {
  let next: Promise<T> | undefined;
  return () => {
    next ??= new Promise((resolve) => setTimeout(resolve, windowMs)).then(() => {
      next = undefined;
      return list();
    });
    return next;
  };
}
