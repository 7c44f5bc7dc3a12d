// What AWS's quotas alone allow: the arithmetic that a measured time is held against. No client can be quicker.

import { type AwsService, awsCall } from '../../src/aws/aws-call.ts';
import { quotasOf } from '../../src/aws/quotas.ts';

export interface CountedCall {
  readonly service: string;
  readonly operation: string;
}

export interface Bucket {
  readonly name: string;
  /** Calls per second. */
  readonly rate: number;
  readonly burst: number;
  readonly calls: number;
}

/** Regional APIs have the wider quota; no other field of an input matters to it. */
const regional = { endpointConfiguration: { types: ['REGIONAL'] } };

/** The buckets that these calls take from, the one that takes longest first. */
export function bucketsOf(calls: readonly CountedCall[]): readonly Bucket[] {
  const buckets = new Map<string, Bucket>();
  for (const { service, operation } of calls) {
    for (const { name, rate, burst } of quotasOf(awsCall(service as AwsService, operation, regional))) {
      buckets.set(name, { name, rate, burst, calls: (buckets.get(name)?.calls ?? 0) + 1 });
    }
  }
  return [...buckets.values()].sort((a, b) => emptySeconds(b) - emptySeconds(a));
}

/** Calls beyond the burst, at the bucket's rate. */
export const emptySeconds = ({ calls, burst, rate }: Bucket): number => Math.max(0, calls - burst) / rate;

/**
 * For a whole run: its longest bucket; functions that have new roles cannot be made before IAM's roles serve.
 * @param roleSeconds from the making of a role until Lambda takes it
 */
export function boundSeconds(calls: readonly CountedCall[], roleSeconds: number): number {
  const waitsForRoles = calls.some(({ operation }) => operation === 'CreateRole');
  const times = bucketsOf(calls).map(
    (bucket) => emptySeconds(bucket) + (waitsForRoles && bucket.name === 'lambda' ? roleSeconds : 0),
  );
  return Math.max(0, ...times);
}

/** A line for each bucket that makes a run wait, and the sum. */
export function arithmetic(calls: readonly CountedCall[], roleSeconds: number): string {
  const lines = bucketsOf(calls)
    .filter((bucket) => emptySeconds(bucket) > 0)
    .map(
      (bucket) =>
        `  ${bucket.name.padEnd(24)} (${bucket.calls} calls - ${round(bucket.burst)} at once) / ${round(bucket.rate)} per s` +
        ` = ${emptySeconds(bucket).toFixed(1)} s`,
    );
  const roles = calls.some(({ operation }) => operation === 'CreateRole');
  const bound = `  no run is quicker than    ${boundSeconds(calls, roleSeconds).toFixed(1)} s`;
  return [...lines, roles ? `${bound}, ${roleSeconds} s of it until the first new role serves` : bound].join('\n');
}

const round = (value: number): string => String(Number(value.toFixed(2)));
