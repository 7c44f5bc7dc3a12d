// `on:` of a function: what runs it besides routes.

import * as z from 'zod';
import { EVENT_SOURCE, SCHEDULE_NAME_LENGTH } from '../limits.ts';
import { filterPolicy } from './filter.ts';
import { type Fault, rule, wholeNumber } from './rule.ts';

const yesOrNo = (text: string) => z.boolean({ error: 'must be true or false' }).describe(text).exactOptional();

const schedule = rule(z.string(), judgeSchedule).meta({ examples: ['rate(1 hour)', 'cron(0 3 * * ? *)'] });

const SOURCES = ['stream', 'schedule', 'queue', 'topic'] as const;

/** Which settings belong to which source. */
const SETTINGS: Readonly<Record<(typeof SOURCES)[number], readonly string[]>> = {
  stream: [
    'batch',
    'window',
    'from',
    'parallel',
    'retries',
    'bisect',
    'reportFailures',
    'onFailure',
    'filters',
    'enabled',
  ],
  schedule: ['name', 'input', 'enabled'],
  queue: ['batch', 'window', 'concurrency', 'reportFailures', 'filters', 'enabled'],
  topic: ['filter', 'filterOn'],
};

const settings = z.strictObject({
  stream: z.string().describe("Changes of a model's table, which then has a stream.").exactOptional(),
  schedule: schedule
    .describe('`rate(5 minutes)` or `cron(0 3 * * ? *)`, in UTC (an EventBridge rule).')
    .exactOptional(),
  queue: z.string().describe('Messages of a queue of `queues:`.').exactOptional(),
  topic: z.string().describe('Messages of a topic of `topics:`.').exactOptional(),
  batch: wholeNumber(EVENT_SOURCE.batch, 'records')
    .describe('Records in one call at most (AWS: BatchSize). Default: 100 of a stream, 10 of a queue.')
    .exactOptional(),
  window: wholeNumber(EVENT_SOURCE.window, 'seconds')
    .describe('Seconds to gather a batch (AWS: MaximumBatchingWindowInSeconds). Default: 0.')
    .exactOptional(),
  from: z
    .enum(['latest', 'trim-horizon'])
    .describe(
      'Where a stream is begun (AWS: StartingPosition): at new changes, or at the oldest kept. Default: latest.',
    )
    .exactOptional(),
  parallel: wholeNumber(EVENT_SOURCE.parallel, 'batches')
    .describe('Batches of one shard at once (AWS: ParallelizationFactor). Default: 1.')
    .exactOptional(),
  retries: wholeNumber(EVENT_SOURCE.retries, 'attempts')
    .describe('Attempts after the first (AWS: MaximumRetryAttempts); -1: until the records are too old. Default: 3.')
    .exactOptional(),
  bisect: yesOrNo('A batch that fails is cut in two (AWS: BisectBatchOnFunctionError). Default: true.'),
  reportFailures: yesOrNo('The function returns what failed (AWS: ReportBatchItemFailures). Default: false.'),
  onFailure: z
    .string()
    .describe('Where batches of a stream go that fail to the end: a queue or topic of the project.')
    .exactOptional(),
  concurrency: wholeNumber(EVENT_SOURCE.concurrency, 'executions')
    .describe('Executions at once for a queue (AWS: MaximumConcurrency). Default: no limit of its own.')
    .exactOptional(),
  filters: z
    .array(z.record(z.string(), z.json()))
    .min(1)
    .max(5, { error: "has more than 5 patterns, AWS's limit" })
    .describe('Which records: event filter patterns, any of which must match (AWS: FilterCriteria).')
    .exactOptional(),
  name: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9-]*$/, { error: 'must be letters, digits and -, beginning with a letter' })
    .max(SCHEDULE_NAME_LENGTH)
    .describe('Of a schedule, where there are several. Default: `schedule-1`, by order.')
    .exactOptional(),
  input: z.json().describe("The event of a schedule. Default: EventBridge's own.").exactOptional(),
  enabled: yesOrNo('Whether it runs. Default: true.'),
  ...filterPolicy,
});

const trigger = rule(settings, judgeTrigger);

/** `on:`, one or several. */
export const triggers = z
  .array(trigger)
  .min(1, { error: 'is empty: leave it out' })
  .describe(
    'What runs the function besides routes: `{ stream: Model }`, `{ schedule: rate(1 hour) }`, `{ queue: name }`, `{ topic: name }`.',
  );

/** One trigger as written. */
export type TriggerEntry = z.infer<typeof settings>;

function judgeTrigger(entry: TriggerEntry): Fault | undefined {
  const sources = SOURCES.filter((source) => entry[source] !== undefined);
  const [source] = sources;
  if (source === undefined || sources.length > 1) {
    const message = source === undefined ? 'does not say what runs the function' : `has both ${sources.join(' and ')}`;
    return { code: 'INVALID_TRIGGER', message, hint: `One of ${SOURCES.join(', ')} each; write several as a list.` };
  }
  const useless = Object.keys(entry).find((key) => key !== source && !SETTINGS[source].includes(key));
  if (useless === undefined) return undefined;
  const message = `has ${useless}, which a ${source} does not know`;
  return { code: 'USELESS_KEY', message, hint: `Remove ${useless}; a ${source} takes ${SETTINGS[source].join(', ')}.` };
}

function judgeSchedule(text: string): Fault | undefined {
  const code = 'INVALID_SCHEDULE';
  const rate = /^rate\((\d+) (minute|minutes|hour|hours|day|days)\)$/.exec(text);
  if (rate !== null) {
    const [, value = '', unit = ''] = rate;
    if (Number(value) === 0) return { code, message: 'runs never', hint: 'Write rate(1 minute) or more.' };
    const right = `${unit.replace(/s$/, '')}${Number(value) === 1 ? '' : 's'}`;
    if (unit === right) return undefined;
    return {
      code,
      message: 'mixes singular and plural, which EventBridge refuses',
      hint: `Write rate(${value} ${right})`,
    };
  }
  const cron = /^cron\(([^()]*)\)$/.exec(text)?.[1]?.trim().split(/\s+/);
  if (cron === undefined) {
    return { code, message: 'must be rate(…) or cron(…)', hint: 'Write rate(5 minutes) or cron(0 3 * * ? *).' };
  }
  if (cron.length !== 6) {
    const message = `has ${cron.length} fields; EventBridge wants minutes hours day-of-month month day-of-week year`;
    return { code, message, hint: 'Write cron(0 3 * * ? *) for every day at 3:00 UTC.' };
  }
  if ((cron[2] === '?') === (cron[4] === '?')) {
    return {
      code,
      message: 'must have ? as day-of-month or as day-of-week, not both',
      hint: 'Write cron(0 3 * * ? *).',
    };
  }
  return undefined;
}
