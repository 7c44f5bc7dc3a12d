// The language of apigen.yml: the one source of its TypeScript types, its validation, the editor's JSON Schema and
// the reference. Each part has a file of its own; a new key is added there, with its description.

import * as z from 'zod';
import { KEPT_RELEASES, NAME_LENGTHS } from '../limits.ts';
import { REGIONS } from '../regions.ts';
import { apis } from './api.ts';
import { authorizers } from './authorizer.ts';
import { functions } from './function.ts';
import { functionSettings } from './function-settings.ts';
import { judgeRegion } from './judge-region.ts';
import { models } from './model.ts';
import { queues, topics, vpcLinks } from './neighbours.ts';
import { LOWER_CASE_NAME, type NameRule, nameOf, rule } from './rule.ts';
import { stages } from './stage.ts';
import { tags } from './tags.ts';

/** What a project may be called; the name is part of the names of its resources. */
export const PROJECT_NAME: NameRule = { ...LOWER_CASE_NAME, length: NAME_LENGTHS.project };

const name = nameOf(PROJECT_NAME).describe("The project's name. Every resource is called `{name}-{stage}-…`.");

const region = rule(z.string(), judgeRegion).meta({
  description: 'The AWS region. `--region` wins over it; without it, AWS_REGION is used.',
  enum: [...REGIONS],
});

const releases = z
  .strictObject({
    keep: z
      .int({ error: 'must be a whole number' })
      .min(1, { error: 'must be at least 1: the newest release is always kept' })
      .max(50, { error: 'must be at most 50' })
      .meta({
        description: `How many releases are kept for \`apigen rollback\`, the newest included, with the function versions, roles and permissions that they need. Default ${KEPT_RELEASES}.`,
        examples: [KEPT_RELEASES],
      })
      .exactOptional(),
  })
  .describe('The releases that can be returned to.');

/** apigen.yml as written, stage overlay applied. */
export const projectFile = z.strictObject({
  name,
  region: region.exactOptional(),
  tags: tags.describe("Added to every resource that can carry tags, beside apigen's own.").exactOptional(),
  defaults: z
    .strictObject({
      function: z
        .strictObject(functionSettings)
        .describe('Settings of every function that does not say otherwise.')
        .exactOptional(),
    })
    .describe('What holds where nothing else is said.')
    .exactOptional(),
  models: models.exactOptional(),
  topics: topics.exactOptional(),
  queues: queues.exactOptional(),
  vpcLinks: vpcLinks.exactOptional(),
  functions: functions.exactOptional(),
  auth: authorizers.exactOptional(),
  apis: apis.exactOptional(),
  releases: releases.exactOptional(),
  stages: stages.exactOptional(),
  usage: z.unknown().describe('Assumptions of `apigen cost-estimate`.').exactOptional(),
});

/** apigen.yml as TypeScript sees it. */
export type ProjectFile = z.infer<typeof projectFile>;
