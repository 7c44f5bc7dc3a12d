// Which keys of the language there are, and which of them a project says: both as paths like
// `apis.*.routes.*.cache.ttl`, by the JSON Schema that editors get.

import { projectJsonSchema, type SchemaNode } from '../../../src/project/json-schema.ts';
import { FUNCTION_SETTINGS } from '../../../src/project/schema/function-settings.ts';

type Walk = (path: string) => void;

/** Every key that a project may say, of `stages:` and `usage:` no more than themselves. */
export function everyKey(): ReadonlySet<string> {
  const keys = new Set<string>();
  walkSchema(projectJsonSchema(), '', (path) => keys.add(canonical(path)));
  return keys;
}

/** Those that a project says. */
export function keysOf(project: unknown): ReadonlySet<string> {
  const keys = new Set<string>();
  walkValue(projectJsonSchema(), project, '', (path) => keys.add(canonical(path)));
  return keys;
}

/** Settings of functions stand in four places, answers of integrations in two, and mean the same in each. */
function canonical(path: string): string {
  const [, key = ''] = /^(?:defaults\.function|functions\.\*|auth\.\*|apis\.\*\.routes\.\*)\.(\w+)/.exec(path) ?? [];
  if ((FUNCTION_SETTINGS as readonly string[]).includes(key)) {
    return path.replace(/^(?:defaults\.function|functions\.\*|auth\.\*|apis\.\*\.routes\.\*)/, 'function');
  }
  return path.replace(/\.(?:aws|mapping)\.(responses|template)/, '.mapping.$1');
}

const isOpaque = (path: string): boolean => path === 'stages' || path === 'usage';

function walkSchema(node: SchemaNode, path: string, seen: Walk): void {
  for (const [key, below] of Object.entries(propertiesOf(node))) {
    const here = path === '' ? key : `${path}.${key}`;
    seen(here);
    if (!isOpaque(here)) walkSchema(below, here, seen);
  }
  for (const below of [node['additionalProperties'], node['items']]) {
    if (isNode(below)) walkSchema(below, `${path}.*`, seen);
  }
  for (const one of alternatives(node)) walkSchema(one, path, seen);
}

function walkValue(node: SchemaNode, value: unknown, path: string, seen: Walk): void {
  for (const one of alternatives(node)) walkValue(one, value, path, seen);
  if (Array.isArray(value)) {
    const { items } = node;
    if (isNode(items)) for (const item of value) walkValue(items, item, `${path}.*`, seen);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [key, item] of Object.entries(value)) {
    const known = propertiesOf(node)[key];
    const here = path === '' ? key : `${path}.${key}`;
    if (known !== undefined) {
      seen(here);
      if (!isOpaque(here)) walkValue(known, item, here, seen);
    } else if (isNode(node['additionalProperties'])) walkValue(node['additionalProperties'], item, `${path}.*`, seen);
  }
}

const isNode = (value: unknown): value is SchemaNode => typeof value === 'object' && value !== null;

const propertiesOf = (node: SchemaNode): Readonly<Record<string, SchemaNode>> =>
  (node['properties'] ?? {}) as Readonly<Record<string, SchemaNode>>;

const alternatives = (node: SchemaNode): readonly SchemaNode[] =>
  [node['anyOf'], node['oneOf'], node['allOf']].flatMap((list) => (Array.isArray(list) ? (list as SchemaNode[]) : []));
