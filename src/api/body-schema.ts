// The JSON Schema that a request's body must match: of a model without what the server fills in, or of a file.

import type { AttributeSpec, SchemaSpec } from '../models/attribute-spec.ts';
import { jsonSchemaOf } from '../models/json-schema.ts';
import type { ModelSpec } from '../models/model-spec.ts';
import type { BodyRule, RouteDeclaration } from '../project/project.ts';
import { parameterOf as pathParameter } from '../project/route-key.ts';
import type { DefinitionSources } from './build-context.ts';
import type { JsonSchema } from './definition.ts';

/** The schema, or nothing where its model or file has problems of its own. */
export function bodySchema(
  route: RouteDeclaration,
  rule: BodyRule,
  sources: DefinitionSources,
): JsonSchema | undefined {
  if (rule.type === 'schema') return sources.schemas?.[rule.file];
  const spec = sources.models?.[rule.model];
  return spec === undefined ? undefined : jsonSchemaOf(bodyAttributes(route, rule, spec));
}

/** What is asked of a caller, of each of the model's schemas. */
export function bodyAttributes(
  route: Pick<RouteDeclaration, 'path'>,
  rule: BodyRule & { type: 'model' },
  { schemas }: Pick<ModelSpec, 'schemas'>,
): readonly SchemaSpec[] {
  const bound = route.path.split('/').flatMap((segment) => pathParameter(segment) ?? []);
  return schemas.map(({ attributes, open }) => ({
    attributes: attributes.filter((one) => isAsked(one, rule, bound)).map((one) => loosened(one, rule)),
    open,
  }));
}

/** Timestamps, attributes with a default and keys that the path gives are the server's business, unless named. */
function isAsked(attribute: AttributeSpec, rule: BodyRule & { type: 'model' }, bound: readonly string[]): boolean {
  const { name } = attribute;
  if (rule.optional.includes(name)) return true;
  if (rule.pick !== undefined) return rule.pick.includes(name);
  if (rule.omit.includes(name) || bound.includes(name)) return false;
  return attribute.role === undefined && attribute.default === undefined && !isComputed(attribute);
}

/** Dynamoose writes it on every save. */
function isComputed({ values }: AttributeSpec): boolean {
  return values.some(({ type }) => type.kind === 'combine');
}

/** Of a partial body nothing is required, keys included; else all but what is optional. */
function loosened(attribute: AttributeSpec, { partial, optional }: BodyRule & { type: 'model' }): AttributeSpec {
  if (!partial && !optional.includes(attribute.name)) return attribute;
  const { key, ...rest } = attribute;
  return key === undefined || key === 'index'
    ? { ...attribute, required: false }
    : { ...rest, key: 'index', required: false };
}
