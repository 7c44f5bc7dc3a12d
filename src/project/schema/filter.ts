// Filters of subscriptions to topics, the same for queues and functions.

import * as z from 'zod';

/** `filter` and `filterOn`. */
export const filterPolicy = {
  filter: z
    .record(z.string(), z.json())
    .describe('Which messages: an SNS filter policy, attribute → list of values or matchers.')
    .exactOptional(),
  filterOn: z
    .enum(['attributes', 'body'])
    .describe('What the filter looks at (AWS: FilterPolicyScope). Default: attributes.')
    .exactOptional(),
};
