// The types of a project as TypeScript declarations: the same text for a .ts and a .d.ts file.

import { indented, type Member, objectBlock, objectType, remarkOf } from '../../models/types/type-text.ts';
import type { FunctionTypes } from './function-types.ts';
import type { ModelTypes, ProjectTypes, RouteTypes } from './project-types.ts';

/** `Lambda` is events.ts, which the file imports. */
export function renderDeclarations({
  models,
  schemas,
  routes,
  functions,
  environment,
  contexts,
}: ProjectTypes): string {
  return [
    ...models.map(modelDeclarations),
    modelMap(models),
    ...(schemas.length === 0
      ? []
      : [
          `${remarkOf('JSON Schema files, and the places in them that are referred to.')}\n${declared('Schemas', schemas)}`,
        ]),
    ...(contexts.length === 0
      ? []
      : [
          `${remarkOf('What Lambda authorizers hand on: as their handlers return it.')}\n${declared('AuthorizerContexts', contexts)}`,
        ]),
    bodyMap(routes),
    routeMap(routes),
    ROUTE_WORDS,
    functionMap(functions),
    FUNCTION_WORDS,
    processEnvironment(environment),
  ].join('\n\n');
}

const declared = (name: string, members: readonly Member[]): string =>
  `export interface ${name} ${objectBlock(members)}`;

/** A union of schemas can be no interface. */
function named(name: string, type: string): string {
  return type.startsWith('{') && !/\} [|&] /.test(type)
    ? `export interface ${name} ${type}`
    : `export type ${name} = ${type};`;
}

function modelDeclarations({ name, item, input, key }: ModelTypes): string {
  return [
    `${remarkOf(`An item of ${name}, as it is stored and read.`)}\n${named(`${name}Item`, item)}`,
    `${remarkOf(`What ${name}.create takes: the model fills in the rest.`)}\n${named(`${name}Input`, input)}`,
    `${remarkOf(`The key of an item of ${name}.`)}\n${named(`${name}Key`, key)}`,
  ].join('\n\n');
}

function modelMap(models: readonly ModelTypes[]): string {
  const members = models.map(({ name }) => ({
    name,
    type: `{ item: ${name}Item; input: ${name}Input; key: ${name}Key }`,
  }));
  return `${remarkOf('The models of apigen.yml.')}\n${declared('Models', members)}`;
}

function bodyMap(routes: readonly RouteTypes[]): string {
  const withBody = routes.filter(({ body }) => body !== undefined);
  const members = byKey(withBody, ({ body }) => body?.type ?? 'unknown');
  return `${remarkOf('What bodies hold once `readBody` has read them, by route and API.')}\n${declared('Bodies', members)}`;
}

function routeMap(routes: readonly RouteTypes[]): string {
  const members = byKey(routes, ({ event, answer }) =>
    objectType([
      { name: 'event', type: event },
      { name: 'answer', type: answer },
    ]),
  );
  return `${remarkOf('The routes that functions answer, by their key and the name of their API.')}\n${declared('Routes', members)}`;
}

/** Two APIs may have the same route. */
function byKey(routes: readonly RouteTypes[], typeOf: (route: RouteTypes) => string): readonly Member[] {
  const keys = [...new Set(routes.map(({ key }) => key))];
  return keys.map((key) => {
    const apis = routes.filter((route) => route.key === key);
    return { name: key, type: objectType(apis.map((route) => ({ name: route.api, type: typeOf(route) }))) };
  });
}

function functionMap(functions: readonly FunctionTypes[]): string {
  const members = functions.map(({ name, event, answer, environment }) => ({
    name,
    type: objectBlock([
      { name: 'event', type: event },
      { name: 'answer', type: answer },
      { name: 'environment', type: environment.length === 0 ? 'unknown' : objectType(environment) },
    ]),
  }));
  return `${remarkOf('The functions, by their names: what calls them, and their environment.')}\n${declared('Functions', members)}`;
}

/** Of one process: what some functions lack may be missing. */
function processEnvironment(environment: readonly Member[]): string {
  // As @types/node writes what may be missing.
  const members = environment.map(({ optional, ...rest }) =>
    optional === true ? { ...rest, optional, type: 'string | undefined' } : rest,
  );
  const text = `declare global {\n  namespace NodeJS {\n    interface ProcessEnv extends Partial<Lambda.LambdaEnvironment> ${indentedBlock(members)}\n  }\n}`;
  return `${remarkOf('`process.env`: variables that every function has, and those that some have.')}\n${text}`;
}

const indentedBlock = (members: readonly Member[]): string => indented(indented(objectBlock(members))).trimStart();

const ROUTE_WORDS = `/** \`'POST /products'\`: a route as apigen.yml has it. */
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

/** \`export const handler: RouteHandler<'POST /products'> = async (event) => …\` */
export type RouteHandler<Route extends RouteName, Api extends keyof Routes[Route] = keyof Routes[Route]> = (
  event: RouteEvent<Route, Api>,
  context: Lambda.LambdaContext,
) => Promise<RouteAnswer<Route, Api>>;

/** A route whose body apigen.yml describes. */
export type BodyRoute = keyof Bodies;

/** The body of a route, as \`readBody\` gives it. */
export type RouteBody<Route extends BodyRoute, Api extends keyof Bodies[Route] = keyof Bodies[Route]> =
  Bodies[Route][Api];`;

const FUNCTION_WORDS = `/** \`'orders-index'\`: a function, as it is named in apigen.yml or after its handler. */
export type FunctionName = keyof Functions;

/** What calls a function: its routes, triggers and authorizers. */
export type FunctionEvent<Name extends FunctionName> = Functions[Name]['event'];

/** \`export const handler: FunctionHandler<'orders-index'> = async (event) => …\` */
export type FunctionHandler<Name extends FunctionName> = (
  event: FunctionEvent<Name>,
  context: Lambda.LambdaContext,
) => Promise<Functions[Name]['answer']>;

/** The environment of a function: \`const env = process.env as Env<'orders-index'>\`. */
export type Env<Name extends FunctionName> = Functions[Name]['environment'] & Lambda.LambdaEnvironment;`;
