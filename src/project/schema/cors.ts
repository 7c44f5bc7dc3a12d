// `cors:` of an HTTP API, as API Gateway answers preflights itself.

import * as z from 'zod';
import { CORS_MAX_AGE_SECONDS } from '../limits.ts';
import { type Fault, rule, wholeNumber } from './rule.ts';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', '*'] as const;

const origin = rule(z.string(), judgeOrigin).meta({ examples: ['https://shop.example.com'] });

const headerName = rule(z.string(), (name) =>
  /^(?:\*|[!#$%&'*+.^_`|~0-9A-Za-z-]+)$/.test(name) ? undefined : { message: 'must be the name of a header, or *' },
);

/** Which web pages may call the API from a browser. */
export const cors = rule(
  z.strictObject({
    origins: z
      .array(origin)
      .min(1, { error: 'is empty: name an origin, or "*" for every page' })
      .describe('Origins that may call, as `https://shop.example.com`, or `"*"`.'),
    methods: z
      .array(z.enum(METHODS))
      .min(1)
      .describe("Methods they may use. Default: those of the API's routes.")
      .exactOptional(),
    headers: z
      .array(headerName)
      .describe('Headers they may send. Default: content-type and authorization.')
      .exactOptional(),
    exposeHeaders: z
      .array(headerName)
      .describe('Headers of the answer that scripts may read. Default: none.')
      .exactOptional(),
    maxAge: wholeNumber(CORS_MAX_AGE_SECONDS, 'seconds')
      .describe('Seconds that a browser may keep the permission.')
      .exactOptional(),
    credentials: z
      .boolean({ error: 'must be true or false' })
      .describe('Whether cookies may be sent. Default: false.')
      .exactOptional(),
  }),
  (value) =>
    value.credentials === true && value.origins.includes('*')
      ? {
          code: 'CORS_CREDENTIALS',
          message: 'allows credentials for every origin, which browsers and API Gateway refuse',
          hint: 'List the origins instead of "*", or drop credentials.',
        }
      : undefined,
).describe('Which web pages may call the API from a browser (HTTP APIs). API Gateway answers the preflights itself.');

function judgeOrigin(origin: string): Fault | undefined {
  if (origin === '*' || /^https?:\/\/\*$/.test(origin)) return undefined;
  const code = 'CORS_ORIGIN';
  const withoutPath = /^([a-z][a-z0-9+.-]*:\/\/[^/?#\s]+)\/?$/i.exec(origin);
  if (withoutPath === null) {
    return {
      code,
      message: 'must be a scheme and a host',
      hint: 'Write it as https://shop.example.com, without a path.',
    };
  }
  if (origin.endsWith('/')) {
    return { code, message: 'must not end in a slash: browsers send none', hint: `Write ${withoutPath[1]}` };
  }
  return undefined;
}
