// Which API of the project gets a route: the one that was named, or the only one there is.

import { UsageError } from '../../errors.ts';
import { nearestName } from '../../project/nearest-name.ts';
import type { ApiDeclaration, Project } from '../../project/project.ts';

/** @throws UsageError `NO_API`, `WHICH_API`, `UNKNOWN_API` */
export function chooseApi(project: Project, name: string | undefined): ApiDeclaration {
  const names = Object.keys(project.apis);
  const chosen = name ?? (names.length === 1 ? names[0] : undefined);
  const api = chosen !== undefined && Object.hasOwn(project.apis, chosen) ? project.apis[chosen] : undefined;
  if (api !== undefined) return api;
  if (names.length === 0) {
    const hint = 'Add to apigen.yml:  apis: { public: { type: http, auth: none, routes: {} } }';
    throw new UsageError({ code: 'NO_API', summary: 'apigen.yml has no API that a route could join', hint });
  }
  if (name === undefined) {
    const detail = `apigen.yml has ${names.length}: ${names.join(', ')}.`;
    throw new UsageError({
      code: 'WHICH_API',
      summary: 'Which API gets the route?',
      detail,
      hint: `--api ${names[0]}`,
    });
  }
  const near = nearestName(name, names) ?? names[0];
  throw new UsageError({ code: 'UNKNOWN_API', summary: `apigen.yml has no API ${name}`, hint: `--api ${near}` });
}
