// `on:` of a function: what runs it besides routes, with defaults filled in.

import { type KnownNames, requireName } from './known.ts';
import { formatPath, type ProblemList } from './problem-list.ts';
import type { ProjectPath, StreamTrigger, Trigger } from './project.ts';
import { scopeOf } from './resolve-neighbours.ts';
import type { ProjectFile } from './schema/project-file.ts';
import type { TriggerEntry } from './schema/trigger.ts';

const DEFAULTS = { streamBatch: 100, queueBatch: 10, window: 0, parallel: 1, retries: 3 };
/** https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html */
const FIFO_BATCH = 10;
const WITHOUT_WINDOW = 10;

/** @param path of `on` */
export function resolveTriggers(
  written: readonly TriggerEntry[],
  path: ProjectPath,
  file: ProjectFile,
  known: KnownNames,
  problems: ProblemList,
): readonly Trigger[] {
  const names = new Set<string>();
  return written.flatMap((entry, index): Trigger[] => {
    const here = [...path, index];
    if (entry.stream !== undefined) return streamOf(entry, entry.stream, here, known, problems);
    if (entry.schedule !== undefined) {
      const name = entry.name ?? `schedule-${written.slice(0, index + 1).filter((one) => one.schedule).length}`;
      if (names.has(name)) {
        const message = `${formatPath(here)}: ${name} is the name of two schedules of this function`;
        problems.add(here, { code: 'SAME_SCHEDULE_NAME', message, hint: 'Give one of them another name.' });
      }
      names.add(name);
      return [
        {
          type: 'schedule',
          name,
          expression: entry.schedule,
          ...(entry.input !== undefined && { input: entry.input }),
          enabled: entry.enabled ?? true,
        },
      ];
    }
    if (entry.queue !== undefined) return queueOf(entry, entry.queue, here, file, known, problems);
    if (entry.topic === undefined) return [];
    if (!requireName(known, 'topics', entry.topic, [...here, 'topic'], problems)) return [];
    const fifo = file.topics?.[entry.topic];
    if (typeof fifo === 'string' ? fifo.endsWith('.fifo') : fifo?.fifo === true) {
      const message = `${formatPath(here)}: ${entry.topic} is a FIFO topic, to which functions cannot subscribe`;
      const hint = 'Subscribe a queue to it, and let the queue trigger the function.';
      problems.add([...here, 'topic'], { code: 'FIFO_TOPIC', message, hint });
    }
    return [
      {
        type: 'topic',
        topic: entry.topic,
        ...(entry.filter && { filterPolicy: entry.filter, filterPolicyScope: scopeOf(entry.filterOn) }),
      },
    ];
  });
}

function streamOf(
  entry: TriggerEntry,
  model: string,
  path: ProjectPath,
  known: KnownNames,
  problems: ProblemList,
): StreamTrigger[] {
  if (!requireName(known, 'models', model, [...path, 'stream'], problems)) return [];
  return [
    {
      type: 'stream',
      model,
      batchSize: entry.batch ?? DEFAULTS.streamBatch,
      batchWindow: entry.window ?? DEFAULTS.window,
      startingPosition: entry.from === 'trim-horizon' ? 'TRIM_HORIZON' : 'LATEST',
      parallelization: entry.parallel ?? DEFAULTS.parallel,
      retries: entry.retries ?? DEFAULTS.retries,
      bisectOnError: entry.bisect ?? true,
      reportFailures: entry.reportFailures ?? false,
      ...(entry.onFailure !== undefined && failureOf(entry.onFailure, [...path, 'onFailure'], known, problems)),
      filters: entry.filters ?? [],
      enabled: entry.enabled ?? true,
    },
  ];
}

function failureOf(
  name: string,
  path: ProjectPath,
  known: KnownNames,
  problems: ProblemList,
): Pick<StreamTrigger, 'onFailure'> {
  if (known.topics.includes(name)) return { onFailure: { type: 'topic', name } };
  if (!requireName(known, 'queues', name, path, problems)) return {};
  return { onFailure: { type: 'queue', name } };
}

function queueOf(
  entry: TriggerEntry,
  queue: string,
  path: ProjectPath,
  file: ProjectFile,
  known: KnownNames,
  problems: ProblemList,
): Trigger[] {
  if (!requireName(known, 'queues', queue, [...path, 'queue'], problems)) return [];
  const written = file.queues?.[queue];
  const fifo = typeof written === 'string' ? written.endsWith('.fifo') : (written?.fifo ?? false);
  const batch = entry.batch ?? DEFAULTS.queueBatch;
  const window = entry.window ?? DEFAULTS.window;
  const refuse = (key: string, message: string, hint: string): void =>
    problems.add([...path, key], { code: 'INVALID_TRIGGER', message: `${formatPath(path)}: ${message}`, hint });
  if (fifo && batch > FIFO_BATCH) {
    refuse('batch', `a FIFO queue gives ${FIFO_BATCH} messages at once`, `Set batch: ${FIFO_BATCH} or less.`);
  } else if (fifo && window > 0) refuse('window', 'a FIFO queue knows no window', 'Remove window.');
  else if (batch > WITHOUT_WINDOW && window === 0) {
    refuse('batch', `a batch of more than ${WITHOUT_WINDOW} wants a window of 1 second or more`, 'Add window: 1.');
  }
  return [
    {
      type: 'queue',
      queue,
      batchSize: batch,
      batchWindow: window,
      ...(entry.concurrency !== undefined && { maximumConcurrency: entry.concurrency }),
      reportFailures: entry.reportFailures ?? false,
      filters: entry.filters ?? [],
      enabled: entry.enabled ?? true,
    },
  ];
}
