import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { strFromU8, unzipSync } from 'fflate';
import { type BuiltFunction, buildFunctions } from '../../src/build/build-functions.ts';
import { loadProject } from '../../src/project/load-project.ts';
import { type TemporaryProject, temporaryProject } from '../harness/temporary-project.ts';
import { runFunction } from './run-function.ts';

const yml = `name: vault
region: eu-west-1
functions:
  pay:
    handler: src/pay.handler
    secrets: { STRIPE_KEY: "ssm:/shop/stripe", DB_PASSWORD: "secret:shop/db#password" }
apis: {}
`;

/** Stands for the SDK in Lambda's runtime: a folder on NODE_PATH, no part of the bundle. */
const runtime = {
  'client-ssm': `class C { async send(c) { if (c.Name !== '/shop/stripe' || !c.WithDecryption) throw new Error('AccessDenied'); return { Parameter: { Value: 'sk_live_1' } }; } }
module.exports = { SSMClient: C, GetParameterCommand: class { constructor(i) { Object.assign(this, i); } } };`,
  'client-secrets-manager': `class C { async send(c) { if (c.SecretId !== 'shop/db') throw new Error('AccessDenied'); return { SecretString: process.env.SECRET_TEXT }; } }
module.exports = { SecretsManagerClient: C, GetSecretValueCommand: class { constructor(i) { Object.assign(this, i); } } };`,
};

describe('secrets of a function', () => {
  let project: TemporaryProject;
  let built: BuiltFunction | undefined;
  const run = (SECRET_TEXT: string, references = true) =>
    runFunction(
      built as BuiltFunction,
      {},
      {
        NODE_PATH: join(project.root, 'runtime'),
        SECRET_TEXT,
        ...(references && {
          APIGEN_SECRETS: JSON.stringify({
            STRIPE_KEY: { store: 'ssm', name: '/shop/stripe' },
            DB_PASSWORD: { store: 'secretsmanager', name: 'shop/db', key: 'password' },
          }),
        }),
      },
    );

  beforeAll(async () => {
    project = await temporaryProject({
      'apigen.yml': yml,
      'src/pay.ts': `const atLoad = process.env.STRIPE_KEY;
export const handler = async () => ({ atLoad, password: process.env.DB_PASSWORD });
export const unused = 'not part of the bundle';
`,
    });
    for (const [name, code] of Object.entries(runtime)) {
      const folder = join(project.root, 'runtime', '@aws-sdk', name);
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'index.js'), code);
    }
    const loaded = await loadProject({ cwd: project.root, env: {} });
    [built] = await buildFunctions(loaded);
  });
  afterAll(() => project.remove());

  it('are in the environment before the module of the handler is loaded', async () => {
    expect(await run('{"password":"hunter2"}')).toMatchObject({ result: { atLoad: 'sk_live_1', password: 'hunter2' } });
  });

  it('bundle neither the SDK nor what the handler does not use', () => {
    expect(built?.sizeBytes).toBeLessThan(5_000);
    const files = unzipSync(built?.zip ?? new Uint8Array());
    expect(Object.keys(files)).toEqual(['index.mjs']);
    expect(strFromU8(files['index.mjs'] ?? new Uint8Array())).not.toContain('not part of the bundle');
  });

  it('that cannot be read stop the function with their name and never their value', async () => {
    const { stderr, result } = await run('hunter2-is-no-json');
    expect(result).toBeUndefined();
    expect(stderr).not.toContain('hunter2');
  });

  it('are not fetched where there are no references, as under dev', async () => {
    expect(await run('', false)).toMatchObject({ result: {} });
  });
});
