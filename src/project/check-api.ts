// An API as a whole, once its routes are read: what its settings want of each other, and AWS's limits.

import { HTTP_INTEGRATIONS, RESOURCE_POLICY_LENGTH } from './limits.ts';
import { formatPath, type ProblemInit } from './problem-list.ts';
import type { ProjectPath } from './project.ts';
import type { RouteDraft, RoutesContext } from './resolve-routes.ts';
import { SOCKET_KEYS } from './route-key.ts';
import type { ApiEntry } from './schema/api.ts';

type Add = (key: readonly string[], problem: ProblemInit) => void;

export function checkApi(
  name: string,
  api: ApiEntry,
  routes: readonly RouteDraft[],
  region: string | undefined,
  context: RoutesContext,
): void {
  const path = ['apis', name];
  const add: Add = (key, problem) =>
    context.problems.addUnlessKnown([...path, ...key], {
      atKey: true,
      ...problem,
      message: `${formatPath(path)}: ${problem.message}`,
    });
  checkRoutes(api, routes, path, context, add);
  checkDomain(api, region, add);
  checkEdge(api, routes, context);
  checkLogs(api, add);
  checkPlans(api, routes, add);
  checkAlarms(api, path, context);
  checkKeySource(api, routes, context, add);
  const policy = api.policy === undefined ? 0 : JSON.stringify(api.policy).length;
  if (policy > RESOURCE_POLICY_LENGTH) {
    add(['policy'], {
      code: 'POLICY_TOO_LONG',
      message: `the policy has ${policy} characters; API Gateway takes ${RESOURCE_POLICY_LENGTH}`,
      hint: 'Join statements, or gather addresses in wider ranges.',
    });
  }
}

function checkRoutes(
  api: ApiEntry,
  routes: readonly RouteDraft[],
  path: ProjectPath,
  context: RoutesContext,
  add: Add,
): void {
  const count = Object.keys(api.routes).length;
  if (api.type === 'rest' && count === 0) {
    context.problems.addUnlessKnown([...path, 'routes'], {
      code: 'NO_ROUTES',
      message: `${formatPath(path)} has no routes, and API Gateway deploys no REST API without one`,
      hint: 'apigen add-route "GET /health" --mock, or remove the API.',
      atKey: true,
    });
  }
  if (api.type === 'http') {
    const functions = new Set(
      routes.flatMap(({ target }) => (target.type === 'handler' ? [target.mention.handler] : [])),
    );
    const integrations = functions.size + routes.filter(({ target }) => target.type !== 'handler').length;
    if (integrations > HTTP_INTEGRATIONS) {
      add([], {
        code: 'TOO_MANY_INTEGRATIONS',
        message: `it has ${integrations} integrations; API Gateway takes ${HTTP_INTEGRATIONS} in one API`,
        hint: 'Split it into two APIs under apis:, or let routes share handlers.',
      });
    }
  }
  if (api.type !== 'websocket') return;
  for (const route of routes) {
    if (!SOCKET_KEYS.slice(0, 2).includes(route.text) || route.rules.responds !== true) continue;
    context.problems.add([...route.source, 'respond'], {
      code: 'RESPOND_ON_CONNECT',
      message: `${formatPath(route.source)}: nothing can be sent back while a client ${route.text === '$connect' ? 'connects' : 'leaves'}`,
      hint: 'Remove respond.',
      atKey: true,
    });
  }
}

function checkDomain(
  { type, domain, endpoint, defaultEndpoint }: ApiEntry,
  region: string | undefined,
  add: Add,
): void {
  if (domain === undefined) {
    if (defaultEndpoint !== false) return;
    add(['defaultEndpoint'], {
      code: 'NO_ENDPOINT',
      message: 'without its default endpoint and without a domain nobody could call it',
      hint: 'Add domain, or remove defaultEndpoint.',
    });
    return;
  }
  const wanted = endpoint === 'edge' && type === 'rest' ? 'us-east-1' : region;
  const certificateRegion = domain.certificate.split(':')[3];
  if (wanted !== undefined && certificateRegion !== wanted) {
    add(['domain', 'certificate'], {
      code: 'CERTIFICATE_REGION',
      message: `the certificate is in ${certificateRegion}, but ${endpoint === 'edge' ? 'edge-optimized domains take theirs from us-east-1' : `a regional domain takes its from ${wanted}`}`,
      hint: `Request one in ${wanted}: aws acm request-certificate --region ${wanted} --domain-name ${domain.name}`,
      atKey: false,
    });
  }
  if (domain.security === 'TLS_1_0' && type !== 'rest') {
    add(['domain', 'security'], {
      code: 'TLS_1_0',
      message: 'TLS_1_0 is for REST APIs alone',
      hint: 'Write TLS_1_2, or remove it.',
      atKey: false,
    });
  }
  if (domain.mutualTls !== undefined && endpoint === 'edge') {
    add(['domain', 'mutualTls'], {
      code: 'MUTUAL_TLS_ON_EDGE',
      message: 'API Gateway checks client certificates on regional domains alone',
      hint: 'Set endpoint: regional.',
    });
  }
  if (domain.mutualTls !== undefined && domain.name.startsWith('*.')) {
    add(['domain', 'mutualTls'], {
      code: 'MUTUAL_TLS_ON_WILDCARD',
      message: 'API Gateway checks no client certificates on wildcard domains',
      hint: 'Name the domain itself.',
    });
  }
  if (domain.ownershipCertificate !== undefined && domain.mutualTls === undefined) {
    add(['domain', 'ownershipCertificate'], {
      code: 'USELESS_KEY',
      message: 'ownershipCertificate belongs to mutualTls',
      hint: 'Remove it, or add mutualTls.',
    });
  }
}

function checkEdge({ endpoint }: ApiEntry, routes: readonly RouteDraft[], { problems }: RoutesContext): void {
  if (endpoint !== 'edge') return;
  for (const { target, source } of routes) {
    if (target.type !== 'url' || target.vpcLink === undefined) continue;
    problems.addUnlessKnown([...source, 'vpcLink'], {
      code: 'VPC_LINK_ON_EDGE',
      message: `${formatPath(source)}: a VPC link stands in one region, and an edge-optimized API answers from everywhere`,
      hint: 'Set endpoint: regional on the API, with CloudFront before it if need be.',
      atKey: true,
    });
  }
}

function checkLogs({ type, logs }: ApiEntry, add: Add): void {
  const execution = logs?.execution !== undefined && logs.execution !== 'off';
  if (type === 'http' && (execution || logs?.data === true)) {
    add(['logs', execution ? 'execution' : 'data'], {
      code: 'EXECUTION_LOG_ON_HTTP',
      message: 'API Gateway keeps no execution logs of HTTP APIs',
      hint: 'Use logs: { access: true }, with $context.integrationErrorMessage.',
    });
  } else if (logs?.data === true && !execution) {
    add(['logs', 'data'], {
      code: 'USELESS_KEY',
      message: 'data belongs to the execution log, which is off',
      hint: 'Add execution: all, or remove data.',
    });
  }
  if (typeof logs?.access === 'string' && !/\$context\.(?:requestId|extendedRequestId)/.test(logs.access)) {
    add(['logs', 'access'], {
      code: 'LOG_WITHOUT_ID',
      message: 'API Gateway wants $context.requestId or $context.extendedRequestId in an access log',
      hint: 'Add $context.requestId to it.',
      atKey: false,
    });
  }
}

function checkPlans({ type, plans = {}, routes: written }: ApiEntry, routes: readonly RouteDraft[], add: Add): void {
  if (type !== 'rest') return;
  const keys = routes.map(({ text }) => text);
  for (const [name, plan] of Object.entries(plans)) {
    for (const key of Object.keys(plan.routes ?? {})) {
      if (keys.includes(key.trim().replace(/\s+/, ' ')) || Object.hasOwn(written, key)) continue;
      add(['plans', name, 'routes', key], {
        code: 'UNKNOWN_ROUTE',
        message: `the plan ${name} limits ${key}, which the API does not have`,
        hint: `Its routes: ${keys.slice(0, 5).join(', ')}.`,
      });
    }
  }
}

function checkAlarms({ type, alarms }: ApiEntry, path: ProjectPath, { known, problems }: RoutesContext): void {
  if (alarms === undefined || alarms === 'default') return;
  const here = [...path, 'alarms'];
  if (type === 'websocket' && alarms.latency !== undefined) {
    problems.add([...here, 'latency'], {
      code: 'LATENCY_ON_WEBSOCKET',
      message: `${formatPath(here)}: API Gateway measures no latency of WebSocket APIs`,
      hint: 'Remove latency.',
      atKey: true,
    });
  }
  for (const topic of [alarms.notify ?? []].flat()) {
    if (topic.startsWith('arn:') || known.topics.includes(topic)) continue;
    problems.add([...here, 'notify'], {
      code: 'UNKNOWN_TOPIC',
      message: `${formatPath(here)}: there is no topic ${topic}`,
      hint: `Add topics: { ${topic}: {} }, or write the ARN of one that exists.`,
    });
  }
}

/** Only a Lambda authorizer can say `usageIdentifierKey`. */
function checkKeySource(
  { keySource }: ApiEntry,
  routes: readonly RouteDraft[],
  { file }: RoutesContext,
  add: Add,
): void {
  if (keySource !== 'authorizer') return;
  const without = routes.find(({ auth, rules }) => {
    const lambda = auth.type === 'authorizer' && file.auth?.[auth.authorizer]?.lambda !== undefined;
    return rules.keyRequired === true && !lambda;
  });
  if (without === undefined) return;
  add(['keySource'], {
    code: 'KEY_WITHOUT_AUTHORIZER',
    message: `${without.text} takes its API key from an authorizer, but no Lambda authorizer stands before it`,
    hint: 'Set auth to a lambda authorizer that returns usageIdentifierKey, or keySource: header.',
  });
}
