// One model, once its file has run: Dynamoose's own CreateTable request, and everything read off the recording.

import type DynamooseModule from 'dynamoose';
import { describeSchema } from './describe-schema.ts';
import { isObject } from './describe-type.ts';
import { locateFunctions } from './locate-functions.ts';
import type { Candidate } from './pick-models.ts';
import type { CreateTableRequest, GivenOptions, LoadedModel } from './protocol.ts';
import type { RecordedModel, Recording } from './record-dynamoose.ts';

type Dynamoose = typeof DynamooseModule;
type Model = ReturnType<Dynamoose['model']>;

/** What apigen.yml decides, and a model file therefore cannot. */
const IGNORED = ['throughput', 'tags', 'tableClass', 'streamOptions'];

/** @param name in apigen.yml */
export async function describeModel(
  recording: Recording,
  dynamoose: Dynamoose,
  name: string,
  { value, recorded }: Candidate,
): Promise<LoadedModel> {
  const { ANY, NULL, THIS } = dynamoose.type;
  const { schemas, models } = recording;
  const context = { schemas, models, any: ANY, null: NULL, this: THIS };
  const described = recorded.schemas.map((schema) => describeSchema(context, recorded, schema));
  const table = (value as Model).table();
  return {
    name,
    dynamooseName: recorded.name,
    tableName: table.name,
    ...(await requestOf(table)),
    explicitKey: hasKey(recorded),
    options: optionsOf(recorded),
    schemas: described.map(({ schema }) => schema),
    functions: locateFunctions(described.flatMap(({ functions }) => functions)),
    stack: recorded.stack,
    schemaStacks: recorded.schemas.map(({ stack }) => stack),
  };
}

async function requestOf(table: ReturnType<Model['table']>): Promise<Pick<LoadedModel, 'request' | 'fault'>> {
  try {
    const request = await table.create({ return: 'request' });
    return { request: request as unknown as CreateTableRequest };
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) };
  }
}

function hasKey({ schemas }: RecordedModel): boolean {
  return schemas.some(({ object }) =>
    Object.values(object).some((raw) => {
      const definitions = Array.isArray(raw) ? raw : [raw];
      return definitions.some((definition) => isObject(definition) && definition['hashKey'] === true);
    }),
  );
}

function optionsOf({ options }: RecordedModel): GivenOptions {
  const { create, update, waitForActive, prefix, expires } = options;
  const waits = isObject(waitForActive) ? waitForActive['enabled'] !== false : Boolean(waitForActive);
  const updates = Array.isArray(update) ? update.length > 0 : Boolean(update);
  const forbidden = Object.entries({ create: Boolean(create), update: updates, waitForActive: waits });
  const ttl = isObject(expires)
    ? String(expires['attribute'] ?? 'ttl')
    : typeof expires === 'number'
      ? 'ttl'
      : undefined;
  return {
    forbidden: forbidden.filter(([, given]) => given).map(([option]) => option),
    ignored: IGNORED.filter((option) => options[option] !== undefined),
    ...(typeof prefix === 'string' ? { prefix } : {}),
    ...(ttl === undefined ? {} : { ttlAttribute: ttl }),
  };
}
