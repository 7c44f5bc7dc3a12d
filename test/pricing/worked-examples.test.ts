// AWS's and others' worked examples, each an ordinary usage file. The target is `recomputed_total`: the published
// figure without its rounding, at today's prices where those have changed.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { buildWorkload } from '../../src/flows/estimate/build-workload.ts';
import { readUsageFile } from '../../src/flows/estimate/read-usage-file.ts';
import { type Estimate, estimate } from '../../src/pricing/estimate.ts';
import { exactMoney } from '../../src/pricing/format.ts';

interface WorkedExample {
  readonly id: string;
  readonly recomputed_total: number;
}

const fixtures = new URL('../fixtures/', import.meta.url);
const published = JSON.parse(readFileSync(new URL('worked-examples.json', fixtures), 'utf8')) as WorkedExample[];

/** Exact to the last digit, and why the published figure differs where it does. */
const EXAMPLES: readonly { readonly id: string; readonly exact: string; readonly why: string }[] = [
  { id: 'lambda-1-mobile-backend', exact: '2.733338', why: 'the page rounds each line to the cent' },
  { id: 'lambda-3-ephemeral-storage', exact: '106.411412', why: 'storage counts seconds times 1.5 GB, not memory' },
  {
    id: 'lambda-4-provisioned-concurrency',
    exact: '19.962644',
    why: 'the free million is applied to all requests, the free GB-seconds to none on provisioned concurrency',
  },
  { id: 'lambda-6-snapstart', exact: '263.91952176', why: 'the page adds lines that it has rounded to the cent' },
  { id: 'apigw-http-1-webapp', exact: '418.80', why: 'the page leaves data transfer out' },
  {
    id: 'apigw-rest-1',
    exact: '18.7874603271484375',
    why: 'the page rounds 14.305 GB to 14.3; it forgets the free 100 GB',
  },
  { id: 'apigw-rest-3-private', exact: '24.85735626220703125', why: 'a month of 720 hours, as the page has it' },
  { id: 'apigw-rest-4-cache', exact: '0.912', why: 'one day' },
  { id: 'ddb-calc-on-demand', exact: '9.375', why: "AWS's calculator does not subtract the free 25 GB" },
  { id: 'infracost-http-websocket', exact: '2332.50', why: 'second tiers of requests and messages' },
  { id: 'infracost-cache', exact: '2788.60', why: 'two caches for 730 hours' },
  {
    id: 'infracost-lambda-x86-tiers',
    exact: '857203.296',
    why: 'the source adds lines that it has rounded to the cent',
  },
  { id: 'infracost-pc-arm', exact: '45.61175', why: 'every request runs on provisioned concurrency' },
  { id: 'brief-rest-10M', exact: '35.00', why: 'the first tier' },
  { id: 'brief-rest-100M', exact: '350.00', why: 'still the first tier' },
  { id: 'hist-ddb-on-demand-before-2024-11', exact: '2.875', why: 'prices halved on 2024-11-01' },
  { id: 'hist-ddb-provisioned-2012', exact: '0.0325', why: 'prices changed since 2012' },
];

describe('worked examples', () => {
  it('has a usage file for every published example and no other', () => {
    expect(EXAMPLES.map(({ id }) => id).sort()).toEqual(published.map(({ id }) => id).sort());
  });

  for (const { id, exact, why } of EXAMPLES) {
    it(`${id} costs $${exact} (${why})`, async () => {
      const result = await estimateExample(id);
      const target = published.find((example) => example.id === id)?.recomputed_total;
      expect(result.total).not.toBeNull();
      expect(Number(result.total?.toDecimalPlaces(6).toFixed())).toBeCloseTo(target ?? Number.NaN, 5);
      expect(result.total === null ? '' : exactMoney(result.total)).toBe(exact);
    });
  }
});

async function estimateExample(id: string): Promise<Estimate> {
  const { usage, problems } = await readUsageFile(`usage/${id}.yml`, new URL('.', fixtures).pathname);
  const { workload, freeTier } = buildWorkload({ shape: undefined, usage, problems, source: 'file' });
  return estimate(workload, freeTier);
}
