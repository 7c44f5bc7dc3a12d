// Whether a text is an AWS region that apigen knows.

import { nearestName } from '../nearest-name.ts';
import { REGIONS } from '../regions.ts';
import type { Fault } from './rule.ts';

/** Why a region is refused, or `undefined`. */
export function judgeRegion(value: string): Fault | undefined {
  if (REGIONS.includes(value)) return undefined;
  const near = nearestName(value, REGIONS);
  return {
    code: 'UNKNOWN_REGION',
    message: 'is no AWS region',
    hint: near === undefined ? 'Choose one as eu-west-1 or us-east-1.' : `Did you mean ${near}?`,
  };
}
