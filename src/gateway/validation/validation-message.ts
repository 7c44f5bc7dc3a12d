// `$context.error.validationErrorString`: which of the errors that were found AWS's validator tells, and in what order.
import type { ErrorObject } from 'ajv';
import { wordsOf } from './schema-words.ts';

/** `[object has missing required properties (["price"])]`, several joined by commas. */
export function validationMessage(errors: readonly ErrorObject[]): string {
  const told = withoutChildren(withoutBranches(errors));
  // Of one value keywords are told by name, formats last.
  const order = ({ keyword }: ErrorObject) => (keyword === 'format' ? '~' : keyword);
  const paths = [...new Set(told.map((error) => error.instancePath))];
  const texts = paths.flatMap((path) =>
    told
      .filter((error) => error.instancePath === path)
      .sort((one, other) => (order(one) < order(other) ? -1 : Number(order(one) > order(other))))
      .map((error) => wordsOf(error, namesBeside(error, told))),
  );
  return `[${[...new Set(texts)].join(', ')}]`;
}

/** The properties that all errors of the same keyword of the same value name: they are told as one. */
function namesBeside(error: ErrorObject, all: readonly ErrorObject[]): unknown[] {
  return all
    .filter(
      (other) =>
        other.instancePath === error.instancePath &&
        other.schemaPath === error.schemaPath &&
        other.params['property'] === error.params['property'],
    )
    .map(({ params }) => params['missingProperty'] ?? params['additionalProperty']);
}

// Why each schema of an anyOf or oneOf does not match is not told.
function withoutBranches(errors: readonly ErrorObject[]): ErrorObject[] {
  return errors.filter(
    (error, at) =>
      !errors
        .slice(at + 1)
        .some(
          ({ keyword, instancePath, schemaPath }) =>
            (keyword === 'anyOf' || keyword === 'oneOf') &&
            (error.instancePath === instancePath || isBelow(error.instancePath, instancePath)) &&
            (isBelow(error.schemaPath, schemaPath) || !isBelow(error.schemaPath, schemaPath.replace(/\/[^/]*$/, ''))),
        ),
  );
}

// A value's properties and items are not looked at when the value itself is wrong.
function withoutChildren(errors: readonly ErrorObject[]): ErrorObject[] {
  const paths = new Set(errors.map(({ instancePath }) => instancePath));
  return errors.filter(({ instancePath }) => {
    for (let end = instancePath.lastIndexOf('/'); end >= 0; end = instancePath.lastIndexOf('/', end - 1)) {
      if (paths.has(instancePath.slice(0, end))) return false;
      if (end === 0) break;
    }
    return true;
  });
}

function isBelow(path: string, parent: string): boolean {
  return path.startsWith(`${parent}/`);
}
