// Starts esbuild's own process before there is something to build, beside whatever else takes time at the start.

import { initialize } from 'esbuild';

export function warmUp(): void {
  // What is wrong with it is said by the build that needs it.
  initialize({}).catch(() => {});
}
