// HTTP_PROXY: the client's request goes to the integration's URI, whole; the backend's answer comes back, whole but for
// what belongs to the connection. `$default` keeps the request's path behind the URI's.

import type { HttpIntegration } from '../../api/definition.ts';
import type { GatewayAnswer, HeaderList } from '../exchange.ts';
import type { GatewayEnvironment } from '../gateway.ts';
import { headerValue, headerValues } from '../header-list.ts';
import { sendRequest } from '../integrations/send-request.ts';
import { encodeComponent } from '../query-string.ts';
import { errorAnswer } from './error-answer.ts';
import { compileExpression } from './expression.ts';
import type { HttpCall } from './http-call.ts';
import { mappingScope } from './mapping-scope.ts';

type ProxyIntegration = Extract<HttpIntegration, { type: 'HTTP_PROXY' }>;

/** API Gateway's default and greatest integration timeout for HTTP APIs. */
export const HTTP_TIMEOUT_MS = 30_000;

/** `call` is as mapped; never rejects for what the backend does. */
export async function callBackend(
  integration: ProxyIntegration,
  call: HttpCall,
  environment: GatewayEnvironment,
): Promise<GatewayAnswer> {
  const url = backendUrl(integration, call);
  if (url === undefined) {
    environment.note(`${call.route.routeKey}: ${integration.uri} is no address this machine can reach`);
    return errorAnswer(500);
  }
  const outcome = await sendRequest({
    method: integration.httpMethod === 'ANY' ? call.request.method : integration.httpMethod,
    uri: url.href,
    headers: backendHeaders(call),
    body: call.request.body,
    timeoutMs: integration.timeoutInMillis ?? HTTP_TIMEOUT_MS,
    signal: call.request.signal,
  });
  if (outcome.type === 'answer') return { ...outcome.answer, headers: clientHeaders(outcome.answer.headers) };
  environment.note(`${call.route.routeKey}: ${url.host}: ${outcome.reason}`);
  return errorAnswer(outcome.type === 'too-large' || outcome.type === 'unusable' ? 500 : 503);
}

// Path variables stand in braces in the URI's path (`{id}`, `{proxy}`), stage variables anywhere in it.
function backendUrl(integration: ProxyIntegration, call: HttpCall): URL | undefined {
  const withVariables = compileExpression(integration.uri)(mappingScope(call)) ?? '';
  // In a query they stay as they are, as LocalStack's tests saw on AWS.
  const [path = '', ...query] = withVariables.split('?');
  const filledPath = path.replace(/\{([^{}+]+)\+?\}/g, (braces, name: string) =>
    Object.hasOwn(call.pathParameters, name) ? encodePath(call.pathParameters[name] ?? '') : braces,
  );
  const filled = [filledPath, ...query].join('?');
  if (!URL.canParse(filled)) return undefined;
  const url = new URL(filled);
  if (call.mappedPath !== undefined) url.pathname = encodePath(call.mappedPath);
  else if (call.route.routeKey === '$default') url.pathname = url.pathname.replace(/\/$/, '') + rawPathInStage(call);
  const search = [url.search.slice(1), call.rawQuery].filter((part) => part !== '').join('&');
  url.search = search === '' ? '' : `?${search}`;
  return url;
}

// As the client encoded it, which decoding and encoding again might not restore.
function rawPathInStage(call: HttpCall): string {
  const stage = call.definition.stage.name;
  return stage === '$default' ? call.request.rawPath : call.request.rawPath.slice(stage.length + 1) || '/';
}

// What may stand in a path as it is (RFC 3986, 3.3) stays.
function encodePath(decoded: string): string {
  return decoded.replace(/[^\w\-.~!$&'()*+,;=:@/]+/g, encodeComponent);
}

// The backend has a Host of its own, unless a mapping wrote one, and learns of the gateway through Forwarded and Via;
// X-Forwarded-* are for functions.
function backendHeaders(call: HttpCall): HeaderList {
  const { request } = call;
  const dropped = /^(host|x-forwarded-(for|port|proto)|forwarded|via)$/i;
  // A signature was for the gateway: AWS keeps it (LocalStack's test of IAM authorization, validated there).
  const kept = call.access.type === 'iam' ? /^(?!authorization$)/i : /^/;
  const forwarded = `by=127.0.0.1;for=${request.sourceIp};host=${request.host};proto=http`;
  const host = headerValue(call.headers, 'host') ?? request.host;
  return [
    ...call.headers.filter(([name]) => !dropped.test(name) && kept.test(name)),
    ...(host === request.host ? [] : [['Host', host] as const]),
    ['Forwarded', [...headerValues(call.headers, 'forwarded'), forwarded].join(', ')],
    ['Via', [...headerValues(call.headers, 'via'), 'HTTP/1.1 AmazonAPIGateway'].join(', ')],
  ];
}

const CONNECTION_HEADERS = /^(connection|keep-alive|proxy-authenticate|te|trailer|transfer-encoding|upgrade)$/i;

function clientHeaders(headers: HeaderList): HeaderList {
  return headers.filter(([name]) => !CONNECTION_HEADERS.test(name));
}
