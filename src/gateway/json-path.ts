// JsonPath as API Gateway evaluates it: Jayway's rules over a leniently read document. Mapping templates use it
// through `$input.path()` and `$input.json()`; parameter mappings through `jsonPathText()`.
import { evaluatePath } from './json-path/evaluate-path.ts';
import { JsonPathError } from './json-path/json-path-error.ts';
import { parsePath } from './json-path/parse-path.ts';
import type { PathContext } from './json-path/path-context.ts';
import type { Path } from './json-path/path-node.ts';
import { Budget } from './vtl/budget.ts';
import { JavaFailure } from './vtl/java-failure.ts';
import { jsonText } from './vtl/java-text.ts';
import type { JavaValue } from './vtl/java-value.ts';
import { parseLenientJson } from './vtl/lenient-json.ts';

export { JsonPathError } from './json-path/json-path-error.ts';

const MAX_CACHED = 1000;
const cache = new Map<string, Path>();

const compile = (path: string): Path => {
  const known = cache.get(path);
  if (known !== undefined) return known;
  const parsed = parsePath(path);
  if (cache.size >= MAX_CACHED) cache.clear();
  cache.set(path, parsed);
  return parsed;
};

const read = (path: Path, root: JavaValue, budget: Budget): JavaValue | undefined => {
  const context: PathContext = { root, budget, read: (inner, element) => evaluatePath(inner, element, context) };
  return evaluatePath(path, root, context);
};

/**
 * Reads a path in a document of template values. A definite path gives its value, any other the list of what it
 * found; undefined when a definite path leads nowhere.
 *
 * @throws JsonPathError when the path cannot be read; JavaFailure when it takes too long.
 */
export const readJsonPath = (path: string, document: JavaValue, budget = new Budget()): JavaValue | undefined =>
  read(compile(path), document, budget);

/**
 * What a JsonPath finds in a body, as the text a header, query parameter or path segment takes: a string as it is,
 * anything else as JSON. Undefined when the path leads nowhere or to null, or the body cannot be read.
 * `method.request.body.a.b` of a REST API and `$request.body.a.b` of an HTTP API mean the path `$.a.b`.
 *
 * @throws JsonPathError when the path cannot be read.
 */
export const jsonPathText = (path: string, bodyText: string): string | undefined => {
  const compiled = compile(path);
  const budget = new Budget();
  try {
    const root = parseLenientJson(bodyText);
    const value = read(compiled, root, budget);
    if (value === undefined || value === null) return undefined;
    return typeof value === 'string' ? value : jsonText(value, budget);
  } catch (error) {
    if (error instanceof JavaFailure) return undefined;
    if (error instanceof RangeError) throw new JsonPathError(path, 'the document nests too deeply');
    throw error;
  }
};
