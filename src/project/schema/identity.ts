// Identity sources of authorizers: `header.Authorization`, `query.token`, `context.identity.sourceIp`. One way to
// write them for all types of API; each definition says them in its own AWS words.

import * as z from 'zod';
import { nearestName } from '../nearest-name.ts';
import { type Fault, rule } from './rule.ts';

const PLACES = ['header', 'query', 'context', 'stageVariables'] as const;

/** Where a value of a request stands. */
export interface RequestPlace {
  readonly place: (typeof PLACES)[number];
  readonly name: string;
}

/** `header.Authorization`. */
export const identitySource = rule(z.string(), judgeIdentity).meta({
  examples: ['header.Authorization', 'query.token'],
});

/** Takes a checked identity source apart. */
export function parseIdentity(text: string): RequestPlace {
  const dot = text.indexOf('.');
  const place = PLACES.find((one) => one === text.slice(0, dot)) ?? 'header';
  return { place, name: text.slice(dot + 1) };
}

function judgeIdentity(text: string): Fault | undefined {
  const code = 'INVALID_IDENTITY';
  const aws = /^(?:\$|method\.|route\.)+request\.(header|querystring)\.(.+)$/.exec(text);
  if (aws !== null) {
    const hint = `Write ${aws[1] === 'querystring' ? 'query' : 'header'}.${aws[2]}`;
    return { code, message: 'is written in the words of one type of API', hint };
  }
  const parts = /^(\w+)\.([A-Za-z0-9!#$%&'*+.^_`|~-]+)$/.exec(text);
  const [, place = '', name = ''] = parts ?? [];
  if (parts === null || !PLACES.some((one) => one === place)) {
    const near = nearestName(place, PLACES);
    const hint = near === undefined ? `Write it as header.Authorization or query.token.` : `Write ${near}.${name}`;
    return { code, message: 'must be header.…, query.…, context.… or stageVariables.…', hint };
  }
  return undefined;
}
