// Route keys in API Gateway's own form: `METHOD /path/{param}`, a greedy `{param+}` last, `$default` on HTTP APIs,
// values of the selection expression on WebSocket APIs.
// What AWS refuses is refused here, with the reason.

import type { ApiType } from './api-declaration.ts';
import { nearestName } from './nearest-name.ts';
import type { Fault } from './schema/rule.ts';

export const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'ANY'] as const;

/** The routes of a WebSocket API that API Gateway itself names. */
export const SOCKET_KEYS: readonly string[] = ['$connect', '$disconnect', '$default'];
/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-routes.html (SelectionKey) */
const SOCKET_KEY_LENGTH = 128;

export interface RouteKey {
  /** `ANY` for `$default` and on WebSocket APIs. */
  readonly method: string;
  readonly path: string;
  /** `/a/{b}` → `a`, `{b}`; none for `/` and `$default`. */
  readonly segments: readonly string[];
}

export type RouteKeyResult =
  | { readonly ok: true; readonly key: RouteKey }
  | { readonly ok: false; readonly fault: Fault };

/** Takes a route key apart, or says why AWS would refuse it on an API of this type. */
export function parseRouteKey(text: string, type: ApiType): RouteKeyResult {
  const trimmed = text.trim();
  if (type === 'websocket') return parseSocketKey(trimmed);
  if (trimmed === '$default') {
    if (type === 'http') return { ok: true, key: { method: 'ANY', path: '$default', segments: [] } };
    return refuse('needs an HTTP API: REST APIs have no catch-all route', 'Use "ANY /{proxy+}" and "ANY /".');
  }
  if (/^\$(?:connect|disconnect)$/.test(trimmed)) return refuse('belongs to WebSocket APIs', undefined);
  const parts = /^(\S+)\s+(\S.*)$/.exec(trimmed);
  if (parts === null) return refuse('must be METHOD /path', guessKey(trimmed));
  const [, method = '', path = ''] = parts;
  if (!METHODS.some((known) => known === method)) {
    const near = METHODS.find((known) => known === method.toUpperCase()) ?? nearestName(method, METHODS);
    const hint = near === undefined ? `Use one of ${METHODS.join(', ')}.` : `Write ${near} ${path}`;
    return refuse(`${JSON.stringify(method)} is no method that API Gateway knows`, hint);
  }
  const fault = judgePath(path, type);
  if (fault !== undefined) return { ok: false, fault };
  return { ok: true, key: { method, path, segments: path.split('/').filter((segment) => segment !== '') } };
}

/** `$connect`, `$disconnect`, `$default`, or what the selection expression yields. */
function parseSocketKey(text: string): RouteKeyResult {
  if (text === '') return refuse('is empty', 'Write the value of the selection expression, as send.');
  if (METHODS.some((method) => text.startsWith(`${method} `))) {
    return refuse(
      'is a route of HTTP, which WebSocket APIs do not have',
      'Write the value of select, as send, or $default.',
    );
  }
  if (text.startsWith('$') && !SOCKET_KEYS.includes(text)) {
    const near = nearestName(text, SOCKET_KEYS);
    return refuse('begins with $, which API Gateway keeps for itself', near && `Did you mean ${near}?`);
  }
  if (text.length > SOCKET_KEY_LENGTH) return refuse(`is longer than ${SOCKET_KEY_LENGTH} characters`, 'Shorten it.');
  return { ok: true, key: { method: 'ANY', path: text, segments: [] } };
}

/** `{id}` → `id`, `{rest+}` → `rest`; `undefined` for a fixed segment. */
export function parameterOf(segment: string): string | undefined {
  return /^\{(.+?)\+?\}$/.exec(segment)?.[1];
}

/** Whether a segment takes the whole rest of the path: `{rest+}`. */
export function isGreedy(segment: string): boolean {
  return segment.endsWith('+}');
}

function judgePath(path: string, type: 'rest' | 'http'): Fault | undefined {
  if (!path.startsWith('/')) return fault('the path must begin with a slash', `Write /${path}`);
  if (path === '/') return undefined;
  if (/[?#]/.test(path)) return fault('the path holds a query or fragment, which routes cannot match', 'Leave it out.');
  if (path.endsWith('/')) {
    const hint = `Write ${path.replace(/\/+$/, '') || '/'}`;
    return fault('the path ends in a slash, which API Gateway refuses', hint);
  }
  const segments = path.slice(1).split('/');
  if (segments.includes('')) return fault('the path holds an empty segment', `Write ${path.replace(/\/+/g, '/')}`);
  const seen = new Set<string>();
  for (const [index, segment] of segments.entries()) {
    const segmentFault = judgeSegment(segment, type, index === segments.length - 1);
    if (segmentFault !== undefined) return segmentFault;
    const parameter = parameterOf(segment);
    if (parameter === undefined) continue;
    if (seen.has(parameter))
      return fault(`the parameter {${parameter}} stands twice in the path`, 'Rename one of the two.');
    seen.add(parameter);
  }
  return undefined;
}

function judgeSegment(segment: string, type: 'rest' | 'http', last: boolean): Fault | undefined {
  if (/^:\w+$/.test(segment)) {
    return fault(`${segment} is Express's way to write a parameter`, `Write {${segment.slice(1)}}`);
  }
  if (!/[{}]/.test(segment)) {
    // REST: "Resource's path part only allow a-zA-Z0-9._-:"; HTTP APIs take what a URL's path may hold.
    const allowed = type === 'rest' ? /^[A-Za-z0-9._:,-]+$/ : /^[A-Za-z0-9._~:@!$&'()*+,;=%-]+$/;
    if (allowed.test(segment)) return undefined;
    return fault(
      `the segment ${JSON.stringify(segment)} holds a character that API Gateway refuses`,
      'Use letters, digits and ._-: only.',
    );
  }
  const parameter = parameterOf(segment);
  if (parameter === undefined || /[{}]/.test(parameter)) {
    return fault(
      `the segment ${JSON.stringify(segment)} mixes text and a parameter`,
      'A parameter takes a whole segment: /files/{name}.',
    );
  }
  if (!/^[A-Za-z0-9._$:-]+$/.test(parameter)) {
    return fault(
      `the parameter {${parameter}} holds a character that API Gateway refuses`,
      'Use letters, digits, - and _.',
    );
  }
  if (isGreedy(segment) && !last) {
    return fault(
      `${segment} takes the whole rest of the path and must be last`,
      `Write {${parameter}}, or end the path there.`,
    );
  }
  return undefined;
}

function guessKey(text: string): string {
  if (text.startsWith('/')) return `Write GET ${text}`;
  return 'Write it as GET /products/{id}.';
}

function refuse(message: string, hint: string | undefined): RouteKeyResult {
  return { ok: false, fault: { code: 'INVALID_ROUTE', message, hint } };
}

function fault(message: string, hint: string): Fault {
  return { code: 'INVALID_ROUTE', message, hint };
}
