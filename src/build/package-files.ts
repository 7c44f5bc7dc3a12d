// The files of copied packages that a function needs: no types, no source maps, no binaries of other platforms. A
// package with native code that has nothing for the function's platform is a problem that says what to install.

import { readdirSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from '../errors.ts';
import type { FunctionDeclaration, Project } from '../project/project.ts';
import { type CopiedPackage, copiedPackages, type MissingPackage, type Platform } from './copied-packages.ts';

export interface PackageFiles {
  /** Contents by path in the zip. */
  readonly files: Readonly<Record<string, Uint8Array>>;
  readonly problems: readonly Problem[];
}

// Of Lambda's own Node runtimes. https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html
export const inRuntime = (name: string): boolean => /^@(?:aws-sdk|smithy)\//.test(name);

const NOT_NEEDED = /\.d\.[cm]?ts$|\.map$|\.tsbuildinfo$|\.md$/i;

/** Packages that a function's bundle leaves out. */
export const leftOut = ({ build }: FunctionDeclaration): readonly string[] => [
  ...new Set([...(build?.external ?? []), ...(build?.native ?? [])]),
];

/** What the zip carries of them. */
export function packageFiles(project: Project, declaration: FunctionDeclaration): PackageFiles {
  const { build, architecture } = declaration;
  const native = build?.native ?? [];
  const external = (build?.external ?? []).filter((name) => !inRuntime(name));
  if (native.length + external.length === 0) return { files: {}, problems: [] };
  const platform: Platform = { os: 'linux', cpu: architecture === 'arm64' ? 'arm64' : 'x64', libc: 'glibc' };
  const position = project.position([...declaration.path, 'build']);
  const root = realpathSync(project.root);
  const { packages, missing } = copiedPackages(root, [...external, ...native], platform);
  const problems: Problem[] = missing.map((one) => ({ ...notInstalled(declaration, one), position }));

  const files: Record<string, Uint8Array> = {};
  const unfit = new Set<string>();
  for (const one of packages) {
    const binaries = { fitting: 0, others: 0 };
    for (const [path, contents] of filesOf(one)) {
      const kind = path.endsWith('.node') ? binaryOf(contents, platform) : 'file';
      if (kind === 'other') binaries.others += 1;
      else files[path] = contents;
      if (kind === 'fitting') binaries.fitting += 1;
    }
    if (binaries.others > 0 && binaries.fitting === 0) unfit.add(one.name);
  }
  for (const name of native) {
    if (missing.some((one) => one.name === name)) continue;
    const tree = copiedPackages(root, [name], platform).packages;
    if (!tree.some(({ from }) => hasBinary(from, platform))) unfit.add(name);
  }
  for (const name of [...unfit].sort()) problems.push({ ...wrongPlatform(declaration, name, platform), position });
  return { files, problems };
}

function* filesOf({ from, to }: CopiedPackage): Generator<readonly [string, Uint8Array]> {
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    if (entry.name === 'node_modules' || entry.name === '.git' || NOT_NEEDED.test(entry.name)) continue;
    const one = { name: '', from: join(from, entry.name), to: `${to}/${entry.name}` };
    if (entry.isDirectory()) yield* filesOf(one);
    else if (entry.isFile()) yield [one.to, readFileSync(one.from)];
  }
}

function hasBinary(folder: string, platform: Platform): boolean {
  for (const [path, contents] of filesOf({ name: '', from: folder, to: '' })) {
    if (path.endsWith('.node') && binaryOf(contents, platform) === 'fitting') return true;
  }
  return false;
}

/** ELF's `e_machine`. https://refspecs.linuxfoundation.org/elf/gabi4+/ch4.eheader.html */
const ELF_MACHINE = { x64: 0x3e, arm64: 0xb7 } as const;

function binaryOf(contents: Uint8Array, { cpu }: Platform): 'fitting' | 'other' {
  const [a, b, c, d] = contents;
  const elf = a === 0x7f && b === 0x45 && c === 0x4c && d === 0x46;
  return elf && contents[18] === ELF_MACHINE[cpu] ? 'fitting' : 'other';
}

export function notInstalled({ name: functionName }: FunctionDeclaration, { name, neededBy }: MissingPackage) {
  return {
    code: 'PACKAGE_NOT_INSTALLED',
    message:
      neededBy === undefined
        ? `The function ${functionName} carries the package ${name}, which is not installed`
        : `The function ${functionName} carries ${neededBy}, whose dependency ${name} is not installed`,
    hint: neededBy === undefined ? `npm install ${name}` : 'npm install',
  };
}

function wrongPlatform({ name: functionName, architecture }: FunctionDeclaration, name: string, platform: Platform) {
  return {
    code: 'NATIVE_PLATFORM',
    message: `The package ${name} has no native code for ${platform.os} ${architecture}, where the function ${functionName} runs`,
    hint: `npm install --os=${platform.os} --cpu=${platform.cpu} --libc=${platform.libc} ${name} (--force if npm refuses), or set architecture to what is installed.`,
  };
}
