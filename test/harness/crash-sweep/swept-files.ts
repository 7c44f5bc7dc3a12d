// The project that a sweep deploys thousands of times: the sample's table, routes and functions, with handlers that are
// built in no time. What is killed are calls, not builds.

import { sampleProject, versionHandler } from '../../e2e/sample-projects.ts';
import type { ApiType } from './operations.ts';

/** @param routes more lines under `routes:` */
export function sweptFiles(name: string, type: ApiType, routes = ''): Record<string, string> {
  const files = sampleProject({ name, type, routes });
  return {
    ...files,
    'apigen.yml': (files['apigen.yml'] ?? '').replace(
      'GET /notes/{id}: src/notes/get.handler',
      'GET /notes/{id}: { handler: src/notes/get.handler, access: { Note: [read, scan] } }',
    ),
    'src/notes/create.ts': versionHandler('created'),
    'src/notes/get.ts': versionHandler('got'),
  };
}
