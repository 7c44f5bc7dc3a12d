// The product's own connection to a scripted AWS, and what tests ask of the errors that come out of it.

import { inspect } from 'node:util';
import { CreateFunctionCommand } from '@aws-sdk/client-lambda';
import type { Aws } from '../../src/aws/aws.ts';
import type { CallEvent } from '../../src/aws/call-events.ts';
import { type ConnectOptions, connect } from '../../src/aws/connect.ts';
import { ApigenError } from '../../src/errors.ts';
import { type ScriptedAws, startScriptedAws } from './scripted-aws.ts';

export interface Connected {
  readonly scripted: ScriptedAws;
  readonly events: readonly CallEvent[];
  connect(more?: Partial<ConnectOptions>): Promise<Aws>;
  /** What was called after the connection was made. */
  calls(): readonly string[];
}

export const secretKey = 'the-secret-access-key';

export async function startConnected(): Promise<Connected> {
  const scripted = await startScriptedAws();
  const events: CallEvent[] = [];
  const env = { AWS_ACCESS_KEY_ID: 'AKIAEXAMPLEEXAMPLE', AWS_SECRET_ACCESS_KEY: secretKey };
  return {
    scripted,
    events,
    connect: (more = {}) =>
      connect({
        region: 'eu-west-1',
        env: { ...env, AWS_ENDPOINT_URL: scripted.endpoint },
        onCall: (event) => events.push(event),
        ...more,
      }),
    calls: () => scripted.seen.slice(1),
  };
}

export const createFunction = new CreateFunctionCommand({
  FunctionName: 'shop-dev-list',
  Role: 'arn:aws:iam::123456789012:role/shop-dev-list',
  Code: { ZipFile: Buffer.from('zip') },
  Environment: { Variables: { TOKEN: 'open-sesame-1234' } },
});

export const serverError = { status: 503, error: 'ServiceUnavailableException', message: 'later' };

/** What a promise is rejected with. */
export async function thrown(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => {
      throw new Error('the call succeeded');
    },
    (error: unknown) => error,
  );
}

export async function apigenError(promise: Promise<unknown>): Promise<ApigenError> {
  const error = await thrown(promise);
  if (error instanceof ApigenError) return error;
  throw new Error(`no ApigenError: ${inspect(error)}`);
}
