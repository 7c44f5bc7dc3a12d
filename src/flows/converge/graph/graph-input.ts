// What the desired graph is built from.

import type { ApiDefinition } from '../../../api/definition.ts';
import type { BuiltFunction } from '../../../build/build-functions.ts';
import { type Tags, tagsOf } from '../../../kinds/ownership.ts';
import type { TableSpec } from '../../../models/table-spec.ts';
import type { Project } from '../../../project/project.ts';
import type { Place } from './names.ts';

export interface GraphInput {
  readonly project: Project;
  readonly definitions: ReadonlyMap<string, ApiDefinition>;
  readonly functions: readonly BuiltFunction[];
  readonly tables: readonly TableSpec[];
  /** The API version deployed: `v1` unless `--api-version` says otherwise. */
  readonly version: string;
  /** Another API version runs what triggers functions: each event is for one of them. Default: false. */
  readonly triggersElsewhere?: boolean | undefined;
  readonly account: string;
  readonly partition: string;
}

export const placeOf = ({ project }: GraphInput): Place => ({
  project: project.name,
  stage: project.stage.name,
  region: project.region,
});

/** @param own beside the project's: of one API, for instance */
export const nodeTags = (input: GraphInput, node: string, own: Tags = {}): Tags =>
  tagsOf({ project: input.project.name, stage: input.project.stage.name }, node, { ...input.project.tags, ...own });
