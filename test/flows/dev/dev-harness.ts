// A project under `apigen dev` in this process: its events, its address, and waiting for what a save brings.

import type { DevEvent } from '../../../src/flows/dev/dev-event.ts';
import { type DevSession, startDev } from '../../../src/flows/dev/start-dev.ts';
import { startTables } from '../../../src/gateway/tables/start-tables.ts';
import { type TemporaryProject, temporaryProject } from '../../harness/temporary-project.ts';

export interface DevHarness {
  readonly project: TemporaryProject;
  readonly session: DevSession;
  readonly events: DevEvent[];
  readonly url: string;
  get(path: string, init?: RequestInit): Promise<{ status: number; body: unknown; headers: Headers }>;
  /** Asks until the answer fits, for 15 s. */
  until(
    path: string,
    fits: (answer: { status: number; body: unknown }) => boolean,
  ): Promise<{ status: number; body: unknown }>;
  close(): Promise<void>;
}

export async function underDev(files: Readonly<Record<string, string>>): Promise<DevHarness> {
  const project = await temporaryProject(files);
  const events: DevEvent[] = [];
  const session = await startDev({
    cwd: project.root,
    env: { PATH: process.env['PATH'] },
    port: 0,
    startTables,
    emit: (event) => events.push(event),
  });
  const url = session.apis()[0]?.url ?? '';
  const get: DevHarness['get'] = async (path, init) => {
    const response = await fetch(url + path, init);
    const text = await response.text();
    return { status: response.status, body: parsed(text), headers: response.headers };
  };
  return {
    project,
    session,
    events,
    url,
    get,
    async until(path, fits) {
      const deadline = Date.now() + 15_000;
      for (;;) {
        const answer = await get(path);
        if (fits(answer)) return answer;
        if (Date.now() > deadline)
          throw new Error(`${path} still answers ${answer.status} ${JSON.stringify(answer.body)}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    async close() {
      await session.close();
      await project.remove();
    },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
