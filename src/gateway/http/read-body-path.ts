// Values inside JSON bodies for selection expressions, by JsonPath. Recursive descent and filters are not supported
// there on AWS, so an expression that has them finds nothing; nor does one that is no path.

import { JsonPathError, jsonPathText } from '../json-path.ts';

/** "API Gateway truncates the request body at 100 KB and then applies the selection expression" (developer guide). */
const LIMIT_BYTES = 100 * 1024;

/**
 * Reads paths from one body: `''` is the whole text, `.user.name` or `['a b'][0]` a value in it. Undefined when there
 * is no such value, or no JSON.
 */
export function createBodyReader(body: Uint8Array): (path: string) => string | undefined {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  return (path) => {
    if (bytes.byteLength === 0) return undefined;
    if (path === '') return bytes.toString('utf8');
    if (path.includes('..') || path.includes('?(')) return undefined;
    try {
      return jsonPathText(`$${path}`, bytes.subarray(0, LIMIT_BYTES).toString('utf8'));
    } catch (cause) {
      if (cause instanceof JsonPathError) return undefined;
      throw cause;
    }
  };
}
