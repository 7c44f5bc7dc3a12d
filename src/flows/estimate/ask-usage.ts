// The interactive mode: a handful of questions that decide most of a bill, answered as flags, so that the same
// estimate can be had again without questions.

import { parseCount, parseDuration, parseMemory, parseSize, QuantityError } from '../../pricing/quantity.ts';
import type { Ui } from '../../ui/ui.ts';
import type { RawFlags } from './flags.ts';

/** Asks for what was not given; the result is flags to read. */
export async function askUsage(given: RawFlags, ui: Ui): Promise<RawFlags> {
  const answers: Record<string, string> = {};
  const type =
    textOf(given['type']) ??
    (await ui.choose(
      'Which type of API?',
      [
        { value: 'http', name: 'HTTP: cheapest, fewer features' },
        { value: 'rest', name: 'REST: caches, API keys, validation, mocks' },
        { value: 'websocket', name: 'WebSocket: messages both ways' },
      ],
      { flag: '--type', default: 'http' },
    ));
  answers['type'] = type;
  const ask = async (name: string, question: string, fallback: string, parse: (written: string) => unknown) => {
    const flag = `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    if (given[name] !== undefined) return;
    const answer = await ui.ask(question, { flag, default: fallback, validate: (value) => judge(value, parse) });
    if (answer.trim() !== '' && answer.trim() !== '0') answers[name] = answer.trim();
  };
  const bySum = given['users'] !== undefined || given['requestsPerUser'] !== undefined;
  if (!bySum) {
    const what = type === 'websocket' ? 'How many messages from clients a month?' : 'How many requests a month?';
    await ask('requests', what, '10M', parseCount);
  }
  if (type === 'websocket') await ask('sent', 'How many messages to clients a month?', '10M', parseCount);
  else await ask('responseSize', 'How large is a response?', '3KB', parseSize);
  await ask('duration', 'How long does the function run for one?', '100ms', parseDuration);
  await ask('memory', 'How much memory has it, in MB?', '256', parseMemory);
  await ask('reads', 'How many items are read from DynamoDB a month? (0: no table)', '0', parseCount);
  await ask('writes', 'How many are written?', '0', parseCount);
  return { ...given, ...answers };
}

/** The command that gives the same estimate without questions. */
export function commandOf(flags: RawFlags): string {
  const words = Object.entries(flags).flatMap(([name, value]) =>
    typeof value === 'string'
      ? [`--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)} ${value}`]
      : [],
  );
  return ['apigen cost-estimate', ...words].join(' ');
}

function judge(value: string, parse: (written: string) => unknown): true | string {
  try {
    parse(value);
    return true;
  } catch (error) {
    if (error instanceof QuantityError) return `${error.message} ${error.hint}`;
    throw error;
  }
}

function textOf(value: RawFlags[string]): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
