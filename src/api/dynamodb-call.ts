// `dynamodb:` on REST and WebSocket APIs: GetItem, PutItem and Query of a model's table as mapping templates. The model
// says the types of attributes, so that requests and answers are plain JSON.

import type { AttributeSpec, AttributeType } from '../models/attribute-spec.ts';
import type { ModelSpec } from '../models/model-spec.ts';
import type { DynamodbTarget } from '../project/project.ts';
import { type ApiContext, arnOf } from './build-context.ts';
import { parseExpression, TemplateWriter } from './expression.ts';
import { JSON_TYPE, type ServiceCall, serviceUri } from './service-call.ts';

export function dynamodbCall(context: ApiContext, target: DynamodbTarget): ServiceCall {
  const name = target.get ?? target.put ?? target.query ?? '';
  const spec = context.sources.models?.[name];
  const table = spec?.table.tableName ?? name;
  const action = target.get === undefined ? (target.put === undefined ? 'Query' : 'PutItem') : 'GetItem';
  const arn = arnOf(context, 'dynamodb', `table/${table}`);
  const write = new TemplateWriter();
  const types = typesOf(spec);
  const body = {
    GetItem: () => `{"TableName":"${table}","Key":${valuesOf(write, types, target.key ?? {})}}`,
    PutItem: () => putBody(write, types, table, target, spec),
    Query: () => queryBody(write, types, table, target),
  }[action]();
  return {
    uri: serviceUri(context, 'dynamodb', `action/${action}`),
    httpMethod: 'POST',
    requestParameters: {},
    templates: { [JSON_TYPE]: write.finish(body) },
    statements: [
      {
        actions: [`dynamodb:${action}`],
        resources: [target.index === undefined ? arn : `${arn}/index/${target.index}`],
      },
    ],
    answer: answerOf(action, spec, target),
  };
}

function putBody(
  write: TemplateWriter,
  types: ReadonlyMap<string, AttributeSpec>,
  table: string,
  target: DynamodbTarget,
  spec: ModelSpec | undefined,
): string {
  const hash = spec?.table.keySchema[0]?.AttributeName ?? 'id';
  const condition =
    target.replace === false
      ? `,"ConditionExpression":"attribute_not_exists(${write.literal('#k')})","ExpressionAttributeNames":{"${write.literal('#k')}":"${hash}"}`
      : '';
  return `{"TableName":"${table}","Item":${valuesOf(write, types, target.item ?? {})}${condition}}`;
}

function queryBody(
  write: TemplateWriter,
  types: ReadonlyMap<string, AttributeSpec>,
  table: string,
  { key = {}, index, limit, descending }: DynamodbTarget,
): string {
  const names = Object.keys(key);
  const mark = (at: number): string => write.literal(`#k${at}`);
  const condition = names.map((_, at) => `${mark(at)} = :v${at}`).join(' AND ');
  const placeholders = names.map((name, at) => `"${mark(at)}":"${name}"`).join(',');
  const values = names.map((name, at) => `":v${at}":${typed(write, types.get(name), key[name])}`).join(',');
  return [
    `{"TableName":"${table}"`,
    ...(index === undefined ? [] : [`"IndexName":"${index}"`]),
    `"KeyConditionExpression":"${condition}"`,
    `"ExpressionAttributeNames":{${placeholders}}`,
    `"ExpressionAttributeValues":{${values}}`,
    ...(limit === undefined ? [] : [`"Limit":${limit}`]),
    ...(descending === true ? ['"ScanIndexForward":false'] : []),
  ]
    .join(',')
    .concat('}');
}

function typesOf(spec: ModelSpec | undefined): ReadonlyMap<string, AttributeSpec> {
  return new Map(spec?.schemas.flatMap(({ attributes }) => attributes.map((one) => [one.name, one] as const)) ?? []);
}

function valuesOf(
  write: TemplateWriter,
  types: ReadonlyMap<string, AttributeSpec>,
  values: Readonly<Record<string, unknown>>,
): string {
  const entries = Object.entries(values).map(([name, value]) => `"${name}":${typed(write, types.get(name), value)}`);
  return `{${entries.join(',')}}`;
}

/** A value with DynamoDB's type: the attribute's, or that of the value itself. */
function typed(write: TemplateWriter, attribute: AttributeSpec | undefined, value: unknown): string {
  const type = attribute?.values[0]?.type ?? guessType(value);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  switch (letterOf(type)) {
    case 'N':
      return `{"N":${write.jsonString(text)}}`;
    case 'BOOL':
      return `{"BOOL":${expressionOf(write, value)}}`;
    case 'SS':
    case 'NS':
      return `{"${letterOf(type)}":${expressionOf(write, value)}}`;
    case 'B':
      return `{"B":${write.jsonString(text)}}`;
    default:
      return `{"S":${write.jsonString(text)}}`;
  }
}

/** A part of the body as JSON, anything else as it is written. */
function expressionOf(write: TemplateWriter, value: unknown): string {
  if (typeof value !== 'string') return write.json(value);
  const [part] = parseExpression(value);
  return part !== undefined && 'variable' in part ? write.reference(part.variable) : write.json(value);
}

function guessType(value: unknown): AttributeType {
  if (typeof value === 'number') return { kind: 'number' };
  return { kind: typeof value === 'boolean' ? 'boolean' : 'string' };
}

type Letter = 'S' | 'N' | 'B' | 'BOOL' | 'SS' | 'NS' | 'L' | 'M';

function letterOf(type: AttributeType): Letter {
  switch (type.kind) {
    case 'number':
      return 'N';
    case 'boolean':
      return 'BOOL';
    case 'binary':
      return 'B';
    case 'date':
      return type.storage === 'iso' ? 'S' : 'N';
    case 'constant':
      return typeof type.value === 'number' ? 'N' : typeof type.value === 'boolean' ? 'BOOL' : 'S';
    case 'set':
      return letterOf(type.of) === 'N' ? 'NS' : 'SS';
    case 'array':
      return 'L';
    case 'object':
      return 'M';
    default:
      return 'S';
  }
}

/** DynamoDB's answer as plain JSON: each attribute that is there, by its type. */
function answerOf(
  action: 'GetItem' | 'PutItem' | 'Query',
  spec: ModelSpec | undefined,
  target: DynamodbTarget,
): string {
  const attributes = spec?.schemas[0]?.attributes ?? [];
  if (action === 'PutItem') return '{}';
  if (action === 'GetItem') {
    const hash = Object.keys(target.key ?? {})[0] ?? 'id';
    const found = `"$!input.path('$.Item.${hash}')" == ""`;
    const missing = '#set($context.responseOverride.status = 404){"message":"Not Found"}';
    return `#if(${found})${missing}#else#set($item = $input.path('$.Item'))${itemTemplate(attributes)}#end`;
  }
  return `[#foreach($item in $input.path('$.Items'))${itemTemplate(attributes)}#if($foreach.hasNext),#end#end]`;
}

function itemTemplate(attributes: readonly AttributeSpec[]): string {
  const fields = attributes.map(({ name, values }) => {
    const letter = letterOf(values[0]?.type ?? { kind: 'string' });
    const at = `$item.get('${name}').${letter}`;
    return `#if("$!item.get('${name}')" != "")$comma"${name}":${plain(letter, at)}#set($comma = ',')#end`;
  });
  return `#set($comma = ''){${fields.join('')}}`;
}

/** Lists and maps keep DynamoDB's form: their members have types of their own. */
function plain(letter: Letter, at: string): string {
  switch (letter) {
    case 'N':
    case 'BOOL':
      return at;
    case 'NS':
      return `[#foreach($one in ${at})$one#if($foreach.hasNext),#end#end]`;
    case 'SS':
      return `[#foreach($one in ${at})"$util.escapeJavaScript($one).replaceAll("\\\\'","'")"#if($foreach.hasNext),#end#end]`;
    case 'L':
    case 'M':
      return `${at}`;
    default:
      return `"$util.escapeJavaScript(${at}).replaceAll("\\\\'","'")"`;
  }
}
