// What every API has beside its routes: stage, logs, tags, domain, alarms.

import type { ApiDeclaration } from '../project/project.ts';
import { buildAlarms } from './build-alarms.ts';
import type { ApiContext } from './build-context.ts';
import type { AccessLog, ApiCommon, ApiDomain, IntegrationStatement, StageSettings, Throttle } from './definition.ts';

const LOG_DAYS = 30;

export const throttleOf = ({ rate, burst }: { readonly rate: number; readonly burst: number }): Throttle => ({
  rateLimit: rate,
  burstLimit: burst,
});

/** @param statements what its routes need of AWS services, if anything */
export function buildCommon(
  context: ApiContext,
  stageName: string,
  statements: readonly IntegrationStatement[],
): ApiCommon {
  const { api } = context;
  const merged = mergeStatements(statements);
  return {
    name: api.name,
    ...(api.description !== undefined && { description: api.description }),
    stage: stageOf(api, stageName),
    ...(api.tags && { tags: api.tags }),
    ...(merged.length > 0 && { integrationStatements: merged }),
    ...(api.domain && { domain: domainOf(api, api.domain) }),
    ...(api.defaultEndpointDisabled && { defaultEndpointDisabled: true }),
    ...(api.alarms && { alarms: buildAlarms(context, api.alarms) }),
  };
}

function stageOf(api: ApiDeclaration, name: string): StageSettings {
  const { logs, cache } = api;
  const retentionDays = logs?.retention ?? LOG_DAYS;
  const access = accessFormat(api);
  const accessLog: AccessLog | undefined = access === undefined ? undefined : { format: access, retentionDays };
  const execution = logs?.execution ?? 'off';
  return {
    name,
    variables: api.stageVariables,
    ...(api.throttle && { throttle: throttleOf(api.throttle) }),
    ...(accessLog && { accessLog }),
    ...(execution !== 'off' && {
      executionLog: { level: execution === 'all' ? 'INFO' : 'ERROR', dataTrace: logs?.data ?? false, retentionDays },
    }),
    ...(api.detailedMetrics !== undefined && { detailedMetrics: api.detailedMetrics }),
    ...(api.tracing !== undefined && { tracing: api.tracing }),
    ...(cache && {
      cacheCluster: {
        size: String(cache.size) as NonNullable<StageSettings['cacheCluster']>['size'],
        ttl: cache.ttl,
        encrypted: cache.encrypted,
        invalidationNeedsAuthorization: cache.invalidation !== 'anyone',
        unauthorizedInvalidation: INVALIDATION[cache.invalidation],
      },
    }),
  };
}

/** https://docs.aws.amazon.com/apigateway/latest/api/API_MethodSetting.html */
const INVALIDATION = {
  anyone: 'SUCCEED_WITH_RESPONSE_HEADER',
  warn: 'SUCCEED_WITH_RESPONSE_HEADER',
  ignore: 'SUCCEED_WITHOUT_RESPONSE_HEADER',
  refuse: 'FAIL_WITH_403',
} as const;

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html and …/http-api-logging-variables.html */
const FIELDS = {
  rest: {
    requestId: '$context.requestId',
    ip: '$context.identity.sourceIp',
    requestTime: '$context.requestTime',
    httpMethod: '$context.httpMethod',
    path: '$context.path',
    status: '$context.status',
    responseLength: '$context.responseLength',
    responseLatency: '$context.responseLatency',
    integrationLatency: '$context.integrationLatency',
    error: '$context.error.message',
  },
  http: {
    requestId: '$context.requestId',
    ip: '$context.identity.sourceIp',
    requestTime: '$context.requestTime',
    routeKey: '$context.routeKey',
    path: '$context.path',
    status: '$context.status',
    responseLength: '$context.responseLength',
    responseLatency: '$context.responseLatency',
    integrationLatency: '$context.integrationLatency',
    error: '$context.error.message',
    integrationError: '$context.integrationErrorMessage',
  },
  websocket: {
    requestId: '$context.requestId',
    ip: '$context.identity.sourceIp',
    requestTime: '$context.requestTime',
    eventType: '$context.eventType',
    routeKey: '$context.routeKey',
    connectionId: '$context.connectionId',
    status: '$context.status',
    error: '$context.error.message',
  },
} as const;

function accessFormat({ logs, type }: ApiDeclaration): string | undefined {
  const access = logs?.access;
  if (access === undefined || access === false) return undefined;
  if (typeof access === 'string') return access;
  return JSON.stringify(access === true ? FIELDS[type] : { requestId: '$context.requestId', ...access });
}

function domainOf(api: ApiDeclaration, domain: NonNullable<ApiDeclaration['domain']>): ApiDomain {
  const { name, certificate, basePath = '', security = 'TLS_1_2', mutualTls, ownershipCertificate } = domain;
  return {
    domainName: name,
    certificateArn: certificate,
    endpointType: api.endpoint === 'edge' ? 'EDGE' : 'REGIONAL',
    securityPolicy: security,
    basePath,
    ...(mutualTls && {
      mutualTls: {
        truststoreUri: mutualTls.truststore,
        ...(mutualTls.version !== undefined && { truststoreVersion: mutualTls.version }),
      },
    }),
    ...(ownershipCertificate !== undefined && { ownershipVerificationCertificateArn: ownershipCertificate }),
    ...(api.tags && { tags: api.tags }),
  };
}

/** One statement for each set of actions, sorted: the role's policy does not depend on the order of routes. */
function mergeStatements(statements: readonly IntegrationStatement[]): readonly IntegrationStatement[] {
  const resources = new Map<string, Set<string>>();
  for (const statement of statements) {
    // A route whose resource nobody knows grants nothing.
    if (statement.resources.length === 0) continue;
    const key = [...statement.actions].sort().join(' ');
    const known = resources.get(key) ?? new Set<string>();
    for (const resource of statement.resources) known.add(resource);
    resources.set(key, known);
  }
  return [...resources]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([actions, arns]) => ({ actions: actions.split(' '), resources: [...arns].sort() }));
}
