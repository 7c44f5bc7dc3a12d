// Values as code: strings in single quotes, maps and lists on one line where they are short.

import { indented, memberName, stringType, WIDTH } from './type-text.ts';

/** Of what JSON can hold; absent members are left out. */
export function valueText(value: unknown): string {
  if (typeof value === 'string') return stringType(value);
  if (Array.isArray(value)) return enclosed('[', value.map(valueText), ']');
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return enclosed(
    '{',
    members.map(([name, member]) => `${keyOf(name)}: ${valueText(member)}`),
    '}',
  );
}

/** Written plainly, this one would set the prototype. */
const keyOf = (name: string): string => (name === '__proto__' ? "['__proto__']" : memberName(name));

function enclosed(open: string, parts: readonly string[], close: string): string {
  if (parts.length === 0) return `${open}${close}`;
  const pad = open === '{' ? ' ' : '';
  const line = `${open}${pad}${parts.join(', ')}${pad}${close}`;
  if (line.length <= WIDTH && !line.includes('\n')) return line;
  return `${open}\n${parts.map((part) => `${indented(part)},\n`).join('')}${close}`;
}
