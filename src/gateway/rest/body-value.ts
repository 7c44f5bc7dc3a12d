// A value inside a body for parameter mapping: `method.request.body.order.lines[0].sku`.

import { JsonPathError, jsonPathText } from '../json-path.ts';
import { JavaFailure } from '../vtl/java-failure.ts';
import { parseLenientJson } from '../vtl/lenient-json.ts';
import { GatewayFault } from './fault.ts';

/**
 * What a path finds in a request's body: the whole of it for an empty path (`{}` when there is none), undefined where
 * it leads nowhere.
 * @throws GatewayFault 400 for a body that begins like JSON and is none; 500 for a path that is none.
 */
export function requestBodyValue(text: string, path: string): string | undefined {
  return bodyValue(text, path, () => new GatewayFault('badRequest', { message: 'Invalid JSON in request body' }));
}

/** Likewise in an integration's result. @throws GatewayFault 500 for such a body, and for a path that is none. */
export function resultBodyValue(text: string, path: string): string | undefined {
  return bodyValue(
    text,
    path,
    () => new GatewayFault('configuration', { reason: "the integration's body begins like JSON and is none" }),
  );
}

function bodyValue(text: string, path: string, broken: () => GatewayFault): string | undefined {
  const body = text.trim() === '' ? '{}' : text.trim();
  // Observed on AWS: what does not begin like JSON is taken as it is, and what does must be it, whole body or path.
  if (/^[{["']/.test(body) && !isReadable(body)) throw broken();
  if (path === '') return body;
  try {
    return jsonPathText(path.startsWith('[') ? `$${path}` : `$.${path}`, body);
  } catch (error) {
    if (!(error instanceof JsonPathError)) throw error;
    throw new GatewayFault('configuration', { reason: `the mapping path ${path} is no JsonPath: ${error.message}` });
  }
}

function isReadable(text: string): boolean {
  try {
    parseLenientJson(text);
    return true;
  } catch (error) {
    if (error instanceof JavaFailure) return false;
    throw error;
  }
}
