// A model's keys as code that Dynamoose takes: it converts dates in items, but not in keys.

import { property, stored } from './key-code.ts';
import type { Language } from './language.ts';
import type { Key, KeyPart } from './repository-model.ts';
import { isReserved } from './words.ts';

/** Hash key and sort key, as far as there are. */
export function partsOf({ hash, range }: Key): readonly KeyPart[] {
  return range === undefined ? [hash] : [hash, range];
}

/** `{ customerId: key.customerId, placedAt: key.placedAt.getTime() }` */
export function keyCode(key: Key, variable: string, language: Language): string {
  const parts = partsOf(key).map((part) => {
    // Dynamoose takes bytes as a key, though its types do not know.
    const cast = language === 'typescript' && part.value.type.kind === 'binary' ? ' as unknown as string' : '';
    return `${property(part.name)}: ${storedCode(member(variable, part.name), part)}${cast}`;
  });
  return `{ ${parts.join(', ')} }`;
}

/** `'customerId' | 'placedAt'` */
export function namesType(names: readonly string[]): string {
  return names.map(quoted).join(' | ');
}

/** A key's value as Dynamoose takes it. */
export function storedCode(code: string, { value: { type } }: KeyPart): string {
  return type.kind === 'date' ? stored(code, type) : code;
}

/** `order.total`, `order['unit-price']` */
export function member(object: string, name: string): string {
  return isIdentifier(name) ? `${object}.${name}` : `${object}[${quoted(name)}]`;
}

/** Whether a variable of generated code can have the name: it is one, and none of those that stand there already. */
export function isVariable(name: string, taken: readonly string[]): boolean {
  return isIdentifier(name) && !isReserved(name) && !taken.includes(name);
}

export function quoted(text: string): string {
  return `'${text.replace(/['\\]/g, '\\$&').replaceAll('\n', '\\n')}'`;
}

function isIdentifier(name: string): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(name);
}
