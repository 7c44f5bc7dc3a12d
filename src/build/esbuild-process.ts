// esbuild's own process, which all builds share. Under dev it ends while nothing is built, since it keeps what its
// largest build needed, some 70 MB with the AWS SDK; the next build starts it anew, in some 20 ms.

import * as esbuild from 'esbuild';

/** Saves come one after the other; whoever reads or thinks for longer does not notice a start. */
const QUIET_MS = 5_000;

/** Builds again and again: esbuild keeps what it parsed, as long as its process lives. */
export interface Rebuilder<T extends esbuild.BuildOptions> {
  /** One at a time. */
  rebuild(): Promise<esbuild.BuildResult<T>>;
  /** A later `rebuild` starts anew. */
  dispose(): Promise<void>;
}

let underWay = 0;
let users = 0;
/** Without a user ever, it lives as long as this process. */
let isMinded = false;
/** Grows with every start anew. */
let life = 0;
let timer: NodeJS.Timeout | undefined;
const rebuilders = new Set<Rebuilder<esbuild.BuildOptions>>();

export const build = ((options) => during(() => esbuild.build(options))) as typeof esbuild.build;

export const transform = ((input, options) =>
  during(() => esbuild.transform(input, options))) as typeof esbuild.transform;

export function rebuilder<const T extends esbuild.BuildOptions>(options: T): Rebuilder<T> {
  let context: Promise<esbuild.BuildContext<T>> | undefined;
  const self: Rebuilder<T> = {
    rebuild: () =>
      during(async () => {
        rebuilders.add(self);
        context ??= esbuild.context(options as never) as Promise<esbuild.BuildContext<T>>;
        const opened = context;
        return (await opened).rebuild();
      }),
    async dispose() {
      const old = context;
      context = undefined;
      rebuilders.delete(self);
      // Whoever built with it was told why it could not be opened, or that its process is gone.
      await old?.then((opened) => opened.dispose()).catch(() => undefined);
    },
  };
  return self;
}

/** Starts it before there is something to build. Never rejects: what is wrong is said by the build that needs it. */
export async function warmUp(): Promise<void> {
  try {
    await esbuild.initialize({});
  } catch {}
}

/** From now on it ends while nothing is built. @returns to be called once: ends it, unless someone else uses it */
export function endWhileUnused(): () => Promise<void> {
  users += 1;
  isMinded = true;
  endSoon();
  return async () => {
    users -= 1;
    if (users === 0 && underWay === 0) await end();
  };
}

async function during<T>(work: () => Promise<T>): Promise<T> {
  clearTimeout(timer);
  underWay += 1;
  const started = life;
  try {
    return await work();
  } catch (cause) {
    if (!isGone(cause)) throw cause;
    // Somebody ended it, as a system that is short of memory does.
    if (life === started) await startAnew();
    return await work();
  } finally {
    underWay -= 1;
    endSoon();
  }
}

function endSoon(): void {
  clearTimeout(timer);
  if (underWay === 0 && isMinded) timer = setTimeout(() => void end(), users > 0 ? QUIET_MS : 0).unref();
}

async function end(): Promise<void> {
  clearTimeout(timer);
  await Promise.all([...rebuilders].map((one) => one.dispose()));
  // What began meanwhile comes here again when it is done.
  if (underWay === 0) await startAnew();
}

/** What is built next starts it. */
async function startAnew(): Promise<void> {
  life += 1;
  for (const one of rebuilders) void one.dispose();
  await esbuild.stop();
}

function isGone(cause: unknown): boolean {
  return cause instanceof Error && /^The service (was stopped|is no longer running)/.test(cause.message);
}
