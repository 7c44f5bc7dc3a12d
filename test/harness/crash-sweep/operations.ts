// The operations that a sweep kills: what stands before each, what is typed, and what to type afterwards.

import { versionHandler } from '../../e2e/sample-projects.ts';
import { sweptFiles } from './swept-files.ts';

export type ApiType = 'http' | 'rest';

export interface Operation {
  readonly name: 'deploy' | 'update' | 'rollback' | 'destroy';
  /** Deploys that stand before the operation; each with the files changed for it. */
  readonly before: readonly Readonly<Record<string, string>>[];
  /** Files changed right before the operation. */
  readonly edit: Readonly<Record<string, string>>;
  command(project: string): readonly string[];
}

/** Version two of the sample: another answer, a route more, a route less. */
function changed(project: string, type: ApiType): Record<string, string> {
  const files = sweptFiles(project, type, '      GET /extra: src/extra.handler\n');
  return {
    ...files,
    'apigen.yml': (files['apigen.yml'] ?? '').replace(/ {6}GET \/notes\/\{id\}.*\n/, ''),
    'src/version.ts': versionHandler('two'),
    'src/extra.ts': versionHandler('extra'),
  };
}

export function operationsFor(project: string, type: ApiType): readonly Operation[] {
  const first = {};
  const second = changed(project, type);
  return [
    { name: 'deploy', before: [], edit: first, command: () => ['deploy', '--yes'] },
    { name: 'update', before: [first], edit: second, command: () => ['deploy', '--yes'] },
    { name: 'rollback', before: [first, second], edit: {}, command: () => ['rollback', '1', '--yes'] },
    { name: 'destroy', before: [first], edit: {}, command: (name) => ['destroy', '--confirm', `${name}/dev`] },
  ];
}
