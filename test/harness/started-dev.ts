// `apigen dev --json` as the built program in a process of its own: what it serves and what it has said so far.

import type { DevEvent, ServedApi } from '../../src/flows/dev/dev-event.ts';
import { startCli } from './started-cli.ts';

export interface StartedDev {
  readonly pid: number;
  readonly apis: readonly ServedApi[];
  /** Of an API, by its name: `http://127.0.0.1:3000`. */
  url(api: string): string;
  events(): readonly DevEvent[];
  /** Everything it printed, on both streams. */
  output(): string;
  /** @returns its exit code */
  stop(signal?: NodeJS.Signals): Promise<number>;
}

/** @param args beside `dev --json`; without a port any free one is taken */
export async function startedDev(
  cwd: string,
  { args = ['--port', '0'], env = {} }: { readonly args?: readonly string[]; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<StartedDev> {
  // Whatever would call AWS finds nobody.
  const cli = await startCli(['dev', '--json', ...args], { cwd, endpoint: 'http://127.0.0.1:9', env });
  const events: DevEvent[] = [];
  let rest = '';
  const ready = new Promise<readonly ServedApi[]>((resolve, reject) => {
    cli.process.stdout?.on('data', (chunk: Buffer) => {
      const lines = (rest + chunk.toString()).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        // An error is one document of many lines.
        if (!/^\{.*\}$/.test(line)) continue;
        const event: DevEvent = JSON.parse(line);
        events.push(event);
        if (event.type === 'ready') resolve(event.apis);
      }
    });
    void cli.ended.then(({ code, output }) => reject(new Error(`dev ended with ${code}: ${output}`)));
  });
  const apis = await ready;
  return {
    pid: cli.process.pid ?? 0,
    apis,
    url: (name) => apis.find((api) => api.name === name)?.url ?? '',
    events: () => events,
    output: () => cli.output(),
    async stop(signal = 'SIGINT') {
      cli.process.kill(signal);
      return (await cli.ended).code;
    },
  };
}
