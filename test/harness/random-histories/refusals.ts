// When a rollback may be refused.

/** Whether a rollback said that it cannot be done. */
export const isRefusal = (output: string): boolean => /NO_SUCH_RELEASE|RELEASE_INCOMPLETE|VERSION_GONE/.test(output);

/** There is none, or an API that it had left the source since: APIs are not kept for releases. */
export function isRightlyRefused(output: string): boolean {
  const gone = [...output.matchAll(/^ +(\S+:\S+) \(/gm)].map(([, node = '']) => node);
  const isOfApis = gone.length > 0 && gone.every((node) => /^(rest|http|websocket)-api:/.test(node));
  return output.includes('NO_SUCH_RELEASE') || isOfApis;
}
