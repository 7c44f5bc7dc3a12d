// Everything that is typed of a project, as text, in the order of apigen.yml. Stages may differ: what one of them has
// is there, a variable that one of them lacks is optional, and an event that differs is any of both.

import type { SchemaSpec } from '../../models/attribute-spec.ts';
import { itemType, keyType } from '../../models/types/item-type.ts';
import { schemaFileTypes } from '../../models/types/schema-file-types.ts';
import { type Member, unionType } from '../../models/types/type-text.ts';
import { authorizerContexts } from './authorizer-contexts.ts';
import { type FunctionTypes, functionTypes } from './function-types.ts';
import { tableVariables } from './function-variables.ts';
import { type BodyDecoder, routeBody } from './route-body.ts';
import { routeEvent } from './route-event.ts';
import type { StageView } from './stage-view.ts';

export interface ModelTypes {
  readonly name: string;
  readonly schemas: readonly SchemaSpec[];
  readonly item: string;
  readonly input: string;
  readonly key: string;
}

/** One route of one API that a function answers. */
export interface RouteTypes {
  readonly key: string;
  readonly api: string;
  readonly event: string;
  readonly answer: string;
  readonly body?: { readonly type: string; readonly decoder?: BodyDecoder };
}

export interface ProjectTypes {
  readonly models: readonly ModelTypes[];
  /** Members of `Schemas`. */
  readonly schemas: readonly Member[];
  readonly routes: readonly RouteTypes[];
  readonly functions: readonly FunctionTypes[];
  /** Of all functions together. */
  readonly environment: readonly Member[];
  /** What Lambda authorizers hand on, by their names. */
  readonly contexts: readonly Member[];
}

/** @param views of every stage; the first decides where only one thing can be */
export function projectTypes(views: readonly StageView[]): ProjectTypes {
  const functions = merged(
    views.flatMap(stageFunctions),
    ({ name }) => name,
    (found) => ({
      name: found[0].name,
      event: unionType(found.map(({ event }) => event)),
      answer: joined(found.map(({ answer }) => answer)),
      environment: commonMembers(found.map(({ environment }) => environment)),
    }),
  );
  return {
    models: merged(
      views.flatMap(stageModels),
      ({ name }) => name,
      ([first]) => first,
    ),
    schemas: merged(
      views.flatMap(stageSchemas),
      ({ name }) => name,
      ([first]) => first,
    ),
    routes: merged(
      views.flatMap(stageRoutes),
      ({ key, api }) => JSON.stringify([key, api]),
      (found) => ({
        ...found[0],
        event: unionType(found.map(({ event }) => event)),
        answer: joined(found.map(({ answer }) => answer)),
      }),
    ),
    functions,
    environment: processMembers(functions, views),
    contexts: merged(
      views.flatMap(authorizerContexts),
      ({ name }) => name,
      ([first]) => first,
    ),
  };
}

const stageModels = ({ sources }: StageView): readonly ModelTypes[] =>
  Object.values(sources.models).map(({ name, schemas }) => ({
    name,
    schemas,
    item: itemType(schemas, 'stored'),
    input: itemType(schemas, 'sent'),
    key: keyType(schemas),
  }));

const stageSchemas = ({ sources }: StageView): readonly Member[] =>
  Object.entries(sources.schemas).flatMap(([file, schema]) => schemaFileTypes(file, schema));

const stageFunctions = (view: StageView): readonly FunctionTypes[] =>
  Object.values(view.project.functions).map((declaration) => functionTypes(view, declaration));

function stageRoutes(view: StageView): readonly RouteTypes[] {
  return Object.values(view.project.apis).flatMap((api) =>
    api.routes
      .filter(({ target }) => target.type === 'function')
      .map((route): RouteTypes => {
        const body = routeBody(route, view.sources);
        const types = { key: route.key, api: api.name, ...routeEvent(view, api, route, body) };
        if (body === undefined) return types;
        const { type, decoder } = body;
        return { ...types, body: decoder === undefined ? { type } : { type, decoder } };
      }),
  );
}

/** Those of one key become one, in the place of the first. */
function merged<T>(
  all: readonly T[],
  keyOf: (one: T) => string,
  join: (found: readonly [T, ...T[]]) => T,
): readonly T[] {
  const groups = new Map<string, [T, ...T[]]>();
  for (const one of all) {
    const group = groups.get(keyOf(one));
    if (group === undefined) groups.set(keyOf(one), [one]);
    else group.push(one);
  }
  return [...groups.values()].map(join);
}

/** An answer must fit every stage. */
const joined = (answers: readonly string[]): string => {
  const unique = [...new Set(answers)];
  return unique.length === 1 ? (unique[0] ?? 'unknown') : unique.map((one) => `(${one})`).join(' & ');
};

/** Variables of any function, and the tables that each has whose models it imports. */
function processMembers(functions: readonly FunctionTypes[], views: readonly StageView[]): readonly Member[] {
  const own = commonMembers(functions.map(({ environment }) => environment));
  const tables = [...new Set(views.flatMap(tableVariables))].filter((name) => own.every((one) => one.name !== name));
  return byName([...own, ...tables.map((name) => ({ name, type: 'string', optional: true }))]);
}

const byName = (members: readonly Member[]): readonly Member[] =>
  members.toSorted((a, b) => (a.name < b.name ? -1 : 1));

/** A member that one list lacks is optional. */
function commonMembers(lists: readonly (readonly Member[])[]): readonly Member[] {
  const members = merged(
    lists.flat(),
    ({ name }) => name,
    (found) => ({
      ...found[0],
      optional: found.length < lists.length || found.some(({ optional }) => optional === true),
    }),
  );
  return byName(members);
}
