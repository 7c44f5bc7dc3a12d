// Triggers as a person reads them: listed at the start, and a line for each call.

import type { ChalkInstance } from 'chalk';
import type { Delivery, TriggerSource } from '../../gateway/triggers/call-function.ts';
import { table } from '../../ui/table.ts';
import { milliseconds, printable } from './line-parts.ts';
import type { ServedTrigger } from './triggers/served-trigger.ts';

export function triggerList(
  triggers: readonly ServedTrigger[],
  style: ChalkInstance,
  width: number,
): readonly string[] {
  if (triggers.length === 0) return [];
  const rows = triggers.map(({ source, name, function: called, next, off }) => [
    source,
    name,
    style.dim(called),
    off !== undefined ? style.yellow(`off: ${off}`) : next === undefined ? '' : style.dim(`next ${moment(next)}`),
  ]);
  return ['', style.bold('triggers'), table(rows, { width, indent: '  ' })];
}

/** `2026-03-01 03:00:00 UTC`. */
const moment = (iso: string): string => iso.replace('T', ' ').replace(/(\.\d+)?Z$/, ' UTC');

const RECORDS: Readonly<Record<TriggerSource, string>> = {
  stream: 'change',
  queue: 'message',
  topic: 'message',
  schedule: 'event',
};

/** `ok queue jobs → work 3 messages 12 ms warm`. */
export function deliveryLine(delivery: Delivery, style: ChalkInstance): string {
  const { source, name, function: called, records, ms, start, reason, next } = delivery;
  const count = source === 'schedule' ? '' : ` ${records} ${RECORDS[source]}${records === 1 ? '' : 's'}`;
  const time = delivery.outcome === 'waiting' || ms === 0 ? '' : ` ${milliseconds(ms)}`;
  const more = [reason, next].flatMap((text) => (text === undefined ? [] : [printable(text)]));
  const head = `${verdict(delivery, style)} ${source} ${name} → ${called}${count}`;
  return [`${head}${style.dim(`${time}${start === undefined ? '' : ` ${start}`}`)}`, ...more].join(style.dim(' · '));
}

function verdict({ outcome, failed }: Delivery, style: ChalkInstance): string {
  switch (outcome) {
    case 'done':
      return style.green('ok');
    case 'partial':
      return style.yellow(`${failed} failed`);
    case 'failed':
      return style.red('failed');
    case 'dropped':
      return style.red('dropped');
    case 'waiting':
      return style.yellow('waits');
  }
}
