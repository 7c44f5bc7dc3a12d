// Everything that is typed of a project, as text, in a stable order: models and routes as apigen.yml has them.

import type { DefinitionSources } from '../../api/build-context.ts';
import type { SchemaSpec } from '../../models/attribute-spec.ts';
import { itemType, keyType } from '../../models/types/item-type.ts';
import { schemaFileTypes } from '../../models/types/schema-file-types.ts';
import type { Member } from '../../models/types/type-text.ts';
import type { Project } from '../../project/project.ts';
import { type BodyDecoder, type RouteBody, routeBody } from './route-body.ts';
import { routeEvent } from './route-event.ts';

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
}

export function projectTypes(project: Project, sources: Required<DefinitionSources>): ProjectTypes {
  return {
    models: Object.values(sources.models).map(({ name, schemas }) => ({
      name,
      schemas,
      item: itemType(schemas, 'stored'),
      input: itemType(schemas, 'sent'),
      key: keyType(schemas),
    })),
    schemas: Object.entries(sources.schemas).flatMap(([file, schema]) => schemaFileTypes(file, schema)),
    routes: Object.values(project.apis).flatMap((api) =>
      api.routes
        .filter(({ target }) => target.type === 'function')
        .map((route): RouteTypes => {
          const body = routeBody(route, sources);
          const types = routeEvent(project, api, route, body);
          return { key: route.key, api: api.name, ...types, ...(body && { body: bodyOf(body) }) };
        }),
    ),
  };
}

function bodyOf({ type, decoder }: RouteBody): NonNullable<RouteTypes['body']> {
  return decoder === undefined ? { type } : { type, decoder };
}
