// Routes against the models that they name: attributes of `body` and of `dynamodb` must be there, keys must be keys.

import type { Problem } from '../../errors.ts';
import type { ModelSpec } from '../../models/model-spec.ts';
import { nearestName } from '../../project/nearest-name.ts';
import { formatPath } from '../../project/problem-list.ts';
import type { DynamodbTarget, Project, ProjectPath, RouteDeclaration } from '../../project/project.ts';

type Models = Readonly<Record<string, ModelSpec>>;

/** Every problem between routes and the models they name, in the order of the file. */
export function checkRoutes(project: Project, models: Models): readonly Problem[] {
  const routes = Object.values(project.apis).flatMap((api) => api.routes);
  return routes.flatMap((route) => [
    ...bodyProblems(project, route, models),
    ...(route.target.type === 'dynamodb' ? tableProblems(project, route, route.target.dynamodb, models) : []),
  ]);
}

const attributesOf = (spec: ModelSpec): readonly string[] =>
  spec.schemas.flatMap(({ attributes }) => attributes.map(({ name }) => name));

function bodyProblems(project: Project, { body, source }: RouteDeclaration, models: Models): readonly Problem[] {
  if (body?.type !== 'model') return [];
  const spec = models[body.model];
  if (spec === undefined) return [];
  return (['omit', 'pick', 'optional'] as const).flatMap((key) => {
    const path = [...source, 'body', key];
    return unknownAttributes(project, spec, body[key] ?? [], path);
  });
}

function unknownAttributes(
  project: Project,
  spec: ModelSpec,
  names: readonly string[],
  path: ProjectPath,
): readonly Problem[] {
  const known = attributesOf(spec);
  return names
    .filter((name) => !known.includes(name))
    .map((name) => {
      const near = nearestName(name, known);
      return {
        code: 'UNKNOWN_ATTRIBUTE',
        message: `${formatPath(path)}: ${spec.name} has no attribute ${name}`,
        hint: near === undefined ? `It has ${known.join(', ')}.` : `Did you mean ${near}?`,
        position: project.position(path),
      };
    });
}

function tableProblems(
  project: Project,
  { source }: RouteDeclaration,
  target: DynamodbTarget,
  models: Models,
): readonly Problem[] {
  const spec = models[target.get ?? target.put ?? target.query ?? ''];
  if (spec === undefined) return [];
  const path = [...source, 'dynamodb'];
  const { table } = spec;
  const problem = (at: ProjectPath, code: string, message: string, hint: string): Problem => ({
    code,
    message: `${formatPath(path)}: ${message}`,
    hint,
    position: project.position(at),
  });
  const index = [...table.globalSecondaryIndexes, ...table.localSecondaryIndexes].find(
    ({ IndexName }) => IndexName === target.index,
  );
  if (target.index !== undefined && index === undefined) {
    const names = [...table.globalSecondaryIndexes, ...table.localSecondaryIndexes].map(({ IndexName }) => IndexName);
    const hint = names.length === 0 ? 'Add an index to the model.' : `It has ${names.join(', ')}.`;
    return [problem([...path, 'index'], 'UNKNOWN_INDEX', `${spec.name} has no index ${target.index}`, hint)];
  }
  const keys = (index?.KeySchema ?? table.keySchema).map(({ AttributeName }) => AttributeName);
  const given = Object.keys((target.put === undefined ? target.key : target.item) ?? {});
  if (target.put !== undefined) {
    const missing = keys.filter((key) => !given.includes(key));
    if (missing.length === 0) return unknownAttributes(project, spec, given, [...path, 'item']);
    const at = [...path, 'item'];
    return [
      problem(
        at,
        'MISSING_KEY_ATTRIBUTE',
        `the item lacks ${missing.join(' and ')}, its key`,
        `Add ${missing[0]}: $context.requestId`,
      ),
    ];
  }
  const wrong = given.find((name) => !keys.includes(name));
  if (wrong !== undefined) {
    const what = target.index ?? spec.name;
    return [
      problem([...path, 'key', wrong], 'NOT_A_KEY', `${wrong} is no key of ${what}`, `Its key is ${keys.join(', ')}.`),
    ];
  }
  const needed = target.get === undefined ? keys.slice(0, 1) : keys;
  const missing = needed.filter((key) => !given.includes(key));
  if (missing.length === 0) return [];
  const hint = `Add ${missing[0]}: $request.path.${missing[0]}`;
  return [problem([...path, 'key'], 'MISSING_KEY_ATTRIBUTE', `the key lacks ${missing.join(' and ')}`, hint)];
}
