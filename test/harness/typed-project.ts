// A scaffolded project with another apigen.yml and further files, its types generated; and what the real compiler, or
// Node, says of it.

import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { initProject } from '../../src/flows/scaffold/init-project.ts';
import type { Language } from '../../src/flows/scaffold/language.ts';
import { generateTypes } from '../../src/flows/types/generate-types.ts';
import { writeTypes } from '../../src/flows/types/write-types.ts';

const run = promisify(execFile);

/** @param yaml without name and region */
export async function typedProject(
  yaml: string,
  files: Readonly<Record<string, string>> = {},
  language: Language = 'typescript',
): Promise<string> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'apigen-types-')));
  symlinkSync(resolve('node_modules'), join(root, 'node_modules'));
  await initProject(root, { name: 'shop', type: 'http', region: 'eu-west-1', language });
  writeInto(root, { 'apigen.yml': `name: shop\nregion: eu-west-1\n${yaml}`, ...files });
  await refreshTypes(root);
  return root;
}

export function writeInto(root: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

export async function refreshTypes(root: string): Promise<void> {
  const { files } = await generateTypes({ cwd: root });
  await writeTypes(root, files);
}

/** Each error of the compiler: `src/create.ts:3 TS2339 Property …`. */
export async function compile(root: string, ...flags: string[]): Promise<readonly string[]> {
  const tsc = resolve('node_modules/typescript/bin/tsc');
  const args = [tsc, '--noEmit', '--pretty', 'false', ...flags];
  const { stdout } = await run(process.execPath, args, { cwd: root }).catch((error: { stdout: string }) => error);
  return stdout
    .split('\n')
    .map((line) => /^(?:(\S+?)\((\d+),\d+\): )?error (TS\d+): (.*)$/.exec(line))
    .flatMap((parts) => (parts === null ? [] : [`${parts[1]}:${parts[2]} ${parts[3]} ${parts[4]}`]));
}

/** What a module of the project prints. */
export async function execute(root: string, file: string): Promise<string> {
  return (await run(process.execPath, [file], { cwd: root })).stdout;
}
