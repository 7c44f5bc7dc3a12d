// Which key of an API or a route belongs to which type of API: what AWS refuses, why, and what to do instead. Emulators
// accept some of it, so nothing is left to them.

import type { ApiType } from './api-declaration.ts';
import { formatPath, type ProblemList } from './problem-list.ts';
import type { ProjectPath } from './project.ts';

interface Refusal {
  /** Types that know the key. */
  readonly on: readonly ApiType[];
  /** Why the others do not; goes on from `API Gateway …`. */
  readonly why: string;
  readonly instead: string;
}

const REST: readonly ApiType[] = ['rest'];
const HTTP: readonly ApiType[] = ['http'];
const SOCKET: readonly ApiType[] = ['websocket'];
const NOT_SOCKET: readonly ApiType[] = ['rest', 'http'];
const NOT_HTTP: readonly ApiType[] = ['rest', 'websocket'];

/** Keys of an API. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vs-rest.html */
const API_KEYS: Readonly<Record<string, Refusal>> = {
  endpoint: { on: REST, why: 'has regional endpoints alone', instead: 'Put CloudFront before it, or set type: rest.' },
  plans: { on: REST, why: 'has no usage plans and API keys', instead: 'Set type: rest, or limit with throttle.' },
  keySource: { on: REST, why: 'has no API keys', instead: 'Set type: rest.' },
  policy: { on: REST, why: 'has no resource policies', instead: 'Set type: rest, or decide in a Lambda authorizer.' },
  binary: {
    on: REST,
    why: 'passes bytes on as they are',
    instead: 'Remove binary: functions answer with isBase64Encoded.',
  },
  compress: { on: REST, why: 'does not compress answers', instead: 'Set type: rest, or put CloudFront before it.' },
  responses: { on: REST, why: 'has no gateway responses', instead: 'Set type: rest, or answer with a handler.' },
  cache: { on: REST, why: 'has no cache', instead: 'Set type: rest, or put CloudFront before it.' },
  tracing: { on: REST, why: 'has no X-Ray traces', instead: 'Set tracing on its functions, or type: rest.' },
  select: { on: SOCKET, why: 'selects routes by method and path', instead: 'Remove select, or set type: websocket.' },
  cors: {
    on: NOT_SOCKET,
    why: 'has no preflights to answer',
    instead: 'Check the Origin header in the handler of $connect.',
  },
};

/** Keys of a route; the same page, and …/apigateway-websocket-api-overview.html. */
const ROUTE_KEYS: Readonly<Record<string, Refusal>> = {
  mock: { on: NOT_HTTP, why: 'has no mock answers', instead: 'Set type: rest on the API, or answer with a handler.' },
  sns: {
    on: NOT_HTTP,
    why: 'has no SNS integration',
    instead: 'Set type: rest, send to a queue with sqs, or publish in a handler.',
  },
  dynamodb: { on: NOT_HTTP, why: 'has no DynamoDB integration', instead: 'Set type: rest, or use a handler.' },
  key: { on: REST, why: 'has no API keys', instead: 'Set type: rest, or use an authorizer.' },
  cache: { on: REST, why: 'has no cache', instead: 'Set type: rest, or put CloudFront before it.' },
  parameters: {
    on: NOT_SOCKET,
    why: 'checks no parameters of messages',
    instead: 'Check them with body, or in the handler.',
  },
  payload: { on: HTTP, why: 'has one format of events alone', instead: 'Remove payload.' },
  vpcLink: {
    on: NOT_SOCKET,
    why: 'has no private integrations',
    instead: 'Reach the backend from a handler in the VPC.',
  },
  tlsName: { on: HTTP, why: "verifies the backend's own name", instead: 'Remove tlsName.' },
  mapping: {
    on: NOT_SOCKET,
    why: 'maps messages to AWS services alone',
    instead: 'Use aws with a template, or a handler.',
  },
  respond: { on: SOCKET, why: 'always answers', instead: 'Remove respond.' },
};

const NAMES: Readonly<Record<ApiType, string>> = { rest: 'REST APIs', http: 'HTTP APIs', websocket: 'WebSocket APIs' };

/** `REST APIs`. */
export const pluralOf = (type: ApiType): string => NAMES[type];

/** Adds a problem for every key of `entry` that AWS does not know for this type. @returns the keys refused */
export function refuseKeys(
  level: 'api' | 'route',
  type: ApiType,
  entry: Readonly<Record<string, unknown>>,
  path: ProjectPath,
  problems: ProblemList,
): ReadonlySet<string> {
  const refused = new Set<string>();
  for (const [key, { on, why, instead }] of Object.entries(level === 'api' ? API_KEYS : ROUTE_KEYS)) {
    if (entry[key] === undefined || on.includes(type) || means(key, entry[key])) continue;
    refused.add(key);
    problems.add([...path, key], {
      code: `${key.toUpperCase()}_ON_${type.toUpperCase()}`,
      message: `${formatPath(path)}: API Gateway ${why} on ${NAMES[type]}`,
      hint: instead,
      atKey: true,
    });
  }
  return refused;
}

/** A key that says what holds anyway. */
function means(key: string, value: unknown): boolean {
  return value === false || (key === 'key' && value === 'none') || (key === 'endpoint' && value === 'regional');
}
