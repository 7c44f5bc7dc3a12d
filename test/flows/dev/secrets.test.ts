// Secrets of functions under dev: from the environment or .env, to the function that declares them alone; one that is
// missing is named with its function and the way to mend it, and no value is ever shown.

import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type StartedDev, startedDev } from '../../harness/started-dev.ts';
import { type TemporaryProject, temporaryProject } from '../../harness/temporary-project.ts';

const yml = `name: vault
region: eu-west-1
auth:
  door: { lambda: src/door.handler, ttl: 0, secrets: { DOOR_WORD: "ssm:/vault/door" } }
functions:
  pay:
    handler: src/pay.handler
    secrets: { STRIPE_KEY: "ssm:/shop/stripe", DB_PASSWORD: "secret:shop/db#password" }
apis:
  public:
    type: http
    auth: none
    routes:
      POST /pay: src/pay.handler
      GET /other: src/other.handler
      GET /guarded: { handler: src/other.handler, auth: door }
`;

const files = {
  'apigen.yml': yml,
  // The values say by their length alone that they came: what a handler prints is its own affair.
  'src/pay.ts': `const atLoad = process.env.STRIPE_KEY?.length;
export const handler = async () => ({ statusCode: 200, body: JSON.stringify({ atLoad, password: process.env.DB_PASSWORD?.length }) });
`,
  'src/other.ts': `export const handler = async () => ({ statusCode: 200, body: JSON.stringify(Object.keys(process.env).filter((name) => /STRIPE|DB_|DOOR|UNASKED/.test(name))) });\n`,
  'src/door.ts': `export const handler = async (event) => ({ isAuthorized: event.identitySource[0] === process.env.DOOR_WORD });\n`,
};

const STRIPE = 'sk_live_0123456789';
const PASSWORD = 'hunter2 "quoted" #no-comment';
const SHELL = 'of-the-shell-012345';

let project: TemporaryProject;
let dev: StartedDev;
beforeAll(async () => {
  project = await temporaryProject(files);
  dev = await startedDev(project.root, { args: ['--port', '0'], env: { STRIPE_KEY: '', UNASKED_SECRET: 'x' } });
});
afterAll(async () => {
  await dev.stop();
  await project.remove();
});

async function call(path: string, init: RequestInit = { method: 'POST' }): Promise<{ status: number; body: unknown }> {
  const response = await fetch(dev.url('public') + path, init);
  return { status: response.status, body: await response.json() };
}

/** Asks until the answer fits, for 15 s. */
async function until(path: string, fits: (answer: { status: number; body: unknown }) => boolean): Promise<unknown> {
  for (const deadline = Date.now() + 15_000; ; await new Promise((resolve) => setTimeout(resolve, 30))) {
    const answer = await call(path);
    if (fits(answer)) return answer.body;
    if (Date.now() > deadline) throw new Error(`${path} still answers ${JSON.stringify(answer)}`);
  }
}

const problem = (variable: string, reference: string) => ({
  code: 'SECRET_MISSING',
  message: `pay needs the secret ${variable} (${reference} when deployed), which has no value on this machine`,
  hint: `write ${variable}=… into .env beside apigen.yml, or set ${variable} where apigen dev is started`,
});
const MISSING = [problem('STRIPE_KEY', 'ssm:/shop/stripe'), problem('DB_PASSWORD', 'secret:shop/db#password')];

describe('a secret without a value', () => {
  it('keeps its function from starting, and is named in the answer and at the terminal', async () => {
    expect(await call('/pay')).toEqual({
      status: 500,
      body: { message: 'pay cannot run as its files stand', problems: MISSING },
    });
    expect(dev.events()).toContainEqual({ type: 'broken', what: 'pay', problems: MISSING });
  });

  it('is named soon after the start, before anybody calls', async () => {
    const told = () => dev.events().find((event) => event.type === 'broken' && event.what === 'handlers');
    for (const deadline = Date.now() + 15_000; told() === undefined && Date.now() < deadline; ) {
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
    expect(told()).toMatchObject({ problems: [...MISSING, { message: expect.stringContaining('DOOR_WORD') }] });
  });

  it('stops no other function, but the routes behind an authorizer that lacks one', async () => {
    expect(await call('/other', {})).toEqual({ status: 200, body: [] });
    const guarded = await call('/guarded', { headers: { authorization: 'sesame' } });
    expect(guarded).toMatchObject({ status: 500, body: { problems: [{ message: expect.stringContaining('door') }] } });
  });

  it('is missing as well where its line is empty, or .env cannot be read', async () => {
    await project.write({ '.env': `STRIPE_KEY=\nDB_PASSWORD='${PASSWORD}'\n` });
    await until('/pay', ({ body }) => JSON.stringify(body) === JSON.stringify({ ...broken, problems: [MISSING[0]] }));
    await rm(join(project.root, '.env'));
    await mkdir(join(project.root, '.env'));
    const body = await until('/pay', (answer) => JSON.stringify(answer.body).includes('SECRETS_UNREADABLE'));
    expect(body).toMatchObject({ problems: [{ message: expect.stringContaining('.env cannot be read') }, ...MISSING] });
    await rm(join(project.root, '.env'), { recursive: true });
  });
});

const broken = { message: 'pay cannot run as its files stand' };

describe('a secret with a value', () => {
  it('reaches its function before the module is loaded, as soon as .env is saved, and no other', async () => {
    await project.write({
      '.env': `# of this machine\nSTRIPE_KEY=${STRIPE}\nDB_PASSWORD='${PASSWORD}'\nDOOR_WORD=sesame\n`,
    });
    const body = await until('/pay', ({ status }) => status === 200);
    expect(body).toEqual({ atLoad: STRIPE.length, password: PASSWORD.length });
    expect(dev.events()).toContainEqual({ type: 'healed', what: 'pay' });
    expect(await call('/other', {})).toEqual({ status: 200, body: [] });
    expect((await call('/guarded', { headers: { authorization: 'sesame' } })).status).toBe(200);
    expect((await call('/guarded', { headers: { authorization: 'open' } })).status).toBe(403);
  });

  it('reaches its function anew with the next save of .env', async () => {
    await project.write({ '.env': `STRIPE_KEY=${STRIPE}-and-more\nDB_PASSWORD=short\n` });
    await until(
      '/pay',
      ({ body }) => JSON.stringify(body) === JSON.stringify({ atLoad: STRIPE.length + 9, password: 5 }),
    );
  });

  it('comes from the environment before .env', async () => {
    const shell = await startedDev(project.root, { env: { STRIPE_KEY: SHELL } });
    const response = await fetch(`${shell.url('public')}/pay`, { method: 'POST' });
    expect(await response.json()).toEqual({ atLoad: SHELL.length, password: 5 });
    expect(shell.output()).not.toContain(SHELL);
    await shell.stop();
  });

  it('is neither printed nor written anywhere', async () => {
    const texts = [dev.output()];
    for (const entry of await readdir(join(project.root, '.apigen'), { recursive: true, withFileTypes: true })) {
      if (entry.isFile()) texts.push(await readFile(join(entry.parentPath, entry.name), 'latin1'));
    }
    expect(texts.length).toBeGreaterThan(1);
    for (const text of texts) expect(text.includes(STRIPE) || text.includes('hunter2')).toBe(false);
  });
});
