// The prefix of a stage's tables. Deploy and dev put it into the environment of every function that uses a model;
// the prelude in its bundle reads it there, so that one bundle serves every stage.

import type { Project } from '../project/project.ts';

/** The environment variable that the prelude reads; set it for each function whose `models` is not empty. */
export const TABLE_PREFIX_VARIABLE = 'APIGEN_TABLE_PREFIX';

/** `shop-dev-`: Dynamoose puts it before the name given to `dynamoose.model`. */
export function tablePrefix(project: Pick<Project, 'name' | 'stage'>): string {
  return `${project.name}-${project.stage.name}-`;
}
