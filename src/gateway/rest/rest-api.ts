// A REST API as API Gateway serves it: stage, route, throttle, authorization, API key, validation, integration, in
// that order; the first that refuses answers with its gateway response. Nothing passes because a check is missing.

import type { ApiKey, RestApiDefinition, StringMap, UsagePlan } from '../../api/definition.ts';
import { unknownRoute } from '../authorizers/rest-iam.ts';
import type { GatewayAnswer, GatewayRequest } from '../exchange.ts';
import type { ApiHandler, ApiOptions } from '../gateway.ts';
import { UsagePlans } from '../usage-plans/usage-plans.ts';
import { Models } from '../validation/models.ts';
import { validateRequest } from '../validation/validate-request.ts';
import { TemplateError } from '../vtl/template-error.ts';
import { checkApiKey } from './api-key.ts';
import { Authorizers } from './authorize.ts';
import { compressed } from './compression.ts';
import { decompressed } from './decompression.ts';
import { GatewayFault } from './fault.ts';
import { gatewayAnswer } from './gateway-response.ts';
import { integrate } from './integrate.ts';
import { withMethodOverride } from './method-override.ts';
import { MethodThrottles } from './method-throttles.ts';
import { isRouted, openExchange, type RestExchange } from './rest-exchange.ts';
import { createRouteTable } from './route-table.ts';
import { splitStage } from './stage-path.ts';
import { bodyTooLarge, finish, unknownStage } from './standard-headers.ts';

export interface RestApiOptions extends ApiOptions<RestApiDefinition> {
  readonly apiKeys?: readonly ApiKey[];
  readonly usagePlans?: readonly UsagePlan[];
  /** From 0 to 1, for the canary's share; default `Math.random`. */
  random?(): number;
}

/** Serves one REST API under `/{stage}`. */
export function createRestApi(options: RestApiOptions): ApiHandler {
  const api = new RestApi(options);
  return {
    handle: (request) => api.answer(withMethodOverride(request)),
    tooLarge: async () => bodyTooLarge(),
  };
}

type RouteTable = ReturnType<typeof createRouteTable>;

class RestApi {
  readonly #options: RestApiOptions;
  readonly #routes: RouteTable;
  readonly #canaryRoutes: RouteTable;
  readonly #variables: StringMap;
  readonly #canaryVariables: StringMap;
  readonly #authorizers: Authorizers;
  readonly #models: Models;
  readonly #plans: UsagePlans;
  readonly #throttles: MethodThrottles;

  constructor(options: RestApiOptions) {
    const { definition, apiKeys = [], usagePlans = [] } = options;
    this.#options = options;
    this.#routes = createRouteTable(definition.routes);
    this.#variables = { ...definition.stage.variables };
    const { canary } = definition;
    this.#canaryRoutes = canary === undefined ? this.#routes : createRouteTable(canary.routes);
    this.#canaryVariables = { ...this.#variables, ...canary?.stageVariableOverrides };
    this.#authorizers = new Authorizers(definition.authorizers);
    this.#models = new Models(definition.models);
    this.#plans = new UsagePlans(apiKeys, usagePlans, definition.stage.name);
    this.#throttles = new MethodThrottles(definition.stage.throttle);
  }

  async answer(request: GatewayRequest): Promise<GatewayAnswer> {
    const { definition, apiId, environment } = this.#options;
    const paths = splitStage(request.rawPath, definition.stage.name);
    if (paths === undefined) return unknownStage();
    const isCanary = this.#isCanary();
    const stageVariables = isCanary === true ? this.#canaryVariables : this.#variables;
    const routes = isCanary === true ? this.#canaryRoutes : this.#routes;
    const match = routes(request.method, paths.path);
    const exchange = openExchange(request, { apiId, definition, environment, stageVariables, isCanary }, paths, match);
    try {
      const answer = await this.#serve(exchange);
      return await compressed(finish(answer, exchange, true), exchange);
    } catch (error) {
      const fault = asFault(error);
      if (fault.reason !== undefined) {
        // Parts of it come from clients and functions: nothing of them may steer the terminal.
        environment.note(`${request.method} ${request.rawPath}: ${fault.reason}`.replace(/\p{Cc}/gu, ' '));
      }
      return finish(gatewayAnswer(fault, exchange), exchange, false);
    }
  }

  async #serve(exchange: RestExchange): Promise<GatewayAnswer> {
    if (!isRouted(exchange)) throw unknownRoute(exchange);
    if (!this.#throttles.take(exchange.route)) throw new GatewayFault('throttled');
    await this.#authorizers.authorize(exchange);
    if (exchange.route.apiKeyRequired) checkApiKey(exchange, this.#plans);
    // Not before authorization: a signature covers the bytes that were sent.
    const readable = await decompressed(exchange);
    validateRequest(readable, this.#models);
    return integrate(readable);
  }

  #isCanary(): boolean | undefined {
    const { definition, random = Math.random } = this.#options;
    return definition.canary === undefined ? undefined : random() * 100 < definition.canary.percentTraffic;
  }
}

/** Template errors are the API's own configuration; what is neither is a fault of ours and goes on up. */
function asFault(error: unknown): GatewayFault {
  if (error instanceof GatewayFault) return error;
  if (error instanceof TemplateError) return new GatewayFault('configuration', { reason: error.summary });
  throw error;
}
