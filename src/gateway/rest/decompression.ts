// Compressed requests: "By default, API Gateway supports decompression of the method request payload", before templates
// and functions see it; the header stays. Source: "Call an API method with a compressed payload in API Gateway".

import { promisify } from 'node:util';
import { gunzip, inflate } from 'node:zlib';
import { headerValue } from '../header-list.ts';
import { changedRequest } from './changed-request.ts';
import { GatewayFault } from './fault.ts';
import type { RoutedExchange } from './rest-exchange.ts';

const decoders = { gzip: promisify(gunzip), deflate: promisify(inflate) };
const LIMIT_BYTES = 10 * 1024 * 1024;

/** The exchange with a body that can be read. @throws GatewayFault 415 (another coding, or not so coded), 413. */
export async function decompressed(exchange: RoutedExchange): Promise<RoutedExchange> {
  const { request, definition } = exchange;
  const coding = headerValue(request.headers, 'content-encoding')?.trim().toLowerCase() ?? '';
  const minimum = Math.max(1, definition.minimumCompressionSize ?? 0);
  if (coding === '' || coding === 'identity' || request.body.byteLength < minimum) return exchange;
  if (coding !== 'gzip' && coding !== 'deflate') throw unsupported(`${coding} is no coding API Gateway knows`);
  let body: Uint8Array;
  try {
    body = await decoders[coding](request.body, { maxOutputLength: LIMIT_BYTES });
  } catch (cause) {
    if (cause instanceof RangeError) throw new GatewayFault('tooLarge', { reason: 'the body unpacks to over 10 MB' });
    throw unsupported(`the body is not ${coding}`);
  }
  return { ...exchange, request: changedRequest(request, { body }) };
}

function unsupported(why: string): GatewayFault {
  return new GatewayFault('unsupportedMediaType', { reason: `Content-Encoding: ${why}` });
}
