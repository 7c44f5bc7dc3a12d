// What definitions are built from.

import type { ModelSpec } from '../models/model-spec.ts';
import type { ApiDeclaration, Project } from '../project/project.ts';
import { type AccountPlace, topicArn } from '../project/resource-names.ts';
import type { JsonSchema } from './definition.ts';

/** What stands in files beside apigen.yml. */
export interface DefinitionSources {
  /** By name; needed where routes say `body` or `dynamodb`. */
  readonly models?: Readonly<Record<string, ModelSpec>>;
  /** By path as apigen.yml has it. */
  readonly schemas?: Readonly<Record<string, JsonSchema>>;
}

export interface BuildContext {
  readonly project: Project;
  readonly place: AccountPlace;
  readonly sources: DefinitionSources;
}

/** One API of it. */
export interface ApiContext extends BuildContext {
  readonly api: ApiDeclaration;
}

/** `arn:aws:sqs:eu-west-1:123456789012:…`. */
export function arnOf({ project, place }: BuildContext, service: string, resource: string): string {
  return `arn:${place.partition}:${service}:${project.region}:${place.account}:${resource}`;
}

/** The ARN of a topic, by its name or as written. */
export function arnOfTopic(context: BuildContext, name: string): string {
  const topic = context.project.topics?.[name];
  return topic === undefined ? name : topicArn(context.project, topic, context.place);
}
