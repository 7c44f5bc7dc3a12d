// serverless-offline 14 and a Serverless CLI that asks for no account (osls, its maintained open fork), installed once
// into .cache: measured against, never a dependency.

import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const PACKAGES = ['serverless-offline@14.8.2', 'osls@4.3.1'];

/** The folder of its node_modules. */
export async function installPeer(root: string): Promise<string> {
  const folder = join(root, '.cache', 'serverless-offline-14.8.2');
  const modules = join(folder, 'node_modules');
  if (existsSync(join(modules, 'serverless-offline'))) return modules;
  console.log(`Installing ${PACKAGES.join(' and ')} into ${folder} (once)`);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), '{ "private": true }\n');
  // The plugin names `serverless` as its peer, which osls stands in for.
  const flags = ['--no-audit', '--no-fund', '--legacy-peer-deps', '--prefer-offline'];
  await promisify(execFile)('npm', ['install', ...flags, ...PACKAGES], { cwd: folder });
  return modules;
}
