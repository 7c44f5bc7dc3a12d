// The flags of cost-estimate, read and checked. A number that cannot be read is an error that names its flag.

import { UsageError } from '../../errors.ts';
import { MOST_ALTERNATIVES, type Range } from '../../pricing/compare.ts';
import type { Decimal } from '../../pricing/decimal.ts';
import { FREE_TIERS, type FreeTier } from '../../pricing/free-allowances.ts';
import { SERVICES, type ServiceId } from '../../pricing/meters.ts';
import { type Month, parseMonth } from '../../pricing/month.ts';
import {
  parseCount,
  parseDuration,
  parseMemory,
  parseShare,
  parseSize,
  QuantityError,
} from '../../pricing/quantity.ts';
import type { ApiType, Architecture } from '../../pricing/workload.ts';
import { nearestName } from '../../project/nearest-name.ts';
import { REGIONS } from '../../project/regions.ts';
import { readCompare } from './read-compare.ts';

/** Option values by commander's camel-case name. */
export type RawFlags = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

export interface EstimateFlags {
  readonly type: ApiType | undefined;
  /** Of `--requests`, or `--users` times `--requests-per-user`. */
  readonly requests: Decimal | undefined;
  readonly memory: number | undefined;
  readonly duration: Decimal | undefined;
  readonly architecture: Architecture | undefined;
  readonly requestSize: Decimal | undefined;
  readonly responseSize: Decimal | undefined;
  readonly logSize: Decimal | undefined;
  readonly reads: Decimal | undefined;
  readonly writes: Decimal | undefined;
  readonly itemSize: Decimal | undefined;
  readonly storage: Decimal | undefined;
  readonly sent: Decimal | undefined;
  readonly connectionMinutes: Decimal | undefined;
  readonly cache: CacheSize | undefined;
  readonly cacheHits: Decimal | undefined;
  readonly region: string | undefined;
  readonly stage: string | undefined;
  readonly freeTier: FreeTier | undefined;
  readonly month: Month | undefined;
  readonly exclude: readonly ServiceId[];
  readonly usageFile: string | undefined;
  /** False with `--no-project`. */
  readonly project: boolean;
  readonly compare: readonly Range[];
  readonly chart: boolean;
  readonly months: number | undefined;
  readonly budget: Decimal | undefined;
}

export const CACHE_SIZES = ['0.5GB', '1.6GB', '6.1GB', '13.5GB', '28.4GB', '58.2GB', '118GB', '237GB'] as const;
export type CacheSize = (typeof CACHE_SIZES)[number];

const MOST_MONTHS = 120;
const MOST_MINUTES = 15;

/** @throws UsageError naming the flag */
export function readFlags(raw: RawFlags): EstimateFlags {
  const duration = read(raw, 'duration', parseDuration);
  if (duration?.gt(MOST_MINUTES * 60_000)) {
    throw wrong('--duration', `a function runs ${MOST_MINUTES} minutes at most`, 'Write --duration 120ms.');
  }
  const compare = readCompare(list(raw['compare']));
  const combinations = compare.reduce((product, { values }) => product * values.length, 1);
  if (combinations > MOST_ALTERNATIVES) {
    throw wrong(
      '--compare',
      `${combinations} combinations are more than ${MOST_ALTERNATIVES}`,
      'Compare fewer values.',
    );
  }
  return {
    type: oneOf(raw, 'type', ['rest', 'http', 'websocket']),
    requests: readRequests(raw),
    memory: readMemory(raw),
    duration,
    architecture: oneOf(raw, 'architecture', ['x86_64', 'arm64']),
    requestSize: readSize(raw, 'requestSize', raw['type'] === 'websocket' ? '128KB' : '10MB'),
    responseSize: readSize(raw, 'responseSize', '10MB'),
    logSize: read(raw, 'logSize', parseSize),
    reads: read(raw, 'reads', parseCount),
    writes: read(raw, 'writes', parseCount),
    itemSize: readSize(raw, 'itemSize', '400KB'),
    storage: read(raw, 'storage', parseSize),
    sent: read(raw, 'sent', parseCount),
    connectionMinutes: read(raw, 'connectionMinutes', parseCount),
    cache: oneOf(raw, 'cache', CACHE_SIZES),
    cacheHits: read(raw, 'cacheHits', parseShare),
    region: oneOf(raw, 'region', REGIONS),
    stage: text(raw['stage']),
    freeTier: oneOf(raw, 'freeTier', FREE_TIERS),
    month: read(raw, 'month', parseMonth),
    exclude: list(raw['exclude'])
      .flatMap((names) => names.split(','))
      .map(readService),
    usageFile: text(raw['usage']),
    project: raw['project'] !== false,
    compare,
    chart: raw['chart'] === true,
    months: readMonths(raw),
    budget: read(raw, 'budget', (written) => parseCount(written.replace(/^\$/, ''))),
  };
}

/** `--free-tier` of `freeTier`. */
export function flagOf(name: string): string {
  return `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function readRequests(raw: RawFlags): Decimal | undefined {
  const requests = read(raw, 'requests', parseCount);
  const users = read(raw, 'users', parseCount);
  const each = read(raw, 'requestsPerUser', parseCount);
  if (users === undefined && each === undefined) return requests;
  if (requests !== undefined) {
    throw wrong('--requests', 'says the same as --users and --requests-per-user', 'Keep one of the two.');
  }
  if (users === undefined) throw wrong('--requests-per-user', 'needs --users beside it', 'Add --users 1000.');
  if (each === undefined) throw wrong('--users', 'needs --requests-per-user beside it', 'Add --requests-per-user 100.');
  return parseProduct(users.times(each));
}

// Two sensible numbers can make a senseless one.
function parseProduct(requests: Decimal): Decimal {
  try {
    return parseCount(requests.toFixed());
  } catch (error) {
    throw explain(error, '--users times --requests-per-user');
  }
}

function readMemory(raw: RawFlags): number | undefined {
  const memory = read(raw, 'memory', parseMemory);
  if (memory === undefined || (Number.isInteger(memory) && memory >= 128 && memory <= 10_240)) return memory;
  throw wrong('--memory', `${memory} MB is not a whole number of MB from 128 to 10,240`, 'Write --memory 256.');
}

// What API Gateway and DynamoDB take at most.
function readSize(raw: RawFlags, name: string, most: string): Decimal | undefined {
  const size = read(raw, name, parseSize);
  if (size?.gt(parseSize(most)))
    throw wrong(flagOf(name), `${most} is the most that AWS takes`, `Write ${flagOf(name)} 3KB.`);
  return size;
}

function readMonths(raw: RawFlags): number | undefined {
  const months = read(raw, 'months', parseCount)?.toNumber();
  if (months === undefined || (Number.isInteger(months) && months >= 1 && months <= MOST_MONTHS)) return months;
  throw wrong('--months', `${months} is not a whole number from 1 to ${MOST_MONTHS}`, 'Write --months 12.');
}

function readService(name: string): ServiceId {
  if (Object.hasOwn(SERVICES, name)) return name as ServiceId;
  const known = Object.keys(SERVICES);
  const near = nearestName(name, known);
  throw wrong(
    '--exclude',
    `there is no service "${name}"`,
    near === undefined ? `Known: ${known.join(', ')}.` : `Did you mean ${near}?`,
  );
}

function read<T>(raw: RawFlags, name: string, parse: (written: string) => T): T | undefined {
  const written = text(raw[name]);
  if (written === undefined) return undefined;
  try {
    return parse(written);
  } catch (error) {
    throw explain(error, flagOf(name));
  }
}

function explain(error: unknown, flag: string): unknown {
  return error instanceof QuantityError ? wrong(flag, error.message.replace(/\.$/, ''), error.hint) : error;
}

function oneOf<T extends string>(raw: RawFlags, name: string, known: readonly T[]): T | undefined {
  const written = text(raw[name]);
  if (written === undefined) return undefined;
  const found = known.find((value) => value === written);
  if (found !== undefined) return found;
  const near = nearestName(written, known);
  const hint = near === undefined ? `Known: ${known.slice(0, 12).join(', ')}.` : `Did you mean ${near}?`;
  throw wrong(flagOf(name), `"${written}" is not known here`, hint);
}

function text(value: RawFlags[string]): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function list(value: RawFlags[string]): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' ? value : [];
}

/** A flag that cannot be meant. */
export function wrong(flag: string, why: string, hint: string): UsageError {
  return new UsageError({ code: 'INVALID_FLAG', summary: `${flag}: ${why}`, hint });
}
