// Turns Dynamoose's CreateTable request into a TableSpec: capacity dropped, order fixed.

import type { CreateTableRequest, LoadedModel, RequestedIndex } from './loader/protocol.ts';
import type { AttributeDefinition, IndexSpec, KeySchemaElement, TableSpec } from './table-spec.ts';

/** @param request what `checkRequest` found no fault with */
export function tableOfModel(model: LoadedModel, request: CreateTableRequest): TableSpec {
  const { ttlAttribute } = model.options;
  return {
    model: model.name,
    tableName: model.tableName,
    keySchema: keySchema(request.KeySchema),
    attributeDefinitions: [...request.AttributeDefinitions]
      .map(({ AttributeName, AttributeType }) => ({ AttributeName, AttributeType }) as AttributeDefinition)
      .sort(by(({ AttributeName }) => AttributeName)),
    globalSecondaryIndexes: (request.GlobalSecondaryIndexes ?? []).map(indexOf).sort(by(({ IndexName }) => IndexName)),
    localSecondaryIndexes: (request.LocalSecondaryIndexes ?? []).map(indexOf).sort(by(({ IndexName }) => IndexName)),
    ...(ttlAttribute === undefined ? {} : { ttlAttribute }),
  };
}

function indexOf({ IndexName, KeySchema, Projection }: RequestedIndex): IndexSpec {
  const { ProjectionType, NonKeyAttributes } = Projection;
  if (ProjectionType === 'INCLUDE') {
    const included = [...new Set(NonKeyAttributes)].sort();
    return { IndexName, KeySchema: keySchema(KeySchema), Projection: { ProjectionType, NonKeyAttributes: included } };
  }
  const all = ProjectionType === 'ALL' ? 'ALL' : 'KEYS_ONLY';
  return { IndexName, KeySchema: keySchema(KeySchema), Projection: { ProjectionType: all } };
}

function keySchema(elements: readonly KeySchemaElement[]): readonly KeySchemaElement[] {
  const names = (type: KeySchemaElement['KeyType']) => elements.filter(({ KeyType }) => KeyType === type);
  return [...names('HASH'), ...names('RANGE')].map(({ AttributeName, KeyType }) => ({ AttributeName, KeyType }));
}

function by<T>(name: (value: T) => string): (a: T, b: T) => number {
  return (a, b) => (name(a) < name(b) ? -1 : name(a) > name(b) ? 1 : 0);
}
