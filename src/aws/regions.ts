// The regions AWS has, only to tell a mistyped one from a network that is down. A region that is not listed here is
// still used: AWS opens new ones. Source: AWS general reference, "Regions and endpoints".

import { ApigenError } from '../errors.ts';

const knownRegions: readonly string[] = [
  'af-south-1',
  'ap-east-1',
  'ap-east-2',
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'ap-south-1',
  'ap-south-2',
  'ap-southeast-1',
  'ap-southeast-2',
  'ap-southeast-3',
  'ap-southeast-4',
  'ap-southeast-5',
  'ap-southeast-6',
  'ap-southeast-7',
  'ca-central-1',
  'ca-west-1',
  'cn-north-1',
  'cn-northwest-1',
  'eu-central-1',
  'eu-central-2',
  'eu-north-1',
  'eu-south-1',
  'eu-south-2',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'eusc-de-east-1',
  'il-central-1',
  'me-central-1',
  'me-south-1',
  'mx-central-1',
  'sa-east-1',
  'us-east-1',
  'us-east-2',
  'us-gov-east-1',
  'us-gov-west-1',
  'us-west-1',
  'us-west-2',
];

const regionForm = /^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/;

export function isKnownRegion(region: string): boolean {
  return knownRegions.includes(region);
}

/**
 * Refuses what cannot be a region's name, before anything is called.
 * @throws ApigenError REGION_INVALID
 */
export function assertRegionForm(region: string): void {
  if (regionForm.test(region)) return;
  throw new ApigenError({
    code: 'REGION_INVALID',
    summary: region === '' ? 'No AWS region is given' : `"${region}" is not the name of an AWS region`,
    detail: 'A region is named like eu-west-1.',
    hint: `set "region: ${nearestRegion(region) ?? 'eu-west-1'}" in apigen.yml, or give --region`,
  });
}

/** The known region that a mistyped one most likely means, if one is near. */
export function nearestRegion(region: string): string | undefined {
  const scored = knownRegions.map((known) => ({ known, distance: editDistance(region.toLowerCase(), known) }));
  const best = scored.reduce((left, right) => (right.distance < left.distance ? right : left));
  return best.distance <= 3 ? best.known : undefined;
}

function editDistance(left: string, right: string): number {
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const substitution = (previous[column - 1] ?? 0) + (left[row - 1] === right[column - 1] ? 0 : 1);
      current.push(Math.min(substitution, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[right.length] ?? 0;
}
