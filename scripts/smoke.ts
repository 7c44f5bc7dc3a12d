// What a stranger does first: packs the program as npm would publish it, installs it into an empty folder, and runs
// it there on every Node it promises to run on. Writes { passed, failed } to the file it is given.

import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startEmulators } from '../test/harness/emulators.ts';
import { chatUnderDev, underDev } from './smoke-dev.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));
const counts = { passed: 0, failed: 0 };

interface Place {
  readonly node: string;
  /** The folder that has the packed program in its node_modules. */
  readonly installed: string;
  readonly env: NodeJS.ProcessEnv;
}

/** The machine's own Node, and others from the npm package `node`, kept in .cache. */
async function nodeBinaries(): Promise<ReadonlyMap<string, string>> {
  const binaries = new Map([[process.version, process.execPath]]);
  for (const major of [22, 24]) {
    const prefix = join(root, '.cache', `node-${major}`);
    const binary = join(prefix, 'node_modules', 'node', 'bin', 'node');
    if (!existsSync(binary)) {
      console.log(`Installing Node ${major} from the npm package "node" into ${prefix} (once)`);
      await mkdir(prefix, { recursive: true });
      await run('npm', ['install', '--prefix', prefix, '--no-audit', '--no-fund', `node@${major}`], { cwd: prefix });
    }
    const { stdout } = await run(binary, ['--version']);
    binaries.set(stdout.trim(), binary);
  }
  return binaries;
}

async function installPacked(folder: string): Promise<string> {
  const installed = join(folder, 'installed');
  await mkdir(installed);
  await run('npm', ['pack', '--pack-destination', folder], { cwd: root });
  const tarball = (await readdir(folder)).find((name) => name.endsWith('.tgz'));
  await writeFile(join(installed, 'package.json'), '{ "private": true }\n');
  await run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', join(folder, tarball ?? '')], {
    cwd: installed,
  });
  return installed;
}

const programOf = ({ installed }: Place): string =>
  join(installed, 'node_modules', '@apigen', 'cli', 'bin', 'apigen.js');

const envOf = ({ node, env }: Place): NodeJS.ProcessEnv => ({
  ...env,
  PATH: `${dirname(node)}:${process.env['PATH']}`,
  HOME: process.env['HOME'],
});

async function apigen(place: Place, cwd: string, args: readonly string[]): Promise<string> {
  const { stdout } = await run(place.node, [programOf(place), ...args], { cwd, env: envOf(place) });
  return stdout;
}

async function check(name: string, expected: RegExp, act: () => Promise<string>): Promise<void> {
  const outcome = await act().catch((error: { message: string; stdout?: string }) => error);
  const output = typeof outcome === 'string' ? outcome : '';
  const holds = typeof outcome === 'string' && expected.test(output);
  counts[holds ? 'passed' : 'failed'] += 1;
  console.log(`${holds ? '✓' : '✗'} ${name}`);
  if (holds) return;
  if (typeof outcome === 'string') console.log(`  expected ${expected} in:\n${output}`);
  else console.log([outcome.message, outcome.stdout].filter(Boolean).join('\n'));
}

async function checkEverything(version: string, place: Place, folder: string): Promise<void> {
  const at = join(folder, version);
  await mkdir(at);
  const say = (words: string): string => `Node ${version}: apigen ${words}`;
  const one = (args: readonly string[], expected: RegExp, cwd = at): Promise<void> =>
    check(say(args.join(' ')), expected, () => apigen(place, cwd, args));
  await one(['--version'], /^\d+\.\d+\.\d+\n$/);
  await one(['--help'], /Usage: apigen <command>/);
  await one(['cost-estimate', '--requests', '10M', '--type', 'rest'], /API Gateway +\$35\.00/);
  await one(['init', 'shop', '--yes', '--type', 'http', '--region', 'eu-west-1', '--language', 'typescript'], /shop/);
  const project = join(at, 'shop');
  await installOnce(project, folder, 'shop');
  await one(['check'], /./, project);
  await one(['plan'], /create/i, project);
  await one(['cost-estimate', '--requests', '10M'], /Total a month/, project);
  const dev = { node: place.node, args: [programOf(place), 'dev'], env: envOf(place) };
  await check(say('dev'), /^first .+\nread .*Lamp.*\nsaved .*"saved":true/, () => underDev(dev, project));
  await one(['init', 'chat', '--yes', '--type', 'websocket', '--region', 'eu-west-1'], /chat/);
  const chat = join(at, 'chat');
  await installOnce(chat, folder, 'chat');
  await check(say('dev of a chat'), /^(.*"text":"hello".*\n){2}$/, () => chatUnderDev(dev, chat));
}

/** What a new project depends on is the same on every Node: installed for the first, lent to the others. */
async function installOnce(project: string, folder: string, kind: string): Promise<void> {
  const shared = join(folder, kind, 'node_modules');
  if (!existsSync(shared)) {
    await run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline'], { cwd: project });
    await mkdir(join(folder, kind));
    await rename(join(project, 'node_modules'), shared);
  }
  await symlink(shared, join(project, 'node_modules'));
}

const [output] = process.argv.slice(2);
const folder = await mkdtemp(join(tmpdir(), 'apigen-smoke-'));
const emulators = await startEmulators();
try {
  const env = {
    AWS_ENDPOINT_URL: emulators.ministack,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  };
  const binaries = await nodeBinaries();
  const installed = await installPacked(folder);
  for (const [version, node] of binaries) await checkEverything(version, { node, installed, env }, folder);
} finally {
  await emulators.stop();
  await rm(folder, { recursive: true, force: true });
  if (output !== undefined) await writeFile(output, `${JSON.stringify(counts)}\n`);
}
console.log(`smoke: ${counts.passed} passed, ${counts.failed} failed`);
if (counts.failed > 0) process.exitCode = 1;
