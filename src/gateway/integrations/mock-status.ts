// The status a mock integration answers with: the whole-number statusCode of the document its request template made,
// which AWS reads leniently (`{statusCode: 200}`).

import { JavaFailure } from '../vtl/java-failure.ts';
import { JavaInteger } from '../vtl/java-number.ts';
import { JavaMap } from '../vtl/java-value.ts';
import { parseLenientJson } from '../vtl/lenient-json.ts';

/** Nothing where the document holds none; 500 for a number that is no status. */
export function mockStatus(document: string): number | undefined {
  let status: unknown;
  try {
    const value = parseLenientJson(document);
    status = value instanceof JavaMap ? value.get('statusCode') : undefined;
  } catch (error) {
    if (!(error instanceof JavaFailure)) throw error;
  }
  if (!(status instanceof JavaInteger)) return undefined;
  return status.value >= 0n && status.value <= 599n ? Number(status.value) : 500;
}

/** Why there is none, worded to stand behind `the mock's template`. */
export function noMockStatus(document: string): string {
  return `must yield {"statusCode": 200}, not ${JSON.stringify(document.slice(0, 200))}`;
}
