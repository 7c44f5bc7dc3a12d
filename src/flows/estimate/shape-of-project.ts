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
  };
}

function shapeOfApi(api: ApiDeclaration): ShapeApi {
  return {
    name: api.name,
    type: api.type,
    exposure: 'internet',
    routes: api.routes.map(({ key, method, target }) => ({
      key,
      method,
      function: target.type === 'function' ? target.function : undefined,
    })),
    restOnly:
      api.type === 'rest'
        ? api.routes.filter(({ target }) => target.type === 'mock').map(({ key }) => `the mock of ${key}`)
        : [],
  };
}
