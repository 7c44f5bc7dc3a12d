import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { builtProgram } from '../harness/built-program.ts';
import { runCli } from '../harness/cli.ts';
import { type TemporaryProject, temporaryProject } from '../harness/temporary-project.ts';

const model = `import dynamoose from 'dynamoose';
export const Product = dynamoose.model('Product', { id: { type: String, hashKey: true } });
`;

let project: TemporaryProject;
beforeAll(async () => {
  project = await temporaryProject({
    'apigen.yml': 'name: shop\nregion: eu-west-1\nmodels: { Product: src/product.ts }\n',
    'src/product.ts': model,
  });
});
afterAll(() => project.remove());

async function start(...args: string[]) {
  const child = spawn(process.execPath, [await builtProgram(), 'tables', 'serve', ...args], {
    cwd: project.root,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close').then(([code]) => code);
  const [line] = await once(createInterface(child.stdout), 'line');
  return { child, ended, line: String(line) };
}

describe('apigen tables serve', () => {
  it('serves the tables of the models under the names of the stage, and ends with its input', async () => {
    const { child, ended, line } = await start('--json', '--until-eof', '--stage', 'test');
    const { endpoint, ...rest } = JSON.parse(line);
    expect(rest).toEqual({ type: 'ready', prefix: 'shop-test-', tables: { Product: 'shop-test-Product' } });
    const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
    const client = new DynamoDBClient({ endpoint, region: 'anywhere', credentials });
    expect((await client.send(new ListTablesCommand({}))).TableNames).toEqual(['shop-test-Product']);
    client.destroy();
    child.stdin.end();
    expect(await ended).toBe(0);
  });

  it('outlives its input unless it is told otherwise, and is content to be stopped', async () => {
    const { child, ended, line } = await start();
    expect(line).toMatch(/^✓ Tables at http:\/\/127\.0\.0\.1:\d+, until Ctrl-C$/);
    child.stdin.end();
    const later = new Promise((resolve) => setTimeout(() => resolve('still there'), 500));
    expect(await Promise.race([ended, later])).toBe('still there');
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
  });

  it('says what is wrong with a port or a model before it serves anything', async () => {
    const port = await runCli(['tables', 'serve', '--port', 'eighty'], { cwd: project.root });
    expect(port).toMatchObject({ code: 2, stderr: expect.stringContaining('eighty is no port') });
    await project.write({ 'src/product.ts': 'export const nothing = 1;\n' });
    const broken = await runCli(['tables', 'serve'], { cwd: project.root });
    await project.write({ 'src/product.ts': model });
    expect(broken).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('src/product.ts') });
  });
});
