// The reference in docs/cost.md is a usage file that can be used.

import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { METERS } from '../../../src/pricing/meters.ts';
import { estimated, prepared } from '../../pricing/usage-text.ts';

const page = readFileSync(new URL('../../../docs/cost.md', import.meta.url), 'utf8');
const reference = /```yaml\n(.*?)```/s.exec(page)?.[1] ?? '';

it('the usage reference uses every kind of key, and can be priced', () => {
  const { lines, unknown } = estimated(reference);
  const services = new Set(lines.map(({ meter }) => METERS[meter].service));
  expect([...services]).toEqual([
    'api-gateway',
    'lambda',
    'dynamodb',
    'cloudwatch',
    'x-ray',
    'sns',
    'sqs',
    'data-transfer',
    'vpc',
  ]);
  expect(unknown.map(({ meter, region }) => `${meter} ${region}`)).toEqual([
    'dynamodb-replicated-writes eu-west-1',
    'dynamodb-exports us-east-1',
    'dynamodb-incremental-exports us-east-1',
    'dynamodb-imports us-east-1',
  ]);
});

it('the usage reference assumes nothing', () => {
  expect(prepared(reference).assumed).toEqual([]);
});
