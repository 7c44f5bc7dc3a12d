// The only place that news an SDK client. Each is loaded on its first use (loading costs about 80 ms each), with the
// SDK's own retries off, short timeouts, and the gate right before the request leaves.

import type { LambdaClient, LambdaClientConfig } from '@aws-sdk/client-lambda';
import { type AwsCall, type AwsService, awsCall } from './aws-call.ts';
import { GateRefusal } from './call-pipeline.ts';

export interface SdkCommand {
  readonly input: object;
}

export interface SendOptions {
  readonly abortSignal?: AbortSignal;
  /** Milliseconds from the request's start to its answer. */
  readonly requestTimeout: number;
}

/** What all clients have in common; their types differ in their commands alone. */
export interface SdkClient {
  readonly config: Pick<LambdaClient['config'], 'credentials'>;
  readonly middlewareStack: LambdaClient['middlewareStack'];
  send(command: SdkCommand, options: SendOptions): Promise<unknown>;
}

type SharedConfig = Pick<
  LambdaClientConfig,
  'credentials' | 'endpoint' | 'logger' | 'maxAttempts' | 'profile' | 'region' | 'requestHandler' | 'retryMode'
>;

export type Gate = (call: AwsCall) => void | Promise<void>;

export interface ClientSettings {
  readonly region: string;
  readonly endpoint: string | undefined;
  readonly profile: string | undefined;
  readonly credentials: LambdaClientConfig['credentials'] | undefined;
  readonly gate: Gate | undefined;
  /** Told where each request goes: `http://127.0.0.1:4566`. */
  readonly onOrigin: (origin: string) => void;
  /** The SDK's own warnings. */
  readonly debug: ((line: string) => void) | undefined;
}

const sockets = { keepAlive: true, maxSockets: 50 } as const;

export async function makeClient(service: AwsService, settings: ClientSettings): Promise<SdkClient> {
  // The SDK warns about its own support of Node at every load, from inside its constructor.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
  const Client = await clientClass(service);
  const client = new Client(configFor(settings)) as unknown as SdkClient;
  guard(client, service, settings);
  return client;
}

async function clientClass(service: AwsService): Promise<new (config: SharedConfig) => object> {
  switch (service) {
    case 'api-gateway':
      return (await import('@aws-sdk/client-api-gateway')).APIGatewayClient;
    case 'api-gateway-v2':
      return (await import('@aws-sdk/client-apigatewayv2')).ApiGatewayV2Client;
    case 'cloudwatch':
      return (await import('@aws-sdk/client-cloudwatch')).CloudWatchClient;
    case 'dynamodb':
      return (await import('@aws-sdk/client-dynamodb')).DynamoDBClient;
    case 'eventbridge':
      return (await import('@aws-sdk/client-eventbridge')).EventBridgeClient;
    case 'iam':
      return (await import('@aws-sdk/client-iam')).IAMClient;
    case 'kms':
      return (await import('@aws-sdk/client-kms')).KMSClient;
    case 'lambda':
      return (await import('@aws-sdk/client-lambda')).LambdaClient;
    case 'logs':
      return (await import('@aws-sdk/client-cloudwatch-logs')).CloudWatchLogsClient;
    case 'sns':
      return (await import('@aws-sdk/client-sns')).SNSClient;
    case 'sqs':
      return (await import('@aws-sdk/client-sqs')).SQSClient;
    case 'sts':
      return (await import('@aws-sdk/client-sts')).STSClient;
  }
}

function configFor({ region, endpoint, profile, credentials, debug }: ClientSettings): SharedConfig {
  const quiet = (): void => undefined;
  const say = (...words: unknown[]): void => debug?.(words.map(String).join(' '));
  return {
    region,
    maxAttempts: 1,
    retryMode: 'standard',
    requestHandler: {
      connectionTimeout: 3_000,
      throwOnRequestTimeout: true,
      httpAgent: sockets,
      httpsAgent: sockets,
    },
    // The SDK's logger would be handed whole inputs with every call: only its warnings are let through.
    logger: { trace: quiet, debug: quiet, info: quiet, warn: say, error: quiet },
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(profile === undefined ? {} : { profile }),
    ...(credentials === undefined ? {} : { credentials }),
  };
}

/** Puts the gate after signing, so that nothing slow stands between its yes and the request. */
function guard(client: SdkClient, service: AwsService, { gate, onOrigin }: ClientSettings): void {
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const origin = originOf(args.request);
      if (origin !== undefined) onOrigin(origin);
      if (gate !== undefined) {
        try {
          await gate(awsCall(service, String(context['commandName']).replace(/Command$/, ''), args.input));
        } catch (error) {
          throw new GateRefusal(error);
        }
      }
      return next(args);
    },
    { step: 'deserialize', priority: 'low', name: 'gate' },
  );
}

function originOf(request: unknown): string | undefined {
  if (typeof request !== 'object' || request === null || !('hostname' in request)) return undefined;
  const protocol = 'protocol' in request ? String(request.protocol) : 'https:';
  const port = 'port' in request && request.port !== undefined ? `:${request.port}` : '';
  return `${protocol}//${String(request.hostname)}${port}`;
}
