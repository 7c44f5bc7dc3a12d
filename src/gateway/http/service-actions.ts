// The AWS actions an HTTP API can call by integration subtype, and how their parameters travel: names and required
// ones as in the integration subtype reference of the developer guide, the wire form as the services' JSON protocols.

import type { HeaderList } from '../exchange.ts';
import { actionHeaders } from '../integrations/service-protocols.ts';

export interface ServiceRequest {
  readonly method: 'POST' | 'GET';
  /** Path and query below the service's endpoint. */
  readonly target: string;
  readonly headers: HeaderList;
  readonly body: string;
}

export interface ServiceAction {
  /** Its name in a credential scope: `sqs`, `events`. */
  readonly service: string;
  readonly required: readonly string[];
  build(parameters: Readonly<Record<string, string>>): ServiceRequest;
}

/** By subtype (`SQS-SendMessage`). */
export const SERVICE_ACTIONS: Readonly<Record<string, ServiceAction>> = {
  'EventBridge-PutEvents': {
    service: 'events',
    required: ['Detail', 'DetailType', 'Source'],
    build: (given) =>
      jsonCall('events', 'PutEvents', {
        Entries: [{ ...members(given), ...listOf(given, 'Resources'), ...numberOf(given, 'Time') }],
      }),
  },
  'SQS-SendMessage': {
    service: 'sqs',
    required: ['QueueUrl', 'MessageBody'],
    build: (given) =>
      jsonCall('sqs', 'SendMessage', {
        ...members(given),
        ...numberOf(given, 'DelaySeconds'),
        ...jsonOf(given, 'MessageAttributes'),
        ...jsonOf(given, 'MessageSystemAttributes'),
      }),
  },
  'SQS-ReceiveMessage': {
    service: 'sqs',
    required: ['QueueUrl'],
    build: (given) =>
      jsonCall('sqs', 'ReceiveMessage', {
        ...members(given),
        ...numberOf(given, 'MaxNumberOfMessages'),
        ...numberOf(given, 'VisibilityTimeout'),
        ...numberOf(given, 'WaitTimeSeconds'),
        ...listOf(given, 'AttributeNames'),
        ...listOf(given, 'MessageAttributeNames'),
      }),
  },
  'SQS-DeleteMessage': {
    service: 'sqs',
    required: ['QueueUrl', 'ReceiptHandle'],
    build: (given) => jsonCall('sqs', 'DeleteMessage', members(given)),
  },
  'SQS-PurgeQueue': {
    service: 'sqs',
    required: ['QueueUrl'],
    build: (given) => jsonCall('sqs', 'PurgeQueue', members(given)),
  },
  'AppConfig-GetConfiguration': {
    service: 'appconfig',
    required: ['Application', 'Environment', 'Configuration', 'ClientId'],
    build: configurationCall,
  },
  'Kinesis-PutRecord': {
    service: 'kinesis',
    required: ['StreamName', 'Data', 'PartitionKey'],
    build: (given) =>
      jsonCall('kinesis', 'PutRecord', {
        ...members(given),
        Data: Buffer.from(given['Data'] ?? '').toString('base64'),
      }),
  },
  'StepFunctions-StartExecution': stepFunctions('StartExecution', ['StateMachineArn']),
  'StepFunctions-StartSyncExecution': stepFunctions('StartSyncExecution', ['StateMachineArn']),
  'StepFunctions-StopExecution': stepFunctions('StopExecution', ['ExecutionArn']),
};

function stepFunctions(action: string, required: readonly string[]): ServiceAction {
  return {
    service: 'states',
    required,
    build: (given) => {
      const lower = Object.entries(members(given)).map(([name, value]) => [
        `${name.charAt(0).toLowerCase()}${name.slice(1)}`,
        value,
      ]);
      return jsonCall('states', action, Object.fromEntries(lower));
    },
  };
}

function configurationCall(given: Readonly<Record<string, string>>): ServiceRequest {
  const part = (name: string): string => encodeURIComponent(given[name] ?? '');
  const version = given['ClientConfigurationVersion'];
  const query = `client_id=${part('ClientId')}${version === undefined ? '' : `&client_configuration_version=${part('ClientConfigurationVersion')}`}`;
  const path = `/applications/${part('Application')}/environments/${part('Environment')}/configurations/${part('Configuration')}`;
  return { method: 'GET', target: `${path}?${query}`, headers: [], body: '' };
}

function jsonCall(service: string, action: string, body: Readonly<Record<string, unknown>>): ServiceRequest {
  return { method: 'POST', target: '/', headers: actionHeaders(service, action) ?? [], body: JSON.stringify(body) };
}

// `Region` says where the call goes; it is no parameter of the action.
function members(given: Readonly<Record<string, string>>): Record<string, unknown> {
  const { Region: _region, ...rest } = given;
  return rest;
}

function numberOf(given: Readonly<Record<string, string>>, name: string): Record<string, number> {
  const value = given[name];
  return value === undefined || Number.isNaN(Number(value)) ? {} : { [name]: Number(value) };
}

function jsonOf(given: Readonly<Record<string, string>>, name: string): Record<string, unknown> {
  const value = given[name];
  if (value === undefined) return {};
  try {
    return { [name]: JSON.parse(value) as unknown };
  } catch {
    return {};
  }
}

// A list is written as JSON or with commas.
function listOf(given: Readonly<Record<string, string>>, name: string): Record<string, unknown> {
  const value = given[name];
  if (value === undefined) return {};
  const parsed = jsonOf(given, name)[name];
  return { [name]: Array.isArray(parsed) ? parsed : value.split(',').map((entry) => entry.trim()) };
}
