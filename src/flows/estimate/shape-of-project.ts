// apigen.yml → what of it decides the bill.

import type { ApiDeclaration, Project } from '../../project/project.ts';
import type { Shape, ShapeApi } from './shape.ts';

/** The shape of a project at its stage. */
export function shapeOfProject(project: Project): Shape {
  return {
    region: project.region,
    apis: Object.values(project.apis).map(shapeOfApi),
    functions: Object.values(project.functions).map((fn) => ({
      name: fn.name,
      architecture: fn.architecture,
      memoryMb: fn.memory,
      logRetentionDays: fn.logRetention,
    })),
    tables: Object.values(project.models).map((model) => ({
      name: model.name,
      class: 'standard',
      capacity: model.capacity,
      pointInTimeRecovery: model.continuousBackups,
      replicas: [],
    })),
    ...neighboursOf(project),
  };
}

function shapeOfApi(api: ApiDeclaration): ShapeApi {
  return {
    name: api.name,
    type: api.type,
    exposure: 'internet',
    ...(api.cache && { cache: String(api.cache.size) }),
    routes: api.routes.map(({ key, method, target }) => ({
      key,
      method,
      function: target.type === 'function' ? target.function : undefined,
    })),
    restOnly: api.type === 'rest' ? restOnlyOf(api) : [],
  };
}

/** What keeps a REST API from being a cheaper HTTP API. */
function restOnlyOf(api: ApiDeclaration): readonly string[] {
  const routes = api.routes.flatMap(({ key, target, keyRequired }) => [
    ...(target.type === 'mock' || target.type === 'sns' || target.type === 'dynamodb'
      ? [`the ${target.type} of ${key}`]
      : []),
    ...(keyRequired === true ? [`the API key of ${key}`] : []),
  ]);
  const settings = [
    ...(api.plans === undefined ? [] : ['its plans']),
    ...(api.cache === undefined ? [] : ['its cache']),
    ...(api.policy === undefined ? [] : ['its policy']),
    ...(api.endpoint === 'edge' ? ['its edge endpoint'] : []),
  ];
  return [...settings, ...routes];
}

function neighboursOf(project: Project): Pick<Shape, 'topics' | 'queues' | 'alarms' | 'unpriced'> {
  const { topics = {}, queues = {}, vpcLinks = {}, apis, functions } = project;
  const secrets = Object.values(functions).some((fn) =>
    Object.values(fn.secrets ?? {}).some(({ store }) => store === 'secretsmanager'),
  );
  return {
    topics: Object.keys(topics),
    queues: Object.keys(queues),
    alarms: Object.values(apis).reduce((sum, api) => sum + alarmsOf(api), 0),
    unpriced: [
      ...Object.keys(vpcLinks).map((name) => `the VPC link ${name} and what it leads to`),
      ...Object.values(apis).flatMap(({ name, logs, detailedMetrics }) => [
        ...(logs === undefined ? [] : [`the logs of the API ${name}`]),
        ...(detailedMetrics === true ? [`the detailed metrics of the API ${name}`] : []),
      ]),
      ...(secrets ? ['secrets of Secrets Manager'] : []),
    ],
  };
}

/** Throttles have one for each function. */
function alarmsOf({ alarms, routes }: ApiDeclaration): number {
  if (alarms === undefined) return 0;
  const functions = new Set(routes.flatMap(({ target }) => (target.type === 'function' ? [target.function] : [])));
  const ofApi = [alarms.errors, alarms.latency].filter((one) => one !== undefined).length;
  return ofApi + (alarms.throttles === undefined ? 0 : functions.size);
}
