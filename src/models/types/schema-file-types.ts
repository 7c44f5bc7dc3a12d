// The types of a JSON Schema file: of the whole, and of each place in it that a `$ref` leads to, so that a schema may
// refer to itself. They are members of one map, by file and place: no two can share a name.

import type { JsonSchema } from '../model-spec.ts';
import { jsonSchemaType } from './json-schema-type.ts';
import { type Member, memberType } from './type-text.ts';

/** @param file its path, as apigen.yml has it */
export function schemaFileTypes(file: string, schema: JsonSchema): readonly Member[] {
  const members = new Map<string, Member>();
  const waiting: (readonly [string, unknown])[] = [];
  const ask = (name: string, part: unknown): string => {
    if (!members.has(name)) {
      // Its place is taken at once: the type may refer to itself.
      members.set(name, { name, type: 'unknown' });
      waiting.push([name, part]);
    }
    return memberType('Schemas', name);
  };
  const refer = (reference: string): string | undefined => {
    const part = placeOf(schema, reference);
    if (part === undefined) return undefined;
    return ask(reference === '#' || reference === '#/' ? file : `${file}${reference}`, part);
  };
  ask(file, schema);
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const [name, part] = next;
    members.set(name, { name, type: jsonSchemaType(part, { refer }), remark: remarkOf(part) });
  }
  return [...members.values()];
}

/** RFC 6901 behind a `#`; nothing for other files and for places that are not there. */
function placeOf(schema: JsonSchema, reference: string): unknown {
  if (reference === '#' || reference === '#/') return schema;
  if (!reference.startsWith('#/')) return undefined;
  let part: unknown = schema;
  for (const step of reference.slice(2).split('/')) {
    const name = unescaped(step);
    if (typeof part !== 'object' || part === null || !Object.hasOwn(part, name)) return undefined;
    part = (part as Record<string, unknown>)[name];
  }
  return part;
}

function unescaped(step: string): string {
  const pointer = (text: string): string => text.replaceAll('~1', '/').replaceAll('~0', '~');
  try {
    return pointer(decodeURIComponent(step));
  } catch {
    return pointer(step);
  }
}

function remarkOf(part: unknown): string | undefined {
  const text = typeof part === 'object' && part !== null ? (part as JsonSchema)['description'] : undefined;
  return typeof text === 'string' ? text : undefined;
}
