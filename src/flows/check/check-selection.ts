// Routes of WebSocket APIs whose messages are checked: what `select` reads to find the route stands in every message, so
// that a body which does not know it refuses each one.

import { bodySchema } from '../../api/body-schema.ts';
import type { JsonSchema } from '../../api/definition.ts';
import type { Problem } from '../../errors.ts';
import type { ModelSpec } from '../../models/model-spec.ts';
import { formatPath } from '../../project/problem-list.ts';
import type { Project, RouteDeclaration } from '../../project/project.ts';

interface Sources {
  readonly models: Readonly<Record<string, ModelSpec>>;
  /** By file. */
  readonly schemas: Readonly<Record<string, JsonSchema>>;
}

/** A warning for every route that no message can pass. `$default` also gets messages that select nothing. */
export function checkSelection(project: Project, sources: Sources): readonly Problem[] {
  const sockets = Object.values(project.apis).filter(({ type }) => type === 'websocket');
  return sockets.flatMap(({ routes, selectionExpression = '$request.body.action' }) => {
    const read = [...selectionExpression.matchAll(/request\.body\.([\w-]+)/g)].flatMap(([, name]) => name ?? []);
    const chosen = routes.filter(({ key }) => !key.startsWith('$'));
    return chosen.flatMap((route) => warningOf(project, route, read, sources) ?? []);
  });
}

function warningOf(
  project: Project,
  route: RouteDeclaration,
  read: readonly string[],
  sources: Sources,
): Problem | undefined {
  const { body, source } = route;
  const schema = body === undefined ? undefined : bodySchema(route, body, sources);
  const refused = read.find((name) => schema !== undefined && !knows(schema, name));
  if (body === undefined || refused === undefined) return undefined;
  const whose = body.type === 'model' ? body.model : body.file;
  const remedy =
    body.type === 'model'
      ? `Add ${refused} to ${body.model}, or name a JSON Schema file in body.`
      : `Add ${refused} to its properties.`;
  return {
    code: 'SELECTOR_NOT_IN_BODY',
    message: `${formatPath(source)}: select finds this route by ${refused}, which ${whose} does not know: every message is refused`,
    hint: remedy,
    position: project.position([...source, 'body']),
  };
}

function knows(schema: JsonSchema, name: string): boolean {
  const { anyOf, properties, additionalProperties } = schema;
  if (Array.isArray(anyOf)) return anyOf.some((one) => knows(one as JsonSchema, name));
  if (additionalProperties !== false) return true;
  return typeof properties === 'object' && properties !== null && Object.hasOwn(properties, name);
}
