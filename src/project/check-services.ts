// Routes that an AWS service answers: the topics, queues and models they name, what HTTP APIs can call, and whether
// apigen can tell what the API's role must be allowed.

import type { ApiType } from './api-declaration.ts';
import { requireName } from './known.ts';
import { nearestName } from './nearest-name.ts';
import { formatPath } from './problem-list.ts';
import type { AwsTarget, ProjectPath } from './project.ts';
import type { RouteDraft, RoutesContext } from './resolve-routes.ts';
import { HTTP_ACTION_NAMES, httpAction, namedResource, serviceOf } from './service-actions.ts';

export function checkServices(type: ApiType, routes: readonly RouteDraft[], context: RoutesContext): void {
  const { known, problems } = context;
  for (const { target, source } of routes) {
    if (target.type === 'sns' && !target.sns.topic.startsWith('arn:')) {
      requireName(known, 'topics', target.sns.topic, [...source, 'sns', 'topic'], problems);
    } else if (target.type === 'sqs' && !target.sqs.queue.startsWith('arn:')) {
      requireName(known, 'queues', target.sqs.queue, [...source, 'sqs', 'queue'], problems);
    } else if (target.type === 'dynamodb') {
      const key = (['get', 'put', 'query'] as const).find((one) => target.dynamodb[one] !== undefined);
      const model = key === undefined ? undefined : target.dynamodb[key];
      if (key !== undefined && model !== undefined) {
        requireName(known, 'models', model, [...source, 'dynamodb', key], problems);
      }
    } else if (target.type === 'aws') {
      if (type === 'http') checkHttpAction(target.aws, [...source, 'aws'], context);
      if (type === 'websocket') checkMessageAction(target.aws, [...source, 'aws'], context);
      checkResources(target.aws, [...source, 'aws'], context);
    } else if (target.type === 'url') checkUrl(type, target.url, target.vpcLink, source, context);
  }
}

function checkMessageAction({ responses }: AwsTarget, path: ProjectPath, { problems }: RoutesContext): void {
  if (responses === undefined) return;
  problems.add([...path, 'responses'], {
    code: 'RESPONSES_ON_WEBSOCKET',
    message: `${formatPath(path)}: a message has one answer and no status: what the service says, where the route responds`,
    hint: 'Remove responses, or answer with a handler.',
    atKey: true,
  });
}

function checkHttpAction(aws: AwsTarget, path: ProjectPath, { problems }: RoutesContext): void {
  const name = formatPath(path);
  const useless = (['path', 'template', 'headers', 'responses', 'method'] as const).find(
    (key) => aws[key] !== undefined,
  );
  const called = aws.action === undefined ? undefined : httpAction(aws.service, aws.action);
  if (called === undefined) {
    const what = `${serviceOf(aws.service)} ${aws.action ?? aws.path}`;
    const near = nearestName(what, HTTP_ACTION_NAMES);
    problems.add([...path, aws.action === undefined ? 'path' : 'action'], {
      code: 'ACTION_ON_HTTP',
      message: `${name}: HTTP APIs cannot call ${what}; they know ${HTTP_ACTION_NAMES.join(', ')}`,
      hint: `${near === undefined ? '' : `Did you mean ${near}? Otherwise: `}set type: rest, or call it from a handler.`,
    });
    return;
  }
  if (useless !== undefined) {
    problems.add([...path, useless], {
      code: 'MAPPING_ON_HTTP',
      message: `${name}: HTTP APIs pass the parameters of ${called.subtype} alone, without ${useless}`,
      hint: `Remove ${useless}, or set type: rest.`,
      atKey: true,
    });
  }
  const given = Object.keys(aws.parameters ?? {});
  const allowed = [...called.required, ...called.optional];
  for (const key of given) {
    if (allowed.includes(key)) continue;
    const near = nearestName(key, allowed);
    problems.add([...path, 'parameters', key], {
      code: 'UNKNOWN_PARAMETER',
      message: `${name}: ${called.subtype} has no parameter ${key}`,
      hint: near === undefined ? `It takes ${allowed.join(', ')}.` : `Did you mean ${near}?`,
      atKey: true,
    });
  }
  const missing = called.required.filter((key) => !given.includes(key));
  if (missing.length === 0) return;
  problems.addUnlessKnown([...path, 'parameters'], {
    code: 'MISSING_PARAMETER',
    message: `${name}: ${called.subtype} needs ${missing.join(', ')}`,
    hint: `Add parameters: { ${missing.map((key) => `${key}: …`).join(', ')} }`,
    atKey: true,
  });
}

/** The role of the API may do what its routes do, on what they name, and nothing else. */
function checkResources(aws: AwsTarget, path: ProjectPath, { problems, known }: RoutesContext): void {
  if (aws.resources !== undefined) return;
  const named = namedResource(aws.service, aws.parameters ?? {});
  if (named.type === 'unknown') {
    const what =
      named.parameter === undefined ? `parameters of ${aws.service}` : `${named.parameter}, which is no fixed text,`;
    problems.addUnlessKnown(path, {
      code: 'MISSING_RESOURCES',
      message: `${formatPath(path)}: apigen cannot tell from ${what} what the API's role must be allowed to use`,
      hint: 'Add resources: [ARN], the least that the action needs.',
      atKey: true,
    });
  } else if (named.type === 'unclear' && !known.queues.includes(named.value) && !known.topics.includes(named.value)) {
    const at = [...path, 'parameters', named.parameter];
    problems.warn(at, {
      code: 'UNCLEAR_RESOURCE',
      message: `${formatPath(at)}: ${JSON.stringify(named.value)} names nothing that apigen knows, so the API's role may not use it`,
      hint: 'Write its ARN or URL, the name of one of the project, or add resources: [ARN].',
    });
  }
}

function checkUrl(
  type: ApiType,
  url: string,
  vpcLink: string | undefined,
  path: ProjectPath,
  { file, known, problems }: RoutesContext,
): void {
  const isArn = url.startsWith('arn:');
  if (vpcLink === undefined) {
    if (!isArn) return;
    problems.add([...path, 'url'], {
      code: 'ARN_WITHOUT_VPC_LINK',
      message: `${formatPath(path)}: the ARN of a private target is reached by a VPC link`,
      hint: 'Add vpcLink: the name of one of vpcLinks.',
    });
    return;
  }
  const at = [...path, 'vpcLink'];
  if (!requireName(known, 'vpcLinks', vpcLink, at, problems)) return;
  const link = file.vpcLinks?.[vpcLink];
  const linkType = link?.for ?? (link?.target === undefined ? 'http' : 'rest');
  if (link !== undefined && linkType !== type) {
    problems.add(at, {
      code: 'WRONG_VPC_LINK',
      message: `${formatPath(path)}: ${vpcLink} is a link of ${linkType === 'rest' ? 'REST APIs (to a Network Load Balancer)' : 'HTTP APIs (into subnets)'}`,
      hint:
        type === 'rest'
          ? 'Add a link with target: the ARN of a Network Load Balancer.'
          : 'Add a link with subnets: and securityGroups:.',
    });
  }
  if (type === 'http' && !isArn) {
    problems.add([...path, 'url'], {
      code: 'URL_WITH_VPC_LINK',
      message: `${formatPath(path)}: a VPC link of an HTTP API leads to the ARN of a listener or of a Cloud Map service, not to an address`,
      hint: 'Write url: arn:aws:elasticloadbalancing:…:listener/app/… .',
    });
  } else if (type === 'rest' && isArn) {
    problems.add([...path, 'url'], {
      code: 'ARN_ON_REST',
      message: `${formatPath(path)}: a VPC link of a REST API wants an address, whose host goes into the Host header`,
      hint: 'Write url: http://name-of-the-load-balancer/path.',
    });
  }
}
