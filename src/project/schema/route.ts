// One route of an API: what answers it, who may call it, and the settings of its function.

import { z } from 'zod';
import { access } from './access.ts';
import { functionSettings } from './function-settings.ts';
import { handler } from './handler.ts';

/** Who may call: `none` is public. */
export const auth = z
  .enum(['none', 'iam'])
  .describe('Who may call: `none` (anyone on the internet) or `iam` (requests signed with AWS credentials).');

const statusError = 'must be an HTTP status from 200 to 599';

const httpStatus = z.int({ error: statusError }).min(200, { error: statusError }).max(599, { error: statusError });

const mock = z
  .strictObject({
    status: httpStatus.describe('The HTTP status. Default: 200.').exactOptional(),
    body: z.json().describe('The body: any value, sent as JSON; nothing without it.').exactOptional(),
  })
  .describe('A fixed answer from API Gateway itself, without a function. REST APIs only.');

const settings = z.strictObject({
  handler: handler.exactOptional(),
  mock: mock.exactOptional(),
  auth: auth.exactOptional(),
  access: access.exactOptional(),
  ...functionSettings,
});

/** A bare string is its handler. Which keys go together is checked once the API's type is known. */
export const route = z.union([handler, settings]);

/** One route as written, short form expanded. */
export type RouteEntry = z.infer<typeof settings>;
