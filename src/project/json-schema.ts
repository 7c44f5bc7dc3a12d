// The editor's view of the language: JSON Schema derived from the zod schema, with a stage's overlay as the same
// language in which nothing is required and null removes.

import * as z from 'zod';
import { projectFile } from './schema/project-file.ts';
import { stageSettings } from './schema/stage.ts';

/** A JSON Schema (draft 7, which every YAML language server reads) as plain JSON. */
export type SchemaNode = { [keyword: string]: unknown };

let cached: SchemaNode | undefined;

/** The JSON Schema of apigen.yml. */
export function projectJsonSchema(): SchemaNode {
  cached ??= build();
  return structuredClone(cached);
}

function build(): SchemaNode {
  const schema = z.toJSONSchema(projectFile, { target: 'draft-7', io: 'input' }) as SchemaNode;
  const own = z.toJSONSchema(z.strictObject(stageSettings), { target: 'draft-7', io: 'input' }) as SchemaNode;
  const properties = schema['properties'] as Record<string, SchemaNode>;
  const { name: _name, stages, ...overlayable } = properties;
  const overlay: SchemaNode = {
    type: ['object', 'null'],
    properties: { ...(own['properties'] as object), ...loosenAll(overlayable) },
    additionalProperties: false,
  };
  if (stages !== undefined) stages['additionalProperties'] = overlay;
  return {
    ...schema,
    $comment: 'Written by apigen from its own rules; apigen init writes it anew.',
    title: 'apigen.yml',
    description: 'A serverless API on AWS: models, functions, APIs and stages.',
  };
}

/** The same schema with nothing required and null allowed: what an overlay may say. */
function loosen(schema: SchemaNode): SchemaNode {
  const { required: _required, default: _default, ...rest } = schema;
  const loose: SchemaNode = { ...rest };
  if (typeof rest['properties'] === 'object')
    loose['properties'] = loosenAll(rest['properties'] as Record<string, SchemaNode>);
  if (typeof rest['additionalProperties'] === 'object') {
    loose['additionalProperties'] = loosen(rest['additionalProperties'] as SchemaNode);
  }
  if (Array.isArray(rest['anyOf'])) loose['anyOf'] = rest['anyOf'].map((one) => loosen(one as SchemaNode));
  const { description, ...bare } = loose;
  const nullable: SchemaNode = { anyOf: [bare, { type: 'null' }] };
  return description === undefined ? nullable : { description, ...nullable };
}

function loosenAll(properties: Record<string, SchemaNode>): Record<string, SchemaNode> {
  return Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, loosen(value)]));
}
