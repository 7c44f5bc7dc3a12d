// An HTTP API as API Gateway serves it: CORS preflight, route, authorizer, request mapping, integration, response
// mapping, CORS headers, in this order. Every answer carries the request id.

import type { HttpApiDefinition } from '../../api/definition.ts';
import type { GatewayAnswer, GatewayRequest } from '../exchange.ts';
import type { ApiHandler, ApiOptions } from '../gateway.ts';
import { mintRequestId } from '../mint-ids.ts';
import { createAuthorize } from './authorize.ts';
import { isPreflight, preflightAnswer, withCors } from './cors.ts';
import { errorAnswer } from './error-answer.ts';
import { pathsOf, startCall } from './http-call.ts';
import { createIntegration, type Integration } from './integration.ts';
import { createRouteTable } from './route-table.ts';
import { createThrottle } from './throttle.ts';

export interface HttpApiOptions extends ApiOptions<HttpApiDefinition> {
  /** Milliseconds since the epoch, for token and cache lifetimes; default the clock. */
  now?(): number;
}

/** "Total combined size of request line and header values: 10240 bytes" (HTTP API quotas). */
const HEAD_LIMIT_BYTES = 10_240;
const NO_CONTENT: GatewayAnswer = { status: 204, headers: [], body: new Uint8Array(0) };

/** The handler of one HTTP API at its stage. */
export function createHttpApi(options: HttpApiOptions): ApiHandler {
  const { definition, apiId, environment } = options;
  const api = { definition, apiId, accountId: environment.accountId, region: environment.region };
  const now = options.now ?? Date.now;
  const table = createRouteTable(definition.routes);
  const authorize = createAuthorize(definition, environment, now);
  const integrations = new Map<string, Integration>(
    definition.routes.map((route) => [route.routeKey, createIntegration(route.integration, environment)]),
  );
  const admit = createThrottle(definition.stage.throttle, definition.routes, now);

  const serveRequest = async (request: GatewayRequest, requestId: string): Promise<GatewayAnswer> => {
    if (headSize(request) > HEAD_LIMIT_BYTES) return errorAnswer(431);
    const paths = pathsOf(request, definition.stage.name);
    const match = paths === undefined ? undefined : table.match(request.method, paths.pathInStage);
    const preflight = definition.cors !== undefined && isPreflight(request) ? definition.cors : undefined;
    if (paths === undefined || match === undefined) {
      if (preflight !== undefined) return preflightAnswer(preflight, request);
      // An OPTIONS that is no preflight gets its 204 all the same, and nothing else.
      return definition.cors !== undefined && request.method === 'OPTIONS' ? NO_CONTENT : errorAnswer(404);
    }
    if (!admit(match.route.routeKey)) return errorAnswer(429);
    const call = startCall(api, request, requestId, paths, match);
    const authorization = await authorize(call);
    if (!authorization.granted) return authorization.answer;
    // A route that takes OPTIONS guards the preflight too (ANY and $default included), but never gets to see it.
    if (preflight !== undefined) return preflightAnswer(preflight, request);
    const integration = integrations.get(call.route.routeKey);
    if (integration === undefined) return errorAnswer(500);
    const { access } = authorization;
    return integration(access.type === 'none' ? call : { ...call, access });
  };

  const finish = (request: GatewayRequest, requestId: string, answer: GatewayAnswer): GatewayAnswer => {
    const { cors } = definition;
    const answered = isPreflight(request) && answer.status === 204;
    const shared = cors === undefined || answered ? answer : withCors(cors, request, answer);
    return { ...shared, headers: [...shared.headers, ['Apigw-Requestid', requestId]] };
  };

  return {
    async handle(request) {
      const requestId = mintRequestId();
      return finish(request, requestId, await serveRequest(request, requestId));
    },
    async tooLarge(request) {
      return finish(request, mintRequestId(), errorAnswer(413));
    },
  };
}

function headSize(request: GatewayRequest): number {
  let size = request.method.length + request.rawPath.length + request.rawQuery.length + request.protocol.length + 3;
  for (const [, value] of request.headers) size += value.length;
  return size;
}
