// The models of a REST or WebSocket API: JSON Schema draft 4, referring to each other by API Gateway's own URLs.
// Each model is compiled once, when a request first needs it.

import type { JsonSchema } from '../../api/definition.ts';
import { MAX_MATCH_MS, withinTime } from '../bounded-match.ts';
import { type Ajv, draft04, type ValidateFunction } from './draft-04.ts';
import { FORMATS } from './formats.ts';
import { validationMessage } from './validation-message.ts';

/** What validation found: undefined when the document is valid. */
export type ModelVerdict = { readonly problem: string } | undefined;

export class Models {
  readonly #schemas: Readonly<Record<string, JsonSchema>>;
  readonly #compiled = new Map<string, ValidateFunction>();
  readonly #matches: boolean;
  #ajv: Ajv | undefined;

  constructor(schemas: Readonly<Record<string, JsonSchema>>) {
    this.#schemas = schemas;
    this.#matches = /"(?:pattern|patternProperties|format)":/.test(JSON.stringify(schemas));
  }

  /**
   * Validates JSON text; what is no JSON is invalid.
   * @throws Error when the model does not exist, is no JSON Schema or has a pattern that takes too long.
   */
  validate(model: string, text: string): ModelVerdict {
    const check = this.#check(model);
    let document: unknown;
    try {
      document = JSON.parse(text);
    } catch (cause) {
      return { problem: `[${cause instanceof Error ? cause.message : String(cause)}]` };
    }
    const end = this.#matches ? withinTime(() => check(document)) : { result: check(document) };
    if (end === undefined) throw new Error(`a pattern of the model takes longer than ${MAX_MATCH_MS} ms`);
    return end.result ? undefined : { problem: validationMessage(check.errors ?? []) };
  }

  #check(model: string): ValidateFunction {
    const known = this.#compiled.get(model);
    if (known !== undefined) return known;
    const check = this.#prepared().getSchema(urlOf(model));
    if (check === undefined) throw new Error(`there is no model ${model}`);
    this.#compiled.set(model, check);
    return check;
  }

  #prepared(): Ajv {
    if (this.#ajv === undefined) {
      this.#ajv = draft04({
        strict: false,
        allErrors: true,
        verbose: true,
        // As AWS's validator: patterns are of ECMA 262 without its later flags, decimals divide exactly, and what
        // stands beside a reference says nothing.
        unicodeRegExp: false,
        multipleOfPrecision: 9,
        ignoreKeywordsWithRef: true,
        formats: Object.fromEntries([...FORMATS].map(([name, { accepts }]) => [name, accepts])),
        logger: false,
      });
      for (const [name, schema] of Object.entries(this.#schemas)) {
        const { $schema: _dialect, id: _id, $id: _newId, ...rest } = schema;
        this.#ajv.addSchema(withLocalReferences(rest) as JsonSchema, urlOf(name));
      }
    }
    return this.#ajv;
  }
}

function urlOf(model: string): string {
  return `https://apigateway.amazonaws.com/restapis/local/models/${model}`;
}

// The API's id on AWS is not known here, and models only ever refer to models of their own API.
function withLocalReferences(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withLocalReferences);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      if (key !== '$ref' || typeof item !== 'string') return [key, withLocalReferences(item)];
      const model = /^https:\/\/apigateway\.amazonaws\.com\/restapis\/[^/]+\/models\/([^/#]+)(#.*)?$/.exec(item);
      return [key, model === null ? item : `${urlOf(model[1] ?? '')}${model[2] ?? ''}`];
    }),
  );
}
