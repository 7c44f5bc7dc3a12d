// What a model says without effect: it works, though not as its author may expect.

import type { Problem } from '../errors.ts';
import type { AttributeSpec, AttributeType } from './attribute-spec.ts';
import type { PlacedModel } from './place-model.ts';

export function warningsOf(placed: PlacedModel): readonly Problem[] {
  const { loaded, position } = placed;
  const ignored = loaded.options.ignored.map((option) => ({
    code: 'MODEL_OPTION_IGNORED',
    message: `The model ${loaded.name} says ${option}, which has no effect`,
    hint: `Remove ${option}; apigen.yml says how the table is run, under models.${loaded.name}.`,
    position,
  }));
  const emptied = loaded.schemas.flatMap(({ attributes }) => attributes.flatMap((one) => emptiedOf(one, one.name)));
  return [
    ...ignored,
    ...emptied.map(({ path, kind }) => ({
      code: 'ATTRIBUTE_STORED_EMPTY',
      message: `${loaded.name}.${path} has no schema: Dynamoose stores ${kind === 'array' ? 'an empty list' : 'an empty object'}`,
      hint: 'Give it a schema, or schema: dynamoose.type.ANY to keep whatever it holds.',
      position: placed.positionOf(path),
    })),
  ];
}

interface Emptied {
  readonly path: string;
  readonly kind: 'array' | 'object';
}

function emptiedOf(attribute: AttributeSpec, path: string): readonly Emptied[] {
  return attribute.values.flatMap(({ type }) => emptiedType(type, path));
}

function emptiedType(type: AttributeType, path: string): readonly Emptied[] {
  if (type.kind === 'array') {
    if (type.items === undefined) return [{ path, kind: 'array' }];
    return type.items.flatMap((item) => emptiedType(item.type, `${path}.0`));
  }
  if (type.kind !== 'object') return [];
  if (type.attributes.length === 0 && !type.open) return [{ path, kind: 'object' }];
  return type.attributes.flatMap((inner) => emptiedOf(inner, `${path}.${inner.name}`));
}
