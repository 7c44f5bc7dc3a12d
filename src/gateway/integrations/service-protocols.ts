// How the actions of AWS services are named on the wire: by X-Amz-Target and JSON, or by `Action=` and a version.

interface JsonProtocol {
  readonly prefix: string;
  readonly version: '1.0' | '1.1';
}

const JSON_PROTOCOLS: Readonly<Record<string, JsonProtocol>> = {
  dynamodb: { prefix: 'DynamoDB_20120810', version: '1.0' },
  events: { prefix: 'AWSEvents', version: '1.1' },
  firehose: { prefix: 'Firehose_20150804', version: '1.1' },
  kinesis: { prefix: 'Kinesis_20131202', version: '1.1' },
  logs: { prefix: 'Logs_20140328', version: '1.1' },
  sqs: { prefix: 'AmazonSQS', version: '1.0' },
  ssm: { prefix: 'AmazonSSM', version: '1.1' },
  states: { prefix: 'AWSStepFunctions', version: '1.0' },
};

/** The API versions of services that take `Action=`. */
export const QUERY_VERSIONS: Readonly<Record<string, string>> = {
  sns: '2010-03-31',
  sqs: '2012-11-05',
  sts: '2011-06-15',
};

/** The headers that name an action of a service with a JSON protocol; nothing where it has none. */
export function actionHeaders(service: string, action: string): [string, string][] | undefined {
  const protocol = JSON_PROTOCOLS[service];
  if (protocol === undefined) return undefined;
  return [
    ['X-Amz-Target', `${protocol.prefix}.${action}`],
    ['Content-Type', `application/x-amz-json-${protocol.version}`],
  ];
}
