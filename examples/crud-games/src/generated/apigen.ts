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

/** An item of Game, as it is stored and read. */
export interface GameItem {
  id: string;
  title: string;
  category: 'board' | 'card' | 'video';
  released?: Date;
  price: number;
  tags?: Set<string>;
  createdAt: Date;
  updatedAt: Date;
}

/** What Game.create takes: the model fills in the rest. */
export interface GameInput {
  id: string;
  title: string;
  category: 'board' | 'card' | 'video';
  released?: Date;
  price: number;
  tags?: Set<string>;
  createdAt?: Date;
  updatedAt?: Date;
}

/** The key of an item of Game. */
export interface GameKey { id: string }

/** The models of apigen.yml. */
export interface Models {
  Game: { item: GameItem; input: GameInput; key: GameKey };
}

/** What bodies hold once `readBody` has read them, by route and API. */
export interface Bodies {
  'POST /games': {
    public: {
      id?: string;
      title: string;
      category: 'board' | 'card' | 'video';
      released?: Date;
      price: number;
      tags?: Set<string>;
    };
  };
  'PATCH /games/{id}': {
    public: {
      title?: string;
      category?: 'board' | 'card' | 'video';
      released?: Date;
      price?: number;
      tags?: Set<string>;
    };
  };
}

/** The routes that functions answer, by their key and the name of their API. */
export interface Routes {
  'GET /health': {
    public: {
      event: Lambda.HttpEvent<'GET /health', 'GET'> & { queryStringParameters?: Lambda.Values; body?: string };
      answer: Lambda.HttpAnswer;
    };
  };
  'GET /games': {
    public: {
      event: Lambda.HttpEvent<'GET /games', 'GET'> & { queryStringParameters?: Lambda.Values; body?: string };
      answer: Lambda.HttpAnswer;
    };
  };
  'POST /games': {
    public: {
      event: Lambda.HttpEvent<'POST /games', 'POST'> & {
        queryStringParameters?: Lambda.Values;
        /** JSON: `readBody('POST /games', event)` */
        body: string;
      };
      answer: Lambda.HttpAnswer;
    };
  };
  'GET /games/{id}': {
    public: {
      event: Lambda.HttpEvent<'GET /games/{id}', 'GET'> & {
        pathParameters: { id: string };
        queryStringParameters?: Lambda.Values;
        body?: string;
      };
      answer: Lambda.HttpAnswer;
    };
  };
  'PATCH /games/{id}': {
    public: {
      event: Lambda.HttpEvent<'PATCH /games/{id}', 'PATCH'> & {
        pathParameters: { id: string };
        queryStringParameters?: Lambda.Values;
        /** JSON: `readBody('PATCH /games/{id}', event)` */
        body?: string;
      };
      answer: Lambda.HttpAnswer;
    };
  };
  'DELETE /games/{id}': {
    public: {
      event: Lambda.HttpEvent<'DELETE /games/{id}', 'DELETE'> & {
        pathParameters: { id: string };
        queryStringParameters?: Lambda.Values;
        body?: string;
      };
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
  health: {
    event: RouteEvent<'GET /health', 'public'>;
    answer: RouteAnswer<'GET /health', 'public'>;
    environment: unknown;
  };
  'games-list': {
    event: RouteEvent<'GET /games', 'public'>;
    answer: RouteAnswer<'GET /games', 'public'>;
    environment: { GAME_TABLE: string };
  };
  'games-create': {
    event: RouteEvent<'POST /games', 'public'>;
    answer: RouteAnswer<'POST /games', 'public'>;
    environment: { GAME_TABLE: string };
  };
  'games-get': {
    event: RouteEvent<'GET /games/{id}', 'public'>;
    answer: RouteAnswer<'GET /games/{id}', 'public'>;
    environment: unknown;
  };
  'games-update': {
    event: RouteEvent<'PATCH /games/{id}', 'public'>;
    answer: RouteAnswer<'PATCH /games/{id}', 'public'>;
    environment: { GAME_TABLE: string };
  };
  'games-remove': {
    event: RouteEvent<'DELETE /games/{id}', 'public'>;
    answer: RouteAnswer<'DELETE /games/{id}', 'public'>;
    environment: { GAME_TABLE: string };
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
      GAME_TABLE?: string | undefined;
    }
  }
}

export type Decoded<Item> =
  | { item: Item; problems?: undefined }
  | { item?: undefined; problems: readonly DecodeProblem[] };

/** Routes whose APIs ask for different bodies. */
type DividedRoute = never;

const models: { readonly [name: string]: readonly SchemaSpec[] } = {
  Game: [
    {
      attributes: [
        { name: 'id', values: [{ type: { kind: 'string' } }], required: false, key: 'hash' },
        { name: 'title', values: [{ type: { kind: 'string' } }], required: true },
        {
          name: 'category',
          values: [{ type: { kind: 'string' }, enum: ['board', 'card', 'video'] }],
          required: true,
        },
        { name: 'released', values: [{ type: { kind: 'date', storage: 'milliseconds' } }], required: false },
        { name: 'price', values: [{ type: { kind: 'number' } }], required: true },
        { name: 'tags', values: [{ type: { kind: 'set', of: { kind: 'string' } } }], required: false },
        {
          name: 'createdAt',
          values: [{ type: { kind: 'date', storage: 'milliseconds' } }],
          required: false,
        },
        {
          name: 'updatedAt',
          values: [{ type: { kind: 'date', storage: 'milliseconds' } }],
          required: false,
        },
      ],
      open: false,
    },
  ],
};

/** By route and API, `*` for any; without a model a body is JSON and no more. */
const bodies: { readonly [route: string]: { readonly [api: string]: BodyRule & { readonly model?: string } } } = {
  'POST /games': {
    '*': {
      model: 'Game',
      attributes: [['id', 'title', 'category', 'released', 'price', 'tags']],
      partial: false,
      optional: ['id'],
    },
  },
  'PATCH /games/{id}': {
    '*': { model: 'Game', attributes: [['title', 'category', 'released', 'price', 'tags']], partial: true },
  },
};

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
