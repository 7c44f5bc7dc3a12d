// A project on an emulator, driven by the program as a person would: deployed, called, planned again, destroyed.

import { runCli } from '../../harness/cli.ts';
import { type TemporaryProject, temporaryProject } from '../../harness/temporary-project.ts';
import type { Emulator } from '../../kinds/conformance/emulator.ts';

export interface Outcome {
  readonly code: number;
  // biome-ignore lint/suspicious/noExplicitAny: the document of any command
  readonly json: any;
  readonly stderr: string;
}

export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
}

export interface Deployed extends TemporaryProject {
  apigen(...args: readonly string[]): Promise<Outcome>;
  /** @param request `POST /orders?page=2`, behind the API's own address */
  call(api: string, request: string, init?: RequestInit): Promise<Answer>;
  /**
   * What a plan would still change: `update function:hello memory`, without what the emulator is known to lack.
   * @throws when it no longer lacks it
   */
  leftToDo(lacks?: readonly RegExp[]): Promise<readonly string[]>;
}

export const endpointOf = (emulator: Emulator): string =>
  process.env[emulator === 'moto' ? 'MOTO_ENDPOINT' : 'MINISTACK_ENDPOINT'] ?? '';

export async function projectOn(endpoint: string, files: Readonly<Record<string, string>>): Promise<Deployed> {
  const project = await temporaryProject(files);
  const env = { AWS_ENDPOINT_URL: endpoint, AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };
  let routes: readonly { readonly api: string; readonly url: string }[] = [];
  const apigen: Deployed['apigen'] = async (...args) => {
    const { code, stdout, stderr } = await runCli([...args, '--json'], { cwd: project.root, env });
    const json = JSON.parse(stdout || 'null');
    if (json?.routes !== undefined) routes = json.routes;
    return { code, json, stderr };
  };
  return {
    ...project,
    apigen,
    async call(api, request, init = {}) {
      const [method = '', path = ''] = request.split(' ');
      const url = routes.find((one) => one.api === api)?.url ?? '';
      const [base] = /^.*?\/(?:dev|\$default)(?=\/)/.exec(url) ?? [''];
      const answer = await fetch(base + path, { method, ...init });
      return { status: answer.status, text: await answer.text(), headers: answer.headers };
    },
    async leftToDo(lacks = []) {
      const { code, json, stderr } = await apigen('plan');
      if (code !== 0) throw new Error(stderr + JSON.stringify(json));
      const lines = (json.changes as readonly Change[]).flatMap(({ node, action, differences = [] }) =>
        action === 'update' ? differences.map(({ path }) => `update ${node} ${path}`) : [`${action} ${node}`],
      );
      const learned = lacks.filter((one) => !lines.some((line) => one.test(line)));
      if (learned.length > 0) throw new Error(`the emulator lacks these no more: ${learned.join()}`);
      return lines.filter((line) => !lacks.some((one) => one.test(line)));
    },
  };
}

interface Change {
  readonly node: string;
  readonly action: string;
  readonly differences?: readonly { readonly path: string }[];
}
