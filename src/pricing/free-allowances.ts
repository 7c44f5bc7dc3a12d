// What AWS gives away each month, beyond what the price rows say themselves. Rows that carry an allowance (a zero
// row, a first tier that starts above zero) are read by the price list; here stand the rest, with their source.

import type { MeterId } from './meters.ts';

/**
 * `none`: everything is billed from the first unit. `always`: what every account gets, for ever. `legacy`: that, and
 * the twelve months of accounts made before 2025-07-15.
 */
export type FreeTier = 'none' | 'always' | 'legacy';

export const FREE_TIERS: readonly FreeTier[] = ['none', 'always', 'legacy'];

export interface FreeAllowance {
  /** Shared by these meters: used up in this order. */
  readonly meters: readonly MeterId[];
  /** Units a month, of the whole account. */
  readonly quantity: string;
  readonly tier: 'always' | 'legacy';
  readonly source: string;
}

const RULES = "the price file's metering rules";
const NOTE = "the price file's note on the row";
const CLOUDWATCH = "AWS's CloudWatch pricing page";

/** Of the whole account, whatever the region. */
export const FREE_ALLOWANCES: readonly FreeAllowance[] = [
  { meters: ['rest-requests'], quantity: '1000000', tier: 'legacy', source: 'FREETIER' },
  { meters: ['http-requests'], quantity: '1000000', tier: 'legacy', source: 'FREETIER' },
  { meters: ['websocket-messages'], quantity: '1000000', tier: 'legacy', source: 'FREETIER' },
  { meters: ['websocket-minutes'], quantity: '750000', tier: 'legacy', source: 'FREETIER' },
  { meters: ['lambda-requests'], quantity: '1000000', tier: 'always', source: RULES },
  {
    meters: ['lambda-duration-x86', 'lambda-duration-arm64'],
    quantity: '400000',
    tier: 'always',
    source: RULES,
  },
  { meters: ['lambda-streamed'], quantity: '100', tier: 'always', source: "the price file's unit of the row" },
  { meters: ['dynamodb-wcu'], quantity: '18600', tier: 'always', source: RULES },
  { meters: ['dynamodb-rcu'], quantity: '18600', tier: 'always', source: RULES },
  {
    meters: ['logs-ingested', 'logs-ingested-infrequent', 'logs-stored', 'logs-scanned'],
    quantity: '5',
    tier: 'always',
    source: CLOUDWATCH,
  },
  { meters: ['metrics'], quantity: '10', tier: 'always', source: NOTE },
  { meters: ['alarms'], quantity: '10', tier: 'always', source: CLOUDWATCH },
  { meters: ['dashboards'], quantity: '3', tier: 'always', source: NOTE },
  { meters: ['metric-requests'], quantity: '1000000', tier: 'always', source: CLOUDWATCH },
  { meters: ['data-out'], quantity: '100', tier: 'always', source: 'row AWSDataTransfer internet_out_free' },
  {
    meters: ['sqs-requests', 'sqs-fifo-requests'],
    quantity: '1000000',
    tier: 'always',
    source: 'row AWSQueueService free',
  },
];
