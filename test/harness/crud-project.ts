// A project as a person makes it by `init`, `add-model` and `add-route --crud`: games, which are listed by a scan, and the
// visits of guests, which are listed by a query and whose sort key is a time.

import { symlinkSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { modelEntry } from '../../src/project/edit-project.ts';
import { insertEntry } from '../../src/project/insert-entry.ts';
import { type CliResult, runCli } from './cli.ts';

export interface CrudProject {
  readonly root: string;
  apigen(...args: readonly string[]): Promise<CliResult>;
  remove(): Promise<void>;
}

export interface CrudProjectOptions {
  readonly name: string;
  readonly type: 'http' | 'rest';
  readonly language: 'typescript' | 'javascript';
  readonly env?: NodeJS.ProcessEnv;
}

/** Dynamoose keeps times in seconds or as text too. */
const visit = `import dynamoose from 'dynamoose';

export const Visit = dynamoose.model(
  'Visit',
  new dynamoose.Schema({
    guest: { type: String, hashKey: true },
    at: { type: { value: Date, settings: { storage: 'seconds' } }, rangeKey: true },
    nights: { type: Number, required: true },
    paid: { type: Boolean, default: false },
  }),
);
`;

export async function crudProject({ name, type, language, env = {} }: CrudProjectOptions): Promise<CrudProject> {
  const parent = await realpath(await mkdtemp(join(tmpdir(), 'apigen-crud-')));
  const root = join(parent, name);
  const apigen = (...args: readonly string[]) => runCli(args, { cwd: root, env });
  const must = async (...args: readonly string[]) => {
    const { code, stderr } = await apigen(...args);
    if (code !== 0) throw new Error(`apigen ${args.join(' ')}: ${stderr}`);
  };
  await mkdir(root);
  await must('init', '.', '--yes', '--name', name, '--region', 'eu-west-1', '--type', type, '--language', language);
  symlinkSync(resolve('node_modules'), join(root, 'node_modules'));
  await must('add-model', 'Game', '--fields', 'title:string! released:date! cover:binary tags:set<string>');
  const file = `src/models/visit.${language === 'typescript' ? 'ts' : 'js'}`;
  await writeFile(join(root, file), visit);
  const yaml = join(root, 'apigen.yml');
  await writeFile(yaml, insertEntry(await readFile(yaml, 'utf8'), modelEntry('Visit', file)));
  // Its repository counts the changes of an item.
  await must('add-model', 'Ticket', '--fields', 'seat:string', '--repository');
  await must('add-route', '--crud', 'Game');
  await must('add-route', '--crud', 'Ticket');
  await must('add-route', '/guests/{guest}/visits', '--crud', 'Visit');
  return { root, apigen, remove: () => rm(parent, { recursive: true, force: true }) };
}
