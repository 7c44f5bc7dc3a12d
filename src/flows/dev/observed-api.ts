// An API under dev: the gateway's own, observed. It knows which function a request called and whether that was warm,
// and puts the problems of broken files in the place of the bare 500 that AWS would answer.

import { ApigenError, type Problem } from '../../errors.ts';
import type { FunctionInvoker, GatewayAnswer, GatewayRequest } from '../../gateway/exchange.ts';
import type { ApiHandler } from '../../gateway/gateway.ts';
import type { TokenIssuer } from '../../gateway/token-issuer/token-issuer.ts';
import { cannotRun } from './broken-parts.ts';
import { BrokenFunction, type FunctionHost } from './function-host.ts';

/** What became known while a request was answered. */
export interface RequestFacts {
  function?: string;
  start?: 'cold' | 'warm';
  broken?: { readonly what: string; readonly problems: readonly Problem[] };
}

// Carried by the request itself: an AsyncLocalStorage would make every promise of the process dearer.
const factsByRequest = new WeakMap<GatewayRequest, RequestFacts>();

/** The facts of a request that was answered. */
export function factsOf(request: GatewayRequest): RequestFacts {
  return factsByRequest.get(request) ?? {};
}

/** The functions of the host as the gateway calls them; what it learns goes to the request under way. */
export function observedFunctions(host: FunctionHost): FunctionInvoker {
  return {
    async invoke(name, event, options) {
      const facts = options.request === undefined ? {} : factsOf(options.request);
      facts.function = name;
      try {
        const { result, cold } = await host.run(name, event, options);
        facts.start = cold ? 'cold' : 'warm';
        return result;
      } catch (cause) {
        facts.broken = { what: name, problems: problemsOf(cause) };
        if (!(cause instanceof BrokenFunction)) throw cause;
        // Its problems were told when it was built.
        return { type: 'error', payload: JSON.stringify({ errorType: 'Broken', errorMessage: cause.message }) };
      }
    },
  };
}

export interface ObservedApiOptions {
  /** The project as a whole cannot be served as its files stand: every request is answered so. */
  broken(): { readonly what: string; readonly problems: readonly Problem[] } | undefined;
  readonly issuer: () => TokenIssuer | undefined;
}

export function observedApi(api: ApiHandler, options: ObservedApiOptions): ApiHandler {
  const observe = async (
    request: GatewayRequest,
    handle: (request: GatewayRequest) => Promise<GatewayAnswer>,
  ): Promise<GatewayAnswer> => {
    const facts: RequestFacts = {};
    factsByRequest.set(request, facts);
    const broken = options.broken();
    if (broken !== undefined) return brokenAnswer(broken.what, broken.problems);
    const answer = await handle(request);
    if (facts.broken !== undefined) return brokenAnswer(facts.broken.what, facts.broken.problems, answer);
    // The issuer's documents lie beside the API: a route of the API's own comes first.
    return answer.status < 400 ? answer : (options.issuer()?.answer(request.method, request.rawPath) ?? answer);
  };
  const { tooLarge, upgrade } = api;
  return {
    handle: (request) => observe(request, (same) => api.handle(same)),
    ...(tooLarge !== undefined && { tooLarge: (request: GatewayRequest) => observe(request, (r) => tooLarge(r)) }),
    ...(upgrade !== undefined && { upgrade }),
    close: async () => api.close?.(),
  };
}

/** Headers of the API's own answer stay: a page of another origin may then read why. */
function brokenAnswer(what: string, problems: readonly Problem[], answer?: GatewayAnswer): GatewayAnswer {
  const kept = (answer?.headers ?? []).filter(([name]) => !/^content-(type|length|encoding)$/i.test(name));
  const document = { message: cannotRun(what), problems: problems.map(problemDocument) };
  return {
    status: 500,
    headers: [...kept, ['Content-Type', 'application/json']],
    body: Buffer.from(`${JSON.stringify(document, null, 2)}\n`),
  };
}

function problemDocument({ code, message, hint, position }: Problem) {
  return { code, message, ...(hint !== undefined && { hint }), ...position };
}

/** Whatever stopped a file from being used, as problems. */
export function problemsOf(cause: unknown): readonly Problem[] {
  if (cause instanceof BrokenFunction) return cause.problems;
  if (cause instanceof ApigenError) {
    const problems: unknown = 'problems' in cause ? cause.problems : undefined;
    if (Array.isArray(problems)) return problems as readonly Problem[];
    const message = cause.detail === undefined ? cause.summary : `${cause.summary}: ${cause.detail}`;
    return [{ code: cause.code, message, hint: cause.hint }];
  }
  return [{ code: 'INTERNAL', message: cause instanceof Error ? cause.message : String(cause) }];
}
