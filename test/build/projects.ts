// Projects on disk for tests of builds and models: a temporary folder with sources, and the Project that
// apigen.yml would give. Packages resolve to this repository's own node_modules.

import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { Project } from '../../src/project/project.ts';

export interface ProjectOnDisk {
  /** Contents by path relative to the root. */
  readonly files: Readonly<Record<string, string>>;
  /** `src/products/list.handler` by logical name. */
  readonly functions?: Readonly<Record<string, string>>;
  /** File by model name. */
  readonly models?: Readonly<Record<string, string>>;
  readonly stage?: string;
  readonly name?: string;
  readonly runtime?: string;
  /** False: nothing is installed. */
  readonly packages?: boolean;
}

const folders: string[] = [];

/** Writes the sources into a new folder and returns the project. */
export function projectOnDisk(spec: ProjectOnDisk): Project {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'apigen-test-')));
  folders.push(root);
  if (spec.packages !== false) symlinkSync(resolve('node_modules'), join(root, 'node_modules'));
  for (const [path, contents] of Object.entries(spec.files)) writeSource(root, path, contents);
  return {
    name: spec.name ?? 'shop',
    region: 'eu-west-1',
    stage: { name: spec.stage ?? 'dev', protect: false },
    root,
    file: join(root, 'apigen.yml'),
    tags: {},
    models: mapValues(spec.models ?? {}, (file, name) => ({
      name,
      file,
      capacity: 'on-demand' as const,
      continuousBackups: false,
      deletionProtection: false,
      path: ['models', name],
    })),
    functions: mapValues(spec.functions ?? {}, (handler, name) => ({
      name,
      module: handler.slice(0, handler.lastIndexOf('.')),
      exportName: handler.slice(handler.lastIndexOf('.') + 1),
      runtime: spec.runtime ?? 'nodejs22.x',
      architecture: 'arm64' as const,
      memory: 256,
      timeout: 10,
      environment: {},
      logRetention: 14,
      access: {},
      path: ['functions', name],
    })),
    apis: {},
    usage: undefined,
    // Line 7 for every declaration: enough to see that a problem points into apigen.yml.
    position: () => ({ file: join(root, 'apigen.yml'), line: 7, column: 3 }),
  };
}

export function writeSource(root: string, path: string, contents: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), contents);
}

/** Removes every folder made so far. */
export function removeProjects(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

function mapValues<T, R>(from: Readonly<Record<string, T>>, map: (value: T, key: string) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(from).map(([key, value]) => [key, map(value, key)]));
}
