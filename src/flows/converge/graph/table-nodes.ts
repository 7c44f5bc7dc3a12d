// The table of each model.

import type { DesiredNode, Props } from '../../../engine/kind.ts';
import type { DynamodbTableProps, KeyPart, TableIndex, TableKeys } from '../../../kinds/dynamodb-table-props.ts';
import type { TableSpec } from '../../../models/table-spec.ts';
import { type GraphInput, nodeTags } from './graph-input.ts';

export const tableNodeId = (model: string): string => `table:${model}`;

export function tableNodes(input: GraphInput): readonly DesiredNode[] {
  return input.tables.map((spec) => {
    const id = tableNodeId(spec.model);
    return {
      id,
      kind: 'dynamodb-table',
      name: spec.tableName,
      props: tableProps(input, spec, id) as unknown as Props,
      dependsOn: [],
    };
  });
}

function tableProps(input: GraphInput, spec: TableSpec, id: string): DynamodbTableProps {
  const declaration = input.project.models[spec.model];
  const types = new Map(spec.attributeDefinitions.map((item) => [item.AttributeName, item.AttributeType]));
  const part = (name: string): KeyPart => ({ name, type: types.get(name) ?? 'S' });
  const keysOf = (schema: TableSpec['keySchema']): TableKeys => {
    const range = schema.find((element) => element.KeyType === 'RANGE');
    const hash = schema.find((element) => element.KeyType === 'HASH');
    return { hash: part(hash?.AttributeName ?? ''), ...(range && { range: part(range.AttributeName) }) };
  };
  const indexesOf = (indexes: TableSpec['globalSecondaryIndexes']): Record<string, TableIndex> =>
    Object.fromEntries(
      indexes.map(({ IndexName, KeySchema, Projection }) => [
        IndexName,
        {
          keys: keysOf(KeySchema),
          projection:
            Projection.ProjectionType === 'INCLUDE'
              ? [...(Projection.NonKeyAttributes ?? [])].sort()
              : Projection.ProjectionType,
        },
      ]),
    );
  return {
    tableName: spec.tableName,
    keys: keysOf(spec.keySchema),
    localIndexes: indexesOf(spec.localSecondaryIndexes),
    globalIndexes: indexesOf(spec.globalSecondaryIndexes),
    capacity: declaration?.capacity ?? 'on-demand',
    deletionProtection: declaration?.deletionProtection ?? false,
    ttlAttribute: spec.ttlAttribute ?? '',
    recoveryDays: declaration?.continuousBackups ? (declaration.recoveryDays ?? 35) : 0,
    tableClass: declaration?.tableClass ?? 'STANDARD',
    encryption: declaration?.encryption ?? 'owned',
    stream: declaration?.stream ?? (isTrigger(input, spec.model) ? 'NEW_AND_OLD_IMAGES' : ''),
    replicas: declaration?.replicas ?? {},
    tags: nodeTags(input, id),
  };
}

/** A function that a table's stream runs needs that stream, whether or not the model says so. */
const isTrigger = ({ project }: GraphInput, model: string): boolean =>
  Object.values(project.functions).some(({ triggers = [] }) =>
    triggers.some((trigger) => trigger.type === 'stream' && trigger.model === model),
  );
