// Dynamoose as model files meet it while apigen reads them: the real one, except that the arguments of `Schema()` and
// `model()` are written down, nothing may create or change a table, and its client refuses every call.

import type DynamooseModule from 'dynamoose';
import type { Misstep, Stack } from './protocol.ts';

type Dynamoose = typeof DynamooseModule;

export interface RecordedSchema {
  /** As the file gave it, before Dynamoose adds timestamps. */
  readonly object: Readonly<Record<string, unknown>>;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly stack: Stack;
}

export interface RecordedModel {
  readonly name: string;
  readonly schemas: readonly RecordedSchema[];
  readonly options: Readonly<Record<string, unknown>>;
  readonly stack: Stack;
}

export interface Recording {
  /** What `import 'dynamoose'` gives to model files. */
  readonly dynamoose: unknown;
  readonly schemas: ReadonlyMap<unknown, RecordedSchema>;
  /** By what `model()` returned. */
  readonly models: ReadonlyMap<unknown, RecordedModel>;
  readonly missteps: Misstep[];
}

const NO_CALLS = 'A model file must not call DynamoDB while it loads';
/** Whatever the file says, reading it must not touch a table; what it says is reported. */
const HARMLESS = { create: false, update: false, waitForActive: false };

export function recordDynamoose(real: Dynamoose, prefix: string): Recording {
  const schemas = new Map<unknown, RecordedSchema>();
  const models = new Map<unknown, RecordedModel>();
  const missteps: Misstep[] = [];
  const note = (kind: Misstep['kind']) => missteps.push({ kind, stack: stackHere() });

  real.Table.defaults.set({ create: false, waitForActive: false, prefix });
  const refusing = refuseCalls() as ReturnType<Dynamoose['aws']['ddb']>;
  real.aws.ddb.set(refusing);

  class Schema extends real.Schema {
    constructor(object: ConstructorParameters<Dynamoose['Schema']>[0], settings = {}) {
      const recorded = { object: { ...object }, settings: { ...settings }, stack: stackHere() };
      super(object, settings);
      schemas.set(this, recorded);
    }
  }

  class Table extends real.Table {
    static override defaults = { ...real.Table.defaults, set: () => void note('defaults') };
    constructor(...[name, given, options]: ConstructorParameters<Dynamoose['Table']>) {
      note('table');
      super(name, given, { ...options, ...HARMLESS });
    }
  }

  class Instance extends real.Instance {
    constructor() {
      super();
      note('instance');
    }
  }

  const model: Dynamoose['model'] = (name, schema, options) => {
    const stack = stackHere();
    const given = schema === undefined ? [] : Array.isArray(schema) ? schema : [schema];
    const recorded = given.map((one) => schemas.get(one) ?? { object: { ...one }, settings: {}, stack });
    const made = real.model(name, schema, { ...options, ...HARMLESS });
    if (given.length > 0) models.set(made, { name, schemas: recorded, options: { ...options }, stack });
    // Dynamoose's own model() is generic over the item's type alone.
    return made as never;
  };

  const client = Object.assign(() => refusing, {
    DynamoDB: real.aws.ddb.DynamoDB,
    set: () => undefined,
    revert: () => undefined,
    local: () => void note('local-client'),
  });
  const dynamoose = { ...real, Schema, Table, Instance, model, aws: { ...real.aws, ddb: client } };
  return { dynamoose, schemas, models, missteps };
}

/** The stack of whoever called apigen's code. */
export function stackHere(): Stack {
  return new Error().stack ?? '';
}

function refuseCalls(): unknown {
  return new Proxy(
    {},
    {
      get: (_, property) =>
        // A client must not look like a promise to whoever awaits it.
        property === 'then'
          ? undefined
          : () => {
              throw new Error(`${NO_CALLS} (${String(property)})`);
            },
    },
  );
}
