// The models of a REST API: JSON Schemas that methods name by content type. Names have no room for a mark, so the
// description carries it. A model goes only after no method names it.

import {
  CreateModelCommand,
  DeleteModelCommand,
  GetModelsCommand,
  type Model,
  UpdateModelCommand,
} from '@aws-sdk/client-api-gateway';
import { canonical } from '../engine/compare.ts';
import type { Json } from '../engine/kind.ts';
import { everyPage, type RestPart } from './rest-part.ts';

/** A schema of draft 4. */
export type RestModelProps = Json;

/** Marks a model as ours. */
export const modelMark = 'made by apigen';

/** Every API has them from its creation. */
const builtIn = new Set(['Empty', 'Error']);

export const restModels: RestPart<RestModelProps> = {
  title: 'model',

  async list(aws, restApiId) {
    const all = await everyPage<Model>((position) =>
      aws.apiGateway.send(new GetModelsCommand({ restApiId, limit: 500, ...position })),
    );
    return all
      .filter(({ name = '', description }) => !builtIn.has(name) || description === modelMark)
      .map(({ name = '', description, schema = '' }) => ({
        id: name,
        name,
        ours: description === modelMark,
        item: parsed(schema),
      }));
  },

  async put(aws, { restApiId, name }, wanted, live) {
    const schema = canonical(wanted);
    if (live) {
      const patchOperations = [
        { op: 'replace' as const, path: '/schema', value: schema },
        { op: 'replace' as const, path: '/description', value: modelMark },
      ];
      await aws.apiGateway.send(new UpdateModelCommand({ restApiId, modelName: name, patchOperations }));
      return;
    }
    await aws.apiGateway.send(
      new CreateModelCommand({ restApiId, name, description: modelMark, contentType: 'application/json', schema }),
    );
  },

  async remove(aws, restApiId, { id }) {
    await aws.apiGateway.send(new DeleteModelCommand({ restApiId, modelName: id }));
  },
};

/** A schema that somebody made no JSON is told apart by its text. */
function parsed(schema: string): Json {
  try {
    return JSON.parse(schema) as Json;
  } catch {
    return schema;
  }
}
