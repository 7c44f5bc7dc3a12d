// What DynamoDB would refuse in a table, found before any call is made.
// Numbers: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html and
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html

import type { CreateTableRequest, LoadedModel, RequestedIndex } from './loader/protocol.ts';

const NAME = /^[A-Za-z0-9_.-]*$/;
const TABLE_NAME = { min: 3, max: 255 };
const GLOBAL_INDEXES = 20;
const LOCAL_INDEXES = 5;
const INCLUDED_PER_INDEX = 20;
const INCLUDED_PER_TABLE = 100;
/** The table in which apigen keeps its own records, one per account and region. */
const LEDGER_TABLE = 'apigen-ledger';

export interface TableFault {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  /** The attribute to point at; the model where there is none. */
  readonly attribute?: string;
}

export function checkTable(model: LoadedModel, request: CreateTableRequest): readonly TableFault[] {
  return [
    ...checkName(model),
    ...checkKeys(model, request),
    ...checkIndexes(model, request),
    ...(request.LocalSecondaryIndexes ?? []).flatMap((index) => checkLocalIndex(model, request, index)),
  ];
}

/** Also for a model whose request Dynamoose could not make. */
export function checkName({ name, dynamooseName, tableName }: LoadedModel): readonly TableFault[] {
  const code = 'TABLE_NAME_INVALID';
  const hint = `Give dynamoose.model another name than ${JSON.stringify(dynamooseName)}.`;
  // Dynamoose looks models up in a plain object, which has names of its own.
  if (dynamooseName in {} || tableName === LEDGER_TABLE) {
    return [{ code, message: `The model ${name} takes a reserved name: ${dynamooseName}`, hint }];
  }
  if (!NAME.test(tableName)) {
    const message = `The table ${tableName} of model ${name} may have letters, digits, "_", "-" and "." only`;
    return [{ code, message, hint }];
  }
  if (tableName.length < TABLE_NAME.min || tableName.length > TABLE_NAME.max) {
    const length = `${tableName.length} characters, DynamoDB takes ${TABLE_NAME.min} to ${TABLE_NAME.max}`;
    return [{ code, message: `The name of the table of model ${name} has ${length}: ${tableName}`, hint }];
  }
  return [];
}

function checkKeys(model: LoadedModel, request: CreateTableRequest): readonly TableFault[] {
  return request.AttributeDefinitions.flatMap(({ AttributeName: attribute, AttributeType }) => {
    const type = AttributeType ?? 'any';
    if (['S', 'N', 'B'].includes(type)) return [];
    const message = `${model.name}.${attribute} is a key of the table or of an index, but of DynamoDB's type ${type}`;
    const hint = 'Make it a String, a Number, a Date or a Buffer.';
    return [{ code: 'KEY_TYPE_INVALID', message, hint, attribute }];
  });
}

function checkIndexes({ name }: LoadedModel, request: CreateTableRequest): readonly TableFault[] {
  const { GlobalSecondaryIndexes: globals = [], LocalSecondaryIndexes: locals = [] } = request;
  const all = [...globals, ...locals];
  const names = all.map(({ IndexName }) => IndexName);
  const faults = [
    ...globals.flatMap((index) => checkIndex(name, index, keyOf(index, 'HASH'))),
    ...locals.flatMap((index) => checkIndex(name, index, keyOf(index, 'RANGE'))),
  ];
  const duplicates = names.filter((index, at) => names.indexOf(index) !== at);
  for (const index of new Set(duplicates)) {
    const message = `Two indexes of model ${name} are called ${index}`;
    faults.push({ code: 'INDEX_INVALID', message, hint: 'Give each index a name of its own.' });
  }
  const tooMany = (count: number, limit: number, kind: string) => {
    if (count <= limit) return;
    const message = `The model ${name} has ${count} ${kind} indexes, DynamoDB takes ${limit}`;
    faults.push({ code: 'TOO_MANY_INDEXES', message, hint: 'Remove indexes that no query needs.' });
  };
  tooMany(globals.length, GLOBAL_INDEXES, 'global');
  tooMany(locals.length, LOCAL_INDEXES, 'local');
  const included = all.reduce((sum, { Projection }) => sum + (Projection.NonKeyAttributes?.length ?? 0), 0);
  if (included > INCLUDED_PER_TABLE) {
    const message = `The indexes of model ${name} project ${included} attributes, DynamoDB takes ${INCLUDED_PER_TABLE} in all`;
    faults.push({ code: 'TOO_MANY_PROJECTED', message, hint: 'Project all attributes: leave out "project".' });
  }
  return faults;
}

/** @param attribute the one that declares the index in the schema */
function checkIndex(model: string, index: RequestedIndex, attribute: string): TableFault[] {
  const { IndexName, KeySchema, Projection } = index;
  const code = 'INDEX_INVALID';
  const faults: TableFault[] = [];
  if (!NAME.test(IndexName) || IndexName.length < TABLE_NAME.min || IndexName.length > TABLE_NAME.max) {
    const message = `The index ${IndexName} of model ${model} has a name that DynamoDB refuses`;
    const hint = 'Name it with 3 to 255 letters, digits, "_", "-" and ".".';
    faults.push({ code, message, hint, attribute });
  }
  if (new Set(KeySchema.map(({ AttributeName }) => AttributeName)).size < KeySchema.length) {
    const message = `The index ${IndexName} of model ${model} has ${attribute} as both of its keys`;
    faults.push({ code, message, hint: 'Give it another rangeKey, or none.', attribute });
  }
  const included = Projection.NonKeyAttributes?.length;
  if (included === 0 || (included ?? 0) > INCLUDED_PER_INDEX) {
    const message = `The index ${IndexName} of model ${model} projects ${included} attributes, DynamoDB takes 1 to ${INCLUDED_PER_INDEX}`;
    const hint = 'Say "project: false" for keys alone, or leave it out for all attributes.';
    faults.push({ code, message, hint, attribute });
  }
  return faults;
}

function checkLocalIndex(
  model: LoadedModel,
  request: CreateTableRequest,
  index: RequestedIndex,
): readonly TableFault[] {
  if (request.KeySchema.some(({ KeyType }) => KeyType === 'RANGE')) return [];
  const message = `The local index ${index.IndexName} needs a range key on the table, which model ${model.name} has not`;
  const hint = 'Give the model an attribute with rangeKey: true, or make the index global.';
  return [{ code: 'INDEX_INVALID', message, hint, attribute: keyOf(index, 'RANGE') }];
}

function keyOf({ KeySchema }: RequestedIndex, type: 'HASH' | 'RANGE'): string {
  return KeySchema.find(({ KeyType }) => KeyType === type)?.AttributeName ?? '';
}
