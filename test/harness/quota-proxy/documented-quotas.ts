// AWS's control-plane quotas as this harness enforces them: a transcription of its own from AWS's documentation, apart
// from the one the product paces by, so that each checks the other.

import type { ControlCall, ProxiedRequest } from './control-call.ts';

export interface Limit {
  readonly bucket: string;
  readonly perSecond: number;
  readonly capacity: number;
}

const every = (seconds: number): { readonly perSecond: number; readonly capacity: number } => ({
  perSecond: 1 / seconds,
  capacity: 1,
});
const each = (calls: number, seconds = 1): { readonly perSecond: number; readonly capacity: number } => ({
  perSecond: calls / seconds,
  capacity: Math.max(1, calls / seconds),
});

/** Requests of all API Gateway management operations, v1 and v2 together. */
const management: Limit = { bucket: 'api gateway management', perSecond: 10, capacity: 40 };

const restApiLimits: Readonly<Record<string, Omit<Limit, 'bucket'>>> = {
  PutRestApi: every(1),
  CreateDeployment: every(5),
  CreateResource: each(5),
  DeleteResource: each(5),
  CreateApiKey: each(5),
  DeleteApiKey: each(5),
  GetResources: each(5, 2),
  DeleteRestApi: every(30),
  UpdateUsagePlan: every(20),
  UpdateAccount: every(20),
};

const sharedLimits: Readonly<Record<string, Omit<Limit, 'bucket'>>> = {
  CreateDomainName: every(30),
  DeleteDomainName: every(30),
  UpdateDomainName: every(30),
};

const vpcLinkLimits: Readonly<Record<string, Omit<Limit, 'bucket'>>> = {
  CreateVpcLink: every(15),
  DeleteVpcLink: every(30),
};

/** CloudWatch Logs user guide, "CloudWatch Logs quotas": each operation by itself; FilterLogEvents 5 in most regions. */
const logsPerSecond: Readonly<Record<string, number>> = {
  CreateLogGroup: 10,
  DeleteLogGroup: 10,
  DescribeLogGroups: 10,
  PutRetentionPolicy: 10,
  DeleteRetentionPolicy: 10,
  TagResource: 5,
  UntagResource: 5,
  ListTagsForResource: 5,
};

/** AWS publishes none for IAM, yet IAM throttles: an assumption, on the strict side. */
const assumedIam: Limit = { bucket: 'iam', perSecond: 20, capacity: 20 };

/** All limits a call counts against. */
export function documentedLimits(call: ControlCall, request: ProxiedRequest): readonly Limit[] {
  if (call.dataPlane) return [];
  const { service, operation } = call;
  if (service === 'iam') return [assumedIam];
  if (service === 'logs') {
    const rate = logsPerSecond[operation];
    return rate === undefined ? [] : [{ bucket: `logs ${operation}`, ...each(rate) }];
  }
  if (service === 'lambda') {
    if (operation === 'GetFunction') return [{ bucket: 'lambda GetFunction', ...each(100) }];
    if (operation === 'GetPolicy') return [{ bucket: 'lambda GetPolicy', ...each(15) }];
    return [{ bucket: 'lambda control plane', ...each(15) }];
  }
  if (service !== 'api-gateway' && service !== 'api-gateway-v2') return [];
  const own =
    service === 'api-gateway' ? restLimit(operation, request) : (vpcLinkLimits[operation] ?? sharedLimits[operation]);
  return own === undefined ? [management] : [management, { bucket: bucketName(operation, own), ...own }];
}

function restLimit(operation: string, request: ProxiedRequest): Omit<Limit, 'bucket'> | undefined {
  if (operation === 'CreateRestApi' || operation === 'ImportRestApi') return every(isEdge(request) ? 30 : 3);
  return restApiLimits[operation] ?? sharedLimits[operation];
}

/** Creating and importing an API count together. */
function bucketName(operation: string, { perSecond }: Omit<Limit, 'bucket'>): string {
  return operation.endsWith('RestApi') && /^(Create|Import)/.test(operation) ? `new api at ${perSecond}` : operation;
}

/** Where a request names no endpoint type, AWS makes the API edge-optimised. */
function isEdge({ url, body }: ProxiedRequest): boolean {
  const inQuery = /[?&]endpointConfigurationTypes=(\w+)/.exec(url)?.[1];
  const text = body.toString('utf8');
  const inBody = /"types"\s*:\s*\[\s*"(\w+)"/.exec(text)?.[1];
  return (inQuery ?? inBody ?? 'EDGE') === 'EDGE';
}
