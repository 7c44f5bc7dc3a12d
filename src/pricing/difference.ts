// What a change costs: two estimates side by side, line by line. A price that is unknown on both sides for the same
// quantity cancels out; otherwise the difference is unknown too, and said to be.

import { type Decimal, sum, ZERO } from './decimal.ts';
import type { Estimate, EstimateLine } from './estimate.ts';
import type { MeterId, ServiceId } from './meters.ts';

export interface EstimateDifference {
  /** Undefined where there is nothing before (a first deploy) or after (destroy). */
  readonly before: Estimate | undefined;
  readonly after: Estimate | undefined;
  /** Dollars a month; null where a price that matters is unknown. */
  readonly difference: Decimal | null;
  /** The part of the difference that is known. */
  readonly known: Decimal;
  /** Lines that differ, in the order of an estimate. */
  readonly lines: readonly DifferenceLine[];
}

export interface DifferenceLine {
  readonly meter: MeterId;
  readonly service: ServiceId;
  readonly item: string;
  readonly region: string;
  /** Null: unknown; zero where the line is not there. */
  readonly before: Decimal | null;
  readonly after: Decimal | null;
  readonly difference: Decimal | null;
  readonly known: Decimal;
}

/** The monthly difference of a change. */
export function compareEstimates(before: Estimate | undefined, after: Estimate | undefined): EstimateDifference {
  const key = (line: EstimateLine) => `${line.meter} ${line.region}`;
  const old = new Map(before?.lines.map((line) => [key(line), line]));
  const now = new Map(after?.lines.map((line) => [key(line), line]));
  const keys = [...now.keys(), ...[...old.keys()].filter((name) => !now.has(name))];
  const lines = keys.flatMap((name) => differ(old.get(name), now.get(name)));
  const known = sum(lines.map((line) => line.known));
  const difference = lines.some((line) => line.difference === null) ? null : known;
  return { before, after, difference, known, lines };
}

function differ(before: EstimateLine | undefined, after: EstimateLine | undefined): DifferenceLine[] {
  const line = after ?? before;
  if (line === undefined) return [];
  const known = (after?.known ?? ZERO).minus(before?.known ?? ZERO);
  const sameUnknown = unpriced(before).eq(unpriced(after));
  if (sameUnknown && known.isZero()) return [];
  const { meter, service, item, region } = line;
  return [
    {
      meter,
      service,
      item,
      region,
      before: before === undefined ? ZERO : before.cost,
      after: after === undefined ? ZERO : after.cost,
      difference: sameUnknown ? known : null,
      known,
    },
  ];
}

function unpriced(line: EstimateLine | undefined): Decimal {
  return sum(line?.tiers.filter(({ price }) => price === null).map(({ quantity }) => quantity) ?? []);
}
