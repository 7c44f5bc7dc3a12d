// The words of `$context.error.validationErrorString`: those of the validator AWS uses, for the keywords people meet.

import type { ErrorObject } from 'ajv';

const TYPES = ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'];

/** `[object has missing required properties (["price"])]`, several joined by commas. */
export function validationMessage(errors: readonly ErrorObject[]): string {
  const missing = new Map<string, string[]>();
  const texts: string[] = [];
  for (const error of errors) {
    if (error.keyword !== 'required') {
      texts.push(textOf(error));
      continue;
    }
    const names = missing.get(error.instancePath) ?? [];
    if (names.length === 0) missing.set(error.instancePath, names);
    names.push(String(error.params['missingProperty']));
  }
  const required = [...missing.values()].map(
    (names) => `object has missing required properties (${JSON.stringify(names.sort())})`,
  );
  return `[${[...required, ...texts].join(', ')}]`;
}

function textOf(error: ErrorObject): string {
  const { keyword, params } = error;
  switch (keyword) {
    case 'type': {
      const given = params['type'] as string | readonly string[];
      const wanted = Array.isArray(given) ? given : [given];
      const allowed = TYPES.filter(
        (type) => wanted.includes(type) || (type === 'integer' && wanted.includes('number')),
      );
      return `instance type does not match any allowed primitive type (allowed: ${JSON.stringify(allowed)})`;
    }
    case 'additionalProperties':
      return `object instance has properties which are not allowed by the schema: ${JSON.stringify([params['additionalProperty']])}`;
    case 'enum':
      return 'instance value not found in enum';
    case 'minLength':
      return `string is too short (required minimum: ${params['limit']})`;
    case 'maxLength':
      return `string is too long (required maximum: ${params['limit']})`;
    case 'minimum':
      return `numeric instance is lower than the required minimum (minimum: ${params['limit']})`;
    case 'maximum':
      return `numeric instance is greater than the required maximum (maximum: ${params['limit']})`;
    case 'pattern':
      return `ECMA 262 regex ${JSON.stringify(params['pattern'])} does not match input string`;
    default:
      return error.message ?? keyword;
  }
}
