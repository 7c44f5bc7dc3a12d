// `$util`. Its functions take text; numbers and booleans count as what they print. What cannot be read as JSON, or is
// no text, gives nothing.
import type { Budget } from './budget.ts';
import { escapeJavaScript } from './escape-javascript.ts';
import { formDecode, formEncode } from './form-encoding.ts';
import { JavaFailure } from './java-failure.ts';
import { javaText } from './java-text.ts';
import { JavaHost, type JavaValue } from './java-value.ts';
import { parseLenientJson } from './lenient-json.ts';

const TEXT_FUNCTIONS: ReadonlyMap<string, (text: string) => string> = new Map([
  ['escapeJavaScript', escapeJavaScript],
  ['urlEncode', formEncode],
  ['urlDecode', formDecode],
  ['base64Encode', (text) => Buffer.from(text, 'utf8').toString('base64')],
  ['base64Decode', (text) => Buffer.from(text, 'base64').toString('utf8')],
]);

export class UtilObject extends JavaHost {
  readonly #budget: Budget;

  constructor(budget: Budget) {
    super();
    this.#budget = budget;
  }

  override call(method: string, args: readonly JavaValue[]): JavaValue | undefined {
    const [argument = null] = args;
    if (args.length !== 1) return undefined;
    if (method === 'parseJson') return typeof argument === 'string' ? parseOrNull(argument) : null;
    const run = TEXT_FUNCTIONS.get(method);
    if (run === undefined) return undefined;
    const text = javaText(argument, this.#budget);
    if (text === null) return null;
    const result = run(text);
    this.#budget.text(result.length);
    return result;
  }
}

const parseOrNull = (text: string): JavaValue => {
  try {
    return parseLenientJson(text);
  } catch (error) {
    if (error instanceof JavaFailure) return null;
    throw error;
  }
};
