// Requests a second and at once: of an API, a route, a plan.

import * as z from 'zod';

/** `{ rate, burst }`. */
export const throttle = z.strictObject({
  rate: z
    .number({ error: 'must be a number of requests a second' })
    .positive({ error: 'must be more than 0: the API would refuse every request' })
    .describe('Requests a second, steady.'),
  burst: z
    .int({ error: 'must be a whole number of requests' })
    .min(1, { error: 'must be at least 1: the API would refuse every request' })
    .max(2_147_483_647)
    .describe('Requests at once.'),
});
