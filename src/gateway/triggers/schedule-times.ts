// When a schedule of EventBridge fires: `rate(5 minutes)` or `cron(0 3 * * ? *)`, in UTC.
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html

import cron from 'aws-cron-parser';

export interface ScheduleTimes {
  /** The first time after that one; nothing where there is none, as of a year that is over. */
  next(after: Date): Date | undefined;
}

const UNIT_MS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/**
 * @param since when a rate begins: it fires for the first time one period later
 * @returns nothing where the expression cannot be read
 */
export function scheduleTimes(expression: string, since: Date): ScheduleTimes | undefined {
  const [, count, unit = ''] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  if (count !== undefined) return rateTimes(Number(count) * (UNIT_MS[unit] ?? Number.NaN), since.getTime());
  const fields = /^cron\((.*)\)$/.exec(expression)?.[1];
  return fields === undefined ? undefined : cronTimes(fields.trim().replace(/\s+/g, ' '));
}

function rateTimes(periodMs: number, since: number): ScheduleTimes | undefined {
  if (!(periodMs > 0)) return undefined;
  return {
    next: (after) => new Date(since + (Math.max(0, Math.floor((after.getTime() - since) / periodMs)) + 1) * periodMs),
  };
}

function cronTimes(fields: string): ScheduleTimes | undefined {
  try {
    const parsed = cron.parse(fields);
    const next = (after: Date): Date | undefined => cron.next(parsed, after) ?? undefined;
    // It says of some expressions only now that they are none.
    next(new Date());
    return { next };
  } catch {
    return undefined;
  }
}
