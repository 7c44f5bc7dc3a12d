import { describe, expect, it } from '@jest/globals';
import { TokenBucket } from '../../src/aws/token-bucket.ts';

describe('a bucket of many a second', () => {
  it('starts full, but for the jitter of the network', () => {
    const bucket = new TokenBucket({ name: 'x', rate: 10, burst: 40 }, 0);
    let taken = 0;
    while (bucket.readyInMs(0) === 0) {
      bucket.take(0);
      taken += 1;
    }
    expect(taken).toBe(38);
  });

  it('refills at just under its rate', () => {
    const bucket = new TokenBucket({ name: 'x', rate: 5, burst: 5 }, 0);
    while (bucket.readyInMs(0) === 0) bucket.take(0);
    expect(bucket.readyInMs(0)).toBe(205);
    expect(bucket.readyInMs(204)).toBe(1);
    expect(bucket.readyInMs(205)).toBe(0);
  });

  it('is empty after a refusal, whatever it thought', () => {
    const bucket = new TokenBucket({ name: 'x', rate: 10, burst: 40 }, 0);
    bucket.refused(1000);
    expect(bucket.readyInMs(1000)).toBeGreaterThanOrEqual(100);
  });
});

describe('a bucket of one at a time', () => {
  it('counts its pause from the answer, so that a slow call brings no refusal of the next', () => {
    const bucket = new TokenBucket({ name: 'x', rate: 1 / 3, burst: 1 }, 0);
    bucket.take(0);
    expect(bucket.readyInMs(60_000)).toBe(Number.POSITIVE_INFINITY);
    bucket.answered(2_000);
    expect(bucket.readyInMs(4_900)).toBeGreaterThan(0);
    expect(bucket.readyInMs(5_100)).toBe(0);
  });
});
