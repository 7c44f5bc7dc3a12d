// `apis:`: API Gateway APIs with their routes.

import { z } from 'zod';
import { NAME_LENGTHS, STAGE_VARIABLES } from '../limits.ts';
import { cors } from './cors.ts';
import { auth, route } from './route.ts';
import { LOWER_CASE_NAME, type NameRule, nameOf, rule } from './rule.ts';

/** What an API may be called. */
export const API_NAME: NameRule = { ...LOWER_CASE_NAME, length: NAME_LENGTHS.api };

const throttle = z
  .strictObject({
    rate: z
      .number({ error: 'must be a number of requests a second' })
      .positive({ error: 'must be more than 0: the API would refuse every request' })
      .describe('Requests a second, steady.'),
    burst: z
      .int({ error: 'must be a whole number of requests' })
      .min(1, { error: 'must be at least 1: the API would refuse every request' })
      .max(2_147_483_647)
      .describe('Requests at once.'),
  })
  .describe("Limits of the whole API. The account's own limits hold besides.");

const variableName = rule(z.string(), (name) =>
  /^[A-Za-z0-9_]+$/.test(name) && name.length <= STAGE_VARIABLES.nameLength
    ? undefined
    : { message: `must be letters, digits and _, at most ${STAGE_VARIABLES.nameLength}` },
);

const variableValue = rule(z.string(), (value) =>
  /^[A-Za-z0-9\-._~:/?#&=,]*$/.test(value) && value.length <= STAGE_VARIABLES.valueLength
    ? undefined
    : { message: `may hold letters, digits and -._~:/?#&=, only, at most ${STAGE_VARIABLES.valueLength}` },
);

const variables = rule(z.record(variableName, variableValue), (all) =>
  Object.keys(all).length > STAGE_VARIABLES.count
    ? { message: `has more than ${STAGE_VARIABLES.count} variables, AWS's limit` }
    : undefined,
).describe('Stage variables of API Gateway. For values that functions read, use `environment`.');

const api = z.strictObject({
  type: z
    .enum(['rest', 'http'])
    .describe('`http`: cheaper and faster, right for most. `rest`: can also answer by itself (mock).'),
  description: z
    .string()
    .max(1024, { error: 'is longer than 1,024 characters' })
    .describe('Shown in the AWS console.')
    .exactOptional(),
  auth: auth.describe('The default of its routes. It must be said aloud, here or on every route.').exactOptional(),
  cors: cors.exactOptional(),
  throttle: throttle.exactOptional(),
  variables: variables.exactOptional(),
  routes: z
    .record(z.string(), route)
    .describe(
      'By `METHOD /path`: `GET /products/{id}`, `ANY /files/{path+}`; `$default` answers the rest of an HTTP API.',
    ),
});

/** `apis:` by name. */
export const apis = z.record(nameOf(API_NAME), api).describe('APIs of API Gateway, by name.');

/** One API as written. */
export type ApiEntry = z.infer<typeof api>;
