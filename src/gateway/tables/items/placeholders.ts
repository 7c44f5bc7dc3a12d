// ExpressionAttributeNames and ExpressionAttributeValues: well formed, and each used.

import { type AttributeValue, type Fields, wrongValue } from '../dynalite.ts';
import type { Placeholders } from '../expressions/expression-reader.ts';
import { validationFault } from '../fault.ts';
import { checkLevels } from './check-item.ts';

/** @throws `ValidationException` */
export function checkedPlaceholders(request: Fields): Placeholders {
  const names = request['ExpressionAttributeNames'] as Record<string, string> | undefined;
  const values = request['ExpressionAttributeValues'] as Record<string, AttributeValue> | undefined;
  checkKeys('ExpressionAttributeNames', '#', names);
  for (const [key, name] of Object.entries(names ?? {})) {
    if (name === '') {
      throw validationFault(`ExpressionAttributeNames contains invalid value: Empty attribute name for key ${key}`);
    }
  }
  checkKeys('ExpressionAttributeValues', ':', values);
  for (const [key, value] of Object.entries(values ?? {})) {
    const wrong = wrongValue(value);
    if (wrong) throw validationFault(`ExpressionAttributeValues contains invalid value: ${wrong} for key ${key}`);
    checkLevels(value, 1);
  }
  return { names: names ?? {}, values: values ?? {}, used: new Set() };
}

/** @throws `ValidationException` for names and values that no expression used */
export function checkUsed({ names, values, used }: Placeholders): void {
  for (const [parameter, given] of [
    ['ExpressionAttributeNames', names],
    ['ExpressionAttributeValues', values],
  ] as const) {
    const idle = Object.keys(given).filter((key) => !used.has(key));
    if (idle.length > 0) {
      throw validationFault(`Value provided in ${parameter} unused in expressions: keys: {${idle.join(', ')}}`);
    }
  }
}

function checkKeys(parameter: string, sign: string, given: object | undefined): void {
  if (given === undefined) return;
  const keys = Object.keys(given);
  if (keys.length === 0) throw validationFault(`${parameter} must not be empty`);
  const wrong = keys.find((key) => !key.startsWith(sign) || !/^[0-9a-zA-Z_]+$/.test(key.slice(1)));
  if (wrong !== undefined) throw validationFault(`${parameter} contains invalid key: Syntax error; key: "${wrong}"`);
}
