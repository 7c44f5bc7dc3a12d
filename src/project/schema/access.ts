// `access: { Product: write, chat: manage, jobs: send }`: what a function may do beyond what importing a model grants.

import * as z from 'zod';
import type { Access } from '../project.ts';

/** Words by what they are said of. */
export const ACCESS_WORDS = {
  model: ['read', 'write', 'scan'],
  api: ['manage'],
  topic: ['publish'],
  queue: ['send', 'receive'],
} as const;

const WORDS = [...ACCESS_WORDS.model, ...ACCESS_WORDS.api, ...ACCESS_WORDS.topic, ...ACCESS_WORDS.queue] as const;

/** Any of the words. */
export type AccessWord = (typeof WORDS)[number];

const one = z.enum(WORDS);

/** By name of a model, API, topic or queue: one word or a list of words. */
export const access = z
  .record(z.string(), z.union([one, z.array(one).min(1, { error: 'is empty: name read, write or scan' })]))
  .meta({
    description:
      "What the function may do. With a model's table: importing the model grants `read` (get, batch get, query) by itself; `write` (put, update, delete) and `scan` are said here. With a topic: `publish`; with a queue: `send`, `receive`; with a WebSocket API: `manage` its connections. One word or a list.",
    examples: [{ Product: 'write', Order: ['read', 'scan'], chat: 'manage' }],
  });

/** The words of one model as a list: each once, in a fixed order. */
export function accessList(written: Access | readonly Access[]): readonly Access[] {
  const words = typeof written === 'string' ? [written] : written;
  return ACCESS_WORDS.model.filter((word) => words.includes(word));
}
