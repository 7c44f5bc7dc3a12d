// One request to AWS's control plane, told apart from everything else that passes: its service by the scope of its
// signature, its operation by target, action, or method and path. Requests to deployed APIs are not control calls.

import type { IncomingHttpHeaders } from 'node:http';
import { apiGatewayOperation, apiGatewayV2Operation, lambdaOperation, type RestOperation } from './rest-operations.ts';

export type Service = 'api-gateway' | 'api-gateway-v2' | 'dynamodb' | 'iam' | 'lambda' | 'logs' | 'sts';

export interface ControlCall {
  readonly service: Service;
  readonly operation: string;
  /** Name or id it is about: a function, role, table, log group, API. */
  readonly resource: string | undefined;
  readonly mutates: boolean;
  /** True for reads and writes of items, invocations and the like, which the control-plane quotas leave alone. */
  readonly dataPlane: boolean;
}

export interface ProxiedRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

const signedServices: Readonly<Record<string, Service>> = {
  apigateway: 'api-gateway',
  dynamodb: 'dynamodb',
  iam: 'iam',
  lambda: 'lambda',
  logs: 'logs',
  sts: 'sts',
};

/** Undefined for anything but a control call: the API data plane, health checks, an emulator's own pages. */
export function identifyCall(request: ProxiedRequest): ControlCall | undefined {
  const path = request.url.split('?', 1)[0] ?? '/';
  if (isDataPlanePath(path)) return undefined;
  const scope = /Credential=[^/]+\/\d{8}\/[^/]+\/([^/]+)\/aws4_request/.exec(request.headers.authorization ?? '')?.[1];
  const signed = scope === undefined ? undefined : signedServices[scope];
  if (signed === undefined) return undefined;
  switch (signed) {
    case 'api-gateway':
      return path.startsWith('/v2/')
        ? restCall('api-gateway-v2', apiGatewayV2Operation(request.method, request.url), request)
        : restCall('api-gateway', apiGatewayOperation(request.method, request.url), request);
    case 'lambda':
      return restCall('lambda', lambdaOperation(request.method, request.url), request);
    case 'iam':
    case 'sts':
      return queryCall(signed, request.body.toString('utf8'));
    default:
      return targetCall(signed, request);
  }
}

export function isDataPlanePath(path: string): boolean {
  return path.startsWith('/_aws/') || path.includes('/_user_request_') || path.includes('/@connections');
}

function restCall(service: Service, { operation, resource }: RestOperation, request: ProxiedRequest): ControlCall {
  const named = resource ?? nameInJson(request.body);
  const dataPlane = operation === 'Invoke';
  return { service, operation, resource: named, mutates: request.method !== 'GET' && !dataPlane, dataPlane };
}

const reading = /^(Get|List|Describe|Query|Scan|BatchGet|TransactGet|Filter|Simulate)/;

function queryCall(service: Service, body: string): ControlCall {
  const form = new URLSearchParams(body);
  const operation = form.get('Action') ?? 'Unknown';
  const resource = form.get('RoleName') ?? form.get('PolicyName') ?? undefined;
  return { service, operation, resource, mutates: !reading.test(operation), dataPlane: false };
}

function targetCall(service: Service, { headers, body }: ProxiedRequest): ControlCall {
  const operation = String(headers['x-amz-target'] ?? 'Unknown').replace(/^.*\./, '');
  const dataPlane = service === 'dynamodb' ? /Item|^Query$|^Scan$/.test(operation) : /LogEvents$/.test(operation);
  return { service, operation, resource: nameInJson(body), mutates: !reading.test(operation), dataPlane };
}

function nameInJson(body: Buffer): string | undefined {
  if (body.length === 0 || body.length > 1_000_000) return nameAtStart(body);
  try {
    const input: unknown = JSON.parse(body.toString('utf8'));
    if (typeof input !== 'object' || input === null) return undefined;
    for (const field of ['FunctionName', 'TableName', 'logGroupName', 'name', 'Name', 'resourceArn']) {
      const value: unknown = Reflect.get(input, field);
      if (typeof value === 'string') return value.replace(/^arn:.*[:/]/, '');
    }
  } catch {
    return undefined;
  }
  return undefined;
}

/** A CreateFunction with a large zip is not parsed whole to learn its name. */
function nameAtStart(body: Buffer): string | undefined {
  const ends = `${body.subarray(0, 20_000).toString('latin1')}${body.subarray(-20_000).toString('latin1')}`;
  return /"FunctionName"\s*:\s*"([^"]+)"/.exec(ends)?.[1];
}
