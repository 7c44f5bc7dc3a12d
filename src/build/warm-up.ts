// Starts esbuild's own process before there is something to build, beside whatever else takes time at the start.

import { initialize } from 'esbuild';

/** Never rejects: once is enough, and what is wrong with it is said by the build that needs it. */
export async function warmUp(): Promise<void> {
  try {
    await initialize({});
  } catch {}
}
