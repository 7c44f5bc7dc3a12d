// Finds the attributes of a schema in the text of its file, for the lines of messages and for the comments above them.
// It reads text, not syntax: what it does not find has no place and no description, and nothing else depends on it.

import type { AttributeSpec, SchemaSpec } from './attribute-spec.ts';

export interface AttributePlace {
  /** Into the text, from 0. */
  readonly offset: number;
  /** The TSDoc comment right above, without its stars. */
  readonly comment?: string;
}

/**
 * @param text of the file
 * @param from where `new Schema(` or `model(` stands in it
 * @returns places by path: `price`, `address.street`, `lines.0.sku`
 */
export function attributePlaces(text: string, from: number, schema: SchemaSpec): ReadonlyMap<string, AttributePlace> {
  const places = new Map<string, AttributePlace>();
  const code = withoutComments(text);
  let at = from;
  const visit = (attributes: readonly AttributeSpec[], parent: string) => {
    // Attributes come in the order in which they are written, each followed by what is nested in it.
    for (const attribute of attributes) {
      const path = parent + attribute.name;
      const found = attribute.role === undefined ? findKey(code, attribute.name, at) : undefined;
      if (found !== undefined) {
        places.set(path, { offset: found.start, ...commentAbove(text, found.start) });
        at = found.end;
      }
      for (const { type } of attribute.values) {
        if (type.kind === 'object') visit(type.attributes, `${path}.`);
        if (type.kind !== 'array') continue;
        for (const item of type.items ?? []) if (item.type.kind === 'object') visit(item.type.attributes, `${path}.0.`);
      }
    }
  };
  visit(schema.attributes, '');
  return places;
}

/** The offset of a line and column that count from 1. */
export function offsetOfPlace(text: string, line: number, column: number): number {
  let start = 0;
  for (let i = 1; i < line; i++) start = text.indexOf('\n', start) + 1;
  return start + column - 1;
}

/** Line and column, from 1, of an offset. */
export function placeOfOffset(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
}

function findKey(code: string, name: string, from: number): { start: number; end: number } | undefined {
  const key = name.replace(/[^\w]/g, '\\$&');
  const pattern = new RegExp(`(?<=[{,]\\s*)(["'\`]?)${key}\\1\\s*:`, 'g');
  pattern.lastIndex = from;
  const match = pattern.exec(code);
  return match === null ? undefined : { start: match.index, end: match.index + match[0].length };
}

function commentAbove(text: string, offset: number): { comment?: string } {
  const above = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*$/.exec(text.slice(0, offset))?.[1];
  const comment = above
    ?.split('\n')
    .map((line) => line.replace(/^\s*\*?\s?/, '').trim())
    .join(' ')
    .replace(/\s@\w+[\s\S]*$/, '')
    .trim();
  return comment === undefined || comment === '' ? {} : { comment };
}

/** The same length, comments blanked; strings stay, since a key may be one. */
function withoutComments(text: string): string {
  const token = /"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`|\/\/[^\n]*|\/\*[\s\S]*?\*\//g;
  return text.replace(token, (part) => (part.startsWith('/') ? part.replace(/[^\n]/g, ' ') : part));
}
