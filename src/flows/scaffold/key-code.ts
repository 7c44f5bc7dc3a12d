// Key attributes as the code of a handler: read from the path, given to Dynamoose, said in an address.

import type { BoundAttribute } from './model-action.ts';
import type { KeyAttribute, TimeType } from './model-facts.ts';

/** `id: pathParameter(request, 'id')`: an attribute of a new item. */
export function itemEntry({ name, parameter, type }: BoundAttribute): string {
  const reader = type === 'string' ? 'pathParameter' : type === 'number' ? 'numberParameter' : 'timeParameter';
  return `${property(name)}: ${reader}(request, '${parameter}')`;
}

/** The same of a key: Dynamoose wants times in keys as they are stored. */
export function keyEntry(attribute: BoundAttribute): string {
  const entry = itemEntry(attribute);
  if (typeof attribute.type === 'string') return entry;
  const at = entry.indexOf(': ') + 2;
  return entry.slice(0, at) + stored(entry.slice(at), attribute.type);
}

/** A time as code that gives what DynamoDB holds. */
export function stored(date: string, { storage }: TimeType): string {
  if (storage === 'iso') return `${date}.toISOString()`;
  return storage === 'seconds' ? `Math.round(${date}.getTime() / 1000)` : `${date}.getTime()`;
}

/** `${encodeURIComponent(product.id)}`: an attribute of an item as a segment of a template literal. */
export function addressSegment({ name, type }: KeyAttribute, variable: string): string {
  const value = /^[A-Za-z_$][\w$]*$/.test(name) ? `${variable}.${name}` : `${variable}['${name}']`;
  return typeof type === 'string' ? `\${encodeURIComponent(${value})}` : `\${${value}.toISOString()}`;
}

/** The name of an attribute in an object of code. */
export function property(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : `'${name}'`;
}

/** `{ a: 1, b: 2 }` on one line, or one entry a line where it would be longer than 120 characters. */
export function objectCode(entries: readonly string[], before: string, after: string): string {
  const line = `${before}{ ${entries.join(', ')} }${after}`;
  if (line.length <= 120) return line;
  const indent = /^ */.exec(before)?.[0] ?? '';
  return `${before}{\n${entries.map((entry) => `${indent}  ${entry},\n`).join('')}${indent}}${after}`;
}
