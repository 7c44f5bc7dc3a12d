// Written by `apigen types`. Do not edit: change apigen.yml or a model and run it again.
/* eslint-disable */
// biome-ignore-all lint: generated
// biome-ignore-all format: generated
// biome-ignore-all assist: generated

import {
  type BodyRule,
  bodyOf,
  type DecodeProblem,
  decodeItem as decoded,
  type SchemaSpec,
  type SentBody,
} from './decode.ts';

export { type DecodeProblem, InvalidBody, type SentBody } from './decode.ts';

import type * as Lambda from './events.ts';

export type * from './events.ts';

/** The models of apigen.yml. */
export interface Models {}

/** JSON Schema files, and the places in them that are referred to. */
export interface Schemas {
  'src/schemas/report.json': { month: string; currency?: 'EUR' | 'USD' };
}

/** What bodies hold once `readBody` has read them, by route and API. */
export interface Bodies {
  'POST /reports': { public: Schemas['src/schemas/report.json'] };
}

/** The routes that functions answer, by their key and the name of their API. */
export interface Routes {
  'POST /reports': {
    public: {
      event: Lambda.HttpEvent<'POST /reports', 'POST', Lambda.JwtAccess> & {
        queryStringParameters?: Lambda.Values;
        /** JSON: `readBody('POST /reports', event)` */
        body: string;
      };
      answer: Lambda.HttpAnswer;
    };
  };
  'GET /health': {
    public: {
      event: Lambda.HttpEvent<'GET /health', 'GET'> & { queryStringParameters?: Lambda.Values; body?: string };
      answer: Lambda.HttpAnswer;
    };
  };
}

/** `'POST /products'`: a route as apigen.yml has it. */
export type RouteName = keyof Routes;

/** What a route hands to its function. A second parameter names the API where several have the route. */
export type RouteEvent<Route extends RouteName, Api extends keyof Routes[Route] = keyof Routes[Route]> =
  Routes[Route][Api] extends { event: infer Event } ? Event : never;

/** What a route takes for an answer; where several APIs have it, what all of them take. */
export type RouteAnswer<Route extends RouteName, Api extends keyof Routes[Route] = keyof Routes[Route]> = {
  [Name in Api]: Routes[Route][Name] extends { answer: infer Answer } ? (answer: Answer) => void : never;
}[Api] extends (answer: infer Every) => void
  ? Every
  : never;

/** `export const handler: RouteHandler<'POST /products'> = async (event) => …` */
export type RouteHandler<Route extends RouteName, Api extends keyof Routes[Route] = keyof Routes[Route]> = (
  event: RouteEvent<Route, Api>,
  context: Lambda.LambdaContext,
) => Promise<RouteAnswer<Route, Api>>;

/** A route whose body apigen.yml describes. */
export type BodyRoute = keyof Bodies;

/** The body of a route, as `readBody` gives it. */
export type RouteBody<Route extends BodyRoute, Api extends keyof Bodies[Route] = keyof Bodies[Route]> =
  Bodies[Route][Api];

/** The functions, by their names: what calls them, and their environment. */
export interface Functions {
  work: {
    event: Lambda.QueueEvent;
    answer: Lambda.BatchAnswer;
    environment: unknown;
  };
  report: {
    event: RouteEvent<'POST /reports', 'public'>;
    answer: RouteAnswer<'POST /reports', 'public'>;
    environment: { JOBS_QUEUE_URL: string };
  };
  health: {
    event: RouteEvent<'GET /health', 'public'>;
    answer: RouteAnswer<'GET /health', 'public'>;
    environment: unknown;
  };
}

/** `'orders-index'`: a function, as it is named in apigen.yml or after its handler. */
export type FunctionName = keyof Functions;

/** What calls a function: its routes, triggers and authorizers. */
export type FunctionEvent<Name extends FunctionName> = Functions[Name]['event'];

/** `export const handler: FunctionHandler<'orders-index'> = async (event) => …` */
export type FunctionHandler<Name extends FunctionName> = (
  event: FunctionEvent<Name>,
  context: Lambda.LambdaContext,
) => Promise<Functions[Name]['answer']>;

/** The environment of a function: `const env = process.env as Env<'orders-index'>`. */
export type Env<Name extends FunctionName> = Functions[Name]['environment'] & Lambda.LambdaEnvironment;

/** `process.env`: variables that every function has, and those that some have. */
declare global {
  namespace NodeJS {
    interface ProcessEnv extends Partial<Lambda.LambdaEnvironment> {
      JOBS_QUEUE_URL?: string | undefined;
    }
  }
}

export type Decoded<Item> =
  | { item: Item; problems?: undefined }
  | { item?: undefined; problems: readonly DecodeProblem[] };

/** Routes whose APIs ask for different bodies. */
type DividedRoute = never;

const models: { readonly [name: string]: readonly SchemaSpec[] } = {};

/** By route and API, `*` for any; without a model a body is JSON and no more. */
const bodies: { readonly [route: string]: { readonly [api: string]: BodyRule & { readonly model?: string } } } = { 'POST /reports': { '*': { attributes: [], partial: false } } };

/**
 * The body of a request to a route, checked and with its dates, sets and binaries made. Where several APIs have the
 * route and ask for different bodies, the name of the API comes last.
 *
 * @throws InvalidBody
 */
export function readBody<Route extends BodyRoute, Api extends keyof Bodies[Route] = keyof Bodies[Route]>(
  route: Route,
  request: SentBody,
  ...api: Route extends DividedRoute ? [api: Api] : [api?: Api]
): RouteBody<Route, Api> {
  const rules = bodies[route] ?? {};
  const rule = rules[String(api[0])] ?? rules['*'];
  if (rule === undefined) throw new TypeError(`${route}: name its API, one of ${Object.keys(rules).join(', ')}`);
  return bodyOf(request, rule.model === undefined ? undefined : models[rule.model], rule) as RouteBody<Route, Api>;
}

/** JSON as an item of a model; `partial`: nothing is required. Attributes that the model does not name are refused. */
export function decode<Model extends keyof Models>(
  model: Model,
  json: unknown,
  options?: { partial?: false },
): Decoded<Models[Model]['input']>;
export function decode<Model extends keyof Models>(
  model: Model,
  json: unknown,
  options: { partial: true },
): Decoded<Partial<Models[Model]['input']>>;
export function decode(model: string, json: unknown, options: { partial?: boolean } = {}): Decoded<never> {
  return decoded(models[model] ?? [], json, options) as Decoded<never>;
}
