// The project with the protected routes under a started `apigen dev`, its tokens from a started `apigen dev token`.

import { spawnCli } from '../../harness/cli.ts';
import { type StartedDev, startedDev } from '../../harness/started-dev.ts';
import { temporaryProject } from '../../harness/temporary-project.ts';
import { protectedProject } from './protected-project.ts';

export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Headers;
}

export interface ProtectedDev extends StartedDev {
  readonly root: string;
  /** What `apigen dev token` prints. */
  token(...args: readonly string[]): Promise<string>;
  get(api: string, path: string, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  /** With this in Authorization. */
  as(authorization: string, api: string, path: string): Promise<Answer>;
  end(): Promise<void>;
}

export async function protectedDev(): Promise<ProtectedDev> {
  const project = await temporaryProject(protectedProject);
  const dev = await startedDev(project.root);
  const get: ProtectedDev['get'] = async (api, path, headers = {}) => {
    const response = await fetch(dev.url(api) + path, { headers });
    return { status: response.status, body: await response.json(), headers: response.headers };
  };
  return {
    ...dev,
    root: project.root,
    async token(...args) {
      const { code, stdout, stderr } = await spawnCli(['dev', 'token', ...args], { cwd: project.root });
      if (code !== 0) throw new Error(stderr);
      return stdout.trim();
    },
    get,
    as: (authorization, api, path) => get(api, path, { authorization }),
    async end() {
      await dev.stop();
      await project.remove();
    },
  };
}
