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
  const accepted = (headerValue(exchange.request.headers, 'accept-encoding') ?? '')
    .split(',')
    .map((each) => each.trim().toLowerCase())
    .filter((each) => !/;\s*q=0(\.0*)?$/.test(each))
    .map((each) => each.replace(/;.*$/, ''));
  const encoding = accepted.find((each) => each === 'gzip' || each === 'deflate');
  if (encoding !== 'gzip' && encoding !== 'deflate') return answer;
  const body = await encoders[encoding](answer.body);
  return { ...answer, headers: [...answer.headers, ['Content-Encoding', encoding]], body };
}
