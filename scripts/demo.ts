// npm run demo: the main job as a person would type it, in a temporary folder, against MiniStack. Every answer is
// checked; the first wrong one ends the demo with exit code 1. What it started is ended whatever happens.

import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const checkout = fileURLToPath(
  new URL('../', new URL(import.meta.url.replace(/\/\.cache\/run\/[^/]*$/, '/scripts/demo.ts'))),
);
const program = join(checkout, 'bin/apigen.js');
const started = performance.now();

const bold = (text: string): string => (process.stdout.isTTY ? `\x1b[1m${text}\x1b[22m` : text);
const say = (text: string): void => void process.stdout.write(`${text}\n`);

/** The demo's own failure: an answer that is not what was promised. */
class WrongAnswer extends Error {}

interface Result {
  readonly code: number;
  readonly stdout: string;
}

/** The program's environment: no AWS settings of this machine's owner reach the demo. */
const environment: NodeJS.ProcessEnv = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_'))),
  NODE_NO_WARNINGS: '1',
};

/** Types a command, shows what it prints, and wants exit code 0. */
async function type(cwd: string, args: readonly string[], show = true): Promise<Result> {
  const words = args.map((word) => (/[\s{}$]/.test(word) ? `"${word}"` : word)).join(' ');
  if (show) say(bold(`\n$ apigen ${words}`));
  const result = await run(cwd, args, show);
  if (result.code !== 0) throw new WrongAnswer(`apigen ${words} ended with exit code ${result.code}`);
  return result;
}

function run(cwd: string, args: readonly string[], show: boolean): Promise<Result> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args], {
      cwd,
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    child.stdout.on('data', (bytes: Buffer) => {
      stdout += bytes.toString();
      if (show) process.stdout.write(bytes);
    });
    child.stderr.on('data', (bytes: Buffer) => void process.stderr.write(bytes));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? 1, stdout }));
  });
}

async function call(method: string, url: string, expected: number, body?: unknown): Promise<Record<string, unknown>> {
  const words = body === undefined ? '' : ` -d '${JSON.stringify(body)}'`;
  say(bold(`\n$ curl -X ${method} ${url}${words}`));
  const response = await fetch(url, {
    method,
    ...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  const text = await response.text();
  say(`${response.status} ${text}`);
  if (response.status !== expected)
    throw new WrongAnswer(`${method} ${url} answered ${response.status}, not ${expected}`);
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
}

function must(holds: boolean, promise: string): void {
  if (!holds) throw new WrongAnswer(`not so: ${promise}`);
  say(`✓ ${promise}`);
}

const heading = (text: string): void => say(bold(`\n── ${text} ${'─'.repeat(Math.max(0, 70 - text.length))}`));

async function shop(folder: string, apiType: 'http' | 'rest'): Promise<void> {
  heading(`A shop as ${apiType === 'http' ? 'an HTTP' : 'a REST'} API`);
  const name = apiType === 'http' ? 'shop' : 'store';
  await type(folder, ['init', name, '--yes', '--type', apiType, '--region', 'eu-west-1', '--language', 'typescript']);
  const project = join(folder, name);
  // Where a person would type npm install: the packages stand in this checkout already.
  await symlink(join(checkout, 'node_modules'), join(project, 'node_modules'));
  await type(project, ['add-route', 'GET /greeting', '--auth', 'none']);
  await type(project, ['add-model', 'Order', '--key', 'customerId', '--sort', 'placedAt']);
  await type(project, ['check']);
  await type(project, ['local', 'start']);
  try {
    await liveShop(project);
  } finally {
    await type(project, ['local', 'stop']);
  }
}

interface Deployed {
  readonly routes: readonly { readonly method: string; readonly url: string }[];
  readonly plan?: { readonly changes: readonly { readonly node: string; readonly action: string }[] };
  readonly changed: boolean;
}

async function liveShop(project: string): Promise<void> {
  const target = ['--target', 'local'];
  await type(project, ['plan', ...target]);
  await type(project, ['deploy', ...target, '--yes']);
  const first = JSON.parse((await type(project, ['deploy', ...target, '--yes', '--json'], false)).stdout) as Deployed;
  must(!first.changed, 'a second deploy finds nothing to change');
  const address = (method: string, path: string): string =>
    first.routes.find((route) => route.method === method && route.url.endsWith(path))?.url ?? '';

  const product = await call('POST', address('POST', '/products'), 201, { name: 'Lamp', price: 25 });
  const read = await call('GET', address('GET', '/products/{id}').replace('{id}', String(product['id'])), 200);
  must(read['name'] === 'Lamp', 'the product comes back out of the table');
  const listed = await call('GET', address('GET', '/products'), 200);
  must(Array.isArray(listed['products']) && listed['products'].length === 1, 'the list has that one product');
  await call('GET', address('GET', '/products/{id}').replace('{id}', 'nothing'), 404);
  await call('GET', address('GET', '/health'), 200);
  await call('GET', address('GET', '/greeting'), 200);

  await changeHandler(project);
  const timer = performance.now();
  const second = JSON.parse((await type(project, ['deploy', ...target, '--yes', '--json'], false)).stdout) as Deployed;
  say(bold('\n$ apigen deploy --target local --yes'));
  say(`deployed in ${((performance.now() - timer) / 1000).toFixed(1)} s`);
  const touched = (second.plan?.changes ?? []).map((change) => change.node);
  must(touched.join() === 'function:products-get,alias:products-get@v1', 'one function was touched, and its alias');
  const changed = await call('GET', address('GET', '/products/{id}').replace('{id}', String(product['id'])), 200);
  must(changed['currency'] === 'EUR', 'the new version answers');

  await type(project, ['logs', 'products-get', ...target]);
  await type(project, ['cost-estimate', '--requests', '10M']);
  await type(project, ['destroy', ...target, '--confirm', `${await projectName(project)}/dev`]);
  const left = await run(
    project,
    ['destroy', ...target, '--confirm', `${await projectName(project)}/dev`, '--json'],
    false,
  );
  const { deleted } = JSON.parse(left.stdout) as { readonly deleted: readonly string[] };
  must(deleted.length === 0, 'nothing is left');
}

async function changeHandler(project: string): Promise<void> {
  say(bold('\n$ edit src/products/get.ts'));
  const file = join(project, 'src/products/get.ts');
  const source = await readFile(file, 'utf8');
  const edited = source.replace('json(200, product)', "json(200, { ...product, currency: 'EUR' })");
  if (edited === source) throw new WrongAnswer('the handler of the template is not what the demo edits');
  await writeFile(file, edited);
}

async function projectName(project: string): Promise<string> {
  return /^name: (\S+)/m.exec(await readFile(join(project, 'apigen.yml'), 'utf8'))?.[1] ?? '';
}

const folder = await mkdtemp(join(tmpdir(), 'apigen-demo-'));
try {
  await shop(folder, 'http');
  await shop(folder, 'rest');
  say(bold(`\n✓ The main job works, in ${((performance.now() - started) / 1000).toFixed(0)} s.`));
} catch (error) {
  if (!(error instanceof WrongAnswer)) throw error;
  process.stderr.write(`\n✗ The demo failed: ${error.message}\n`);
  process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}
