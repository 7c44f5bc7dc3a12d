// The language of a usage file and of the `usage:` block of apigen.yml: one strict schema for both. What depends on
// the project (names of APIs, routes, functions, models) is checked where usage and project meet.

import * as z from 'zod';
import { FREE_TIERS } from '../../pricing/free-allowances.ts';
import { METER_IDS, SERVICES } from '../../pricing/meters.ts';
import { parseMonth } from '../../pricing/month.ts';
import { REGIONS } from '../../project/regions.ts';
import {
  count,
  duration,
  functionDuration,
  hours,
  memory,
  positive,
  quantity,
  rate,
  share,
  size,
  sizeUpTo,
} from './quantities.ts';

const services = Object.keys(SERVICES) as [keyof typeof SERVICES, ...(keyof typeof SERVICES)[]];
const cacheSizes = ['0.5GB', '1.6GB', '6.1GB', '13.5GB', '28.4GB', '58.2GB', '118GB', '237GB'] as const;
const payload = sizeUpTo('10MB', 'a request or response');
const message = sizeUpTo('128KB', 'a WebSocket message');
const item = sizeUpTo('400KB', 'a DynamoDB item');

const perModel = z.record(z.string(), count);

const route = z.strictObject({
  requests: count.optional(),
  messages: count.optional(),
  requestSize: payload.optional(),
  responseSize: size.optional(),
  streamed: z.boolean().optional(),
  duration: functionDuration.optional(),
  function: z.string().optional(),
  reads: perModel.optional(),
  writes: perModel.optional(),
});

const api = z.strictObject({
  type: z.enum(['rest', 'http', 'websocket']).optional(),
  requests: count.optional(),
  requestSize: payload.optional(),
  responseSize: size.optional(),
  endpoint: z.enum(['internet', 'private']).optional(),
  endpointZones: positive.optional(),
  cache: z.strictObject({ size: z.enum(cacheSizes), hitRate: share.optional(), hours: hours.optional() }).optional(),
  messages: count.optional(),
  messageSize: message.optional(),
  sent: count.optional(),
  sentSize: message.optional(),
  connections: count.optional(),
  connectionTime: duration.optional(),
  connectionMinutes: count.optional(),
  routes: z.record(z.string(), route).optional(),
});

const fn = z.strictObject({
  architecture: z.enum(['x86_64', 'arm64']).optional(),
  memory: memory(128).optional(),
  duration: functionDuration.optional(),
  requests: count.optional(),
  eventSize: sizeUpTo('1MB', 'an asynchronous event').optional(),
  ephemeralStorage: memory(512).optional(),
  coldStarts: z.strictObject({ share, duration: functionDuration }).optional(),
  provisioned: z
    .strictObject({
      concurrency: positive,
      hours: hours.optional(),
      requests: count.optional(),
      duration: functionDuration.optional(),
    })
    .optional(),
  snapStart: z.strictObject({ versions: positive.optional(), hours: hours.optional(), restores: count }).optional(),
  streamedSize: size.optional(),
  logSize: size.optional(),
});

// `reads: 10M` is short for the kind that DynamoDB takes where nothing is said.
const short = (key: string) => (value: unknown) =>
  typeof value === 'string' || typeof value === 'number' ? { [key]: value } : value;

const capacity = z.preprocess(
  (value) => (typeof value === 'string' ? { mode: value } : value),
  z.strictObject({ mode: z.literal('on-demand').optional(), read: positive.optional(), write: positive.optional() }),
);

const index = z.strictObject({
  size: item.optional(),
  items: share.optional(),
  writes: share.optional(),
  keyChanges: share.optional(),
  capacity: z.strictObject({ read: positive, write: positive }).optional(),
});

const model = z.strictObject({
  items: count.optional(),
  growth: count.optional(),
  itemSize: item.optional(),
  storage: size.optional(),
  reads: z
    .preprocess(
      short('eventual'),
      z.strictObject({ eventual: count.optional(), strong: count.optional(), transactional: count.optional() }),
    )
    .optional(),
  readSize: sizeUpTo('1MB', 'one query').optional(),
  writes: z
    .preprocess(short('standard'), z.strictObject({ standard: count.optional(), transactional: count.optional() }))
    .optional(),
  capacity: capacity.optional(),
  class: z.enum(['standard', 'standard-ia']).optional(),
  indexes: z.record(z.string(), index).optional(),
  replicas: z.array(z.enum(REGIONS as [string, ...string[]])).optional(),
  backups: z
    .strictObject({
      continuous: z.boolean().optional(),
      stored: size.optional(),
      restored: size.optional(),
      exported: size.optional(),
      exportedIncrements: size.optional(),
      imported: size.optional(),
    })
    .optional(),
  streamReads: count.optional(),
  kinesis: z.boolean().optional(),
});

const topic = z.strictObject({
  publishes: count,
  size: sizeUpTo('256KB', 'an SNS message').optional(),
  fifo: z.boolean().optional(),
  http: count.optional(),
  email: count.optional(),
  aws: count.optional(),
});

const queue = z.strictObject({
  messages: count.optional(),
  requests: count.optional(),
  size: sizeUpTo('1MB', 'an SQS message').optional(),
  fifo: z.boolean().optional(),
});

/** The whole of it; every key is optional. */
export const usageSchema = z.strictObject({
  region: z.enum(REGIONS as [string, ...string[]]).optional(),
  freeTier: z.enum(FREE_TIERS as ['none', 'always', 'legacy']).optional(),
  month: quantity(parseMonth, 'the length of a month, as 730h').optional(),
  requests: count.optional(),
  growth: rate.optional(),
  requestSize: payload.optional(),
  responseSize: size.optional(),
  duration: functionDuration.optional(),
  itemSize: item.optional(),
  exclude: z.array(z.enum(services)).optional(),
  apis: z.record(z.string(), api).optional(),
  functions: z.record(z.string(), fn).optional(),
  models: z.record(z.string(), model).optional(),
  topics: z.record(z.string(), topic).optional(),
  queues: z.record(z.string(), queue).optional(),
  logs: z
    .strictObject({
      class: z.enum(['standard', 'infrequent']).optional(),
      perRequest: size.optional(),
      ingested: size.optional(),
      stored: size.optional(),
      scanned: size.optional(),
    })
    .optional(),
  monitoring: z
    .strictObject({
      metrics: count.optional(),
      alarms: count.optional(),
      highResolutionAlarms: count.optional(),
      compositeAlarms: count.optional(),
      dashboards: count.optional(),
      requests: count.optional(),
    })
    .optional(),
  traces: z
    .strictObject({
      share: share.optional(),
      recorded: count.optional(),
      retrieved: count.optional(),
      insights: count.optional(),
    })
    .optional(),
  other: z.partialRecord(z.enum(METER_IDS as [(typeof METER_IDS)[number], ...typeof METER_IDS]), count).optional(),
});

/** A usage file as read: numbers in units, bytes and milliseconds. */
export type Usage = z.infer<typeof usageSchema>;

export type ApiUsage = z.infer<typeof api>;
export type RouteUsage = z.infer<typeof route>;
export type FunctionUsage = z.infer<typeof fn>;
export type ModelUsage = z.infer<typeof model>;
