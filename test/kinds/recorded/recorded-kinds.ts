// Kinds over an AWS that gives recorded answers: what it was not told, it refuses.

import type { Aws } from '../../../src/aws/aws.ts';
import type { Kind } from '../../../src/engine/kind.ts';
import { allKinds } from '../../../src/kinds/index.ts';
import { artifact } from '../samples/artifacts.ts';

export interface RecordedAnswer {
  readonly operation: string;
  /** Input fields it answers to; absent: any input. */
  readonly input?: Readonly<Record<string, unknown>>;
  readonly answer?: object;
  /** AWS's error name, instead of an answer. */
  readonly error?: string;
  readonly message?: string;
  /** Given once, to the first call that it answers. */
  readonly once?: boolean;
}

/** A call as it was sent: `UpdateStage` and its input. */
export type Sent = readonly [operation: string, input: object];

interface Command {
  readonly constructor: { readonly name: string };
  readonly input: Readonly<Record<string, unknown>>;
}

/** The owner of everything recorded. */
export const recordedOwner = { project: 'shop', stage: 'prod' } as const;

/** @param sent gets every call that is made */
export function recordedKinds(answers: readonly RecordedAnswer[], sent: Sent[] = []): ReadonlyMap<string, Kind> {
  const used = new Set<RecordedAnswer>();
  const port = {
    send: async (command: Command): Promise<object> => {
      const operation = command.constructor.name.replace(/Command$/, '');
      sent.push([operation, command.input]);
      const found = answers.find(
        (item) =>
          !(item.once && used.has(item)) &&
          item.operation === operation &&
          Object.entries(item.input ?? {}).every(([field, value]) => command.input[field] === value),
      );
      if (!found) throw new Error(`no answer is recorded for ${operation} ${JSON.stringify(command.input)}`);
      used.add(found);
      if (found.error === undefined) return structuredClone(found.answer ?? {});
      const refusal = { name: found.error, $fault: 'client', $metadata: { httpStatusCode: 404 } };
      throw Object.assign(new Error(found.message ?? 'it is not there'), refusal);
    },
  };
  const service = port as unknown as Aws['lambda'] &
    Aws['apiGateway'] &
    Aws['apiGatewayV2'] &
    Aws['cloudwatch'] &
    Aws['dynamodb'] &
    Aws['eventbridge'] &
    Aws['iam'] &
    Aws['kms'] &
    Aws['logs'] &
    Aws['sns'] &
    Aws['sqs'] &
    Aws['sts'];
  const aws: Aws = {
    account: '123456789012',
    region: 'eu-west-1',
    partition: 'aws',
    endpoint: undefined,
    apiGateway: service,
    apiGatewayV2: service,
    cloudwatch: service,
    dynamodb: service,
    eventbridge: service,
    iam: service,
    kms: service,
    lambda: service,
    logs: service,
    sns: service,
    sqs: service,
    sts: service,
  };
  return allKinds({ aws, owner: recordedOwner, artifact });
}

/** Timestamps come as dates out of the SDK. */
export const dated = (key: string, value: unknown): unknown =>
  typeof value === 'string' && /Date(Time)?$|^createdDate$/i.test(key) && /^\d{4}-\d\d-\d\dT/.test(value)
    ? new Date(value)
    : value;
