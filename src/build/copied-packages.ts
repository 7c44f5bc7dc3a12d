// Packages that a function carries whole: found as Node finds them from the project, symbolic links followed, laid out
// under `node_modules` of the zip so that each package meets the version of its dependency that it meets here.

import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** npm's names for the platform of a function. https://docs.npmjs.com/cli/v11/configuring-npm/package-json#os */
export interface Platform {
  readonly os: 'linux';
  readonly cpu: 'arm64' | 'x64';
  readonly libc: 'glibc';
}

export interface CopiedPackage {
  readonly name: string;
  /** Its real folder. */
  readonly from: string;
  /** In the zip: `node_modules/a/node_modules/b`. */
  readonly to: string;
}

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly libc?: readonly string[];
}

/** A package that a copied one needs and that is not installed. */
export interface MissingPackage {
  readonly name: string;
  /** Absent: apigen.yml asks for it. */
  readonly neededBy?: string;
}

/**
 * A package and all that it depends on. Peers are copied where they stand; optional ones that are not installed, or are
 * for another platform, stay out.
 *
 * @param names the packages that apigen.yml asks for
 */
export function copiedPackages(
  root: string,
  names: readonly string[],
  platform: Platform,
): { readonly packages: readonly CopiedPackage[]; readonly missing: readonly MissingPackage[] } {
  const placed = new Map<string, CopiedPackage>();
  const missing: MissingPackage[] = [];
  const queue: CopiedPackage[] = [];
  // First come, first at the top; what a package cannot see from there goes into its own node_modules. All of a
  // package's dependencies are placed before those of the next, so that none comes between later.
  const place = (name: string, from: string, dependent: string): void => {
    const seen = visible(placed, name, dependent);
    if (seen?.from === from) return;
    const to = join(seen === undefined ? '' : dependent, 'node_modules', name).replaceAll('\\', '/');
    const one = { name, from, to };
    placed.set(to, one);
    queue.push(one);
  };

  for (const name of [...new Set(names)].sort()) {
    const from = findPackage(root, name);
    if (from === undefined) missing.push({ name });
    else place(name, from, '');
  }
  for (let one = queue.shift(); one !== undefined; one = queue.shift()) {
    const manifest = manifestOf(one.from);
    const { dependencies = {}, optionalDependencies = {}, peerDependencies = {} } = manifest;
    const wanted = new Set(Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies }));
    for (const name of [...wanted].sort()) {
      const from = findPackage(one.from, name);
      const needed = name in dependencies && !(name in optionalDependencies);
      if (from !== undefined && fits(manifestOf(from), platform)) place(name, from, one.to);
      else if (from === undefined && needed) missing.push({ name, neededBy: one.name });
    }
  }
  return { packages: [...placed.values()], missing };
}

/** The package of that name that Node would find from `dependent` in the zip. */
function visible(placed: ReadonlyMap<string, CopiedPackage>, name: string, dependent: string) {
  for (let at = dependent; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    const found = placed.get(at === '' ? `node_modules/${name}` : `${at}/node_modules/${name}`);
    if (found !== undefined || at === '') return found;
  }
}

/** Its real folder, as Node looks for it; package.json rather than `require.resolve`, which `exports` may refuse. */
export function findPackage(from: string, name: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name);
    if (existsSync(join(candidate, 'package.json'))) return realpathSync(candidate);
    if (folder === dirname(folder)) return undefined;
  }
}

function manifestOf(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
}

function fits({ os, cpu, libc }: Manifest, platform: Platform): boolean {
  return allows(os, platform.os) && allows(cpu, platform.cpu) && allows(libc, platform.libc);
}

/** `["linux"]`, or what is not allowed: `["!win32"]`. */
function allows(written: readonly string[] | undefined, value: string): boolean {
  const list = [written ?? []].flat();
  if (list.includes(`!${value}`)) return false;
  const named = list.filter((entry) => !entry.startsWith('!'));
  return named.length === 0 || named.includes(value) || named.includes('any');
}
