// The items of a seed file, one after another and never all at once: a JSON list, or NDJSON with an item a line. A line
// that is no JSON is an item with a problem, not the end of the file.

import { createReadStream } from 'node:fs';
import { JSONParser } from '@streamparser/json';
import { ApigenError } from '../../errors.ts';

export interface SeedDocument {
  /** `line 12` of NDJSON, `item 12` of a list; counted from 1. */
  readonly place: string;
  readonly value?: unknown;
  /** Why there is no value. */
  readonly problem?: string;
}

/**
 * @param file absolute
 * @throws ApigenError `SEED_FILE_NOT_FOUND`, `SEED_FILE_BROKEN` for a list that is cut off or malformed
 */
export async function* readDocuments(file: string): AsyncGenerator<SeedDocument> {
  const first = await firstCharacter(file);
  if (first === '[') yield* listItems(file);
  else yield* lines(file);
}

async function firstCharacter(file: string): Promise<string | undefined> {
  const stream = createReadStream(file, { encoding: 'utf8', highWaterMark: 1024 });
  try {
    for await (const chunk of stream) {
      const text = String(chunk)
        .replace(/^\uFEFF/, '')
        .trimStart();
      if (text !== '') return text[0];
    }
    return undefined;
  } catch (cause) {
    throw new ApigenError({
      code: 'SEED_FILE_NOT_FOUND',
      summary: `${file} cannot be read`,
      detail: cause instanceof Error ? cause.message : undefined,
      hint: 'Name a file of items: a JSON list, or one JSON object a line.',
      cause,
    });
  } finally {
    stream.destroy();
  }
}

async function* lines(file: string): AsyncGenerator<SeedDocument> {
  let number = 0;
  for await (const line of linesOf(file)) {
    number += 1;
    const text = line.replace(/^\uFEFF/, '').trim();
    if (text === '') continue;
    const place = `line ${number}`;
    try {
      yield { place, value: JSON.parse(text) };
    } catch (error) {
      yield { place, problem: `is no JSON: ${error instanceof Error ? error.message : String(error)}` };
    }
  }
}

async function* linesOf(file: string): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of createReadStream(file, { encoding: 'utf8' })) {
    const parts = (rest + String(chunk)).split('\n');
    rest = parts.pop() ?? '';
    yield* parts;
  }
  yield rest;
}

async function* listItems(file: string): AsyncGenerator<SeedDocument> {
  const parser = new JSONParser({ paths: ['$.*'], keepStack: false });
  let ready: unknown[] = [];
  let failure: Error | undefined;
  parser.onValue = ({ value }) => {
    ready.push(value);
  };
  parser.onError = (error) => {
    failure ??= error;
  };
  let number = 0;
  const input = createReadStream(file);
  let isFirst = true;
  for await (const chunk of input) {
    const bytes = chunk as Buffer;
    parser.write(isFirst && bytes.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf])) ? bytes.subarray(3) : bytes);
    isFirst = false;
    const batch = ready;
    ready = [];
    for (const value of batch) {
      number += 1;
      yield { place: `item ${number}`, value };
    }
    if (failure) throw broken(file, number, failure.message);
  }
  if (!parser.isEnded) throw broken(file, number, 'the list has no end');
}

const broken = (file: string, items: number, reason: string): ApigenError =>
  new ApigenError({
    code: 'SEED_FILE_BROKEN',
    summary: `${file} is no JSON list after item ${items}`,
    detail: reason,
    hint: 'Mend the file, or write one JSON object a line: a bad line then does not touch the others.',
  });
