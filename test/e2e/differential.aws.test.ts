// The same requests to `apigen dev` and to the same project deployed on MiniStack. What differs must be known, with the
// source that says which of the two is AWS's way; a known difference that is gone fails too.

import { afterAll, describe, expect, it } from '@jest/globals';
import { startDev } from '../../src/flows/dev/start-dev.ts';
import { runCli } from '../harness/cli.ts';
import { send } from '../harness/gateway-cases/http-client.ts';
import { temporaryProject } from '../harness/temporary-project.ts';
import { differentialProject, REQUESTS } from './differential-project.ts';
import { KNOWN, type KnownDifference } from './known-differences.ts';
import { differences, type Side } from './side-by-side.ts';

const closing: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const close of closing.reverse()) await close();
});

async function bothSides(type: 'http' | 'rest'): Promise<{ dev: Side; cloud: Side }> {
  const project = await temporaryProject(differentialProject(type));
  closing.push(() => project.remove());
  const env = {
    AWS_ENDPOINT_URL: process.env['MINISTACK_ENDPOINT'],
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  };
  const deployed = await runCli(['deploy', '--yes', '--json'], { cwd: project.root, env });
  if (deployed.code !== 0) throw new Error(deployed.stderr);
  const { routes } = JSON.parse(deployed.stdout) as { routes: readonly { url: string }[] };
  closing.push(async () => {
    await runCli(['destroy', '--confirm', `diff-${type}/dev`, '--allow-data-loss', '--json'], {
      cwd: project.root,
      env,
    });
  });
  const session = await startDev({
    cwd: project.root,
    env: { PATH: process.env['PATH'] },
    port: 0,
    startTables: () => Promise.reject(new Error('this project has no tables')),
    emit: () => {},
  });
  closing.push(() => session.close());
  const cloudUrl = routes.find(({ url }) => url.endsWith('/echo'))?.url.replace(/\/echo$/, '') ?? '';
  return { dev: side(session.apis()[0]?.url ?? ''), cloud: side(cloudUrl) };
}

function side(base: string): Side {
  const { hostname, port, pathname } = new URL(base);
  return {
    base,
    send: ({ method, target, headers, body }) =>
      send(hostname, Number(port), {
        method,
        target: pathname.replace(/\/$/, '') + target,
        headers: [...headers],
        body: Buffer.from(body),
      }),
  };
}

describe.each(['http', 'rest'] as const)('a deployed %s API and the same one under dev', (type) => {
  it('answer alike, and call their functions alike, but for known differences', async () => {
    const { dev, cloud } = await bothSides(type);
    const found = await differences(dev, cloud, REQUESTS[type]);
    const known = KNOWN.filter((each) => each.api === type);
    const covers = (each: KnownDifference, line: string): boolean => each.at.test(line);
    const unknown = found.filter((line) => !known.some((each) => covers(each, line)));
    const gone = known.filter((each) => !found.some((line) => covers(each, line))).map(({ at }) => String(at));
    expect({ unknown, gone }).toEqual({ unknown: [], gone: [] });
  }, 180_000);
});
