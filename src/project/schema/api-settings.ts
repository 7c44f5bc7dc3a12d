// What an API may say beside its routes: plans, cache, logs, alarms.

import * as z from 'zod';
import {
  ACCESS_LOG_FORMAT_LENGTH,
  CACHE_SIZES_GB,
  CACHE_TTL_SECONDS,
  LOG_RETENTION_DAYS,
  NAME_LENGTHS,
} from '../limits.ts';
import { nearestName } from '../nearest-name.ts';
import { type Fault, type NameRule, nameOf, rule, wholeNumber } from './rule.ts';
import { throttle } from './throttle.ts';

const yesOrNo = (text: string) => z.boolean({ error: 'must be true or false' }).describe(text);

/** What a plan may be called. */
export const PLAN_NAME: NameRule = {
  pattern: /^[A-Za-z][A-Za-z0-9_-]*$/,
  length: NAME_LENGTHS.plan,
  allowed: 'letters, digits, - and _, beginning with a letter',
};

const quota = rule(z.string(), judgeQuota).meta({ examples: ['1000/day'], pattern: '^[0-9]+/(day|week|month)$' });

const plan = rule(
  z.strictObject({
    rate: throttle.shape.rate.describe('Requests a second of one key, steady.').exactOptional(),
    burst: throttle.shape.burst.describe('Requests at once of one key.').exactOptional(),
    quota: quota.describe('Requests of one key in a day, week or month: `1000/day`.').exactOptional(),
    description: z.string().max(1024).describe('Shown in the AWS console.').exactOptional(),
    routes: z
      .record(z.string(), throttle)
      .describe('Limits of single routes within the plan, by `METHOD /path`.')
      .exactOptional(),
  }),
  (entry) =>
    (entry.rate === undefined) === (entry.burst === undefined)
      ? undefined
      : { message: 'has one of rate and burst', hint: 'Write both: rate: 5, burst: 10.' },
);

/** `plans:`. */
export const plans = z
  .record(nameOf(PLAN_NAME), plan)
  .describe('Usage plans by name, for routes with `key: required`. REST APIs. `apigen keys` makes the keys.');

/** `cache:` of an API. */
export const apiCache = z
  .strictObject({
    size: rule(z.number(), (size) =>
      CACHE_SIZES_GB.includes(String(size))
        ? undefined
        : {
            code: 'OUT_OF_RANGE',
            message: 'is no size that API Gateway offers',
            hint: `Choose one of ${CACHE_SIZES_GB.join(', ')} GB.`,
          },
    ).meta({ description: 'GB of the cache, which costs by the hour.', enum: CACHE_SIZES_GB.map(Number) }),
    ttl: wholeNumber(CACHE_TTL_SECONDS, 'seconds')
      .describe('Seconds that routes with `cache` keep an answer where they say nothing else. Default: 300.')
      .exactOptional(),
    encrypted: yesOrNo('Whether kept answers are encrypted. Default: true.').exactOptional(),
    invalidation: z
      .enum(['anyone', 'warn', 'ignore', 'refuse'])
      .describe(
        'Who may send `Cache-Control: max-age=0`: `anyone`, or those with execute-api:InvalidateCache; the others get a Warning header (`warn`), nothing (`ignore`) or 403 (`refuse`). Default: warn.',
      )
      .exactOptional(),
  })
  .describe('A cache of the stage. REST APIs. Routes say with `cache` what is kept.');

const days = z.union(LOG_RETENTION_DAYS.map((day) => z.literal(day))).meta({
  description: 'Days that the logs are kept; 0 keeps them for ever. Default: 30.',
  enum: [...LOG_RETENTION_DAYS],
});

/** `logs:` of an API. */
export const logs = z
  .strictObject({
    access: z
      .union([
        z.boolean({ error: 'must be true, false, a format or a map' }),
        z.string().max(ACCESS_LOG_FORMAT_LENGTH),
        z.record(z.string(), z.string()),
      ])
      .describe(
        'One line for each request: `true` (JSON with the usual fields), a map of fields (`{ ip: $context.identity.sourceIp }`) or a format. Default: false.',
      )
      .exactOptional(),
    execution: z
      .enum(['off', 'errors', 'all'])
      .describe(
        "API Gateway's own log of what it does (AWS: loggingLevel ERROR, INFO). REST and WebSocket APIs. Default: off.",
      )
      .exactOptional(),
    data: yesOrNo(
      'Whole requests and answers in the execution log, personal data included (AWS: dataTraceEnabled). Default: false.',
    ).exactOptional(),
    retention: days.exactOptional(),
  })
  .describe('Logs of API Gateway, beside those of the functions.');

const alarmMap = z.strictObject({
  errors: z
    .number()
    .positive()
    .max(100)
    .describe('Percent of answers that are 5xx within 5 minutes. Default: 1.')
    .exactOptional(),
  latency: z
    .int()
    .min(1)
    .describe('Milliseconds that 1 % of requests take longer than (p99). Default: 3,000. REST and HTTP APIs.')
    .exactOptional(),
  throttles: z
    .int()
    .min(1)
    .describe("Calls of the API's functions that Lambda throttled within 5 minutes. Default: 1.")
    .exactOptional(),
  notify: z
    .union([z.string(), z.array(z.string()).min(1)])
    .describe('Topics that are told: names of `topics:` or ARNs.')
    .exactOptional(),
});

/** `alarms:` of an API. */
export const alarms = z
  .union([z.literal('default'), alarmMap])
  .describe(
    'CloudWatch alarms: `default`, or a map that says which (those it names and no others; with `notify` alone all).',
  );

function judgeQuota(text: string): Fault | undefined {
  const code = 'INVALID_QUOTA';
  const parts = /^([\d_,]+)\s*(?:\/|per )\s*(\w+)$/.exec(text);
  const count = Number(parts?.[1]?.replace(/[_,]/g, ''));
  if (/^\d+\/(?:day|week|month)$/.test(text) && count > 0) return undefined;
  const unit = nearestName((parts?.[2] ?? '').toLowerCase(), ['day', 'week', 'month']);
  const hint =
    count > 0 && unit !== undefined ? `Write ${count}/${unit}` : 'Write it as 1000/day, 5000/week or 100000/month.';
  return { code, message: 'must be a number of requests and day, week or month', hint };
}
