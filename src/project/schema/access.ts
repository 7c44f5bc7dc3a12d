// `access: { Product: write }`: what a function may do beyond what importing a model grants.

import { z } from 'zod';
import type { Access } from '../project.ts';

const ACCESS = ['read', 'write', 'scan'] as const;

const one = z.enum(ACCESS);

/** By model name: one word or a list of words. */
export const access = z
  .record(z.string(), z.union([one, z.array(one).min(1, { error: 'is empty: name read, write or scan' })]))
  .meta({
    description:
      "What the function may do with a model's table. Importing a model grants `read` (get, batch get, query) by itself; `write` (put, update, delete) and `scan` are said here: one word or a list.",
    examples: [{ Product: 'write', Order: ['read', 'scan'] }],
  });

/** The words of one model as a list: each once, in a fixed order. */
export function accessList(written: Access | readonly Access[]): readonly Access[] {
  const words = typeof written === 'string' ? [written] : written;
  return ACCESS.filter((word) => words.includes(word));
}
