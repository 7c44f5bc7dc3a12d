// Tags of resources, beside apigen's own.

import * as z from 'zod';
import { TAGS } from '../limits.ts';
import { type Fault, rule } from './rule.ts';

const tagKey = rule(z.string(), judgeTagKey);

const tagValue = rule(z.string(), (value) =>
  value.length <= TAGS.valueLength && /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u.test(value)
    ? undefined
    : { message: `may hold letters, digits, spaces and _.:/=+-@ only, at most ${TAGS.valueLength}` },
);

/** By key. */
export const tags = rule(z.record(tagKey, tagValue), (all) =>
  Object.keys(all).length > TAGS.count ? { message: `has more than ${TAGS.count} tags, AWS's limit` } : undefined,
);

function judgeTagKey(key: string): Fault | undefined {
  if (/^aws:/i.test(key)) return { message: 'begins with aws:, which AWS keeps for itself' };
  if (/^apigen:/i.test(key)) return { message: 'begins with apigen:, the tags by which apigen knows its resources' };
  if (key.length >= 1 && key.length <= TAGS.keyLength && /^[\p{L}\p{Z}\p{N}_.:/=+\-@]+$/u.test(key)) return undefined;
  return { message: `must be letters, digits, spaces and _.:/=+-@, at most ${TAGS.keyLength}` };
}
