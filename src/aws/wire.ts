// The clients of one connection and the pipeline they share: made on first use, with one set of credentials, so that
// a profile is resolved (and an SSO session used) once.

import { randomUUID } from 'node:crypto';
import { type AwsService, awsCall } from './aws-call.ts';
import { type CallEvent, callLine, type WaitEvent } from './call-events.ts';
import { CallPipeline } from './call-pipeline.ts';
import type { ConnectOptions } from './connect-options.ts';
import { givenCredentials } from './credentials.ts';
import { endpointFor, isAwsOrigin } from './endpoints.ts';
import { QuotaPacer, unpaced } from './pacer.ts';
import { secretsOf } from './redact.ts';
import { type ClientSettings, makeClient, type SdkClient, type SdkCommand } from './sdk-clients.ts';
import type { CallPlace } from './translate-error.ts';

export class Wire {
  readonly #options: ConnectOptions;
  readonly #profile: string | undefined;
  readonly #paced: CallPipeline;
  readonly #unpaced: CallPipeline;
  readonly #clients = new Map<AwsService, Promise<SdkClient>>();
  /** Where requests went: tells of endpoints that only the SDK's config files know. */
  readonly #origins = new Map<AwsService, string>();

  constructor(options: ConnectOptions) {
    this.#options = options;
    this.#profile = options.profile ?? (options.env['AWS_PROFILE'] || undefined);
    // The SDK looks for a profile's endpoint_url under this variable alone, whatever profile its clients are given.
    if (options.profile !== undefined) process.env['AWS_PROFILE'] = options.profile;
    const { onCall, onWait, debug, signal } = options;
    const shared = {
      signal,
      onCall: (event: CallEvent): void => {
        onCall?.(event);
        debug?.(callLine(event));
      },
      onWait: (event: WaitEvent): void => onWait?.(event),
    };
    this.#paced = new CallPipeline({ ...shared, pacer: new QuotaPacer() });
    this.#unpaced = new CallPipeline({ ...shared, pacer: unpaced });
  }

  /** What stands for a client: it has only `send`, and that only as a promise. */
  sender<Client extends { send: unknown }>(service: AwsService): Pick<Client, 'send'> {
    const send = (command: SdkCommand): Promise<unknown> => this.#send(service, command);
    return { send } as unknown as Pick<Client, 'send'>;
  }

  /** The endpoint other than AWS's that a service's calls go to. */
  endpointOf(service: AwsService): string | undefined {
    const set = endpointFor(service, this.#options.endpoint, this.#options.env);
    if (set !== undefined) return set;
    const seen = this.#origins.get(service) ?? this.#origins.get('sts');
    return seen === undefined || isAwsOrigin(seen) ? undefined : seen;
  }

  async #send(service: AwsService, command: SdkCommand): Promise<unknown> {
    const client = await this.#client(service);
    const operation = operationOf(command);
    const repeatable = withToken(service, operation, command);
    const call = awsCall(service, operation, command.input);
    const pipeline = this.#isPaced(service) ? this.#paced : this.#unpaced;
    return pipeline.run({
      call,
      secrets: secretsOf(command.input),
      place: () => this.#place(service),
      attempt: (abortSignal) =>
        client.send(repeatable, {
          requestTimeout: call.timeoutMs,
          ...(abortSignal === undefined ? {} : { abortSignal }),
        }),
    });
  }

  #isPaced(service: AwsService): boolean {
    return this.#options.env['APIGEN_PACE'] === 'aws' || this.endpointOf(service) === undefined;
  }

  #client(service: AwsService): Promise<SdkClient> {
    const known = this.#clients.get(service);
    if (known !== undefined) return known;
    const client = this.#make(service);
    this.#clients.set(service, client);
    return client;
  }

  async #make(service: AwsService): Promise<SdkClient> {
    const { region, env, endpoint, gate, debug } = this.#options;
    const settings: ClientSettings = {
      region,
      endpoint: endpointFor(service, endpoint, env),
      profile: this.#profile,
      credentials: givenCredentials({ ...this.#options, profile: this.#profile }),
      gate,
      debug,
      onOrigin: (origin) => this.#origins.set(service, origin),
    };
    if (service === 'sts' || settings.credentials !== undefined) return makeClient(service, settings);
    const sts = await this.#client('sts');
    return makeClient(service, { ...settings, credentials: sts.config.credentials });
  }

  #place(service: AwsService): CallPlace {
    const endpoint = this.endpointOf(service);
    const origin = endpoint ?? this.#origins.get(service);
    return {
      region: this.#options.region,
      profile: this.#profile,
      host: origin === undefined ? undefined : new URL(origin).host,
      customEndpoint: endpoint !== undefined,
    };
  }
}

/** The schema's name for it, since a bundler may rename classes that share a name (`CreateDeploymentCommand`). */
function operationOf(command: SdkCommand): string {
  const schema: unknown = 'schema' in command ? command.schema : undefined;
  const name: unknown = Array.isArray(schema) ? schema[2] : undefined;
  return typeof name === 'string' ? name : command.constructor.name.replace(/Command\d*$/, '');
}

/**
 * A transaction gets its idempotency token here, once: the SDK would make a new one for each attempt, and a repeated
 * transaction would then fail on its own first effect.
 */
function withToken(service: AwsService, operation: string, command: SdkCommand): SdkCommand {
  if (service !== 'dynamodb' || operation !== 'TransactWriteItems' || 'ClientRequestToken' in command.input)
    return command;
  const copy: SdkCommand = Object.create(Object.getPrototypeOf(command), Object.getOwnPropertyDescriptors(command));
  return Object.assign(copy, { input: { ...command.input, ClientRequestToken: randomUUID() } });
}
