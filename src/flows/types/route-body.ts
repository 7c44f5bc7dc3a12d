// What the body of a route holds once it is read: of a model with its dates, sets and binaries made, of a JSON Schema
// file as JSON has it.

import { bodyAttributes } from '../../api/body-schema.ts';
import type { DefinitionSources } from '../../api/build-context.ts';
import type { AttributeSpec } from '../../models/attribute-spec.ts';
import { itemType } from '../../models/types/item-type.ts';
import { memberType } from '../../models/types/type-text.ts';
import type { RouteDeclaration } from '../../project/project.ts';

export interface RouteBody {
  readonly type: string;
  /** An empty body would be refused. */
  readonly isRequired: boolean;
  /** How it is decoded; absent: JSON is all it is. */
  readonly decoder?: BodyDecoder;
}

export interface BodyDecoder {
  readonly model: string;
  /** The attributes that are taken, of each of the model's schemas. */
  readonly attributes: readonly (readonly string[])[];
  readonly partial: boolean;
  /** Required by the model, and not of this body. */
  readonly optional?: readonly string[];
}

/** Nothing where the route says nothing of its body. */
export function routeBody(
  route: RouteDeclaration,
  { models = {}, schemas = {} }: DefinitionSources,
): RouteBody | undefined {
  const rule = route.body;
  if (rule === undefined) return undefined;
  if (rule.type === 'schema') {
    const required = schemas[rule.file]?.['required'];
    return { type: memberType('Schemas', rule.file), isRequired: Array.isArray(required) && required.length > 0 };
  }
  const spec = models[rule.model];
  if (spec === undefined) return undefined;
  const asked = bodyAttributes(route, rule, spec);
  return {
    type: itemType(asked, 'sent'),
    isRequired: asked.every(({ attributes }) => attributes.some(isRequired)),
    decoder: {
      model: rule.model,
      attributes: asked.map(({ attributes }) => attributes.map(({ name }) => name)),
      partial: rule.partial,
      ...(rule.optional.length > 0 && { optional: rule.optional }),
    },
  };
}

const isRequired = ({ required, key }: AttributeSpec): boolean => required || key === 'hash' || key === 'range';
