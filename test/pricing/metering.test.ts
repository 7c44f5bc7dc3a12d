// How AWS counts: each rule with a number worked out by hand.

import { describe, expect, it } from '@jest/globals';
import { quantities } from './usage-text.ts';

describe('API Gateway', () => {
  it('counts an HTTP request once for each 512 KB of its larger side', () => {
    const of = (sizes: string) => quantities(`apis: { a: { type: http, requests: 100, ${sizes} } }`)['http-requests'];
    expect(of('requestSize: 1KB')).toBe('100');
    expect(of('requestSize: 512KB, responseSize: 1KB')).toBe('100');
    expect(of('requestSize: 513KB, responseSize: 1KB')).toBe('200');
    expect(of('requestSize: 1KB, responseSize: 1500KB')).toBe('300');
  });

  it('counts a WebSocket message once for each 32 KB, in both directions', () => {
    const usage = 'apis: { c: { type: websocket, messages: 10, messageSize: 33KB, sent: 100, sentSize: 128KB } }';
    expect(quantities(usage)['websocket-messages']).toBe('420');
  });

  it('counts connecting and disconnecting as calls of a function and not as messages', () => {
    const usage =
      'apis: { c: { type: websocket, messages: 10, routes: { $connect: { messages: 4, function: f }, send: { function: f } } } }\nfunctions: { f: { memory: 128MB, architecture: arm64 } }';
    expect(quantities(usage)).toMatchObject({ 'websocket-messages': '10', 'lambda-requests': '14' });
  });

  it('counts connection minutes from connections and how long they last', () => {
    const usage = 'apis: { c: { type: websocket, messages: 1, connections: 1000, connectionTime: 90s } }';
    expect(quantities(usage)['websocket-minutes']).toBe('1500');
  });

  it('counts a streamed REST response once for each 10 MB, any other once', () => {
    const of = (rest: string) =>
      quantities(`apis: { a: { type: rest, routes: { GET /x: { requests: 10, ${rest} } } } }`)['rest-requests'];
    expect(of('responseSize: 25MB, streamed: true')).toBe('30');
    expect(of('responseSize: 10MB')).toBe('10');
  });

  it('sends the responses of a private API through its endpoint and not to the internet', () => {
    const usage =
      'apis: { a: { type: rest, endpoint: private, endpointZones: 2, requests: 1048576, requestSize: 1KB, responseSize: 3KB } }';
    expect(quantities(usage)).toEqual({
      'rest-requests': '1048576',
      'vpc-endpoint-data': '4',
      'vpc-endpoint-hours': '1460',
    });
  });

  it('lets a cache answer its share of GET requests, and of no others', () => {
    const usage = `
apis:
  a:
    type: rest
    cache: { size: 0.5GB, hitRate: 75% }
    routes:
      GET /x: { requests: 1000, function: f, reads: { T: 1 } }
      POST /x: { requests: 100, function: f, writes: { T: 1 } }
functions: { f: { memory: 1024MB, duration: 1s, architecture: arm64 } }
models: { T: { itemSize: 1KB } }`;
    expect(quantities(usage)).toMatchObject({
      'rest-requests': '1100',
      'cache-0.5gb': '730',
      'lambda-requests': '350',
      'lambda-duration-arm64': '350',
      'dynamodb-reads': '125',
      'dynamodb-writes': '100',
    });
  });
});

describe('Lambda', () => {
  const of = (settings: string) =>
    quantities(`functions: { f: { memory: 1024MB, architecture: x86_64, ${settings} } }`);

  it('rounds a duration up to the millisecond', () => {
    expect(of('requests: 1000, duration: 1.2ms')['lambda-duration-x86']).toBe('2');
  });

  it('counts an asynchronous event once up to 256 KB and once for each further 64 KB', () => {
    expect(of('requests: 10, duration: 1ms, eventSize: 256KB')['lambda-requests']).toBe('10');
    expect(of('requests: 10, duration: 1ms, eventSize: 257KB')['lambda-requests']).toBe('20');
    expect(of('requests: 10, duration: 1ms, eventSize: 1MB')['lambda-requests']).toBe('130');
  });

  it('bills ephemeral storage beyond 512 MB by the second, whatever the memory', () => {
    expect(of('requests: 100, duration: 1s, ephemeralStorage: 1536MB')['lambda-ephemeral-storage']).toBe('100');
    expect(of('requests: 100, duration: 1s, ephemeralStorage: 512MB')['lambda-ephemeral-storage']).toBeUndefined();
  });

  it('bills the initialisation of cold starts', () => {
    expect(of('requests: 1000, duration: 1s, coldStarts: { share: 10%, duration: 500ms }')['lambda-duration-x86']).toBe(
      '1050',
    );
  });

  it('rounds provisioned concurrency up to five minutes', () => {
    const usage = 'requests: 0, provisioned: { concurrency: 2, hours: 0.1 }';
    expect(of(usage)['lambda-provisioned-x86']).toBe('1200');
  });

  it('takes the requests on provisioned concurrency out of those at the ordinary rate', () => {
    const usage =
      'requests: 1000, duration: 1s, provisioned: { concurrency: 1, hours: 1, requests: 400, duration: 500ms }';
    expect(of(usage)).toMatchObject({
      'lambda-requests': '1000',
      'lambda-duration-x86': '600',
      'lambda-provisioned-duration-x86': '200',
      'lambda-provisioned-x86': '3600',
    });
  });

  it('keeps a SnapStart snapshot for three hours at least', () => {
    expect(of('requests: 1, snapStart: { versions: 2, hours: 1, restores: 5 }')).toMatchObject({
      'lambda-snapstart-cache': '21600',
      'lambda-snapstart-restores': '5',
    });
  });

  it('bills a streamed response beyond 6 MB', () => {
    expect(of('requests: 1024, duration: 1ms, streamedSize: 7MB')['lambda-streamed']).toBe('1');
  });
});

describe('DynamoDB', () => {
  const of = (settings: string, more = '') => quantities(`region: us-east-1\n${more}\nmodels: { T: { ${settings} } }`);

  it('counts a write once for each KB and a read once for each 4 KB', () => {
    expect(of('itemSize: 1.1KB, writes: 10, reads: { strong: 10 }')).toMatchObject({
      'dynamodb-writes': '20',
      'dynamodb-reads': '10',
    });
    expect(of('itemSize: 4.1KB, reads: { strong: 10 }')['dynamodb-reads']).toBe('20');
  });

  it('counts eventually consistent reads half and transactions double', () => {
    const usage =
      'itemSize: 1KB, reads: { eventual: 10, strong: 10, transactional: 10 }, writes: { standard: 10, transactional: 10 }';
    expect(of(usage)).toMatchObject({ 'dynamodb-reads': '35', 'dynamodb-writes': '30' });
  });

  it('adds up the items of a query before it rounds', () => {
    expect(of('itemSize: 200B, readSize: 4000B, reads: { strong: 10 }')['dynamodb-reads']).toBe('10');
  });

  it('writes an index by its projection, where it changes, twice where its key does, and once in a transaction', () => {
    expect(
      of('itemSize: 3KB, writes: 100, indexes: { i: { size: 1KB, writes: 50%, keyChanges: 20% } }')['dynamodb-writes'],
    ).toBe('360');
    expect(of('itemSize: 1KB, writes: { transactional: 100 }, indexes: { i: { size: 1KB } }')['dynamodb-writes']).toBe(
      '300',
    );
  });

  it('stores 100 bytes more for each item, and again for each index', () => {
    const gb = 1024 ** 3;
    expect(of('items: 1M, itemSize: 924B')['dynamodb-storage']).toBe(String(1_024_000_000 / gb));
    expect(of('items: 1M, itemSize: 924B, indexes: { i: { size: 412B, items: 50% } }')['dynamodb-storage']).toBe(
      String(1_280_000_000 / gb),
    );
  });

  it('bills a replica’s writes in every region, its indexes’ as plain writes, and the way between', () => {
    const usage =
      'writes: 1048576, reads: { strong: 10 }, itemSize: 1KB, replicas: [us-west-2], indexes: { i: { size: 1KB } }';
    expect(of(usage)).toMatchObject({
      'dynamodb-replicated-writes': '1048576',
      'dynamodb-replicated-writes@us-west-2': '1048576',
      'dynamodb-writes': '1048576',
      'dynamodb-writes@us-west-2': '1048576',
      'dynamodb-reads': '10',
      'data-inter-region': '1',
    });
  });

  it('adds 48 bytes to each item of a global table, in each region', () => {
    expect(of('items: 1048576, itemSize: 876B, replicas: [us-west-2]')).toMatchObject({
      'dynamodb-storage': '1',
      'dynamodb-storage@us-west-2': '1',
    });
  });

  it('bills provisioned capacity by the hour, indexes included, and no units', () => {
    const usage =
      'capacity: { read: 10, write: 5 }, reads: 1M, writes: 1M, indexes: { i: { capacity: { read: 2, write: 1 } }, j: {} }';
    expect(of(usage)).toEqual({ 'dynamodb-rcu': '16060', 'dynamodb-wcu': '8030' });
  });

  it('uses the meters of Standard-IA for a table of that class', () => {
    expect(of('class: standard-ia, reads: { strong: 4 }, writes: 4, itemSize: 1KB, storage: 2GB')).toEqual({
      'dynamodb-ia-reads': '4',
      'dynamodb-ia-writes': '4',
      'dynamodb-ia-storage': '2',
    });
  });

  it('bills recovery, backups, restores, exports, imports, streams and Kinesis', () => {
    const usage =
      'storage: 8GB, itemSize: 2KB, writes: 3, backups: { continuous: true, stored: 1GB, restored: 2GB, exported: 3GB, exportedIncrements: 4GB, imported: 5GB }, streamReads: 6, kinesis: true';
    expect(of(usage)).toMatchObject({
      'dynamodb-pitr': '8',
      'dynamodb-backups': '1',
      'dynamodb-restores': '2',
      'dynamodb-exports': '3',
      'dynamodb-incremental-exports': '4',
      'dynamodb-imports': '5',
      'dynamodb-stream-reads': '6',
      'dynamodb-kinesis': '6',
    });
  });
});

describe('the rest', () => {
  it('counts a message of SNS and SQS once for each 64 KB, and a queue’s message three times', () => {
    const usage = `
topics: { t: { publishes: 10, size: 65KB, http: 3, email: 2, aws: 1 }, f: { publishes: 1048576, size: 1KB, fifo: true } }
queues: { q: { messages: 10, size: 128KB }, r: { requests: 7, fifo: true } }`;
    expect(quantities(usage)).toEqual({
      'sns-publishes': '20',
      'sns-http-deliveries': '3',
      'sns-email-deliveries': '2',
      'sns-aws-deliveries': '1',
      'sns-fifo-publishes': '1048576',
      'sns-fifo-payload': '1',
      'sqs-requests': '60',
      'sqs-fifo-requests': '7',
    });
  });

  it('counts logs of every call, what is kept of them, metrics, alarms, dashboards and traces', () => {
    const usage = `
apis: { a: { type: http, routes: { GET /x: { requests: 1048576, function: f } } } }
functions: { f: { memory: 128MB, architecture: arm64, logSize: 1KB } }
logs: { ingested: 1GB, stored: 5GB, scanned: 2GB, class: infrequent }
monitoring: { metrics: 3, alarms: 2, highResolutionAlarms: 1, compositeAlarms: 1, dashboards: 4, requests: 1k }
traces: { share: 25%, recorded: 10, retrieved: 5, insights: 1 }`;
    expect(quantities(usage)).toMatchObject({
      'logs-ingested-infrequent': '2',
      'logs-stored': '6',
      'logs-scanned': '2',
      metrics: '3',
      alarms: '2',
      'alarms-high-resolution': '1',
      'alarms-composite': '1',
      dashboards: '4',
      'metric-requests': '1000',
      'traces-recorded': '262154',
      'traces-retrieved': '5',
      'traces-insights': '1',
    });
  });

  it('takes any meter by its name', () => {
    expect(quantities('other: { nat-gateway-hours: 730, cognito-lite-users: 20k }')).toEqual({
      'nat-gateway-hours': '730',
      'cognito-lite-users': '20000',
    });
  });

  it('leaves out what is excluded', () => {
    const usage = 'exclude: [data-transfer]\napis: { a: { type: http, requests: 1M, responseSize: 1MB } }';
    expect(Object.keys(quantities(usage))).toEqual(['http-requests']);
  });
});
