// Log events of functions out of CloudWatch Logs, oldest first; or as they come.

import { type FilteredLogEvent, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import type { Aws } from '../aws/aws.ts';
import { isNotFound } from '../aws/is-not-found.ts';

export interface LogSource {
  /** The function's logical name. */
  readonly function: string;
  readonly logGroup: string;
  /** Lambda versions whose lines are wanted; absent: all. */
  readonly versions?: ReadonlySet<string> | undefined;
}

export interface LogLine {
  readonly function: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly message: string;
}

export interface LogQuery {
  /** Milliseconds since the epoch; events from then on. */
  readonly since: number;
  /** CloudWatch's filter pattern: `ERROR`, `{ $.level = "error" }`. */
  readonly filter?: string | undefined;
}

/** Events of all sources, by time. A function that was never called has no events, and that is no error. */
export async function readLogs(aws: Aws, sources: readonly LogSource[], query: LogQuery): Promise<readonly LogLine[]> {
  const lists = await Promise.all(sources.map((source) => eventsOf(aws, source, query)));
  return lists
    .flat()
    .map(({ line }) => line)
    .sort((a, b) => a.at - b.at);
}

interface Event {
  readonly id: string;
  readonly line: LogLine;
}

async function eventsOf(aws: Aws, source: LogSource, query: LogQuery): Promise<readonly Event[]> {
  const events: FilteredLogEvent[] = [];
  let nextToken: string | undefined;
  try {
    do {
      const page = await aws.logs.send(
        new FilterLogEventsCommand({
          logGroupName: source.logGroup,
          startTime: query.since,
          ...(query.filter !== undefined && { filterPattern: query.filter }),
          ...(nextToken && { nextToken }),
        }),
      );
      events.push(...(page.events ?? []));
      nextToken = page.nextToken;
    } while (nextToken);
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
  return events
    .filter((event) => isWanted(event, source))
    .map((event) => ({
      id: event.eventId ?? `${event.logStreamName}/${event.timestamp}/${event.message}`,
      line: { function: source.function, at: event.timestamp ?? 0, message: (event.message ?? '').trimEnd() },
    }));
}

/** A log stream is called `2026/11/26/[7]d8c9…` after the Lambda version that writes it. */
const isWanted = ({ logStreamName = '' }: FilteredLogEvent, { versions }: LogSource): boolean =>
  versions === undefined || versions.has(/\[([^\]]+)\]/.exec(logStreamName)?.[1] ?? '');

/** Between two looks while tailing, in ms. CloudWatch takes 5 to 10 calls a second per account. */
const tailEveryMs = 1000;
/** CloudWatch may show an event late and out of order: each look goes back this far, and events are told by id. */
const lookBackMs = 10_000;

/** Calls `show` for each event as it comes, until the signal ends it. */
export async function tailLogs(
  aws: Aws,
  sources: readonly LogSource[],
  query: LogQuery,
  signal: AbortSignal,
  show: (line: LogLine) => void,
): Promise<void> {
  const seen = new Map<string, number>();
  let since = query.since;
  while (!signal.aborted) {
    const lists = await Promise.all(sources.map((source) => eventsOf(aws, source, { ...query, since })));
    const fresh = lists.flat().filter(({ id }) => !seen.has(id));
    for (const { id, line } of fresh.sort((a, b) => a.line.at - b.line.at)) {
      seen.set(id, line.at);
      show(line);
    }
    since = Math.max(since, ...[...seen.values()].map((at) => at - lookBackMs));
    for (const [id, at] of seen) if (at < since) seen.delete(id);
    await pause(signal);
  }
}

const pause = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(done, tailEveryMs);
    function done(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
    signal.addEventListener('abort', done);
  });
