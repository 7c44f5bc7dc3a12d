// Compresses answers from the API's minimumCompressionSize on, for clients that accept it.

import { promisify } from 'node:util';
import { deflate, gzip } from 'node:zlib';
import type { GatewayAnswer } from '../exchange.ts';
import { headerValue } from '../header-list.ts';
import type { RestExchange } from './rest-exchange.ts';

const encoders = { gzip: promisify(gzip), deflate: promisify(deflate) };

/** The answer, compressed where that is wanted and possible. */
export async function compressed(answer: GatewayAnswer, exchange: RestExchange): Promise<GatewayAnswer> {
  const minimum = exchange.definition.minimumCompressionSize;
  if (minimum === undefined || answer.body.byteLength < minimum || answer.body.byteLength === 0) return answer;
  if (headerValue(answer.headers, 'content-encoding') !== undefined) return answer;
  const encoding = firstChoices(headerValue(exchange.request.headers, 'accept-encoding') ?? '').find(isSupported);
  if (encoding === undefined) return answer;
  const body = await encoders[encoding](answer.body);
  return { ...answer, headers: [...answer.headers, ['Content-Encoding', encoding]], body };
}

function isSupported(name: string): name is keyof typeof encoders {
  return Object.hasOwn(encoders, name);
}

// "The highest-priority content encoding must be one supported by API Gateway. If it is not, compression is not applied to
// the response payload" ("Turn on payload compression for an API", developer guide). Several may share that priority.
function firstChoices(acceptEncoding: string): string[] {
  const choices = acceptEncoding.split(',').map((each) => {
    const [name = '', ...parameters] = each.split(';').map((part) => part.trim().toLowerCase());
    const quality = parameters.find((parameter) => parameter.startsWith('q='));
    return { name, quality: quality === undefined ? 1 : Number(quality.slice(2)) };
  });
  const highest = Math.max(...choices.map(({ quality }) => quality));
  return highest > 0 ? choices.filter(({ quality }) => quality === highest).map(({ name }) => name) : [];
}
