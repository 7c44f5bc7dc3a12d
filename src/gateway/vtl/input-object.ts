// `$input`: the body as text, as JSON through JsonPath, and the parameters. An empty body reads `{}`; a body that is
// no JSON at all is one string, as API Gateway's lenient reader has it; where a path finds nothing there is no value.
import { JsonPathError, readJsonPath } from '../json-path.ts';
import type { Budget } from './budget.ts';
import { JavaFailure } from './java-failure.ts';
import { jsonText } from './java-text.ts';
import { JavaHost, JavaMap, type JavaValue } from './java-value.ts';
import { parseLenientJson } from './lenient-json.ts';
import type { TemplateScope } from './template-scope.ts';

const PLACES = ['path', 'querystring', 'header'] as const;

export class InputObject extends JavaHost {
  readonly #bodyText: string;
  readonly #params: JavaMap;
  readonly #budget: Budget;
  #document: { readonly value: JavaValue } | undefined;

  constructor(input: TemplateScope['input'], budget: Budget) {
    super();
    this.#bodyText = input.bodyText === '' ? '{}' : input.bodyText;
    this.#params = new JavaMap(PLACES.map((place) => [place, new JavaMap(Object.entries(input.params[place]))]));
    this.#budget = budget;
  }

  override property(name: string): JavaValue {
    return name === 'body' ? this.#bodyText : null;
  }

  override call(method: string, args: readonly JavaValue[]): JavaValue | undefined {
    const [argument = null] = args;
    if (args.length === 0 && method === 'params') return this.#params;
    if (args.length === 0 && method === 'getBody') return this.#bodyText;
    if (args.length !== 1 || typeof argument !== 'string') return undefined;
    if (method === 'params') return this.#param(argument);
    if (method === 'path') return this.#read(argument);
    return method === 'json' ? this.#json(argument) : undefined;
  }

  /** Path, then query string, then header; empty when none has it. Names match exactly. */
  #param(name: string): JavaValue {
    for (const place of PLACES) {
      const values = this.#params.get(place);
      if (values instanceof JavaMap && values.has(name)) return values.get(name);
    }
    return '';
  }

  #read(path: string): JavaValue {
    this.#document ??= { value: parseOrNothing(this.#bodyText) };
    try {
      return readJsonPath(path, this.#document.value, this.#budget) ?? null;
    } catch (error) {
      if (error instanceof JsonPathError) throw new JavaFailure(error.message);
      throw error;
    }
  }

  #json(path: string): string {
    const value = this.#read(path);
    return value === null ? '""' : jsonText(value, this.#budget);
  }
}

/** A broken document, as `{"a": 1`, has no values. */
const parseOrNothing = (text: string): JavaValue => {
  try {
    return parseLenientJson(text);
  } catch (error) {
    if (error instanceof JavaFailure) return null;
    throw error;
  }
};
