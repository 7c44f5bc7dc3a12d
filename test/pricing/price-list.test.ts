import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { Decimal } from '../../src/pricing/decimal.ts';
import { METER_IDS, METERS } from '../../src/pricing/meters.ts';
import { priceOf, reservedPriceOf } from '../../src/pricing/price-list.ts';
import { PRICES_AS_OF } from '../../src/pricing/price-rows.ts';
import { costOf } from '../../src/pricing/tiers.ts';

interface PriceFile {
  readonly as_of: string;
  readonly prices: readonly { readonly service: string; readonly dimension: string; readonly price_usd: unknown }[];
}

const root = new URL('../../', import.meta.url);
const file = JSON.parse(readFileSync(new URL('src/pricing/aws-prices.json', root), 'utf8')) as PriceFile;

/** Rows that are allowances rather than prices. */
const ALLOWANCE_ROWS = ['AWSDataTransfer:internet_out_free', 'AWSQueueService:free'];

describe('the price list', () => {
  it('is generated from the price file as it is', () => {
    const script = new URL('scripts/generate-prices.js', root).pathname;
    expect(execFileSync(process.execPath, [script, '--check'], { encoding: 'utf8', stdio: 'pipe' })).toBe('');
    expect(PRICES_AS_OF).toBe(file.as_of);
  });

  it('has a meter for every row of the price file', () => {
    const metered = new Set(METER_IDS.map((id) => METERS[id].row));
    const rows = new Set(file.prices.map(({ service, dimension }) => `${service}:${dimension}`));
    expect([...rows].filter((row) => !metered.has(row))).toEqual(ALLOWANCE_ROWS);
  });

  it('keeps every price to its last digit', () => {
    expect(priceOf('lambda-duration-x86', 'us-east-1')?.tiers.map(({ price }) => price.toFixed())).toEqual([
      '0.0000166667',
      '0.000015',
      '0.0000133334',
    ]);
  });

  it('has no price for a region without a row, and takes none from another region', () => {
    expect(priceOf('websocket-messages', 'eu-west-1')).toBeUndefined();
    expect(priceOf('rest-requests', 'ap-southeast-2')).toBeUndefined();
    expect(priceOf('rest-requests', 'eu-west-3')).toBeUndefined();
  });

  it('uses prices that are the same everywhere in every region', () => {
    expect(priceOf('traces-recorded', 'eu-west-3')?.region).toBe('*');
  });

  it('reads a zero row, and a first tier above zero, as an allowance before the first paid price', () => {
    const storage = priceOf('dynamodb-storage', 'eu-west-1');
    expect(storage?.free.toFixed()).toBe('25');
    expect(storage?.tiers.map(({ from, price }) => [from.toFixed(), price.toFixed()])).toEqual([['0', '0.283']]);
    const traces = priceOf('traces-recorded', 'us-east-1');
    expect(traces?.free.toFixed()).toBe('100000');
    expect(traces?.tiers.map(({ from }) => from.toFixed())).toEqual(['0']);
    expect(priceOf('data-out', 'us-east-1')?.free.toFixed()).toBe('0');
  });

  it('keeps a price of zero that has no end as a price', () => {
    expect(priceOf('sns-aws-deliveries', 'us-east-1')?.tiers.map(({ price }) => price.toFixed())).toEqual(['0']);
  });

  it('says how far a price is to be trusted', () => {
    expect(priceOf('rest-requests', 'us-east-2')?.tiers.map(({ confidence }) => confidence)).toEqual([
      'verified',
      'verified',
      'verified',
      'assumed',
    ]);
  });

  it('knows reserved capacity by its two parts, and never as a price by use', () => {
    expect(reservedPriceOf('dynamodb-reserved-wcu-1yr', 'us-east-1')).toMatchObject({
      upfront: new Decimal(150),
      hourly: new Decimal('0.0128'),
    });
    expect(priceOf('dynamodb-reserved-wcu-1yr', 'us-east-1')).toBeUndefined();
  });

  it('has tiers that follow each other without a gap, in every region', () => {
    for (const region of [
      'us-east-1',
      'us-east-2',
      'us-west-2',
      'eu-west-1',
      'eu-north-1',
      'sa-east-1',
      'ap-south-1',
    ]) {
      for (const meter of METER_IDS) {
        const tiers = priceOf(meter, region)?.tiers ?? [];
        tiers.forEach((tier, index) => {
          expect(tier.from.toFixed()).toBe(index === 0 ? '0' : tiers[index - 1]?.to?.toFixed());
        });
      }
    }
  });

  it('bills beyond the last known tier as unknown', () => {
    const { known, unpriced } = costOf(new Decimal('700e6'), priceOf('http-requests', 'us-east-2'));
    expect([known.toFixed(), unpriced.toFixed()]).toEqual(['300', '400000000']);
  });
});
