// What a person may get wrong in a usage file, and what they are told.

import { describe, expect, it } from '@jest/globals';
import { InvalidProjectError } from '../../../src/errors.ts';
import type { Shape } from '../../../src/flows/estimate/shape.ts';
import { estimated, prepared } from '../../pricing/usage-text.ts';

const shape: Shape = {
  region: 'eu-west-1',
  apis: [
    {
      name: 'public',
      type: 'http',
      exposure: 'internet',
      routes: [
        { key: 'GET /products', method: 'GET', function: 'products-list' },
        { key: 'POST /products', method: 'POST', function: 'products-create' },
      ],
      restOnly: [],
    },
  ],
  functions: [
    { name: 'products-list', architecture: 'arm64', memoryMb: 256, logRetentionDays: 30 },
    { name: 'products-create', architecture: 'arm64', memoryMb: 256, logRetentionDays: 30 },
  ],
  tables: [{ name: 'Product', class: 'standard', capacity: 'on-demand', pointInTimeRecovery: false, replicas: [] }],
};

/** `line:column message | hint` of every problem. */
function problemsOf(yaml: string, project?: Shape): string[] {
  try {
    prepared(yaml, project);
  } catch (error) {
    if (!(error instanceof InvalidProjectError)) throw error;
    return error.problems.map(
      ({ position, message, hint }) =>
        `${position?.line}:${position?.column} ${message}${hint === undefined ? '' : ` | ${hint}`}`,
    );
  }
  return [];
}

describe('a usage file', () => {
  it.each([
    ['requests: -5', '1:11 requests: "-5" is negative | Write it as 10M, 1.5k or 250000.'],
    ['requests: 10m', '1:11 requests: "10m" is not a number: "m" is not one of k, M, B, T | For millions write 10M.'],
    [
      'requests: 1e30',
      '1:11 requests: "1e+30" is more than any account uses in a month | Check the unit and the zeros.',
    ],
    ['requests:', '1:1 requests: must be a number, as 10M'],
    ['responseSize: 4', '1:15 responseSize: "4" is not a size: it has no unit | Write 4KB.'],
    ['requestSize: 11MB', '1:14 requestSize: "11MB" is more than a request or response may have (10MB)'],
    ['itemSize: 500KB', '1:11 itemSize: "500KB" is more than a DynamoDB item may have (400KB)'],
    ['duration: 120', '1:11 duration: "120" is not a duration: it has no unit | Write 120ms.'],
    ['duration: 20min', '1:11 duration: "20min" is longer than a function may run (15min)'],
    ['month: 40d', '1:8 month: "40d" is not the length of a month | Write 730h, 30d or at most 31d.'],
    ['freeTier: alway', '1:11 freeTier: "alway" is not known here | Did you mean always?'],
    ['region: eu-wset-1', '1:9 region: "eu-wset-1" is not known here | Did you mean eu-west-1?'],
    ['exclude: [lamda]', '1:11 exclude[0]: "lamda" is not known here | Did you mean lambda?'],
    ['requets: 5', '1:1 requets: is not a key of the usage | Did you mean requests?'],
    [
      'other: { nat-gateway-hour: 5 }',
      '1:10 other.nat-gateway-hour: is not a key of the usage | Did you mean nat-gateway-hours?',
    ],
    ['functions: { f: { memory: 64 } }', '1:27 functions.f.memory: 64 must be a whole number of MB from 128 to 10,240'],
    ['apis: { a: { requests: 1 } }', '1:9 apis.a: has no type | Add type: http, rest or websocket.'],
    ['apis: { a: { type: soap } }', '1:20 apis.a.type: "soap" is not known here | Write rest, http, websocket.'],
    ['apis: []', '1:1 apis: must be a map'],
    ['models: { T: { reads: -5 } }', '1:23 models.T.reads: "-5" is negative | Write it as 10M, 1.5k or 250000.'],
    [
      'models: { T: { reads: { evntual: 5 } } }',
      '1:25 models.T.reads.evntual: is not a key of the usage | Did you mean eventual?',
    ],
    [
      'models: { T: { capacity: { read: 5 } } }',
      '1:16 models.T.capacity: needs read and write | Write capacity: { read: 5, write: 5 }.',
    ],
  ])('%s is refused with its place', (yaml, expected) => {
    expect(problemsOf(yaml)).toEqual([expected]);
  });

  it.each([
    [
      'requests: 10M\napis: { a: { type: http, requests: 4M }, b: { type: http, requests: 5M } }',
      '1:11 requests: 10,000,000 contradicts the APIs and routes, which add up to 9,000,000 | Write 9,000,000 here, or nothing.',
    ],
    [
      'apis: { a: { type: http, requests: 4M, routes: { GET /x: { requests: 5M } } } }',
      '1:36 apis.a.requests: 4,000,000 contradicts its routes, which add up to 5,000,000 | Write 5,000,000 here, or nothing.',
    ],
    [
      'models: { T: { items: 5, storage: 5GB } }',
      '1:35 models.T.storage: says the same as items | Keep one of the two.',
    ],
    ['apis: { a: { type: http, cache: { size: 0.5GB } } }', '1:26 apis.a.cache: only REST APIs have a cache'],
    ['apis: { a: { type: http, endpoint: private } }', '1:36 apis.a.endpoint: only REST APIs can be private'],
    [
      'apis: { a: { type: rest, messages: 5 } }',
      '1:36 apis.a.messages: only WebSocket APIs have it, and this is a REST API',
    ],
    [
      'apis: { a: { type: websocket, connections: 5 } }',
      '1:44 apis.a.connections: needs connectionTime beside it | Add connectionTime.',
    ],
    [
      'functions: { f: { requests: 5, provisioned: { concurrency: 1, requests: 6 } } }',
      '1:73 functions.f.provisioned.requests: 6 of 5 requests cannot run on provisioned concurrency | They are a part of the function’s requests.',
    ],
    [
      'queues: { q: { messages: 5, requests: 5 } }',
      '1:39 queues.q.requests: says the same as messages | Keep one of the two: a message is three requests (send, receive, delete).',
    ],
    [
      'region: us-east-1\nmodels: { T: { replicas: [us-east-1] } }',
      '2:16 models.T.replicas: us-east-1 is the region of the table itself | Name the other regions only.',
    ],
  ])('that contradicts itself is refused: %s', (yaml, expected) => {
    expect(problemsOf(yaml)).toEqual([expected]);
  });

  it('with broken YAML is refused with the line', () => {
    expect(problemsOf('requests: 5\n\tapis: {}')[0]).toMatch(/^2:\d+ /);
  });

  it('lists everything that is wrong at once, in the order of the file', () => {
    const yaml = 'requests: ten\napis:\n  a: { type: htp }\nfunctions:\n  f: { memry: 5 }\n';
    expect(problemsOf(yaml).map((problem) => problem.split(' ')[0])).toEqual(['1:11', '3:14', '5:8']);
  });

  it('may be empty: then nothing costs anything', () => {
    expect(estimated('').total?.toFixed()).toBe('0');
  });
});

describe('a usage of a project', () => {
  it.each([
    ['apis: { publc: { requests: 5 } }', '1:9 apis.publc: there is no API "publc" | Did you mean public?'],
    [
      'apis: { public: { routes: { GET /product: { requests: 5 } } } }',
      '1:29 apis.public.routes["GET /product"]: there is no route "GET /product" | Did you mean GET /products?',
    ],
    [
      'functions: { product-list: {} }',
      '1:14 functions.product-list: there is no function "product-list" | Did you mean products-list?',
    ],
    ['models: { Prodct: {} }', '1:11 models.Prodct: there is no model "Prodct" | Did you mean Product?'],
    ['region: us-east-1', '1:9 region: apigen.yml says eu-west-1 | Remove this line; to compare: --compare region=…'],
    [
      'apis: { public: { type: rest } }',
      '1:25 apis.public.type: apigen.yml says http | Remove this line; to compare: --compare type=rest,http',
    ],
    [
      'functions: { products-list: { memory: 128 } }',
      '1:39 functions.products-list.memory: apigen.yml says 256 MB | Remove this line; to compare: --compare memory=128,256',
    ],
  ])('that does not fit it is refused: %s', (yaml, expected) => {
    expect(problemsOf(yaml, shape)).toEqual([expected]);
  });

  it('assumes nothing silently: sizes, durations, logs and table accesses are said', () => {
    const { assumed, notCounted } = prepared('requests: 10M', shape);
    expect(assumed).toEqual([
      'requests are spread evenly over the routes (apis.<name>.routes)',
      'a response has 1 KB (responseSize)',
      'a route that names a model reads (GET) or writes one item of it (models.<name>.reads and .writes)',
      'a function runs 100 ms (duration)',
      'a function logs 512 B a call, kept uncompressed (logs.perRequest)',
      'an item has 1 KB (itemSize)',
    ]);
    expect(notCounted).toEqual(['storage of Product (models.Product.items)']);
  });

  it('takes the accesses that are given for the accesses there are', () => {
    const { assumed } = prepared('requests: 10M\nmodels: { Product: { reads: 1M } }', shape);
    expect(assumed.some((text) => text.includes('names a model'))).toBe(false);
  });
});
