import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { REGIONS } from '../../src/project/regions.ts';

it('the list of regions is that of the installed AWS SDK, without the secret and global partitions', () => {
  const file = 'node_modules/@aws-sdk/core/dist-es/submodules/client/util-endpoints/lib/aws/partitions.js';
  const known = [...readFileSync(file, 'utf8').matchAll(/"([a-z-]+-\d+)": \{/g)].map((match) => match[1] ?? '');
  const open = known.filter((region) => !/iso/.test(region));
  expect(REGIONS).toEqual([...new Set(open)].sort());
});
