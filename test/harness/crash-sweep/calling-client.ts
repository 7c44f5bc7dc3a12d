// A client that keeps calling one route while something else happens: every answer must be one of the versions.

export interface CallingClient {
  /** Ends the calls; a sentence for each kind of wrong answer. */
  stop(): Promise<readonly string[]>;
}

const pauseMs = 40;

export function keepCalling(url: string, allowed: ReadonlySet<string>): CallingClient {
  const wrong = new Map<string, number>();
  let stopped = false;
  let calls = 0;
  const loop = (async () => {
    while (!stopped) {
      const answer = await ask(url);
      calls += 1;
      if (!allowed.has(answer)) wrong.set(answer, (wrong.get(answer) ?? 0) + 1);
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  })();
  return {
    async stop() {
      stopped = true;
      await loop;
      if (calls === 0) return ['the client never called'];
      return [...wrong].map(([answer, count]) => `a client was answered ${answer} (${count} of ${calls} calls)`);
    },
  };
}

async function ask(url: string): Promise<string> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(10_000) });
    return `${response.status} ${await response.text()}`;
  } catch (error) {
    return `nothing: ${error instanceof Error ? error.message : String(error)}`;
  }
}
