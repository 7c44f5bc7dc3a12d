// What is known of actions of AWS services: those that HTTP APIs can call, and which parameter names the resource that
// the API's role must be allowed to use.

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-aws-services-reference.html */
interface HttpAction {
  /** `SQS-SendMessage`. */
  readonly subtype: string;
  readonly required: readonly string[];
  readonly optional: readonly string[];
}

const action = (subtype: string, required: readonly string[], optional: readonly string[] = []): HttpAction => ({
  subtype,
  required,
  optional: [...optional, 'Region'],
});

const HTTP_ACTIONS: Readonly<Record<string, HttpAction>> = {
  'events:PutEvents': action(
    'EventBridge-PutEvents',
    ['Detail', 'DetailType', 'Source'],
    ['Time', 'EventBusName', 'Resources', 'TraceHeader'],
  ),
  'sqs:SendMessage': action(
    'SQS-SendMessage',
    ['QueueUrl', 'MessageBody'],
    ['DelaySeconds', 'MessageAttributes', 'MessageDeduplicationId', 'MessageGroupId', 'MessageSystemAttributes'],
  ),
  'sqs:ReceiveMessage': action(
    'SQS-ReceiveMessage',
    ['QueueUrl'],
    [
      ...['AttributeNames', 'MaxNumberOfMessages', 'MessageAttributeNames'],
      ...['ReceiveRequestAttemptId', 'VisibilityTimeout', 'WaitTimeSeconds'],
    ],
  ),
  'sqs:DeleteMessage': action('SQS-DeleteMessage', ['ReceiptHandle', 'QueueUrl']),
  'sqs:PurgeQueue': action('SQS-PurgeQueue', ['QueueUrl']),
  'appconfig:GetConfiguration': action(
    'AppConfig-GetConfiguration',
    ['Application', 'Environment', 'Configuration', 'ClientId'],
    ['ClientConfigurationVersion'],
  ),
  'kinesis:PutRecord': action(
    'Kinesis-PutRecord',
    ['StreamName', 'Data', 'PartitionKey'],
    ['SequenceNumberForOrdering', 'ExplicitHashKey'],
  ),
  'states:StartExecution': action('StepFunctions-StartExecution', ['StateMachineArn'], ['Name', 'Input']),
  'states:StartSyncExecution': action(
    'StepFunctions-StartSyncExecution',
    ['StateMachineArn'],
    ['Name', 'Input', 'TraceHeader'],
  ),
  'states:StopExecution': action('StepFunctions-StopExecution', ['ExecutionArn'], ['Cause', 'Error']),
};

/** The service as its endpoint is called, for names that people know it by. */
const ALIASES: Readonly<Record<string, string>> = {
  eventbridge: 'events',
  stepfunctions: 'states',
  'step-functions': 'states',
  cloudwatch: 'monitoring',
};

export const serviceOf = (name: string): string => ALIASES[name] ?? name;

/** What an HTTP API calls the action, or nothing where it cannot. */
export const httpAction = (service: string, name: string): HttpAction | undefined =>
  HTTP_ACTIONS[`${serviceOf(service)}:${name}`];

/** `sqs SendMessage`, …: what HTTP APIs can call. */
export const HTTP_ACTION_NAMES: readonly string[] = Object.keys(HTTP_ACTIONS).map((key) => key.replace(':', ' '));

/** The parameter that names the resource, as REST and HTTP write it, and what a fixed value of it means. */
interface ResourceParameter {
  readonly names: readonly string[];
  /** The ARN's resource for a fixed value that is no ARN itself; nothing where it names none. */
  resource?(value: string): string | undefined;
  /** Where the parameter is left out. */
  readonly missing?: string;
}

const RESOURCES: Readonly<Record<string, ResourceParameter>> = {
  sqs: {
    names: ['QueueUrl'],
    resource: (url) => /^https?:\/\/[^/]+\/\d{12}\/([\w-]+(?:\.fifo)?)$/.exec(url)?.[1],
  },
  sns: { names: ['TopicArn', 'TargetArn'] },
  events: { names: ['EventBusName'], resource: (name) => `event-bus/${name}`, missing: 'event-bus/default' },
  kinesis: { names: ['StreamName', 'StreamARN'], resource: (name) => `stream/${name}` },
  firehose: { names: ['DeliveryStreamName'], resource: (name) => `deliverystream/${name}` },
  states: { names: ['StateMachineArn', 'stateMachineArn', 'ExecutionArn', 'executionArn'] },
  dynamodb: { names: ['TableName'], resource: (name) => `table/${name}` },
};

/** What the role needs, as far as the parameters say it. */
export type NamedResource =
  /** A whole ARN, or the part after `arn:{partition}:{service}:{region}:{account}:`. */
  | { readonly type: 'arn'; readonly arn: string }
  | { readonly type: 'local'; readonly service: string; readonly resource: string; readonly value: string }
  /** A fixed text that names nothing known. */
  | { readonly type: 'unclear'; readonly parameter: string; readonly value: string }
  /** Left out, an expression, or a service of which apigen does not know it. */
  | { readonly type: 'unknown'; readonly parameter?: string };

export function namedResource(service: string, parameters: Readonly<Record<string, unknown>>): NamedResource {
  const known = RESOURCES[serviceOf(service)];
  if (known === undefined) return { type: 'unknown' };
  const parameter = known.names.find((name) => parameters[name] !== undefined);
  const value = parameter === undefined ? undefined : parameters[parameter];
  const local = (resource: string): NamedResource => ({
    type: 'local',
    service: serviceOf(service),
    resource,
    value: String(value ?? ''),
  });
  if (parameter === undefined) {
    const [name] = known.names;
    return known.missing === undefined
      ? { type: 'unknown', ...(name !== undefined && { parameter: name }) }
      : local(known.missing);
  }
  if (typeof value !== 'string' || value.includes('$')) return { type: 'unknown', parameter };
  if (value.startsWith('arn:')) return { type: 'arn', arn: value };
  const resource = known.resource?.(value);
  return resource === undefined ? { type: 'unclear', parameter, value } : local(resource);
}
